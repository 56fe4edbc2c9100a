"""Governments by actions: a grid of coloured percentages; arrow keys select, names stay visible when scrolling."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.i18n.labels import JURY_RESULTS, STATES, TONES
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.matrix import Matrix, MatrixCell
from samenleven_desktop.ui.theme import Theme, px, tabular, tokens

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
_ROW, _NARROWEST, _WIDEST = 31, 44, 72


def cell_text(language: Language, cell: MatrixCell) -> str:
    """Returns the percentage of the measured targets, with a star if others have no entry; a dash if none has one.

    For a jury action the result of the jury; a cross if nothing was granted.
    """
    if cell.state is KpiState.JURY:
        result = next((line.jury_result for line in cell.lines if line.jury_result), None)
        return language.text(JURY_RESULTS[result]) if result else language.text("jury")
    if cell.state is KpiState.NOT_GRANTED:
        return "×"
    if cell.confirmed is None:
        return "–"
    return language.percent(cell.reached, cell.confirmed) + ("*" if cell.unmeasured else "")


class MatrixModel(QAbstractTableModel):
    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.matrix: Matrix | None = None

    def show(self, matrix: Matrix) -> None:
        self.beginResetModel()
        self.matrix = matrix
        self.endResetModel()

    def cell(self, index: Index) -> MatrixCell | None:
        if self.matrix is None or not index.isValid():
            return None
        return self.matrix.rows[index.row()].cells.get(self.matrix.actions[index.column()][0])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or self.matrix is None else len(self.matrix.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.matrix is None else len(self.matrix.actions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index)
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if cell is None else cell_text(self._language, cell)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._spoken(index, cell)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.matrix is None:
            return None
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self.matrix.actions[section][0]) if across else self.matrix.rows[section].government_name
        if role == Qt.ItemDataRole.ToolTipRole and across:
            return " ".join(map(str, self.matrix.actions[section]))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(map(str, self.matrix.actions[section])) if across else None
        if role == Qt.ItemDataRole.TextAlignmentRole and not across:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _spoken(self, index: Index, cell: MatrixCell | None) -> str:
        assert self.matrix is not None
        number, title = self.matrix.actions[index.column()]
        text = self._language.text
        state = text("not taken up") if cell is None else text(STATES[cell.state])
        words = text(
            "{government}, action {number} {title}: {state}",
            government=self.matrix.rows[index.row()].government_name,
            number=str(number),
            title=title,
            state=state,
        )
        if cell is None or cell.state is KpiState.JURY or cell.confirmed is None:
            return words
        numbers = text(
            "{reached} of {confirmed}",
            reached=self._language.number(cell.reached),
            confirmed=self._language.number(cell.confirmed),
        )
        without = self._language.plural(
            "{n} target without entry is left out", "{n} targets without entry are left out", cell.unmeasured
        )
        return f"{words}, {numbers}" + (f"; {without}" if cell.unmeasured else "")


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(option.font, _NARROWEST), px(option.font, _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(CELL_ROLE)
        box = QRectF(option.rect).adjusted(2.5, 2.5, -2.5, -2.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tone = "neutral" if cell is None else TONES[cell.state]
        painter.setBrush(self._theme.color("background" if cell is None else f"{tone}_tint"))
        painter.drawRoundedRect(box, tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
        if cell is not None:
            font = tabular(QFont(option.font))
            font.setPixelSize(px(option.font, tokens.SMALL))
            if cell.state is KpiState.AT_RISK:
                # Not by colour alone.
                font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(self._theme.color("text" if tone == "neutral" else f"{tone}_text"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(index.data()))
        view = self.parent()
        if isinstance(view, QAbstractItemView) and view.currentIndex() == index:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("accent" if view.hasFocus() else "line_strong"), 2))
            painter.drawRoundedRect(box, tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
        painter.restore()


class MatrixTable(QTableView):
    """Arrow keys select cells; Enter or a double click opens the cell, a click on a head its government or action."""

    cell_selected = Signal(object)
    """A MatrixCell, or None for an empty cell."""
    cell_activated = Signal(object)
    government_activated = Signal(str)
    action_activated = Signal(int)
    """The number of the action whose head was clicked."""

    def __init__(self, theme: Theme, model: MatrixModel, name: str) -> None:
        super().__init__()
        self._matrix_model = model
        self.setModel(model)
        # Owned by Qt: a model owned by Python would be kept alive, with its page, by the slots connected to it.
        model.setParent(self)
        self.setItemDelegate(_CellDelegate(theme, self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setMinimumSectionSize(_NARROWEST)
        across.setHighlightSections(True)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        theme.keep(down, lambda: down.setDefaultSectionSize(theme.px(_ROW)))
        down.setSectionsClickable(True)
        down.setObjectName("names")
        down.sectionClicked.connect(self._on_name_clicked)
        across.setSectionsClickable(True)
        across.sectionClicked.connect(self._on_action_clicked)
        self.doubleClicked.connect(self._activate)
        self.selectionModel().currentChanged.connect(lambda index, _: self.cell_selected.emit(model.cell(index)))
        model.modelReset.connect(self._share_width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _activate(self, index: QModelIndex) -> None:
        cell = self._matrix_model.cell(index)
        if cell is not None:
            self.cell_activated.emit(cell)

    def _on_name_clicked(self, row: int) -> None:
        if self._matrix_model.matrix is not None:
            self.government_activated.emit(self._matrix_model.matrix.rows[row].government_id)

    def _on_action_clicked(self, column: int) -> None:
        if self._matrix_model.matrix is not None:
            self.action_activated.emit(self._matrix_model.matrix.actions[column][0])

    def _share_width(self) -> None:
        count = self._matrix_model.columnCount()
        if count:
            width = min(max(self.viewport().width() // count, _NARROWEST), _WIDEST)
            self.horizontalHeader().setDefaultSectionSize(width)
