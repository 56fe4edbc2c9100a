"""A new row in the KPI ledger of one target: a total on a day, or what was added."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.readmodels.core import CommitmentLine, KpiEntryLine, OfferUseLine
from samenleven_desktop.services.offers.queries import uses_of_commitment
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.input_parsing import read_date, read_number
from samenleven_desktop.ui.widgets.choice import Chooser


class EntryDialog(FormDialog):
    """With `corrects` the row takes the place of that one, which stays in the ledger."""

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
        self.units = QLineEdit()
        self.units.setPlaceholderText(context.language.number(line.reached_to_date))
        self.day = QLineEdit(context.language.day_short(context.today))
        self.note = QLineEdit()
        self.add("kind", text("Kind"), self.kind)
        self.add("units", text("Number"), self.units)
        self.add("day", text("Date"), self.day)
        self.use = Chooser()
        self.use.addItem(text("no offer"), None)
        self.add("note", text("Remark"), self.note)
        self.add("offer_use_id", text("Thanks to"), self.use)
        if corrects is not None:
            self.kind.setCurrentIndex(max(self.kind.findData(corrects.kind), 0))
            self.units.setText(context.language.number(corrects.units))
            self.day.setText(context.language.day_short(corrects.day))
            self.note.setText(corrects.note or "")
        context.runner.query(uses_of_commitment, line.id, then=self._show_uses, owner=self)
        self.units.setFocus()

    def command(self) -> AddKpiEntry:
        return AddKpiEntry(
            commitment_id=self._commitment_id,
            day=read_date(self.day.text(), self.context.today, "day"),
            kind=EntryKind(self.kind.currentData()),
            units=read_number(self.units.text(), "units"),
            note=self.note.text().strip() or None,
            offer_use_id=self.use.currentData(),
            corrects_id=self._corrects.id if self._corrects else None,
        )

    def _show_uses(self, uses: list[OfferUseLine]) -> None:
        for use in uses:
            self.use.addItem(f"{use.offer_title} · {use.government_name}", use.id)
        if self._corrects is not None and self._corrects.offer_use_id is not None:
            self.use.setCurrentIndex(max(self.use.findData(self._corrects.offer_use_id), 0))
