"""The one table model for lists: rows are frozen dataclasses, columns say how a row reads, sorts and is drawn.

Rows may come in blocks: with a `more` function the model asks for the next block when the view nears its end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

DRAW_ROLE = Qt.ItemDataRole.UserRole + 1
SORT_ROLE = Qt.ItemDataRole.UserRole + 2
SECOND_ROLE = Qt.ItemDataRole.UserRole + 3
TONE_ROLE = Qt.ItemDataRole.UserRole + 4
STRONG_ROLE = Qt.ItemDataRole.UserRole + 5
ROW_ROLE = Qt.ItemDataRole.UserRole + 6


@dataclass(frozen=True)
class Column(Generic[R]):
    """`text` is what is read (also aloud); `draw` gives a Progress, StateCounts or pill tone for the delegate.

    `second` is a muted line under the text. `width` in pixels; 0 takes what is left, by `stretch`.
    """

    title: str
    text: Callable[[R], str]
    width: int = 0
    stretch: int = 1
    right: bool = False
    sort: Callable[[R], Any] | None = None
    draw: Callable[[R], object] | None = None
    second: Callable[[R], str] | None = None
    tone: Callable[[R], str | None] | None = None
    strong: bool = False
    tip: Callable[[R], str] | None = None


class RowsModel(QAbstractTableModel, Generic[R]):
    """Holds the rows of one list in the order they are shown."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self._rows: list[R] = []
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    @property
    def rows(self) -> Sequence[R]:
        return self._rows

    def set_rows(self, rows: Sequence[R]) -> None:
        """Shows other rows, in the order the person chose before."""
        self.beginResetModel()
        self._rows = list(rows)
        if self._sorted is not None:
            self._arrange(*self._sorted)
        self.endResetModel()

    def row(self, index: Index) -> R:
        return self._rows[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole and column.second:
            return ", ".join(filter(None, [column.text(row), column.second(row)]))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_alignment(column.right))
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) if column.tip else None
        if role == DRAW_ROLE:
            return column.draw(row) if column.draw else None
        if role == SECOND_ROLE:
            return column.second(row) if column.second else None
        if role == TONE_ROLE:
            return column.tone(row) if column.tone else None
        if role == STRONG_ROLE:
            return column.strong
        if role == ROW_ROLE:
            return row
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(_alignment(self.columns[section].right))
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By what the column sorts on; empty values always last."""
        self.layoutAboutToBeChanged.emit()
        self._sorted = (column, order)
        self._arrange(column, order)
        self.layoutChanged.emit()

    def _arrange(self, column: int, order: Qt.SortOrder) -> None:
        key = self.columns[column].sort or self.columns[column].text
        filled = [row for row in self._rows if key(row) is not None]
        empty = [row for row in self._rows if key(row) is None]
        filled.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)
        self._rows = filled + empty


def _alignment(right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
