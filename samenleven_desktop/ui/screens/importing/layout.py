"""The widgets of *Importeren*: the file and its mapping on the left, every row with its planned result on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.i18n.labels import FIELDS, IMPORT_STATES, field_value
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.services.importing.import_plan import PlannedRow
from samenleven_desktop.services.importing.kinds import KINDS
from samenleven_desktop.services.importing.run import fault_words
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.basic import (
    CardFrame,
    Field,
    NumberBox,
    PageHeader,
    button,
    label,
    page_layout,
)
from samenleven_desktop.ui.widgets.choice import Chooser, Segmented
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import bare, folding

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
        columns.addWidget(self._file_card(context), 5)
        columns.addWidget(self._rows_card(context), 9)
        box.addLayout(columns, 1)

    def _file_card(self, context: UiContext) -> QWidget:
        text = context.language.text
        card = CardFrame(text("File"))
        self.file = label(text("No file chosen yet. Drop one here, or choose it."), "muted", wrap=True)
        card.body.addWidget(self.file)
        self.kind, self.sheet = Chooser(), Chooser()
        for one in KINDS.values():
            self.kind.addItem(text(one.caption), one.key)
        self.header_row = NumberBox(1, 1000)
        self.how = QWidget()
        inside = bare(QVBoxLayout(self.how))
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

    def _rows_card(self, context: UiContext) -> QWidget:
        text, language = context.language.text, context.language
        kinds = ColumnKinds(language)
        self.which = Segmented(
            text("Which rows"), [(ALL, text("All")), *((state.value, text(IMPORT_STATES[state])) for state in RowState)]
        )
        card = ListCard[PlannedRow](
            context,
            text("Rows of the file"),
            [
                kinds.number(text("Row"), lambda row: row.number, 60),
                kinds.choice(text("Becomes"), IMPORT_STATES, lambda row: row.state, 110, tones=TONES),
                kinds.text(text("What"), lambda row: row.label, stretch=4, strong=True),
                kinds.text(text("Remark"), lambda row: remark(language, row), stretch=5),
            ],
            empty=("file-text", text("Choose an Excel file, .ods or .csv: last year's workbook, a list, an export.")),
            follows=False,
            title=text("What would change"),
        )
        card.add_above(self.which)
        self.model, self.table = card.model, card.table
        self.empty = card.empty
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
        self.take_over = button(text("Take over"), kind="primary")
        self.accept = button("")
        self.save_rejected = button(text("Save rejected rows ..."))
        for one in (self.take_over, self.accept, self.save_rejected):
            one.hide()
        card.add_buttons(self.take_over, self.accept, self.save_rejected)
        return card


def remark(language: Language, row: PlannedRow) -> str:
    """Returns why a row is rejected, or which values of an existing row change."""
    if row.fault is not None:
        return fault_words(row, language)
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
