"""The table of all lists: lines between rows, right-aligned numbers, and bars and pills painted in the cells."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableView,
)

from samenleven_desktop.ui.models.clipboard import write_block, write_html
from samenleven_desktop.ui.models.column import NOTHING, Column, ValueKind
from samenleven_desktop.ui.models.list_model import ROW_ROLE, RowsModel
from samenleven_desktop.ui.theme import Theme, px, small_font
from samenleven_desktop.ui.widgets.column_widths import Need, need_of, share_width
from samenleven_desktop.ui.widgets.filter_header import SORT_ARROW, FilterHeader
from samenleven_desktop.ui.widgets.own_widths import OwnWidths
from samenleven_desktop.ui.widgets.row_delegate import PADDING, RowDelegate, row_height

_MEASURED_ROWS = 25
_LONGEST, _MOST_ROWS_LOOKED_AT = 3, 2_000
# Pixels of a row that nobody misses.
_HARDLY = 3


class RowsTable(QTableView):
    """The common part of list and grid tables: style, widths, sorting, and a current row that survives resets."""

    def __init__(self, theme: Theme, model: RowsModel[Any], name: str, delegate: RowDelegate) -> None:
        super().__init__()
        self._rows_model = model
        self._needs: list[Need] = []
        self._kept: tuple[object, int, int] | None = None
        self._delegate = delegate
        delegate.setParent(self)
        self.setAccessibleName(name)
        self.setHorizontalHeader(FilterHeader(theme, model, self))
        self.setModel(model)
        # Owned by Qt: a model owned by Python would be kept alive, with its page, by the slots connected to it.
        model.setParent(self)
        # A header that follows the selection queries each selected cell at each repaint.
        self.filter_head.setSelectionModel(QItemSelectionModel(model, self.filter_head))
        self.setItemDelegate(delegate)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # Whole rows only: `paintEvent` leaves out the row that does not fit, below or, at the end of the list, on top.
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        # Scrolling moves what is painted, also the room that was left at the bottom.
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        theme.keep(self, self._fit_rows)
        self._own = OwnWidths(self, theme.list_widths)
        self._own.changed.connect(self._share_width)
        self.filter_head.sectionClicked.connect(self._sort)
        model.modelAboutToBeReset.connect(self._before_reset)
        model.modelReset.connect(self._after_reset)

    @property
    def rows_model(self) -> RowsModel[Any]:
        return self._rows_model

    @property
    def filter_head(self) -> FilterHeader:
        head = self.horizontalHeader()
        assert isinstance(head, FilterHeader)
        return head

    def _fit_rows(self) -> None:
        columns = self._rows_model.columns
        lines = max((1 + bool(one.second) + one.wrap for one in columns), default=1)
        self.verticalHeader().setDefaultSectionSize(self._delegate.theme.px(row_height(lines)))
        self._needs = []
        if self.isVisible():
            # The headers are measured in their new font.
            QTimer.singleShot(0, self, self._share_width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        room = self.viewport().rect()
        parts = {row: self.rowViewportPosition(row) for row in (self.rowAt(0), self.rowAt(room.bottom())) if row >= 0}
        cut = [
            QRect(0, top, room.width(), self.rowHeight(row)) & room
            for row, top in parts.items()
            if top < -_HARDLY or top + self.rowHeight(row) > room.height() + _HARDLY
        ]
        # One row that is higher than the list is better than none.
        if cut and self.rowHeight(next(iter(parts))) < room.height():
            painter = QPainter(self.viewport())
            for one in cut:
                painter.fillRect(one, self.palette().base())
            painter.end()

    def select_cell(self, row: int, column: int = 0) -> None:
        """Makes a cell the current one and the only selected one, regardless of modifier keys."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self._rows_model.index(row, column), flags)

    def minimumSizeHint(self) -> QSize:
        """The header and three rows; fewer are not usable as a list."""
        height = self.horizontalHeader().sizeHint().height() + 3 * self.verticalHeader().defaultSectionSize()
        return QSize(200, height)

    def hide_columns(self, names: Collection[str]) -> None:
        """Hides the columns with these names and shows the others; the current cell moves to one that is shown."""
        with self._own.not_by_hand():
            for place, column in enumerate(self._rows_model.columns):
                self.setColumnHidden(place, column.name in names)
        current = self.currentIndex()
        if current.isValid() and self.isColumnHidden(current.column()):
            self.select_cell(current.row(), self.shown_columns()[0])
        self._share_width()

    def shown_columns(self) -> list[int]:
        return [place for place in range(len(self._rows_model.columns)) if not self.isColumnHidden(place)]

    def _share_width(self) -> None:
        if not self._needs:
            self._measure()
        places, columns = self.shown_columns(), self._rows_model.columns
        own = {place: width for place in places if (width := self._own.of(columns[place]))}
        shared = [place for place in places if place not in own]
        room, needs = self.viewport().width() - sum(own.values()), [self._needs[place] for place in shared]
        widths = share_width(room, [columns[place] for place in shared], needs)
        with self._own.not_by_hand():
            for place, width in [*own.items(), *zip(shared, widths, strict=True)]:
                self.setColumnWidth(place, width)

    def _measure(self) -> None:
        """Measures the header and the first rows, and of a number the longest ones."""
        head = small_font(self.font())
        head.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(head)
        model, columns = self._rows_model, self._rows_model.columns
        padding, self._needs = px(self.font(), PADDING), []
        for place, column in enumerate(columns):
            words = metrics.horizontalAdvance(column.title) + 2 * padding + self.filter_head.room_beside(place)
            if place == self.horizontalHeader().sortIndicatorSection():
                words += SORT_ARROW
            cells = {*range(min(model.rowCount(), _MEASURED_ROWS)), *self._longest(column)}
            inside = [self._delegate.wanted_width(model.index(row, place), self.font()) for row in cells]
            said = sum(column.text(model.rows[row]) not in ("", NOTHING) for row in cells)
            filled = said / len(cells) if cells else 1.0
            self._needs.append(need_of(column, words, max(inside, default=0), filled, self._delegate.theme.scale))

    def _longest(self, column: Column[Any]) -> list[int]:
        """Returns the rows with the longest numbers: a number that is cut off looks like another number."""
        if not column.right:
            return []
        lengths = [len(column.text(row)) for row in self._rows_model.rows[:_MOST_ROWS_LOOKED_AT]]
        return sorted(range(len(lengths)), key=lengths.__getitem__)[-_LONGEST:]

    def sort_by(self, section: int, order: Qt.SortOrder) -> None:
        """Sorts like a click on the header."""
        self.horizontalHeader().setSortIndicator(section, order)
        self._sort(section)

    def _sort(self, section: int) -> None:
        self._rows_model.sort(section, self.horizontalHeader().sortIndicatorOrder())
        self._measure()
        self._share_width()

    def _before_reset(self) -> None:
        current = self.currentIndex()
        if current.isValid():
            identity = self._rows_model.identity(self._rows_model.row(current))
            self._kept = identity, current.column(), self.verticalScrollBar().value()

    def _after_reset(self) -> None:
        self._measure()
        self._share_width()
        if not self._rows_model.rowCount():
            return
        kept, self._kept = self._kept, None
        row = None if kept is None else self._rows_model.place_of(kept[0])
        if kept is None or row is None:
            self.select_cell(0)
            return
        self.select_cell(row, kept[1])
        self.verticalScrollBar().setValue(kept[2])
        self.scrollTo(self.currentIndex())


def _words(column: Column[Any], row: Any) -> str:
    """Returns the text of a cell with its second line."""
    second = column.second(row) if column.second else ""
    return " · ".join(filter(None, [column.text(row), second]))


class DataTable(RowsTable):
    """A list of records. Enter or a double click opens one; arrow keys select; a click on a header sorts.

    More than one row can be selected with Shift or Ctrl+A, for the clipboard; actions on a record use the current row.
    """

    row_activated = Signal(object)
    row_selected = Signal(object)

    def __init__(self, theme: Theme, model: RowsModel[Any], name: str, *, fit: bool = False) -> None:
        super().__init__(theme, model, name, RowDelegate(theme))
        self._fit = fit
        if fit:
            # A view within a page that scrolls must not scroll up and down itself.
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.horizontalScrollBar().rangeChanged.connect(self._on_width_range)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.doubleClicked.connect(lambda index: self.row_activated.emit(index.data(ROW_ROLE)))
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.row_activated.emit(self.currentIndex().data(ROW_ROLE))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        else:
            super().keyPressEvent(event)

    def copy_rows(self) -> None:
        """Copies the selected rows to the clipboard as shown on screen, as text with tabs and as an HTML table."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        columns = self._rows_model.columns
        cells = [[_words(column, self._rows_model.rows[row]) for column in columns] for row in rows]
        if cells:
            data = QMimeData()
            data.setText(write_block(cells))
            data.setHtml(write_html(cells, [column.kind is ValueKind.TEXT for column in columns]))
            QGuiApplication.clipboard().setMimeData(data)

    def select_row(self, row: int) -> None:
        self.select_cell(row)

    def select_cell(self, row: int, column: int = 0) -> None:
        index = self._rows_model.index(row, column)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)

    def _after_reset(self) -> None:
        super()._after_reset()
        self._fit_height()

    def _on_width_range(self, _least: int, _most: int) -> None:
        self._fit_height()

    def _fit_height(self) -> None:
        """As high as the rows, with the bar below them if they are too wide."""
        if self._fit:
            height = self.horizontalHeader().sizeHint().height() + 2
            height += self._rows_model.rowCount() * self.verticalHeader().defaultSectionSize()
            bar = self.horizontalScrollBar()
            self.setFixedHeight(height + (bar.sizeHint().height() if bar.maximum() > bar.minimum() else 0))

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.row_selected.emit(current.data(ROW_ROLE))
