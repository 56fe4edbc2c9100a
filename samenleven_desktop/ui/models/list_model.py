"""The table model of all lists: rows are frozen dataclasses, columns (ui/models/column.py) define how they are shown.

A filter (ui/models/row_filter.py) shows some of the rows; the others stay in memory, so that clearing it is fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.ui.models.column import CellLook, Column, R
from samenleven_desktop.ui.models.row_filter import Condition, matcher

Index = QModelIndex | QPersistentModelIndex

LOOK_ROLE = Qt.ItemDataRole.UserRole + 1
"""The CellLook: one request per cell, as a list draws a hundred cells at a time."""
ROW_ROLE = Qt.ItemDataRole.UserRole + 2


class RowsModel(QAbstractTableModel, Generic[R]):
    """Contains the rows of one list in display order."""

    filter_changed = Signal()
    """The conditions changed, or the rows did: the visible rows were filtered again."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self._rows: list[R] = []
        self._all: list[R] = []
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self._conditions: tuple[Condition, ...] = ()
        self._today = date.min

    @property
    def rows(self) -> Sequence[R]:
        """The visible rows."""
        return self._rows

    @property
    def all_rows(self) -> Sequence[R]:
        """All rows, including those hidden by the filter."""
        return self._all

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return self._conditions

    def set_rows(self, rows: Sequence[R]) -> None:
        """Shows other rows, with the sort order and filter chosen by the user."""
        self.beginResetModel()
        self._all = list(rows)
        if self._sorted is not None:
            self._arrange(*self._sorted)
        self._narrow()
        self.endResetModel()
        self.filter_changed.emit()

    def set_filter(self, conditions: Sequence[Condition], today: date) -> None:
        """Shows only the rows that meet all conditions; conditions on dates may be relative to `today`."""
        self.beginResetModel()
        self._conditions, self._today = tuple(conditions), today
        self._narrow()
        self.endResetModel()
        self.filter_changed.emit()

    def row(self, index: Index) -> R:
        return self._rows[index.row()]

    def identity(self, row: R) -> object:
        """Returns a key that identifies the row after reloading: its id, or else the whole row."""
        return getattr(row, "id", row)

    def place_of(self, identity: object) -> int | None:
        """Returns the position at which the row with this identity is shown; None if it is not visible."""
        return next((place for place, row in enumerate(self._rows) if self.identity(row) == identity), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        return cell_data(self._rows[index.row()], self.columns[index.column()], role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(_alignment(self.columns[section].right))
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by the sort key of the column; empty values are always last. The order is kept for new rows."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = [self._rows[index.row()] for index in before]
        shown = {id(row) for row in self._rows}
        self._sorted = (column, order)
        self._arrange(column, order)
        self._rows = [row for row in self._all if id(row) in shown]
        places = {id(row): place for place, row in enumerate(self._rows)}
        after = [self.index(places[id(row)], old.column()) for row, old in zip(rows, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _arrange(self, column: int, order: Qt.SortOrder) -> None:
        chosen = self.columns[column]
        key = chosen.sort or chosen.value or chosen.text
        filled, empty = [], []
        for row in self._all:
            value = key(row)
            if value is None:
                empty.append(row)
            else:
                filled.append((sort_key(value) if isinstance(value, str) else value, row))
        filled.sort(key=lambda pair: pair[0], reverse=order == Qt.SortOrder.DescendingOrder)
        self._all = [row for _, row in filled] + empty

    def _narrow(self) -> None:
        if self._conditions:
            meets = matcher(self.columns, self._conditions, self._today)
            self._rows = [row for row in self._all if meets(row)]
        else:
            self._rows = list(self._all)


def cell_data(row: R, column: Column[R], role: int) -> Any:
    """Returns the data of one cell for one role."""
    if role == Qt.ItemDataRole.DisplayRole:
        return column.text(row)
    if role == Qt.ItemDataRole.AccessibleTextRole and column.second:
        return ", ".join(filter(None, [column.text(row), column.second(row)]))
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return int(_alignment(column.right))
    if role == Qt.ItemDataRole.ToolTipRole:
        return column.tip(row) if column.tip else None
    if role == LOOK_ROLE:
        return CellLook(
            text=column.text(row),
            second=column.second(row) if column.second else None,
            drawing=column.draw(row) if column.draw else None,
            tone=column.tone(row) if column.tone else None,
            strong=column.strong,
            right=column.right,
            wrap=column.wrap,
        )
    if role == ROW_ROLE:
        return row
    return None


def _alignment(right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
