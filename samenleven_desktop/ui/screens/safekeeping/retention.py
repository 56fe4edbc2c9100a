"""The part *Bewaartermijnen*: records past their retention period, selected by line, and the number erased so far."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.i18n.file_labels import RETENTION_KINDS, record_counts
from samenleven_desktop.i18n.labels import FIELDS, TABLES
from samenleven_desktop.readmodels.history import ExpiredLine
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.core.output_files import write_file
from samenleven_desktop.services.safekeeping.erasure_commands import EraseRows
from samenleven_desktop.services.safekeeping.retention import (
    Review,
    erased_report,
    keep_for,
    retention_looked_through,
    review,
)
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from samenleven_desktop.ui.dialogs.file_dialogs import PDF, ask_save
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.basic import Field, NumberBox, button, label
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import bare, button_row
from samenleven_desktop.ui.widgets.table import DataTable

_WORDS = {
    "contact": TABLES["contact"],
    "report": FIELDS["report"],
    "agreement": TABLES["follow_up"],
    "attachment": TABLES["attachment"],
}


class RetentionPanel(QWidget):
    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        box = bare(QVBoxLayout(self), 10)
        words = text(
            "Personal data may not be kept longer than needed. Look this list through each quarter: what you erase "
            "loses its names and texts, the numbers stay."
        )
        box.addWidget(label(words, "muted", wrap=True))
        box.addWidget(self._periods())
        self.erase = button(text("Erase the chosen ..."), self._on_erase, kind="primary")
        self.looked = button(text("Looked through, nothing more"), self._on_reviewed)
        self.report = button(text("Report of what was erased ..."), self._on_report)
        box.addWidget(button_row(self.erase, self.looked, self.report))
        self.said = label("", "small", wrap=True)
        box.addWidget(self.said)
        card = ListCard[ExpiredLine](
            context,
            text("Kept long enough"),
            [
                kinds.choice(text("Kind"), _WORDS, lambda one: one.kind, 130),
                kinds.text(text("What"), lambda one: one.words, stretch=4, strong=True),
                kinds.text(text("Government"), lambda one: one.government, stretch=2),
                kinds.day(text("Last used"), lambda one: one.last_used),
                kinds.day(text("To keep until"), lambda one: one.until),
            ],
            empty=("check", text("Nothing was kept longer than its period.")),
            title="",
        )
        self.model, self.table = card.model, card.table
        self.empty = card.empty
        self.table.setSelectionMode(DataTable.SelectionMode.ExtendedSelection)
        box.addWidget(card, 1)

    def _periods(self) -> QWidget:
        text = self._context.language.text
        made = QWidget()
        row = bare(QHBoxLayout(made), 10)
        self.months: dict[str, NumberBox] = {}
        for kind, caption in RETENTION_KINDS.items():
            spin = NumberBox(0, 240)
            spin.setSpecialValueText(text("for good"))
            spin.setSuffix(" " + text("months"))
            spin.valueChanged.connect(partial(self._on_months, kind))
            self.months[kind] = spin
            row.addWidget(Field(text(caption), spin))
        row.addStretch(1)
        return made

    def reload(self) -> None:
        self._context.runner.on_read(review, then=self._show, owner=self, latest="retention")

    def _show(self, found: Review) -> None:
        language, text = self._context.language, self._context.language.text
        for kind, spin in self.months.items():
            spin.blockSignals(True)
            spin.setValue(found.months[kind])
            spin.blockSignals(False)
        self.model.set_rows(found.lines)
        self.erase.setEnabled(bool(found.lines))
        parts = []
        if found.looked_on is not None:
            parts.append(text("Last looked through on {day}.", day=language.day(found.looked_on)))
        if found.erased:
            parts.append(text("Erased so far: {what}.", what=record_counts(language, found.erased)))
        self.said.setText(" ".join(parts))
        self.said.setVisible(bool(parts))

    def _on_months(self, kind: str, months: int) -> None:
        self._context.runner.on_store(
            lambda file: keep_for(file, kind, months),
            then=lambda _: self.reload(),
            owner=self,
            latest="retention-set",
            noted=True,
        )

    def chosen(self) -> list[ExpiredLine]:
        """Returns the selected lines, or all lines if none is selected."""
        found = [self.model.row(index) for index in self.table.selectionModel().selectedRows()]
        return found or list(self.model.rows)

    def _on_erase(self) -> None:
        lines, language = self.chosen(), self._context.language
        if not lines:
            return
        title = language.plural("Erase {n} record for good?", "Erase {n} records for good?", len(lines))
        dialog = AskDialog(
            self._context,
            self,
            title,
            language.text("Erase for good"),
            lambda: self._run(dialog, lines),
            danger=True,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words in (
            language.text("Names, texts and attachments of these records go, here and in the backups."),
            language.text("Dates, hours and numbers stay. This cannot be undone."),
        ):
            dialog.box.addWidget(label(words, wrap=True))
        dialog.open()

    def _run(self, dialog: AskDialog, lines: list[ExpiredLine]) -> None:
        command = EraseRows(tuple((one.table_name, one.row_id) for one in lines))

        def done(finished: Done[int]) -> None:
            dialog.accept()
            self._context.navigator.close_copies()
            self._context.navigator.notify("good", self._context.language.text("Erased for good."))
            if finished.problem is not None:
                words = self._context.language.error(finished.problem)
                self._context.navigator.notify("attention", words)
            self._on_reviewed()

        def failed(error: SamenlevenError) -> None:
            dialog.fail(error)

        self._context.runner.run(command, initiator=self, then=done, failed=failed)

    def _on_report(self) -> None:
        text = self._context.language.text
        ask_save(self, text("Save as"), text("What was erased"), (PDF,), self.save_report, kind="report")

    def save_report(self, path: Path) -> None:
        language, navigator = self._context.language, self._context.navigator
        self._context.runner.on_read(
            lambda file: write_file(path, erased_report(file, language), file.path),
            then=lambda _: navigator.saved(path),
            owner=self,
        )

    def _on_reviewed(self) -> None:
        self._context.runner.on_store(retention_looked_through, then=lambda _: self.reload(), owner=self, noted=True)
