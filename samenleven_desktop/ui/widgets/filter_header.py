"""The header of a table: a click sorts; if filters are offered, a small funnel at the right opens one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QHeaderView, QWidget

from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.theme import Theme

SORT_ARROW = 14
_FUNNEL = 14
# The edge by which a column is dragged, left of it; the other half lies in the next column.
_GRIP = 4


class FilterHeader(QHeaderView):
    """The funnel is visible in filtered columns, and in the one under the mouse pointer."""

    filter_wanted = Signal(int)

    def __init__(self, theme: Theme, model: RowsModel[Any], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._rows_model = model
        self._offered = False
        self._hovered = -1
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setSortIndicatorClearable(False)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMinimumSectionSize(30)

    def offer_filters(self) -> None:
        self._offered = True
        self.setMouseTracking(True)
        self.viewport().update()

    def room_beside(self, section: int) -> int:
        """Returns the width that the funnel takes from the text."""
        return _FUNNEL + _GRIP + 2 if self._filtered(section) else 0

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        painter.save()
        super().paintSection(painter, rect, logical_index)
        painter.restore()
        if logical_index == self.sortIndicatorSection():
            self._paint_arrow(painter, rect, logical_index)
        filtered = self._filtered(logical_index)
        if filtered or (self._offered and logical_index == self._hovered):
            spot = self._spot(logical_index, rect)
            painter.fillRect(spot.adjusted(-2, -2, 2, 2), self._theme.color("surface"))
            self._theme.icon("funnel", "accent_text" if filtered else "muted", 12).paint(painter, spot)

    def _paint_arrow(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Points up for ascending order. Qt's own arrow would cover the text of a right-aligned column."""
        right = self._rows_model.columns[section].right
        middle = QPointF(rect.left() + 9 if right else rect.right() - 9, rect.center().y())
        up = -1 if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else 1
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("muted"))
        corners = [QPointF(-4, -2 * up), QPointF(4, -2 * up), QPointF(0, 3 * up)]
        painter.drawPolygon(QPolygonF([middle + corner for corner in corners]))
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        section = self._section_of_funnel(event.position().toPoint())
        if section is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        section = self._section_of_funnel(event.position().toPoint())
        if section is None:
            super().mouseReleaseEvent(event)
        else:
            self.filter_wanted.emit(section)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.logicalIndexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, section: int) -> None:
        if self._offered and section != self._hovered:
            self._hovered = section
            self.viewport().update()

    def _section_of_funnel(self, place: QPoint) -> int | None:
        section = self.logicalIndexAt(place)
        if not self._offered or section < 0:
            return None
        left = self.sectionViewportPosition(section)
        whole = QRect(left, 0, self.sectionSize(section), self.height())
        if place.x() > whole.right() - _GRIP:
            return None
        return section if self._spot(section, whole).adjusted(-3, -8, 3, 8).contains(place) else None

    def _spot(self, section: int, rect: QRect) -> QRect:
        """Returns the place of the funnel, opposite the start of the text: left in a right-aligned column."""
        arrow = SORT_ARROW if section == self.sortIndicatorSection() else 0
        if self._rows_model.columns[section].right:
            return QRect(rect.left() + _GRIP + arrow, rect.center().y() - 6, 12, 12)
        return QRect(rect.right() - arrow - _FUNNEL - _GRIP, rect.center().y() - 6, 12, 12)

    def _filtered(self, section: int) -> bool:
        names = {condition.column for condition in self._rows_model.conditions}
        return bool(names) and self._rows_model.columns[section].name in names
