"""A grid to type in, with the keys of Excel, and the small line under it.

One action of the person (a word, a fill, a paste of 200 cells) is one `edited` of the model, so one undo step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import N_, SamenlevenError
from samenleven_desktop.services.command import AnyCommand, FieldEdit
from samenleven_desktop.ui.models.blocks import MOST_CELLS, MOST_CHARACTERS, read_block, write_block, write_html
from samenleven_desktop.ui.models.filtering import Kind
from samenleven_desktop.ui.models.grid import GridModel
from samenleven_desktop.ui.models.rows import ROW_ROLE, Index
from samenleven_desktop.ui.runner import Runner
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.cells import CellDelegate
from samenleven_desktop.ui.widgets.sums import SumLine
from samenleven_desktop.ui.widgets.table import RowsTable

TOO_MUCH = N_("That is too much at once: at most {cells} cells or {characters} characters. Nothing was changed.")
NOTHING_PASTED = N_("Nothing was pasted. {reason}")
NO_ROW_ABOVE = N_("Select a cell and the cells under it; Ctrl+D then fills them with what stands in the first.")

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Block = tuple[range, range]


class GridTable(RowsTable):
    """Cells instead of rows: typing overwrites, F2 changes, Ctrl+Enter or a double click on a fixed cell opens the row.

    Tab goes to the next cell that can be typed in and leaves the grid after the last one; Ctrl+Tab leaves it anywhere.
    """

    row_activated = Signal(object)
    selection_summed = Signal(object)
    """A `Summed` of the selected cells."""
    told = Signal(str)
    """A sentence for the person about what was (not) done; empty when there is nothing to say any more."""

    def __init__(self, theme: Theme, model: GridModel[Any], name: str) -> None:
        self._cells = CellDelegate(theme)
        self._grid = model
        self._tab_start: int | None = None
        self._reopen: tuple[str, int, bool] | None = None
        super().__init__(theme, model, name, self._cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self._cells.left_with.connect(self._step)
        self._cells.tabbed.connect(self._tab)
        self._cells.too_much_pasted.connect(self._tell_too_much)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        model.dataChanged.connect(self._sum_up)
        model.modelReset.connect(self._sum_up)

    # Keys

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
        elif key in _ENTER and modifiers == _CTRL:
            self.row_activated.emit(self.currentIndex().data(ROW_ROLE))
        elif key in _ENTER:
            self._step(-1 if modifiers == _SHIFT else 1, 0)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and modifiers & _CTRL:
            super().focusNextPrevChild(key == Qt.Key.Key_Tab and not modifiers & _SHIFT)
        elif key == Qt.Key.Key_Escape and self._wrong_selected():
            self._grid.restore(self._wrong_selected())
        else:
            self._type(lambda: super(GridTable, self).keyPressEvent(event))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._type(lambda: super(GridTable, self).inputMethodEvent(event))

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self._tab(forward) or super().focusNextPrevChild(forward)

    def _type(self, go_on: Callable[[], None]) -> None:
        """An editor that this key opens begins empty, unless the key is the one for changing."""
        self._cells.overwrite = True
        try:
            go_on()
        finally:
            self._cells.overwrite = False

    def edit_cell(self) -> None:
        """Opens the current cell with its words in it."""
        self._cells.overwrite = False
        self.edit(self.currentIndex())

    def _step(self, rows: int, columns: int) -> None:
        """Goes on by rows or columns; Enter after some Tabs goes under the cell where the Tabs began, as in Excel."""
        current = self.currentIndex()
        column = current.column() + columns
        if rows and self._tab_start is not None:
            column = self._tab_start
        row = min(max(current.row() + rows, 0), self._grid.rowCount() - 1)
        self._go(row, min(max(column, 0), self._grid.columnCount() - 1))

    def _tab(self, forward: bool) -> bool:
        """To the next (or previous) cell that can be typed in; False when there is none."""
        current, width = self.currentIndex(), self._grid.columnCount()
        step = 1 if forward else -1
        place = current.row() * width + current.column() + step
        while current.isValid() and 0 <= place < self._grid.rowCount() * width:
            index = self._grid.index(place // width, place % width)
            if self._grid.refusal(index) is None:
                start = current.column() if self._tab_start is None else self._tab_start
                self._go(index.row(), index.column())
                self._tab_start = start
                return True
            place += step
        return False

    def _go(self, row: int, column: int) -> None:
        self._tab_start = None
        self.setCurrentIndex(self._grid.index(row, column))

    def go_to_wrong(self) -> None:
        """To the next cell with words that are not saved."""
        cells = self._grid.wrong_cells()
        if cells:
            current = self.currentIndex()
            here = (current.row(), current.column())
            following = [index for index in cells if (index.row(), index.column()) > here]
            self._go((following or cells)[0].row(), (following or cells)[0].column())
            self.setFocus()

    # Blocks

    def blocks(self) -> list[Block]:
        """The selected rectangles as rows and columns."""
        chosen = self.selectionModel().selection()
        parts = [chosen.at(place) for place in range(chosen.count())]
        return [
            (range(part.top(), part.bottom() + 1), range(part.left(), part.right() + 1))
            for part in parts
            if part.isValid()
        ]

    def copy_block(self) -> None:
        """The selected cells to the clipboard, as text with tabs and as a table that Excel keeps apart."""
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
        """What a spreadsheet put on the clipboard into the cells from the first selected one on, as one action.

        One copied cell, or a block that fits a whole number of times, fills the selection.
        """
        text = QGuiApplication.clipboard().text()
        if len(text) > MOST_CHARACTERS:
            self._tell_too_much()
            return
        rows, columns = self._around()
        if not text or not rows:
            return
        block = read_block(text)
        if sum(map(len, block)) > MOST_CELLS:
            self._tell_too_much()
            return
        high, wide = len(block), max(map(len, block))
        if len(rows) % high == 0 and len(columns) % wide == 0:
            cells = len(rows) * len(columns)
            if cells > MOST_CELLS:
                self._tell_too_much()
                return
            block = [
                [row[place % wide] if place % wide < len(row) else "" for place in range(len(columns))]
                for row in (block[place % high] for place in range(len(rows)))
            ]
        self._put(block, rows[0], columns[0])

    def _put(self, block: Sequence[Sequence[str]], top: int, left: int) -> None:
        width, height = self._grid.columnCount() - left, self._grid.rowCount() - top
        cells: list[tuple[Index, str]] = []
        for down, line in enumerate(block[:height]):
            for across, words in enumerate(line[:width]):
                index = self._grid.index(top + down, left + across)
                reason = self._grid.refusal(index)
                if reason is None:
                    cells.append((index, words))
                elif words.strip() != self._grid.words(index).strip():
                    # A fixed cell that gets what it has already is no reason to refuse a whole block.
                    self.told.emit(self._grid.language.text(NOTHING_PASTED, reason=reason))
                    return
        self._grid.type_cells(cells)
        bottom = self._grid.index(top + min(len(block), height) - 1, left + min(max(map(len, block)), width) - 1)
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
        """The words of the first selected row into the rows under it; of one row, what stands above it."""
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
            self._tell_too_much()
            return
        indexes = [self._grid.index(row, column) for row, column in places]
        reasons = [reason for index in indexes if (reason := self._grid.refusal(index)) is not None]
        if len(reasons) == len(indexes):
            self.told.emit(next(filter(None, reasons), ""))
            return
        self._grid.type_cells([(index, words(index.column())) for index in indexes])

    def _around(self) -> tuple[list[int], list[int]]:
        """The rows and columns in which something is selected."""
        blocks = self.blocks()
        rows = sorted({row for rows, _ in blocks for row in rows})
        return rows, sorted({column for _, columns in blocks for column in columns})

    def _is_text(self, column: int) -> bool:
        chosen = self._grid.columns[column]
        return chosen.value is None or chosen.kind is Kind.TEXT

    def _wrong_selected(self) -> list[Index]:
        chosen = self.selectionModel()
        return [index for index in self._grid.wrong_cells() if chosen.isSelected(index)]

    def _tell_too_much(self) -> None:
        number, text = self._grid.language.number, self._grid.language.text
        self.told.emit(text(TOO_MUCH, cells=number(MOST_CELLS), characters=number(MOST_CHARACTERS)))

    # Following

    def _before_reset(self) -> None:
        super()._before_reset()
        editor = self._cells.open_editor()
        self._reopen = None if editor is None else (editor.text(), editor.cursorPosition(), editor.typing)

    def _after_reset(self) -> None:
        """Other rows while a cell is being typed in: where its row is still there, the typing goes on."""
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

    def _on_selection_changed(self) -> None:
        self._tab_start = None
        self._sum_up()

    def _sum_up(self) -> None:
        self.selection_summed.emit(self._grid.sum_up(self.blocks()))


class GridPanel(QWidget):
    """A grid with its line under it: the sum of what is selected, what went wrong, what is not saved yet."""

    def __init__(self, theme: Theme, model: GridModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = GridTable(theme, model, name)
        self.line = SumLine(model.language)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.table, 1)
        box.addWidget(self.line)
        self.setFocusProxy(self.table)
        self.table.selection_summed.connect(self.line.show_sum)
        self.table.told.connect(self.line.tell)
        model.wrong_changed.connect(self.line.show_wrong)
        self.line.wrong.clicked.connect(lambda _=False: self.table.go_to_wrong())


def run_edits(
    model: GridModel[Any],
    runner: Runner,
    initiator: QObject,
    command: Callable[[tuple[FieldEdit, ...]], AnyCommand],
    then: Callable[[], object],
) -> None:
    """From now on each action in the grid is run as one command; `then` (reload) follows when it is safe on disk.

    What is refused stays in its cells with the sentence that says why.
    """

    def run(edits: list[FieldEdit]) -> None:
        def done(_: object) -> None:
            model.settle(edits)
            then()

        def refused(error: SamenlevenError) -> None:
            model.refuse(edits, error)

        runner.run(command(tuple(edits)), initiator=initiator, then=done, failed=refused)

    model.edited.connect(run)
