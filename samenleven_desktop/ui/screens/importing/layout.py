"""The widgets of *Importeren*: the file and how it is read at the left, every row with what becomes of it beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.i18n.labels import FIELDS, IMPORT_STATES, field_value
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.services.importing.kinds import KINDS
from samenleven_desktop.services.importing.plan import PlannedRow
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.list_model import Column, RowsModel
from samenleven_desktop.ui.widgets.basic import (
    CardFrame,
    EmptyState,
    Field,
    NumberBox,
    PageHeader,
    button,
    label,
    page_layout,
)
from samenleven_desktop.ui.widgets.choice import Chooser, Segmented
from samenleven_desktop.ui.widgets.responsive import FlowArea, folding
from samenleven_desktop.ui.widgets.table import DataTable

ALL = "all"
TONES = {RowState.NEW: "good", RowState.CHANGED: "attention", RowState.SAME: "neutral", RowState.REJECTED: "bad"}


class ImportLayout:
    """Builds the page; `screen.py` fills and reads it."""

    def __init__(self, page: QWidget, context: UiContext) -> None:
        text = context.language.text
        box = page_layout(page)
        header = PageHeader(text("Import"), text("Nothing is written before you have seen what would change."))
        self.choose = header.add_action(button(text("Choose file ..."), kind="primary"))
        box.addWidget(header)
        columns = folding(QHBoxLayout())
        columns.setSpacing(14)
        columns.addWidget(self._how(context), 5)
        columns.addWidget(self._what(context), 9)
        box.addLayout(columns, 1)

    def _how(self, context: UiContext) -> QWidget:
        text = context.language.text
        card = CardFrame(text("File"))
        self.file = label(text("No file chosen yet. Drop one here, or choose it."), "muted", wrap=True)
        card.body.addWidget(self.file)
        self.kind, self.sheet = Chooser(), Chooser()
        for one in KINDS.values():
            self.kind.addItem(text(one.caption), one.key)
        self.header_row = NumberBox(1, 1000)
        self.how = QWidget()
        inside = QVBoxLayout(self.how)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Field(text("Kind of rows"), self.kind))
        row = QHBoxLayout()
        row.addWidget(Field(text("Sheet"), self.sheet), 2)
        row.addWidget(Field(text("Row with the names"), self.header_row), 1)
        inside.addLayout(row)
        inside.addWidget(label(text("Columns"), "card-title"))
        self.map_box = QGridLayout()
        self.map_box.setSpacing(8)
        self.map_box.setColumnStretch(0, 1)
        self.map_box.setColumnStretch(1, 1)
        inside.addLayout(self.map_box)
        inside.addStretch(1)
        self.how.hide()
        card.body.addWidget(self.how)
        card.body.addStretch(1)
        return card

    def _what(self, context: UiContext) -> QWidget:
        text, language = context.language.text, context.language
        card = CardFrame(text("What would change"))
        self.which = Segmented(
            text("Which rows"), [(ALL, text("All")), *((state.value, text(IMPORT_STATES[state])) for state in RowState)]
        )
        card.body.addWidget(self.which)
        self.model = RowsModel[PlannedRow](
            [
                Column(text("Row"), lambda row: str(row.number), 60, right=True, sort=lambda row: row.number),
                Column(
                    text("Becomes"),
                    lambda row: text(IMPORT_STATES[row.state]),
                    110,
                    tone=lambda row: TONES[row.state],
                ),
                Column(text("What"), lambda row: row.label, stretch=4, strong=True, tip=lambda row: row.label),
                Column(
                    text("Remark"),
                    lambda row: remark(language, row),
                    stretch=5,
                    tip=lambda row: remark(language, row),
                ),
            ]
        )
        self.table = DataTable(context.theme, self.model, text("Rows of the file"))
        words = text("Choose an Excel file, .ods or .csv: last year's workbook, a list, an export.")
        self.empty = EmptyState(context.theme, "file-text", words)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.empty, 1)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        card.body.addWidget(self.problem)
        working = QHBoxLayout()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.stop = button(text("Stop"))
        working.addWidget(self.progress, 1)
        working.addWidget(self.stop)
        self.working = QWidget()
        self.working.setLayout(working)
        self.working.hide()
        card.body.addWidget(self.working)
        row = FlowArea(gap=8)
        self.take_over = button(text("Take over"), kind="primary")
        self.accept = button("")
        self.save_rejected = button(text("Save rejected rows ..."))
        for one in (self.take_over, self.accept, self.save_rejected):
            one.hide()
            row.append(one)
        card.body.addWidget(row)
        return card


def remark(language: Language, row: PlannedRow) -> str:
    """Why a row is rejected, or what a changed row changes."""
    if row.fault is not None:
        return f"{language.text(row.fault.column)}: {language.text(row.fault.sentence, **row.fault.values)}"
    shown = [
        language.text(
            "{field}: {old} → {new}",
            field=language.text(FIELDS.get(field, field)),
            old=field_value(language, field, old, short=True),
            new=field_value(language, field, new, short=True),
        )
        for field, old, new in row.before
    ]
    return "; ".join(shown)
