"""The table of all lists: row lines instead of a grid, numbers at the right, bars and pills drawn in the cells."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from samenleven_desktop.domain.rows import StateCounts
from samenleven_desktop.ui.models.rows import DRAW_ROLE, ROW_ROLE, SECOND_ROLE, STRONG_ROLE, TONE_ROLE, RowsModel
from samenleven_desktop.ui.theme import Theme, tabular
from samenleven_desktop.ui.widgets.bars import Progress, draw_progress, draw_states

PADDING = 8
ONE_LINE, TWO_LINES = 32, 46
_BAR_WIDTH = 110


class RowDelegate(QStyledItemDelegate):
    """Draws one cell from the roles of the model; the whole look of a row is here."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, TWO_LINES if index.data(SECOND_ROLE) else ONE_LINE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._theme.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._theme.color("hover"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(PADDING, 2, -PADDING, -2)
        drawing, tone, text = index.data(DRAW_ROLE), index.data(TONE_ROLE), index.data() or ""
        font = QFont(option.font)
        if isinstance(drawing, Progress):
            draw_progress(painter, QRectF(inner), self._theme, drawing)
        elif isinstance(drawing, StateCounts):
            bar = QRect(inner.left(), inner.top(), min(_BAR_WIDTH, inner.width() // 2), inner.height())
            draw_states(painter, QRectF(bar), self._theme, drawing)
            self._text(painter, inner.adjusted(bar.width() + 8, 0, 0, 0), text, tabular(font), "muted", left=True)
        elif tone is not None:
            self._pill(painter, inner, text, font, tone)
        else:
            self._lines(painter, inner, index, text, font)
        painter.restore()

    def _lines(
        self,
        painter: QPainter,
        inner: QRect,
        index: QModelIndex | QPersistentModelIndex,
        text: str,
        font: QFont,
    ) -> None:
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        second = index.data(SECOND_ROLE)
        left = not (index.data(Qt.ItemDataRole.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight))
        first_font = strong if index.data(STRONG_ROLE) else (font if left else tabular(font))
        if not second:
            self._text(painter, inner, text, first_font, "text", left=left)
            return
        half = inner.height() // 2
        upper = QRect(inner.left(), inner.top() + 3, inner.width(), half)
        lower = QRect(inner.left(), inner.top() + half, inner.width(), half - 2)
        self._text(painter, upper, text, first_font, "text", left=left)
        small = QFont(font)
        small.setPixelSize(12)
        self._text(painter, lower, second, small, "muted", left=left)

    def _pill(self, painter: QPainter, inner: QRect, text: str, font: QFont, tone: str) -> None:
        small = QFont(font)
        small.setPixelSize(12)
        width = min(QFontMetrics(small).horizontalAdvance(text) + 18, inner.width())
        box = QRectF(inner.left(), inner.center().y() - 10, width, 21)
        tint, words = ("neutral_tint", "text") if tone == "neutral" else (f"{tone}_tint", f"{tone}_text")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(tint))
        painter.drawRoundedRect(box, 10, 10)
        self._text(painter, box.toRect().adjusted(9, 0, -6, 0), text, small, words, left=True)

    def _text(self, painter: QPainter, box: QRect, text: str, font: QFont, role: str, *, left: bool) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        line = text.replace("\n", " ")
        shown = QFontMetrics(font).elidedText(line, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


class DataTable(QTableView):
    """A list of records. Enter, or a double click, opens one; arrows walk; a click on a head sorts."""

    row_activated = Signal(object)
    row_selected = Signal(object)

    def __init__(self, theme: Theme, model: RowsModel, name: str, *, fit: bool = False) -> None:  # type: ignore[type-arg]
        super().__init__()
        self._fit = fit
        self._rows_model = model
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(theme, self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        two = any(column.second for column in model.columns)
        self.verticalHeader().setDefaultSectionSize(TWO_LINES if two else ONE_LINE)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(False)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setMinimumSectionSize(30)
        self.setSortingEnabled(False)
        head.sectionClicked.connect(self._sort)
        self.doubleClicked.connect(lambda index: self.row_activated.emit(index.data(ROW_ROLE)))
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        model.modelReset.connect(self._after_reset)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.row_activated.emit(self.currentIndex().data(ROW_ROLE))
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def select_row(self, row: int) -> None:
        index = self._rows_model.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)

    def _share_width(self) -> None:
        columns = self._rows_model.columns
        fixed = sum(column.width for column in columns)
        stretch = sum(column.stretch for column in columns if not column.width) or 1
        left = max(self.viewport().width() - fixed, 0)
        for place, column in enumerate(columns):
            width = column.width or max(left * column.stretch // stretch, 60)
            self.setColumnWidth(place, width)

    def _sort(self, section: int) -> None:
        head = self.horizontalHeader()
        self._rows_model.sort(section, head.sortIndicatorOrder())

    def _after_reset(self) -> None:
        if self._fit:
            height = self.horizontalHeader().sizeHint().height() + 2
            height += self._rows_model.rowCount() * self.verticalHeader().defaultSectionSize()
            self.setFixedHeight(height)
        if self._rows_model.rowCount():
            self.select_row(0)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.row_selected.emit(current.data(ROW_ROLE))
