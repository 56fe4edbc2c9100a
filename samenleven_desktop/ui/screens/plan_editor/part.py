"""One tab of the editor of a plan: the fields that the plan has once, and its grids."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from samenleven_desktop.interchange.plan_draft import ACTIONS, DETAILS, DraftColumn, DraftRow, PlanDraft, draft_grids
from samenleven_desktop.interchange.plan_draft_check import DraftPlace
from samenleven_desktop.interchange.plan_draft_edit import begun, in_language, shown_details
from samenleven_desktop.interchange.plan_form import plan_values
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.forms import FormRows
from samenleven_desktop.ui.screens.plan_editor.grid import DraftGridModel, shown_text, typed_text
from samenleven_desktop.ui.screens.plan_editor.steps import GridSteps
from samenleven_desktop.ui.screens.plan_editor.tabs import EditorTab, GridView
from samenleven_desktop.ui.widgets.basic import CardFrame
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.list_card import GridCard
from samenleven_desktop.ui.widgets.responsive import bare, folding
from samenleven_desktop.ui.widgets.shortcuts import on_key

_SHORT, _LOW, _HIGH = 44, 246, 376
Faults = Mapping[tuple[str, str, str], str]
"""What is wrong, by grid, row and column; grid and row are empty for a field that the plan has once."""


class EditorPart(QWidget):
    """Shows a draft (`show_draft`) and tells what is typed; it keeps no draft of its own."""

    value_typed = Signal(str, str)
    """(name of the field, its text)"""
    rows_typed = Signal(str, object)
    """(grid, its lines)"""
    cell_typed = Signal()
    """The text in an open cell changed."""

    def __init__(self, context: UiContext, tab: EditorTab, draft: Callable[[], PlanDraft], steps: GridSteps) -> None:
        super().__init__()
        self._context, self.tab, self._draft, self._steps = context, tab, draft, steps
        self.rows = FormRows(context.language)
        self.grids: dict[GridView, GridCard[DraftRow]] = {}
        self.models: dict[GridView, DraftGridModel] = {}
        box = bare(QVBoxLayout(self), 14)
        self._columns = {
            ".".join(one.names): DraftColumn(".".join(one.names), one.captions, one.kind, one.required)
            for one in plan_values()
            if tab.has_value(one.names[0])
        }
        if self._columns:
            box.addWidget(self._fields())
        for view in tab.views:
            box.addWidget(self._grid(view), 1)
        if not tab.views:
            box.addStretch(1)

    def _fields(self) -> QWidget:
        language = self._context.language
        card = CardFrame(language.text("The plan as a whole"))
        captions = [": ".join(language.text(one) for one in column.captions) for column in self._columns.values()]
        across = 3 if max(map(len, captions)) <= _SHORT else 2
        line = QHBoxLayout()
        for at, ((key, column), words) in enumerate(zip(self._columns.items(), captions, strict=True)):
            if at % across == 0:
                line = folding(QHBoxLayout())
                line.setSpacing(14)
                card.body.addLayout(line)
            self.rows.add(key, f"{words} *" if column.required else words, self._editor(column))
            line.addWidget(self.rows.box(key), 1)
        for _ in range(-len(captions) % across):
            line.addWidget(QWidget(), 1)
        self.rows.connect(self._on_field_edited)
        return card

    def _editor(self, column: DraftColumn) -> QWidget:
        if not column.choices:
            return QLineEdit()
        language, made = self._context.language, Chooser()
        made.addItem(language.text("not filled in"), "")
        for sentence in column.choices:
            made.addItem(language.text(sentence), language.text(sentence))
        return made

    def _grid(self, view: GridView) -> QWidget:
        language, grid = self._context.language, draft_grids()[view.grid]
        begin = (lambda row: begun(self._draft(), grid, row, language)) if view.takes_lines else None
        model = DraftGridModel(view.columns, language, begin)
        card = GridCard[DraftRow](self._context, language.text(view.title), model)
        card.setMinimumHeight(self._context.theme.px(_HIGH if view.grid == ACTIONS else _LOW))
        model.rows_typed.connect(lambda: self.rows_typed.emit(view.grid, model.lines))
        card.table.cell_typed.connect(self.cell_typed)
        card.table.installEventFilter(self._steps)
        if view.takes_lines:
            card.set_title(language.text(view.title), language.text("Ctrl+Delete removes the selected lines"))
            on_key(
                card.table,
                "Ctrl+Delete",
                language.text("Remove the selected lines"),
                lambda: model.remove_lines(row for rows, _ in card.table.blocks() for row in rows),
            )
        self.grids[view], self.models[view] = card, model
        return card

    def minimumSizeHint(self) -> QSize:
        """The height at this width: the stack around it asks for no other, and the cards have labels that wrap."""
        least, layout = super().minimumSizeHint(), self.layout()
        high = layout.totalHeightForWidth(max(self.width(), least.width())) if layout is not None else 0
        return QSize(least.width(), max(least.height(), high))

    def show_draft(self) -> None:
        """Fills fields and grids with the draft."""
        draft, language = self._draft(), self._context.language
        words = {key: draft.values.get(key, "") for key in self._columns}
        for key, column in self._columns.items():
            editor = self.rows.box(key).editor
            text = in_language(words[key], column, language)
            if isinstance(editor, Chooser) and editor.findData(text) < 0:
                editor.addItem(text, text)
            words[key] = shown_text(column, text)
        self.rows.fill(words)
        for view, model in self.models.items():
            model.show_lines(shown_details(draft) if view.grid == DETAILS else draft.grid(view.grid))

    def show_faults(self, faults: Faults) -> None:
        for key in self._columns:
            self.rows.box(key).show_error(faults.get(("", "", key), ""))
        for view, model in self.models.items():
            model.show_faults({(row, key): words for (grid, row, key), words in faults.items() if grid == view.grid})

    def open_cell(self) -> tuple[str, str, str, str] | None:
        """Returns grid, row, column and content of the cell in which is being typed."""
        for view, card in self.grids.items():
            words, current = card.table.open_words(), card.table.currentIndex()
            if words is not None and current.isValid():
                column = view.columns[current.column()]
                return view.grid, card.model.row(current).id, column.key, typed_text(column, words)
        return None

    def go_to(self, place: DraftPlace) -> bool:
        """Focuses a field or cell; returns False if it is not in this part."""
        if not place.grid:
            if place.column not in self._columns:
                return False
            self.rows.box(place.column).editor.setFocus()
            return True
        for view, card in self.grids.items():
            keys = [one.key for one in card.model.columns]
            if view.grid != place.grid or (place.column and place.column not in keys):
                continue
            row = card.model.place_of(place.row_id) if place.row_id else max(card.model.rowCount() - 1, 0)
            if row is not None:
                card.table.setFocus()
                card.table.select_cell(row, keys.index(place.column) if place.column else 0)
                return True
        return False

    def _on_field_edited(self) -> None:
        draft = self._draft()
        for key, words in self.rows.content().items():
            typed = typed_text(self._columns[key], str(words or ""))
            if typed != draft.values.get(key, ""):
                self.value_typed.emit(key, typed)
