"""Paints the cells of every list: texts on one or two lines, pills and bars, and a line between rows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from samenleven_desktop.readmodels.core import StateCounts
from samenleven_desktop.ui.models.column import CellLook
from samenleven_desktop.ui.models.list_model import LOOK_ROLE
from samenleven_desktop.ui.theme import Theme, px, small_font, tabular
from samenleven_desktop.ui.widgets.bars import ProgressBarData, draw_progress, draw_states
from samenleven_desktop.ui.widgets.few_lines import shortened, wrapped

PADDING = 8
ONE_LINE, TWO_LINES, THREE_LINES = 32, 46, 64
_BAR_WIDTH = 110
_NARROWEST_BAR = 64
# A longer text is wider than any column.
_MEASURED_LENGTH = 90
_PILL_PADDING = 9


class RowDelegate(QStyledItemDelegate):
    """Paints one cell from the roles of the model; defines the whole appearance of a row."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        look = look_of(index)
        return QSize(80, px(option.font, row_height(1 + bool(look.second) + look.wrap)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            self._selected(painter, box, index)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self.theme.color("hover"))
        # Filled, not drawn: a line of one pixel stays one pixel at every scale.
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), self.theme.color("line"))
        inner = box.adjusted(PADDING, 2, -PADDING, -2)
        look, font = look_of(index), QFont(option.font)
        if isinstance(look.drawing, ProgressBarData):
            draw_progress(painter, QRectF(inner), self.theme, look.drawing)
        elif isinstance(look.drawing, StateCounts):
            bar = QRect(inner.left(), inner.top(), min(_BAR_WIDTH, inner.width() // 2), inner.height())
            draw_states(painter, QRectF(bar), self.theme, look.drawing)
            beside = inner.adjusted(bar.width() + 8, 0, 0, 0)
            self._text(painter, beside, look.text, tabular(font), "muted", left=True)
        elif look.tone is not None:
            self._pill(painter, inner, look.text, font, look.tone)
        else:
            self._lines(painter, inner, look, font)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Shows the whole text of a cell in which it is cut off."""
        look = look_of(index)
        room = option.rect.width() - 2 * PADDING
        if look.wrap:
            cut = len(wrapped(look.text, option.font, room)) > 2
        else:
            cut = QFontMetrics(option.font).horizontalAdvance(look.text) > room
        if index.data(Qt.ItemDataRole.ToolTipRole) or look.drawing is not None or not cut:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), look.text, view)
        return True

    def wanted_width(self, index: QModelIndex, font: QFont) -> int:
        """Returns the width that the cell needs to show its whole text and the line below it."""
        look = look_of(index)
        if look.drawing is not None:
            return _NARROWEST_BAR + 2 * PADDING
        if look.tone is not None:
            room = QFontMetrics(small_font(font)).horizontalAdvance(look.text) + 2 * _PILL_PADDING
        else:
            shown = tabular(font)
            if look.strong:
                shown.setWeight(QFont.Weight.DemiBold)
            room = QFontMetrics(shown).horizontalAdvance(look.text[:_MEASURED_LENGTH])
            if look.wrap:
                # Two lines break between words, so that they need some more than half.
                room = room * 2 // 3
            if look.second:
                room = max(room, QFontMetrics(small_font(font)).horizontalAdvance(look.second[:_MEASURED_LENGTH]))
        return room + 2 * PADDING + 2

    def _selected(self, painter: QPainter, box: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Paints a selected row: highlighted only in the focused list, with a bar beside its colour."""
        view = self.parent()
        focused = isinstance(view, QWidget) and view.hasFocus()
        painter.fillRect(box, self.theme.color("selection" if focused else "hover"))
        if index.column() == 0:
            bar = QRect(box.left(), box.top(), 3, box.height())
            painter.fillRect(bar, self.theme.color("accent" if focused else "line_strong"))

    def _lines(self, painter: QPainter, inner: QRect, look: CellLook, font: QFont) -> None:
        left = not look.right
        if look.strong:
            first_font = QFont(font)
            first_font.setWeight(QFont.Weight.DemiBold)
        else:
            first_font = font if left else tabular(font)
        if look.wrap:
            self._wrapped(painter, inner, look, first_font)
            return
        if not look.second:
            self._text(painter, inner, look.text, first_font, "text", left=left)
            return
        half = inner.height() // 2
        upper = QRect(inner.left(), inner.top() + 3, inner.width(), half)
        lower = QRect(inner.left(), inner.top() + half, inner.width(), half - 2)
        self._text(painter, upper, look.text, first_font, "text", left=left)
        self._text(painter, lower, look.second, small_font(font), "muted", left=left)

    def _wrapped(self, painter: QPainter, inner: QRect, look: CellLook, font: QFont) -> None:
        """Paints a text on at most two lines, with its second text below, in the middle of the row."""
        metrics = QFontMetrics(font)
        lines = wrapped(" ".join(look.text.split()), font, inner.width())
        parts = [(words, font, "text") for words in shortened(lines, 2, metrics, inner.width())]
        if look.second:
            parts.append((look.second, small_font(font), "muted"))
        high = metrics.lineSpacing()
        top = inner.center().y() - high * len(parts) // 2
        for place, (words, its_font, role) in enumerate(parts):
            self._text(
                painter, QRect(inner.left(), top + place * high, inner.width(), high), words, its_font, role, left=True
            )

    def _pill(self, painter: QPainter, inner: QRect, text: str, font: QFont, tone: str) -> None:
        small = small_font(font)
        width = min(QFontMetrics(small).horizontalAdvance(text) + 2 * _PILL_PADDING, inner.width())
        box = QRectF(inner.left(), inner.center().y() - 10, width, 21)
        tint, words = ("neutral_tint", "text") if tone == "neutral" else (f"{tone}_tint", f"{tone}_text")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color(tint))
        painter.drawRoundedRect(box, 10, 10)
        inside = box.toRect().adjusted(_PILL_PADDING, 0, 1 - _PILL_PADDING, 0)
        self._text(painter, inside, text, small, words, left=True)

    def _text(self, painter: QPainter, box: QRect, text: str, font: QFont, role: str, *, left: bool) -> None:
        painter.setFont(font)
        painter.setPen(self.theme.color(role))
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        line = text.replace("\n", " ")
        shown = QFontMetrics(font).elidedText(line, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


def look_of(index: QModelIndex | QPersistentModelIndex) -> CellLook:
    look = index.data(LOOK_ROLE)
    assert isinstance(look, CellLook)
    return look


def row_height(lines: int) -> int:
    return (ONE_LINE, TWO_LINES, THREE_LINES)[lines - 1]
