"""A new entry in the KPI ledger of one target: a total on a day, or an increase."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.fields import ENTRY
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.typed_values import read_date
from samenleven_desktop.i18n.entry_texts import where_it_counts
from samenleven_desktop.readmodels.core import CommitmentLine, KpiEntryLine, OfferUseLine
from samenleven_desktop.readmodels.entries import EntryFacts
from samenleven_desktop.readmodels.organisations import ServiceLine
from samenleven_desktop.services.kpi.queries import entry_facts
from samenleven_desktop.services.offers.queries import uses_of_commitment
from samenleven_desktop.services.organisations.queries import services
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.widgets.basic import label
from samenleven_desktop.ui.widgets.choice import Chooser, LateChooser
from samenleven_desktop.ui.widgets.day_edit import DayEdit


class EntryDialog(FormDialog):
    """With `corrects` the entry replaces that one, which stays in the ledger."""

    def __init__(
        self, context: UiContext, line: CommitmentLine, owner: QWidget, corrects: KpiEntryLine | None = None
    ) -> None:
        text = context.language.text
        title = text("Correct the row of {day}", day=context.language.day(corrects.day)) if corrects else None
        super().__init__(context, title or text("New KPI entry · {action}", action=line.action_title), owner)
        self._commitment_id = line.id
        self._corrects = corrects
        self.kind = Chooser()
        self.kind.addItem(text("total on that day"), EntryKind.READING)
        self.kind.addItem(text("added"), EntryKind.INCREMENT)
        self.use = LateChooser(corrects.offer_use_id if corrects else None)
        day = DayEdit(context, ENTRY["day"].toward, corrects.day if corrects else context.today)
        editors = {"kind": self.kind, "day": day, "offer_use_id": self.use}
        self.add_fields(ENTRY, corrects, "kind", "units", "day", "note", "offer_use_id", editors=editors)
        if corrects is not None:
            self.kind.setCurrentIndex(max(self.kind.findData(corrects.kind), 0))
        self.member = LateChooser()
        self.add("member_id", text("In which government"), self.member)
        self.fields["member_id"].hide()
        self.kind.currentIndexChanged.connect(lambda _: self._show_member())
        self._applicant_id = line.government_id
        context.runner.query(services, [line.government_id], then=self._offer_members, owner=self)
        self.use.offer([("", text("no offer"))], keep=True)
        units = self.fields["units"].editor
        assert isinstance(units, QLineEdit)
        known = line.reached_to_date
        units.setPlaceholderText("" if known is None else context.language.number(known))
        context.runner.query(uses_of_commitment, line.id, then=self._show_uses, owner=self)
        self.outside, self.inside = label("", "attention", wrap=True), label("", "muted", wrap=True)
        for note in (self.outside, self.inside):
            note.hide()
            self.box.addWidget(note)
        self._facts: EntryFacts | None = None
        day.textChanged.connect(lambda _: self._look_at_day())
        self.kind.currentIndexChanged.connect(lambda _: self._look_at_day())
        self._day = day
        context.runner.query(entry_facts, line.id, then=self._show_facts, owner=self, latest="entry-facts")
        units.setFocus()

    def _show_facts(self, facts: EntryFacts | None) -> None:
        self._facts = facts
        self._look_at_day()

    def _look_at_day(self) -> None:
        """Says while typing where an entry of that day counts, or why it does not."""
        language, today = self.context.language, self.context.today
        words, counts = "", True
        try:
            day = read_date(self._day.text(), today, "day")
        except UserError:
            day = None
        if day is not None and self._facts is not None:
            counts, words = where_it_counts(language, self._facts, EntryKind(self.kind.currentData()), day, today)
        for note, shown in ((self.inside, counts), (self.outside, not counts)):
            note.setText(words if shown else "")
            note.setVisible(bool(words) and shown)

    def _offer_members(self, found: list[ServiceLine]) -> None:
        """An organisation notes what was added in each government that it serves."""
        served = {one.government_id: one.government_name for one in found if one.organisation_id == self._applicant_id}
        nowhere = self.context.language.text("not for one government")
        if served:
            self.member.offer([("", nowhere), *served.items()], keep=True)
        self._show_member()

    def _show_member(self) -> None:
        """A reading is the total of the commitment, so it is of no government."""
        added = self.kind.currentData() == EntryKind.INCREMENT
        self.fields["member_id"].setVisible(added and self.member.count() > 1)

    def command(self) -> AddKpiEntry:
        values = self.read()
        if self.kind.currentData() == EntryKind.INCREMENT and self.member.count() > 1:
            values["member_id"] = self.member.currentData() or None
        values |= {"kind": EntryKind(self.kind.currentData()), "offer_use_id": self.use.currentData() or None}
        corrects_id = self._corrects.id if self._corrects else None
        return AddKpiEntry(commitment_id=self._commitment_id, corrects_id=corrects_id, **values)

    def _show_uses(self, uses: list[OfferUseLine]) -> None:
        offered = [(use.id, f"{use.offer_title} · {use.government_name}") for use in uses]
        self.use.offer([("", self.context.language.text("no offer")), *offered])
