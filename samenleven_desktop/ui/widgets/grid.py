"""An editable grid with the keys of Excel; grid_panel.py places it on a page.

Each user action (typing, filling, pasting 200 cells) is one `edited` signal of the model, and so one undo step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.readmodels.history import FieldPlace
from samenleven_desktop.ui.models.clipboard import MOST_CELLS, MOST_CHARACTERS, read_block, write_block, write_html
from samenleven_desktop.ui.models.column import ValueKind
from samenleven_desktop.ui.models.editable_model import WRONG_ROLE, GridModel
from samenleven_desktop.ui.models.list_model import ROW_ROLE, Index
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.cell_delegate import CellDelegate
from samenleven_desktop.ui.widgets.table import RowsTable

TOO_MUCH = N_("That is too much at once: at most {cells} cells or {characters} characters. Nothing was changed.")
NOTHING_PASTED = N_("Nothing was pasted. {reason}")
NO_ROW_ABOVE = N_("Select a cell and the cells under it; Ctrl+D then fills them with what stands in the first.")
KEYS = N_("Type to change a cell. Enter goes down, Tab to the right, Ctrl+Tab leaves the grid.")

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_MOVES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_PageUp: (-1, 0),
    Qt.Key.Key_PageDown: (1, 0),
    Qt.Key.Key_Home: (0, -1),
    Qt.Key.Key_End: (0, 1),
}
_PAGES = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Block = tuple[range, range]


class GridTable(RowsTable):
    """Selects cells: typing overwrites, F2 edits; Ctrl+Enter, or a double click on a read-only cell, opens the row.

    Tab goes to the next editable cell and leaves the grid after the last one; Ctrl+Tab always leaves the grid.
    """

    row_activated = Signal(object)
    selection_summed = Signal(object)
    """A `Summed` of the selected cells."""
    cell_typed = Signal()
    """The text in the open cell editor changed, or the editor was closed."""
    told = Signal(str)
    """A sentence for the user about what was (not) done; empty to clear it."""

    def __init__(self, theme: Theme, model: GridModel[Any], name: str) -> None:
        self._cells = CellDelegate(theme)
        self._grid = model
        self._tab_start: int | None = None
        self._anchor: tuple[int, int] | None = None
        self._reopen: tuple[str, int, bool] | None = None
        super().__init__(theme, model, name, self._cells)
        self.setAccessibleDescription(model.language.text(KEYS))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self._cells.left_with.connect(self._step)
        self._cells.tabbed.connect(self._tab)
        self._cells.too_much_pasted.connect(self._report_too_much)
        self._cells.typed.connect(self.cell_typed)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        model.refused.connect(self.told)
        model.dataChanged.connect(self._sum_up)
        model.modelReset.connect(self._sum_up)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        standard = QKeySequence.StandardKey
        self.told.emit("")
        if event.matches(standard.Copy):
            self.copy_block()
        elif event.matches(standard.Paste):
            self.paste_block()
        elif event.matches(standard.Cut):
            self.copy_block()
            self.clear_cells()
        elif modifiers == _CTRL and key == Qt.Key.Key_D:
            self.fill_down()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not modifiers:
            self.clear_cells()
        elif key in _ENTER and modifiers == _CTRL and self.currentIndex().isValid():
            self.row_activated.emit(self.currentIndex().data(ROW_ROLE))
        elif key in _ENTER:
            self._step(-1 if modifiers == _SHIFT else 1, 0)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and modifiers & _CTRL:
            super().focusNextPrevChild(key == Qt.Key.Key_Tab and not modifiers & _SHIFT)
        elif key == Qt.Key.Key_Escape and self._wrong_selected():
            self._grid.restore(self._wrong_selected())
        elif key in _MOVES and not modifiers & ~(_CTRL | _SHIFT):
            self._move(Qt.Key(key), edge=bool(modifiers & _CTRL), extend=bool(modifiers & _SHIFT))
        else:
            # An editor opened by this key starts empty, unless it is the edit key (F2).
            self._cells.overwrite = key != Qt.Key.Key_F2
            super().keyPressEvent(event)
            self._cells.overwrite = False

    def field_place(self, _focus: QWidget) -> FieldPlace | None:
        """Returns the place in the history of the current cell's value (ui/field_history_key.py)."""
        return self._grid.place(self.currentIndex())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._cells.overwrite = True
        super().inputMethodEvent(event)
        self._cells.overwrite = False

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self._tab(forward) or super().focusNextPrevChild(forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index, current = self.indexAt(event.position().toPoint()), self.currentIndex()
        if event.modifiers() == _SHIFT and index.isValid() and current.isValid():
            self._extend(index.row(), index.column())
            return
        self._anchor = None
        super().mousePressEvent(event)

    def _move(self, key: Qt.Key, *, edge: bool, extend: bool) -> None:
        """Moves by a cell, page or row; with Ctrl to the edge of the grid; with Shift extends the selection."""
        down, right = _MOVES[key]
        rows, places = self._grid.rowCount(), self.shown_columns()
        columns = len(places)
        if not rows:
            return
        if key in _PAGES:
            down *= max(self.viewport().height() // self.verticalHeader().defaultSectionSize() - 1, 1)
        elif key in _ENDS:
            down, right = (right * rows if edge else 0), right * columns
        elif edge:
            down, right = down * rows, right * columns
        current = self.currentIndex()
        row = min(max(current.row() + down, 0), rows - 1)
        column = min(max(self._place_of(current.column()) + right, 0), columns - 1)
        (self._extend if extend else self._go)(row, places[column])

    def _place_of(self, column: int) -> int:
        """Returns the place of a column among those that are shown; that of the next one for a hidden column."""
        return sum(one < column for one in self.shown_columns())

    def _extend(self, row: int, column: int) -> None:
        """Selects the block between the cell where the selection started and this one."""
        anchor = self._anchor or (self.currentIndex().row(), self.currentIndex().column())
        chosen = self.selectionModel()
        chosen.setCurrentIndex(self._grid.index(row, column), QItemSelectionModel.SelectionFlag.NoUpdate)
        first = self._grid.index(min(anchor[0], row), min(anchor[1], column))
        last = self._grid.index(max(anchor[0], row), max(anchor[1], column))
        area = QItemSelection(first, last)
        chosen.select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._anchor = anchor

    def edit_cell(self) -> None:
        """Opens the editor of the current cell with its content."""
        self._cells.overwrite = False
        self.edit(self.currentIndex())

    def open_words(self) -> str | None:
        """Returns the text in the open cell editor; None if none is open."""
        editor = self._cells.open_editor()
        return None if editor is None else editor.text()

    def open_cell(self) -> dict[str, str] | None:
        """Returns the uncommitted input of the open cell editor in the format of a draft; None if there is none."""
        words, current = self.open_words(), self.currentIndex()
        place = self._grid.place(current)
        if words is None or place is None or words == self._grid.words(current):
            return None
        return {"row": place.row_id, "field": place.field, "words": words}

    def _step(self, rows: int, columns: int) -> None:
        """Moves by rows or columns; Enter after some Tabs goes below the cell where the Tabs started, as in Excel."""
        current = self.currentIndex()
        places = self.shown_columns()
        place = self._place_of(current.column()) + columns
        if rows and self._tab_start is not None:
            place = self._place_of(self._tab_start)
        row = min(max(current.row() + rows, 0), self._grid.rowCount() - 1)
        self._go(row, places[min(max(place, 0), len(places) - 1)])

    def _tab(self, forward: bool) -> bool:
        """Moves to the next (or previous) editable cell; returns False if there is none."""
        current, width = self.currentIndex(), self._grid.columnCount()
        step = 1 if forward else -1
        place = current.row() * width + current.column() + step
        while current.isValid() and 0 <= place < self._grid.rowCount() * width:
            index = self._grid.index(place // width, place % width)
            if self._grid.refusal(index) is None and not self.isColumnHidden(index.column()):
                start = current.column() if self._tab_start is None else self._tab_start
                self._go(index.row(), index.column())
                self._tab_start = start
                return True
            place += step
        return False

    def _go(self, row: int, column: int) -> None:
        self._tab_start = None
        self.select_cell(row, column)

    def select_cell(self, row: int, column: int = 0) -> None:
        self._anchor = None
        super().select_cell(row, column)

    def go_to_wrong(self) -> None:
        """Moves to the next cell with unsaved input."""
        cells = self._grid.wrong_cells()
        if cells:
            current = self.currentIndex()
            here = (current.row(), current.column())
            following = [index for index in cells if (index.row(), index.column()) > here]
            self._go((following or cells)[0].row(), (following or cells)[0].column())
            self.setFocus()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        text = self._grid.language.text
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, key, action in (
            (text("Copy"), "Ctrl+C", self.copy_block),
            (text("Paste"), "Ctrl+V", self.paste_block),
            (text("Fill down"), "Ctrl+D", self.fill_down),
            (text("Empty the cells"), "Delete", self.clear_cells),
        ):
            menu.addAction(f"{words}\t{key}", action)
        menu.popup(event.globalPos())

    # Blocks of cells

    def blocks(self) -> list[Block]:
        """Returns the selected rectangles as rows and columns; one over hidden columns as the parts around them."""
        chosen = self.selectionModel().selection()
        parts = [chosen.at(place) for place in range(chosen.count())]
        return [
            (range(part.top(), part.bottom() + 1), columns)
            for part in parts
            if part.isValid()
            for columns in self._shown_between(part.left(), part.right())
        ]

    def _shown_between(self, left: int, right: int) -> list[range]:
        """Returns the runs of shown columns from one column to another."""
        runs: list[range] = []
        for place in range(left, right + 1):
            if self.isColumnHidden(place):
                continue
            if runs and runs[-1].stop == place:
                runs[-1] = range(runs[-1].start, place + 1)
            else:
                runs.append(range(place, place + 1))
        return runs

    def copy_block(self) -> None:
        """Copies the selected cells to the clipboard, as tab-separated text and as an HTML table for Excel."""
        rows, columns = self._around()
        if not rows:
            return
        chosen = self.selectionModel()
        cells = [
            [
                self._grid.words(index) if chosen.isSelected(index) else ""
                for index in (self._grid.index(row, column) for column in columns)
            ]
            for row in rows
        ]
        data = QMimeData()
        data.setText(write_block(cells))
        data.setHtml(write_html(cells, [self._is_text(column) for column in columns]))
        QGuiApplication.clipboard().setMimeData(data)

    def paste_block(self) -> None:
        """Pastes the cells of a spreadsheet from the clipboard, starting at the first selected cell, as one action.

        One copied cell, or a block that fits a whole number of times, fills the selection.
        """
        text = QGuiApplication.clipboard().text()
        if len(text) > MOST_CHARACTERS:
            self._report_too_much()
            return
        rows, columns = self._around()
        if not text or not rows:
            return
        block = read_block(text)
        if sum(map(len, block)) > MOST_CELLS:
            self._report_too_much()
            return
        high, wide = len(block), max(map(len, block))
        if len(rows) % high == 0 and len(columns) % wide == 0:
            cells = len(rows) * len(columns)
            if cells > MOST_CELLS:
                self._report_too_much()
                return
            block = [
                [row[place % wide] if place % wide < len(row) else "" for place in range(len(columns))]
                for row in (block[place % high] for place in range(len(rows)))
            ]
        self._put(block, rows[0], columns[0])

    def _put(self, block: Sequence[Sequence[str]], top: int, left: int) -> None:
        self._grid.make_room(top + len(block))
        places = self.shown_columns()[self._place_of(left) :]
        width, height = len(places), self._grid.rowCount() - top
        cells: list[tuple[Index, str]] = []
        for down, line in enumerate(block[:height]):
            for across, words in enumerate(line[:width]):
                index = self._grid.index(top + down, places[across])
                reason = self._grid.refusal(index)
                if reason is None:
                    cells.append((index, words))
                elif words.strip() != self._grid.words(index).strip():
                    # A read-only cell whose value would not change does not reject the whole block.
                    self.told.emit(self._grid.language.text(NOTHING_PASTED, reason=reason))
                    return
        self._grid.type_cells(cells)
        bottom = self._grid.index(top + min(len(block), height) - 1, places[min(max(map(len, block)), width) - 1])
        area = QItemSelection(self._grid.index(top, left), bottom)
        self.selectionModel().select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        left_out = sum(map(len, block)) - sum(len(line[:width]) for line in block[:height])
        if left_out:
            self.told.emit(
                self._grid.language.plural(
                    "{n} cell did not fit and was left out.", "{n} cells did not fit and were left out.", left_out
                )
            )

    def fill_down(self) -> None:
        """Copies the first selected row to the selected rows below it; with one row selected, copies the row above."""
        rows, columns = self._around()
        if len(rows) == 1:
            rows = [rows[0] - 1, *rows]
        if len(rows) < 2 or rows[0] < 0:
            self.told.emit(self._grid.language.text(NO_ROW_ABOVE))
            return
        first = {column: self._grid.words(self._grid.index(rows[0], column)) for column in columns}
        self._type_selected([(row, column) for row in rows[1:] for column in columns], lambda column: first[column])

    def clear_cells(self) -> None:
        """Empties the selected cells."""
        chosen = [(row, column) for rows, columns in self.blocks() for row in rows for column in columns]
        self._type_selected(chosen, lambda _: "")

    def _type_selected(self, places: Sequence[tuple[int, int]], words: Callable[[int], str]) -> None:
        if len(places) > MOST_CELLS:
            self._report_too_much()
            return
        indexes = [self._grid.index(row, column) for row, column in places]
        reasons = [reason for index in indexes if (reason := self._grid.refusal(index)) is not None]
        if len(reasons) == len(indexes):
            self.told.emit(next(filter(None, reasons), ""))
            return
        self._grid.type_cells([(index, words(index.column())) for index in indexes])

    def _around(self) -> tuple[list[int], list[int]]:
        """Returns the rows and columns that contain selected cells."""
        blocks = self.blocks()
        rows = sorted({row for rows, _ in blocks for row in rows})
        return rows, sorted({column for _, columns in blocks for column in columns})

    def _is_text(self, column: int) -> bool:
        chosen = self._grid.columns[column]
        return chosen.value is None or chosen.kind is ValueKind.TEXT

    def _wrong_selected(self) -> list[Index]:
        chosen = self.selectionModel()
        return [index for index in self._grid.wrong_cells() if chosen.isSelected(index)]

    def _report_too_much(self) -> None:
        number, text = self._grid.language.number, self._grid.language.text
        self.told.emit(text(TOO_MUCH, cells=number(MOST_CELLS), characters=number(MOST_CHARACTERS)))

    # Selection and reset

    def _before_reset(self) -> None:
        super()._before_reset()
        editor = self._cells.open_editor()
        self._reopen = None if editor is None else (editor.text(), editor.cursorPosition(), editor.typing)

    def _after_reset(self) -> None:
        """Reopens the cell editor after the rows were replaced, if its row still exists."""
        kept, reopen = self._kept, self._reopen
        self._reopen = None
        super()._after_reset()
        current = self.currentIndex()
        if reopen is None or kept is None or not current.isValid():
            return
        if self._grid.identity(self._grid.row(current)) == kept[0]:
            self.edit_cell()
            editor = self._cells.open_editor()
            if editor is not None:
                editor.setText(reopen[0])
                editor.setCursorPosition(reopen[1])
                editor.typing = reopen[2]

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if self._grid.refusal(index) is not None:
            self.row_activated.emit(index.data(ROW_ROLE))

    def _on_current_changed(self, current: QModelIndex) -> None:
        """Reports the error of a cell also when it becomes the current one."""
        if current.data(WRONG_ROLE):
            self.told.emit(current.data(Qt.ItemDataRole.AccessibleDescriptionRole))

    def _on_selection_changed(self) -> None:
        self._tab_start = None
        self._sum_up()

    def _sum_up(self) -> None:
        self.selection_summed.emit(self._grid.sum_up(self.blocks()))
