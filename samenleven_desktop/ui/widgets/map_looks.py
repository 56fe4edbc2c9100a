"""The fill of a government on the map, in colour and pattern, and the legend with its meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from samenleven_desktop.ui.theme import Theme, tokens
from samenleven_desktop.ui.widgets.basic import label
from samenleven_desktop.ui.widgets.responsive import FlowArea, bare

_STEP = 8


@dataclass(frozen=True)
class Look:
    """The colour role of a fill and its pattern (dots, hatch, lines or none), so that colour is never the only sign."""

    role: str
    pattern: str = ""


class MapLegend(FlowArea):
    """The meaning of each fill on the map as text, side by side."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(gap=tokens.SPACE_2)
        self._theme = theme

    def show_entries(self, entries: Sequence[tuple[Look, str]]) -> None:
        for old in self.shown:
            old.hide()
            old.deleteLater()
        self.arrange([self._entry(look, words) for look, words in entries])

    def _entry(self, look: Look, words: str) -> QWidget:
        entry = QWidget(self)
        line = bare(QHBoxLayout(entry), 5)
        line.addWidget(_Swatch(self._theme, look))
        line.addWidget(label(words, "small"))
        return entry


class _Swatch(QWidget):
    def __init__(self, theme: Theme, look: Look) -> None:
        super().__init__()
        self._theme, self._look = theme, look
        self.setFixedSize(20, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        paint_look(painter, path, self._theme, self._look)
        painter.end()


def paint_look(painter: QPainter, path: QPainterPath, theme: Theme, look: Look) -> None:
    """Fills a path and draws its border."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(look.role))
    painter.drawPath(path)
    if look.pattern:
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        _pattern(painter, path.boundingRect(), theme, look.pattern)
    painter.restore()
    painter.save()
    # The border makes an empty fill visible.
    painter.setPen(QPen(theme.color("muted" if look.role == "surface" else "surface"), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.restore()


def _pattern(painter: QPainter, box: QRectF, theme: Theme, pattern: str) -> None:
    """Draws the pattern on a grid fixed to the map, so that it continues across neighbours."""
    left, top = int(box.left()) // _STEP * _STEP, int(box.top()) // _STEP * _STEP
    right, bottom = (int(box.right()) // _STEP + 1) * _STEP, (int(box.bottom()) // _STEP + 1) * _STEP
    color = theme.color("surface")
    if pattern == "dots":
        painter.setBrush(color)
        for row, y in enumerate(range(top, bottom, _STEP)):
            for x in range(left + (_STEP // 2 if (row + top // _STEP) % 2 else 0), right, _STEP):
                painter.drawEllipse(QPointF(x, y), 1, 1)
        return
    painter.setPen(QPen(color, 1.1))
    if pattern == "hatch":
        high = bottom - top
        for x in range(left - high, right, _STEP):
            painter.drawLine(QPointF(x, bottom), QPointF(x + high, top))
    else:
        for y in range(top, bottom, _STEP):
            painter.drawLine(QPointF(left, y), QPointF(right, y))
