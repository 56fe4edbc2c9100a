"""The model of an editable grid: input is parsed at once, and each user action emits one signal.

Invalid input stays in its cell with an error message, and is not submitted until it is corrected. A submitted value is
shown until the store has it (`settle`) or rejects it (`refuse`); reloading the rows keeps it. The model knows no
commands: the screen creates one from the emitted `FieldEdit`s.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic

from PySide6.QtCore import QObject, Qt, Signal

from samenleven_desktop.domain.errors import N_, SamenlevenError, UserError
from samenleven_desktop.domain.typed_text import line
from samenleven_desktop.domain.typed_values import read_money, read_number
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.history import FieldPlace
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.ui.models.column import NOTHING, CellLook, Column, R, ValueKind
from samenleven_desktop.ui.models.list_model import LOOK_ROLE, Index, RowsModel, cell_data
from samenleven_desktop.ui.models.row_filter import value_words

Key = tuple[str, str]

WRONG_ROLE = Qt.ItemDataRole.UserRole + 7
CHOICES_ROLE = Qt.ItemDataRole.UserRole + 8

READ_ONLY = N_("“{column}” is worked out or set elsewhere: nothing can be typed there.")
FILL_IN = N_("This cell cannot stay empty.")
HELD = N_("Not saved yet: it goes along with the next cell that is right.")


@dataclass(frozen=True)
class GridColumn(Column[R]):
    """A column that can be edited: `read` parses text to the value of `field`, or raises UserError.

    Without `read` the column is read-only. Empty text is the value None, unless `required`. `locked` returns the
    sentence why the cell of this row is read-only, or None. `choices` are offered as completions. `put` returns the row
    with another value, for rows that do not have it under the name of the field.
    """

    field: str = ""
    read: Callable[[str], object] | None = None
    required: bool = False
    locked: Callable[[R], str | None] | None = None
    choices: tuple[str, ...] = ()
    put: Callable[[R, Any], R] | None = None


def editable(
    column: Column[R],
    field: str,
    read: Callable[[str], object] | None = None,
    *,
    required: bool = False,
    locked: Callable[[R], str | None] | None = None,
    choices: tuple[str, ...] = (),
    put: Callable[[R, Any], R] | None = None,
    stored: Callable[[R], Any] | None = None,
) -> GridColumn[R]:
    """Makes a column editable; without `read` a number or an amount is parsed by its kind.

    `stored` returns the value of `field` if the column only has its text.
    """
    if read is None:
        read_kind = {ValueKind.NUMBER: read_number, ValueKind.MONEY: read_money}[column.kind]
        read = partial(read_kind, field=field, negative=False)
    shown = {one.name: getattr(column, one.name) for one in dataclasses.fields(Column)}
    shown |= {"key": column.key or field, "value": stored or column.value}
    return GridColumn(**shown, field=field, read=read, required=required, locked=locked, choices=choices, put=put)


@dataclass(frozen=True)
class Summed:
    """The numbers in the selected cells. `total` is None if there are none, or if money is mixed with other numbers."""

    cells: int
    numbers: int
    total: int | float | None
    kind: ValueKind


@dataclass(frozen=True)
class _TypedCell:
    """The text of a cell that is not, or not surely, in the store.

    `submitted`: an edit of this cell was emitted. `committed`: the store has it. `blocked`: valid, but rejected
    together with others.
    """

    words: str
    value: object
    error: str | None = None
    submitted: bool = False
    committed: bool = False
    blocked: bool = False


class GridModel(RowsModel[R], Generic[R]):
    """Rows with editable cells. `row_id` returns the id of a row, which is used in the edits."""

    edited = Signal(list)
    """The `FieldEdit`s of one action: run them as one command, then call `settle` or `refuse` with them."""
    wrong_changed = Signal(int)
    """The number of cells with input that is not saved."""
    refused = Signal(str)
    """Why the last input is invalid, or why it was not saved."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        language: Language,
        row_id: Callable[[R], str],
        table_name: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self.table_name = table_name
        self.language = language
        self._row_id = row_id
        self._typed: dict[Key, _TypedCell] = {}
        self._with_submitted: dict[str, R] = {}

    def identity(self, row: R) -> object:
        return self._row_id(row)

    def place(self, index: Index) -> FieldPlace | None:
        """Returns the place in the history of a cell's value; None for a cell that is derived from others."""
        column = self.columns[index.column()] if index.isValid() else None
        if not self.table_name or not isinstance(column, GridColumn):
            return None
        return FieldPlace(self.table_name, self._row_id(self._rows[index.row()]), column.field)

    # Content of the cells

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return self.words(index)
        if role == CHOICES_ROLE:
            return column.choices if isinstance(column, GridColumn) else ()
        typed = self._typed.get(self._key(row, column)) if self._typed else None
        if typed is not None and (typed.error or not self._can_put(row, column)):
            return self._typed_data(typed, row, column, role)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(column, GridColumn) and column.locked:
            return column.locked(row) or cell_data(row, column, role)
        return cell_data(self._with_submitted.get(self._row_id(row), row), column, role)

    def make_room(self, rows: int) -> None:
        """Called before a block is pasted that needs this many rows; a grid that takes new rows adds them."""

    def words(self, index: Index) -> str:
        """Returns the content of the cell as it is typed, and as it is copied to a spreadsheet."""
        row, column = self._rows[index.row()], self.columns[index.column()]
        typed = self._typed.get(self._key(row, column))
        if typed is not None and (typed.error or not self._can_put(row, column)):
            return typed.words
        if column.kind is ValueKind.TEXT or column.value is None:
            text = column.text(self._with_submitted.get(self._row_id(row), row))
            return "" if text == NOTHING else text
        return value_words(typed.value if typed else column.value(row), column.kind, self.language)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.refusal(index) is None else flags

    def refusal(self, index: Index) -> str | None:
        """Returns why this cell is read-only; None if it can be edited."""
        if not index.isValid():
            return ""
        row, column = self._rows[index.row()], self.columns[index.column()]
        if not isinstance(column, GridColumn) or column.read is None:
            return self.language.text(READ_ONLY, column=column.filter_name or column.title)
        return column.locked(row) if column.locked else None

    def _typed_data(self, typed: _TypedCell, row: R, column: Column[R], role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return typed.words
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return typed.error
        if role == WRONG_ROLE:
            return typed.error is not None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return typed.words
        if role == LOOK_ROLE:
            return CellLook(typed.words, strong=column.strong, right=column.right)
        return cell_data(row, column, role)

    # Editing

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or self.refusal(index) is not None:
            return False
        self.type_cells([(index, str(value))])
        return True

    def type_cells(self, cells: Iterable[tuple[Index, str]]) -> None:
        """Sets the text of cells as one action: all valid input is emitted in one `edited`. Skips read-only cells."""
        edits: dict[Key, FieldEdit] = {}
        sentence, corrected = "", False
        touched = [(index, words) for index, words in cells if self.refusal(index) is None]
        for index, words in touched:
            row, column = self._rows[index.row()], self.columns[index.column()]
            assert isinstance(column, GridColumn)
            key = self._key(row, column)
            before = self._typed.get(key)
            try:
                value = self._read(column, words)
            except UserError as error:
                submitted = before is not None and before.submitted
                sentence = sentence or self.language.error(error)
                self._typed[key] = _TypedCell(words, None, self.language.error(error), submitted=submitted)
                edits.pop(key, None)
                continue
            corrected = corrected or (before is not None and before.error is not None)
            if self._differs(value, before, row, column):
                self._typed[key] = _TypedCell(words, value, submitted=True)
                edits[key] = FieldEdit(*key, value)
            elif before and before.error:
                del self._typed[key]
        if edits or corrected:
            for key, typed in self._typed.items():
                if typed.blocked:
                    self._typed[key] = _TypedCell(typed.words, typed.value, submitted=True)
                    edits[key] = FieldEdit(*key, typed.value)
        self._after_typing([index for index, _ in touched])
        if edits:
            self.edited.emit(list(edits.values()))
        if sentence:
            self.refused.emit(sentence)

    def restore(self, indexes: Iterable[Index]) -> None:
        """Discards the unsaved input in these cells; they show the stored value again."""
        back = []
        for index in indexes:
            key = self._key(self._rows[index.row()], self.columns[index.column()])
            typed = self._typed.get(key)
            if typed is not None and typed.error:
                del self._typed[key]
                back.append(index)
        self._after_typing(back)

    def _differs(self, value: object, before: _TypedCell | None, row: R, column: GridColumn[R]) -> bool:
        """Returns whether the value differs from the stored or submitted value of the cell."""
        if before is not None and before.submitted:
            # An edit made before the invalid input may still be pending; its value is no longer known.
            return bool(before.error) or value != before.value
        stored = column.value(row) if column.value else column.text(row)
        return value != stored or type(value) is not type(stored)

    def _read(self, column: GridColumn[R], words: str) -> object:
        if not line(words):
            if column.required:
                raise UserError(FILL_IN)
            return None
        assert column.read is not None
        return column.read(words)

    # Results from the store

    def settle(self, edits: Sequence[FieldEdit]) -> None:
        """Called when the command has run; from the next `set_rows` on, the cells show the stored values."""
        for key, typed in self._of(edits):
            self._typed[key] = dataclasses.replace(typed, committed=True)

    def refuse(self, edits: Sequence[FieldEdit], error: SamenlevenError) -> None:
        """Called when the command was rejected and nothing was saved: keeps the input and marks the invalid cells.

        Those are the cells of the field named in the error, or all if it names none.
        """
        sentence, named = self.language.error(error), error.field
        fields = {edit.field for edit in edits}
        for key, typed in self._of(edits):
            at_fault = named not in fields or key[1] == named
            words = sentence if at_fault else self.language.text(HELD)
            self._typed[key] = _TypedCell(typed.words, typed.value, words, blocked=not at_fault)
        self._all_changed()
        self.refused.emit(sentence)

    def set_rows(self, rows: Sequence[R]) -> None:
        """Shows the stored rows. As long as they are the same rows, each keeps its position.

        So a cell that is being edited does not move, even though the column is sorted or filtered.
        """
        self._typed = {
            key: typed
            for key, typed in self._typed.items()
            if not (typed.committed and typed.submitted and not typed.error)
        }
        fresh = {self._row_id(row): row for row in rows}
        if not self._all or fresh.keys() != {self._row_id(row) for row in self._all}:
            self._apply_submitted(rows)
            super().set_rows(rows)
            self._drop_saved()
            self._emit_wrong_count()
            return
        self._all = [fresh[self._row_id(row)] for row in self._all]
        self._rows = [fresh[self._row_id(row)] for row in self._rows]
        self._drop_saved()
        self._all_changed()

    def _narrow(self) -> None:
        """Filters the rows, but never hides one with unsaved input."""
        super()._narrow()
        wrong = {row_id for (row_id, _), typed in self._typed.items() if typed.error}
        if wrong and len(self._rows) < len(self._all):
            shown = {id(row) for row in self._rows}
            self._rows = [row for row in self._all if id(row) in shown or self._row_id(row) in wrong]

    def _of(self, edits: Sequence[FieldEdit]) -> list[tuple[Key, _TypedCell]]:
        """Returns the cells of these edits that were not changed since."""
        found = [((edit.row_id, edit.field), edit.value) for edit in edits]
        return [
            (key, typed)
            for key, value in found
            if (typed := self._typed.get(key)) and typed.submitted and not typed.error and typed.value == value
        ]

    # Unsaved input

    def wrong_cells(self) -> list[Index]:
        """Returns the visible cells with unsaved input, from top to bottom."""
        wrong = {key for key, typed in self._typed.items() if typed.error}
        if not wrong:
            return []
        return [
            self.index(place, at)
            for place, row in enumerate(self._rows)
            for at, column in enumerate(self.columns)
            if self._key(row, column) in wrong
        ]

    def draft(self, *, pending: bool = False) -> list[dict[str, str]]:
        """Returns the unsaved input for a draft; with `pending` also the input submitted to the store."""
        return [
            {"row": row, "field": field, "words": typed.words}
            for (row, field), typed in self._typed.items()
            if typed.error or (pending and typed.submitted and not typed.committed)
        ]

    def restore_draft(self, draft: Iterable[Mapping[str, str]]) -> None:
        """Restores the input of a draft, marked with its errors; emits no edits.

        A cell that was changed since is left unchanged.
        """
        columns = {column.field: column for column in self.columns if isinstance(column, GridColumn) and column.read}
        for one in draft:
            column = columns.get(one["field"])
            key, words = (one["row"], one["field"]), one["words"]
            if column is None or key in self._typed:
                continue
            try:
                self._typed[key] = _TypedCell(words, self._read(column, words), self.language.text(HELD), blocked=True)
            except UserError as error:
                self._typed[key] = _TypedCell(words, None, self.language.error(error))
        self._drop_saved()
        self._all_changed()

    def _drop_saved(self) -> None:
        """Drops restored input that equals the stored value: it was saved after the draft was made."""
        columns = {column.field: column for column in self.columns if isinstance(column, GridColumn)}
        rows = {self._row_id(row): row for row in self._all}
        for (row_id, field), typed in list(self._typed.items()):
            if typed.blocked and row_id in rows and not self._differs(typed.value, None, rows[row_id], columns[field]):
                del self._typed[row_id, field]

    # Sums

    def sum_up(self, blocks: Iterable[tuple[range, range]]) -> Summed:
        """Returns count, number of numbers and total of blocks of cells (rows, columns); money in cents.

        Invalid input is not a number.
        """
        cells, kinds, numbers = 0, set(), []
        for rows, columns in blocks:
            cells += len(rows) * len(columns)
            for column in (self.columns[place] for place in columns):
                if column.value is None or column.kind not in (ValueKind.NUMBER, ValueKind.MONEY):
                    continue
                found = [self._number(self._rows[place], column) for place in rows]
                numbers += [value for value in found if value is not None]
                if any(value is not None for value in found):
                    kinds.add(column.kind)
        one_kind = len(kinds) == 1
        return Summed(
            cells,
            len(numbers),
            sum(numbers) if numbers and one_kind else None,
            next(iter(kinds)) if one_kind else ValueKind.TEXT,
        )

    def _number(self, row: R, column: Column[R]) -> int | float | None:
        typed = self._typed.get(self._key(row, column)) if self._typed else None
        value = typed.value if typed else column.value(row) if column.value else None
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    # Helpers

    def _key(self, row: R, column: Column[R]) -> Key:
        return self._row_id(row), column.field if isinstance(column, GridColumn) else ""

    def _can_put(self, row: R, column: Column[R]) -> bool:
        if isinstance(column, GridColumn) and column.put:
            return True
        return isinstance(column, GridColumn) and column.field in _field_names(type(row))

    def _apply_submitted(self, rows: Sequence[R]) -> None:
        """Applies submitted input to copies of the rows, so that they are shown as they will be."""
        columns = {column.field: column for column in self.columns if isinstance(column, GridColumn)}
        submitted: dict[str, list[tuple[GridColumn[R], object]]] = {}
        for (row_id, field), typed in self._typed.items():
            if typed.submitted and not typed.error and field in columns:
                submitted.setdefault(row_id, []).append((columns[field], typed.value))
        self._with_submitted = {}
        for row in rows if submitted else ():
            for column, value in submitted.get(self._row_id(row), ()):
                changed = self._with_submitted.get(self._row_id(row), row)
                if column.put:
                    self._with_submitted[self._row_id(row)] = column.put(changed, value)
                elif column.field in _field_names(type(row)):
                    self._with_submitted[self._row_id(row)] = dataclasses.replace(changed, **{column.field: value})  # type: ignore[type-var]

    def _after_typing(self, indexes: Sequence[Index]) -> None:
        if not indexes:
            return
        self._apply_submitted(self._all)
        rows = [index.row() for index in indexes]
        self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), len(self.columns) - 1))
        self._emit_wrong_count()

    def _all_changed(self) -> None:
        self._apply_submitted(self._all)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))
        self._emit_wrong_count()

    def _emit_wrong_count(self) -> None:
        self.wrong_changed.emit(len(self.wrong_cells()))


def _field_names(row_type: type[Any]) -> set[str]:
    return {field.name for field in dataclasses.fields(row_type)} if dataclasses.is_dataclass(row_type) else set()
