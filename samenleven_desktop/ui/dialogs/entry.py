"""A new row in the KPI ledger of one target: a total on a day, or what was added."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.rows import CommitmentLine
from samenleven_desktop.services.commands.dossier import AddKpiEntry
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.typed import read_date, read_number
from samenleven_desktop.ui.widgets.choice import Chooser


class EntryDialog(FormDialog):
    def __init__(self, context: UiContext, line: CommitmentLine, owner: QWidget) -> None:
        text = context.language.text
        super().__init__(context, text("New KPI entry · {action}", action=line.action_title), owner)
        self._commitment_id = line.id
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
        self.add("note", text("Remark"), self.note)
        self.units.setFocus()

    def command(self) -> AddKpiEntry:
        return AddKpiEntry(
            commitment_id=self._commitment_id,
            day=read_date(self.day.text(), self.context.today, "day"),
            kind=EntryKind(self.kind.currentData()),
            units=read_number(self.units.text(), "units"),
            note=self.note.text().strip() or None,
        )
