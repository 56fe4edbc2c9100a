"""A grid of a draft plan: text cells with an empty line at the end, and the faults that the check found in them.

A view may show some columns of the lines of another grid, such as the money of each period; it adds no lines then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal

from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.plan_content import plain
from samenleven_desktop.interchange.plan_draft import LABEL, PARENT, TITLE, DraftColumn, DraftRow
from samenleven_desktop.interchange.plan_draft_edit import titled
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.ui.models.editable_model import WRONG_ROLE, GridColumn, GridModel
from samenleven_desktop.ui.models.list_model import Index

_LINE_END, _NEXT = " ¶ ", "; "
"""What stands in a cell for the end of a line of a text, and between two elements of a list."""
_NARROW, _WIDE, _LEAST = 84, 3, 210
_LONG = (TITLE, LABEL, "text", "name", "address", "kpi", "note")
_TOLD = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole)


class DraftGridModel(GridModel[DraftRow]):
    """`begin` returns a line with the values that it begins with; None: lines are neither added nor emptied here."""

    own_words = True
    """Its cells hold what people wrote, in whatever language."""
    rows_typed = Signal()
    """The user changed `lines`."""

    def __init__(
        self,
        columns: Sequence[DraftColumn],
        language: Language,
        begin: Callable[[DraftRow], DraftRow] | None,
    ) -> None:
        self._begin = begin
        self._faults: Mapping[tuple[str, str], str] = {}
        made = [_column(one, language, fixed=begin is None and at == 0) for at, one in enumerate(columns)]
        super().__init__(made, language, lambda row: row.id)
        self.edited.connect(self._on_edited)

    @property
    def lines(self) -> list[DraftRow]:
        """The lines with something in them."""
        return [row for row in self.all_rows if row.cells]

    def show_lines(self, rows: Sequence[DraftRow]) -> None:
        """Shows other lines, with an empty one below."""
        spare = [] if self._begin is None else [DraftRow(new_id())]
        self.set_rows([*rows, *spare])

    def show_faults(self, faults: Mapping[tuple[str, str], str]) -> None:
        """Marks cells, by row and column, with what is wrong in them."""
        if faults != self._faults:
            self._faults = faults
            self._all_changed()

    def make_room(self, rows: int) -> None:
        """Adds empty lines until there are this many."""
        if self._begin is None or rows <= len(self._rows):
            return
        added = [DraftRow(new_id()) for _ in range(rows - len(self._rows))]
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(added) - 1)
        self._all += added
        self._rows += added
        self.endInsertRows()

    def remove_lines(self, places: Iterable[int]) -> None:
        """Removes the lines shown at these places."""
        gone = {self._rows[place].id for place in places if place < len(self._rows)}
        left = [row for row in self._all if row.id not in gone and row.cells]
        if len(left) < len(self.lines):
            self.show_lines(left)
            self.rows_typed.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._faults and index.isValid() and (role == WRONG_ROLE or role in _TOLD):
            column = self.columns[index.column()]
            words = self._faults.get((self._rows[index.row()].id, column.key))
            if words is not None:
                return True if role == WRONG_ROLE else words
        return super().data(index, role)

    def _on_edited(self, edits: list[FieldEdit]) -> None:
        rows = {row.id: row for row in self._all}
        fresh = {one.row_id for one in edits if not rows[one.row_id].cells}
        for one in edits:
            rows[one.row_id] = _with(rows[one.row_id], one.field, one.value)
        for row_id in {one.row_id for one in edits}:
            if self._begin is not None and row_id in fresh and rows[row_id].cells:
                rows[row_id] = self._begin(rows[row_id])
            else:
                rows[row_id] = titled(rows[row_id])
        self.settle(edits)
        self.set_rows([rows[row.id] for row in self._all])
        if self._rows and self._rows[-1].cells:
            self.make_room(len(self._rows) + 1)
        self.rows_typed.emit()


def _column(column: DraftColumn, language: Language, *, fixed: bool) -> GridColumn[DraftRow]:
    words = ": ".join(language.text(one) for one in column.captions)
    narrow = plain(column.kind) in (int, float, bool, date) or column.key in ("years", "code", "kind", PARENT)
    key = column.key
    return GridColumn(
        title=f"{words} *" if column.required else words,
        text=lambda row: shown_text(column, row.cells.get(key, "")),
        width=_NARROW if narrow else 0,
        stretch=_WIDE if key in _LONG else 1,
        least=_LEAST if key in _LONG else 0,
        value=lambda row: row.cells.get(key),
        key=key,
        field=key,
        read=None if fixed else partial(typed_text, column),
        choices=tuple(language.text(one) for one in column.choices),
        put=lambda row, value: _with(row, key, value),
    )


def _with(row: DraftRow, key: str, value: object) -> DraftRow:
    cells = {name: words for name, words in row.cells.items() if name != key}
    return DraftRow(row.id, cells | {key: str(value)} if value is not None else cells)


def shown_text(column: DraftColumn, words: str) -> str:
    """Returns a text or a list on one line."""
    return words.replace("\n", _NEXT if plain(column.kind) is list else _LINE_END)


def typed_text(column: DraftColumn, words: str) -> str:
    """Returns the text or list that stands on one line."""
    if plain(column.kind) is list:
        return "\n".join(filter(None, map(str.strip, words.split(_NEXT.strip()))))
    return words.replace(_LINE_END, "\n").replace(_LINE_END.strip(), "\n").strip()
