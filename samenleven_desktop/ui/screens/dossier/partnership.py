"""The tab *Samenwerking* of a dossier: members or memberships over time, organisations that serve it, the threshold,
mergers. Of an organisation: whom it serves and what it offers."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.threshold import Counted
from samenleven_desktop.i18n.labels import FINDING_TONES, FINDINGS, threshold_text
from samenleven_desktop.services.governments.partnerships import MemberLine, PlaceLine, Standing, standing
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.partnership import ApplicantDialog, FigureDialog, LeaveDialog, MemberDialog
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.screens.dossier.organisation import OrganisationOffersCard, ServicesCard
from samenleven_desktop.ui.widgets.basic import CardFrame, EmptyState, button, label, pill, restyle
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import FlowArea, bare, folding
from samenleven_desktop.ui.widgets.table import DataTable


class PartnershipPanel(QWidget):
    """Shows one government in one project year; reloads when the screen asks."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._government_id: str | None = None
        self._year = ""
        self._standing: Standing | None = None
        columns = folding(bare(QHBoxLayout(self), 14))
        left = QWidget()
        box = bare(QVBoxLayout(left), 14)
        box.addWidget(self._members_card(), 1)
        self.services = ServicesCard(context)
        box.addWidget(self.services, 1)
        columns.addWidget(left, 6)
        self.threshold_part = self._threshold_card()
        columns.addWidget(self.threshold_part, 5)
        self.offers = OrganisationOffersCard(context)
        columns.addWidget(self.offers, 5)

    def _members_card(self) -> QWidget:
        context, language = self._context, self._context.language
        text = language.text
        kinds = ColumnKinds(language)

        def until(line: MemberLine | PlaceLine) -> str:
            if line.valid_until is not None:
                return language.day_short(line.valid_until)
            return text("to this day")

        self.members_card = CardFrame(text("Members"))
        self.members_model = RowsModel[MemberLine](
            [
                kinds.text(
                    text("Member"),
                    lambda line: line.name,
                    stretch=3,
                    strong=True,
                    second=lambda line: (
                        text("applicant")
                        if line.applicant
                        else text("kept from project year {n}", n=str(line.kept_from_year))
                        if line.kept_from_year
                        else line.code
                    ),
                ),
                kinds.day(text("From"), lambda line: line.valid_from),
                kinds.text(text("Until"), until, 110),
            ]
        )
        self.members = DataTable(context.theme, self.members_model, text("Members"))
        self.places_model = RowsModel[PlaceLine](
            [
                kinds.text(text("Partnership"), lambda line: line.name, stretch=3, strong=True),
                kinds.day(text("From"), lambda line: line.valid_from),
                kinds.text(text("Until"), until, 110),
            ]
        )
        self.places = DataTable(context.theme, self.places_model, text("Partnerships"))
        self.alone = EmptyState(context.theme, "handshake", text("Not in a partnership."))
        for part in (self.members, self.places, self.alone):
            self.members_card.body.addWidget(part, 1)
        self.warnings = label("", "attention", wrap=True)
        self.members_card.body.addWidget(self.warnings)
        row = FlowArea(gap=8)
        self.join = button(text("Add member ..."), self._on_join)
        self.leave = button(text("Member leaves ..."), self._on_leave)
        self.applicant = button(text("Other applicant ..."), self._on_applicant)
        for one in (self.join, self.leave, self.applicant):
            row.append(one)
        self.buttons = row
        self.members_card.body.addWidget(row)
        self.members.row_activated.connect(lambda line: self._context.navigator.open_dossier(line.government_id))
        self.places.row_activated.connect(lambda line: self._context.navigator.open_dossier(line.partnership_id))
        return self.members_card

    def _threshold_card(self) -> QWidget:
        context, language = self._context, self._context.language
        text = language.text
        kinds = ColumnKinds(language)

        def bounds(line: Counted) -> str:
            if line.lower is None or line.upper is None:
                return "–"
            if line.lower == line.upper:
                return language.number(line.lower)
            return text("{low} to {high}", low=language.number(line.lower), high=language.number(line.upper))

        part = QWidget()
        box = bare(QVBoxLayout(part), 14)
        self.threshold_card = ListCard[Counted](
            context,
            text("Counted inhabitants"),
            [
                kinds.text(text("Government"), lambda line: self._name(line.government_code), stretch=3, strong=True),
                kinds.text(text("Counted"), bounds, 140, right=True, sort=lambda line: line.lower),
                kinds.text(text("Year"), lambda line: str(line.figures_year or "–"), 64),
                kinds.text(
                    text("Source"),
                    lambda line: (
                        text("official: {source}", source=line.source) if line.official else line.source or "–"
                    ),
                    stretch=3,
                    tip=lambda line: line.source or "",
                ),
            ],
            title=text("Threshold"),
        )
        self.counted_model, self.counted = self.threshold_card.model, self.threshold_card.table
        self.finding = pill("", "neutral")
        self.threshold_card.head.addWidget(self.finding)
        self.explanation = label("", wrap=True)
        self.threshold_card.add_above(self.explanation)
        self.note_figure = button(text("Note an official figure ..."), self._on_figure)
        self.threshold_card.add_buttons(self.note_figure)
        box.addWidget(self.threshold_card, 1)
        self.merger_card = CardFrame(text("Merger"))
        self.merger = FlowArea(gap=8)
        self.merger_card.body.addWidget(self.merger)
        box.addWidget(self.merger_card)
        return part

    def show_government(self, government_id: str, year: str) -> None:
        if government_id != self._government_id:
            self.services.forget()
            self.offers.forget()
        self._government_id, self._year = government_id, year
        self.reload()

    def reload(self) -> None:
        if self._government_id is not None:
            self._context.runner.query(
                standing, self._government_id, self._year, then=self._show, owner=self, latest="standing"
            )

    def _show(self, found: Standing) -> None:
        self._standing = found
        language = self._context.language
        text = language.text
        together = found.partnership
        organisation = found.government.kind is GovernmentKind.ORGANISATION
        self.members_card.setVisible(not organisation)
        self.offers.setVisible(organisation)
        self.threshold_card.setVisible(found.counted)
        self.services.show_of(found.government)
        if organisation:
            self.offers.show_of(found.government.id)
        self.members_card.set_title(text("Members") if together else text("Partnerships"))
        self.members.setVisible(together is not None)
        self.buttons.setVisible(together is not None)
        self.places.setVisible(together is None and bool(found.places))
        self.alone.setVisible(together is None and not found.places)
        self.members_model.set_rows(together.members if together else ())
        self.places_model.set_rows(found.places)
        words = []
        if together is not None and together.regions:
            words.append(
                text("The members lie in several reference regions: {list}.", list=language.listing(together.regions))
            )
        if together is not None and together.doubled:
            words.append(
                text(
                    "By a merger in two partnerships at once: {list}. Agree in which one it goes on.",
                    list=language.listing(together.doubled),
                )
            )
        if together is None and sum(place.present for place in found.places) > 1:
            words.append(text("In more than one partnership at once."))
        self.warnings.setText(" ".join(words))
        self.warnings.setVisible(bool(words))
        self.finding.setText(text(FINDINGS[found.threshold.finding]))
        restyle(self.finding, "pill", FINDING_TONES[found.threshold.finding])
        self.explanation.setText(threshold_text(language, found.threshold, found.population))
        self.counted_model.set_rows(found.threshold.counted)
        self._show_merger(found)

    def _show_merger(self, found: Standing) -> None:
        text, navigator = self._context.language.text, self._context.navigator
        parts: list[QWidget] = []
        for one in found.predecessors:
            words = text(
                "until {day}: {name}", day=self._context.language.day(one.valid_until or one.valid_from), name=one.name
            )
            parts.append(button(words, partial(navigator.open_dossier, one.id), kind="link"))
        if found.successor is not None:
            after = found.successor
            words = text("New work goes to {name}", name=after.name)
            parts.append(button(words, partial(navigator.open_dossier, after.id), kind="link"))
        for old in self.merger.children():
            if isinstance(old, QWidget):
                old.hide()
                old.deleteLater()
        self.merger.arrange(parts)
        self.merger_card.setVisible(bool(parts))
        self.threshold_part.setVisible(found.counted or bool(parts))

    def _name(self, code: str) -> str:
        return self._standing.names.get(code, code) if self._standing else code

    # Commands

    def _on_join(self) -> None:
        if self._standing is not None and self._standing.partnership is not None:
            MemberDialog(self._context, self._standing.partnership, self).open()

    def _on_leave(self) -> None:
        index = self.members.currentIndex()
        if self._standing is not None and self._standing.partnership is not None and index.isValid():
            line = self.members_model.row(index)
            LeaveDialog(self._context, self._standing.partnership, line, self._year, self).open()

    def _on_applicant(self) -> None:
        if self._standing is not None and self._standing.partnership is not None:
            ApplicantDialog(self._context, self._standing.partnership, self).open()

    def _on_figure(self) -> None:
        found = self._standing
        if found is None:
            return
        around = [(found.government.id, found.government.name)]
        if found.partnership is not None:
            around = [(line.government_id, line.name) for line in found.partnership.members if line.present]
        FigureDialog(self._context, around, self._year, found.population, self).open()
