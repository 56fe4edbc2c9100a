"""A text of which as many whole lines are shown as there is room for; the last one ends in an ellipsis."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget


def wrapped(text: str, font: QFont, width: int) -> list[str]:
    """Returns the lines of a text at a width in pixels."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    found = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        found.append(text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return found


def shortened(lines: list[str], room: int, metrics: QFontMetrics, width: int) -> list[str]:
    """Returns at most `room` lines; the last one ends in an ellipsis if there is more."""
    if len(lines) <= room:
        return lines
    rest = " ".join(one.strip() for one in lines[room - 1 :])
    return [*lines[: room - 1], metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]


class FewLines(QWidget):
    """Asks room for `most` lines and keeps room for `least`; `cut_changed` tells whether there is more to read."""

    cut_changed = Signal(bool)

    def __init__(self, name: str, *, least: int = 2, most: int = 5) -> None:
        super().__init__()
        self._text, self._least, self._most, self._cut = "", least, most, False
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self._text = " ".join(text.split())
        self.setAccessibleDescription(self._text)
        self._measure()
        self.updateGeometry()
        self.update()

    def set_most(self, most: int) -> None:
        """Changes how many lines it asks room for, and takes that room."""
        self._most = most
        self.setFixedHeight(self.needed(most))

    def needed(self, lines: int) -> int:
        """Returns the height of so many lines, or of the whole text if it is shorter."""
        return self._high(min(max(len(self._lines()), 1), lines))

    def sizeHint(self) -> QSize:
        return QSize(240, self.needed(self._most))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.needed(self._least))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
        self._measure()

    def _high(self, lines: int) -> int:
        return QFontMetrics(self.font()).lineSpacing() * lines + 2

    def _room(self) -> int:
        return max(self.height() // QFontMetrics(self.font()).lineSpacing(), 1)

    def _measure(self) -> None:
        cut = len(self._lines()) > self._room()
        if cut != self._cut:
            self._cut = cut
            self.cut_changed.emit(cut)

    def _lines(self) -> list[str]:
        return wrapped(self._text, self.font(), max(self.width(), 120))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, metrics = QPainter(self), QFontMetrics(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        for place, words in enumerate(shortened(self._lines(), self._room(), metrics, self.width())):
            painter.drawText(QPointF(0, metrics.ascent() + place * metrics.lineSpacing()), words.rstrip())
        painter.end()
