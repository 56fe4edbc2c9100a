"""The part *Organisaties* of *Besturen*: every organisation of the file; Enter opens its dossier."""

from __future__ import annotations

from samenleven_desktop.i18n.government_labels import ORGANISATION_KINDS
from samenleven_desktop.readmodels.organisations import OrganisationLine
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.organisations.commands import DeleteOrganisation
from samenleven_desktop.services.organisations.queries import list_organisations
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.organisation import OrganisationDialog
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.basic import button
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.shortcuts import on_key


class OrganisationsCard(ListCard[OrganisationLine]):
    """Who applies under a call for organisations, or offers something: whom it serves, what it offers."""

    def __init__(self, context: UiContext) -> None:
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)

        def kind(line: OrganisationLine) -> str:
            words = text(ORGANISATION_KINDS[line.organisation_kind]) if line.organisation_kind else ""
            return " · ".join(filter(None, [line.code, words]))

        super().__init__(
            context,
            text("Organisations"),
            [
                kinds.text(text("Organisation"), lambda line: line.name, stretch=4, strong=True, second=kind),
                kinds.text(text("Reference region"), lambda line: line.reference_region, stretch=2),
                kinds.text(
                    text("Serves"),
                    lambda line: language.listing(line.served),
                    stretch=5,
                    tip=lambda line: language.listing(line.served),
                ),
                kinds.number(text("Offers"), lambda line: line.offers, dash_zero=True),
                kinds.number(text("Contacts"), lambda line: line.contacts, dash_zero=True),
            ],
            empty=(
                "handshake",
                text("No organisations yet. One that applies or offers something gets a dossier here."),
            ),
            title="",
        )
        self.add_filter()
        self.first = self.empty.add_action(text("New organisation ..."), self.on_new)
        self.dossier = button(text("Open dossier"), self._on_open)
        self.change = button(text("Change ..."), self._on_change)
        self.delete = button(text("Delete"), self._on_delete)
        self.need_rows(self.add_buttons(self.dossier, self.change, self.delete))
        self.table.row_activated.connect(lambda _: self._on_open())
        on_key(self.table, "Del", text("Delete the chosen organisation"), self._on_delete)

    def reload(self) -> None:
        self._context.runner.query(list_organisations, then=self.model.set_rows, owner=self, latest="organisations")

    def on_new(self) -> None:
        OrganisationDialog(self._context, None, self).open()

    def _on_open(self) -> None:
        line = self.current()
        if line is not None:
            self._context.navigator.open_dossier(line.id)

    def _on_change(self) -> None:
        line = self.current()
        if line is not None:
            OrganisationDialog(self._context, line, self).open()

    def _on_delete(self) -> None:
        line = self.current()
        if line is None:
            return
        words, navigator = self._context.language.text("{name} is deleted.", name=line.name), self._context.navigator

        def deleted(done: Done[None]) -> None:
            navigator.offer_undo(words, done.command_id)
            self.reload()

        self._context.runner.run(
            DeleteOrganisation(line.id),
            initiator=self,
            then=deleted,
            failed=lambda error: navigator.notify("attention", self._context.language.error(error)),
        )
