"""Cards about organisations in a dossier: who serves whom with which target value, and what an organisation offers."""

from __future__ import annotations

from samenleven_desktop.domain.government import Government, GovernmentKind
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.i18n.labels import COST_TONES, COSTS
from samenleven_desktop.readmodels.organisations import ServiceLine
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.organisations.commands import DeleteService, TieOffer
from samenleven_desktop.services.organisations.queries import OrganisationView, organisation, services
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.offer import OfferDialog
from samenleven_desktop.ui.dialogs.organisation import OrganisationDialog, ServiceDialog, TieOfferDialog
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.basic import button
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.shortcuts import on_key


class ServicesCard(ListCard[ServiceLine]):
    """In the dossier of an organisation the governments that it serves, otherwise the organisations that serve it."""

    def __init__(self, context: UiContext) -> None:
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        self._government: Government | None = None

        def other(line: ServiceLine) -> str:
            return line.government_name if self._of_organisation else line.organisation_name

        def target(line: ServiceLine) -> str:
            return f"{line.action} {line.action_title}".strip()

        def value(line: ServiceLine) -> str:
            if line.target_id is None:
                return "–"
            wanted = "–" if line.target_value is None else language.number(line.target_value)
            return text("{reached} of {wanted}", reached=language.number(line.reached or 0), wanted=wanted)

        super().__init__(
            context,
            text("Serves"),
            [
                kinds.text(
                    text("Who"),
                    other,
                    stretch=4,
                    strong=True,
                    second=target,
                    tip=lambda line: " · ".join(
                        filter(None, [other(line), target(line), line.target_label, line.note])
                    ),
                ),
                kinds.text(
                    text("Reached of target value"),
                    value,
                    150,
                    right=True,
                    sort=lambda line: line.target_value or 0,
                    tip=lambda line: line.unit or "",
                ),
                kinds.day(text("From"), lambda line: line.valid_from),
                kinds.day(text("Until"), lambda line: line.valid_until),
            ],
            empty=("handshake", text("Nobody noted here yet.")),
            least=96,
        )
        self.new = button(text("New ..."), self._on_new, kind="link")
        self.change = button(text("Change ..."), self._on_change, kind="link")
        self.delete = button(text("Delete"), self._on_delete, kind="link")
        for one in (self.delete, self.change, self.new):
            self.head.addWidget(one)
        self.need_rows(self.change, self.delete)
        self.table.row_activated.connect(self._on_activated)
        on_key(self.table, "Del", text("Delete the chosen line"), self._on_delete)

    @property
    def _of_organisation(self) -> bool:
        return self._government is not None and self._government.kind is GovernmentKind.ORGANISATION

    def forget(self) -> None:
        """Another dossier is on its way: nothing is noted for the one before."""
        self._government = None
        self.model.set_rows(())

    def show_of(self, government: Government) -> None:
        """Asks for the services of this organisation, or to this government."""
        self._government = government
        text = self._context.language.text
        self.set_title(text("Governments it serves") if self._of_organisation else text("Organisations at work here"))
        self._context.runner.query(services, [government.id], then=self.model.set_rows, owner=self, latest="services")

    def _on_new(self) -> None:
        self._open(None)

    def _on_change(self) -> None:
        line = self.current()
        if line is not None:
            self._open(line)

    def _open(self, line: ServiceLine | None) -> None:
        if self._government is None:
            return
        id_ = self._government.id
        own, served = (id_, None) if self._of_organisation else (None, id_)
        ServiceDialog(self._context, own, served, line, self).open()

    def _on_activated(self, line: ServiceLine) -> None:
        self._context.navigator.open_dossier(line.government_id if self._of_organisation else line.organisation_id)

    def _on_delete(self) -> None:
        line, government = self.current(), self._government
        if line is None or government is None:
            return
        navigator = self._context.navigator
        name = line.government_name if self._of_organisation else line.organisation_name
        words = self._context.language.text("{name} is deleted.", name=name)

        def deleted(done: Done[None]) -> None:
            navigator.offer_undo(words, done.command_id)
            self.show_of(government)

        self._context.runner.run(DeleteService(line.id), initiator=self, then=deleted)


class OrganisationOffersCard(ListCard[OfferLine]):
    """The offers of one organisation: those that bear its name, and those tied to it."""

    def __init__(self, context: UiContext) -> None:
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        self._shown: OrganisationView | None = None
        super().__init__(
            context,
            text("Offers"),
            [
                kinds.text(
                    text("Offer"),
                    lambda line: line.title,
                    stretch=5,
                    strong=True,
                    second=self._second,
                    tip=lambda line: " · ".join(filter(None, [line.title, line.organisation, line.note, line.source])),
                ),
                kinds.text(text("Actions"), lambda line: language.listing(line.actions) if line.actions else "–", 88),
                kinds.choice(text("Cost"), COSTS, lambda line: line.cost, 104, tones=COST_TONES),
            ],
            empty=("hand-helping", text("No offers of this organisation yet.")),
        )
        self.edit = button(text("Change organisation ..."), self._on_edit, kind="link")
        self.tie = button(text("Link ..."), self._on_tie, kind="link")
        self.untie = button(text("Unlink"), self._on_untie, kind="link")
        for one in (self.edit, self.untie, self.tie):
            self.head.addWidget(one)
        self.need_rows(self.untie)
        self.table.row_activated.connect(lambda line: OfferDialog(context, line, self).open())
        self.table.row_selected.connect(lambda line: self.untie.setEnabled(line.organisation_id is not None))

    def forget(self) -> None:
        """Another dossier is on its way."""
        self._shown = None
        self.model.set_rows(())

    def show_of(self, organisation_id: str) -> None:
        self._context.runner.query(organisation, organisation_id, then=self._show, owner=self, latest="organisation")

    def _show(self, found: OrganisationView) -> None:
        self._shown = found
        self.model.set_rows(found.offers)
        line = self.current()
        self.untie.setEnabled(line is not None and line.organisation_id is not None)

    def _second(self, line: OfferLine) -> str:
        """The name in the offer, where that is not the name of the record."""
        shown = self._shown
        return "" if shown is None or line.organisation == shown.organisation.name else line.organisation

    def _on_edit(self) -> None:
        if self._shown is not None:
            OrganisationDialog(self._context, self._shown.organisation, self).open()

    def _on_tie(self) -> None:
        if self._shown is not None:
            known = tuple(one.id for one in self._shown.offers)
            TieOfferDialog(self._context, self._shown.organisation.id, known, self).open()

    def _on_untie(self) -> None:
        line, shown = self.current(), self._shown
        if line is not None and shown is not None:
            self._context.runner.run(
                TieOffer(line.id, None), initiator=self, then=lambda _: self.show_of(shown.organisation.id)
            )
