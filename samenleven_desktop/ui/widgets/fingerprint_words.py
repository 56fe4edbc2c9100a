"""The six words of a contact card, large enough to read aloud; the same on screen, in an image and on paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPageSize, QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.basic import label
from samenleven_desktop.ui.widgets.responsive import bare

_COLUMNS = 3
_WIDE, _HIGH = 1200, 560


class SixWords(QFrame):
    """The words are numbered, so that two people on the phone know which one they compare."""

    def __init__(self, words: Sequence[str] = (), *, big: bool = True) -> None:
        super().__init__()
        self.setObjectName("sixwords")
        self._big = big
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 12, 14, 12)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(10 if big else 6)
        self.words: tuple[str, ...] = ()
        self.show_words(words)

    def show_words(self, words: Sequence[str]) -> None:
        if tuple(words) == self.words:
            return
        self.words = tuple(words)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, word in enumerate(words):
            cell = QWidget()
            line = bare(QHBoxLayout(cell), 6)
            line.addWidget(label(str(place + 1), "small"))
            line.addWidget(label(word, "figure" if self._big else "card-title"))
            line.addStretch(1)
            self._grid.addWidget(cell, place // _COLUMNS, place % _COLUMNS)


def paint_words(painter: QPainter, area: QRectF, title: str, words: Sequence[str], explained: str) -> None:
    """Paints the title, the words in two rows of three, and a line below them, as large as the area allows."""
    # Always the light theme, as on paper.
    light, unit = Theme("light"), area.width() / _WIDE

    def font(size: float, weight: QFont.Weight) -> QFont:
        made = QFont("Inter")
        made.setPixelSize(max(round(size * unit), 1))
        made.setWeight(weight)
        return made

    margin = 48 * unit
    inner = area.adjusted(margin, margin, -margin, -margin)
    painter.setPen(light.color("text"))
    painter.setFont(font(34, QFont.Weight.DemiBold))
    painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), 60 * unit), Qt.AlignmentFlag.AlignLeft, title)
    wide, high = inner.width() / _COLUMNS, 130 * unit
    for place, word in enumerate(words):
        left = inner.left() + (place % _COLUMNS) * wide
        top = inner.top() + 90 * unit + (place // _COLUMNS) * high
        painter.setFont(font(22, QFont.Weight.Medium))
        painter.setPen(light.color("muted"))
        painter.drawText(QRectF(left, top, wide, 30 * unit), Qt.AlignmentFlag.AlignLeft, str(place + 1))
        painter.setFont(font(54, QFont.Weight.Bold))
        painter.setPen(light.color("text"))
        painter.drawText(QRectF(left, top + 28 * unit, wide, 80 * unit), Qt.AlignmentFlag.AlignLeft, word)
    painter.setFont(font(24, QFont.Weight.Normal))
    painter.setPen(light.color("muted"))
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap)
    painter.drawText(inner, flags, explained)


def words_png(title: str, words: Sequence[str], explained: str) -> bytes:
    """Returns an image to send or to print."""
    image = QImage(_WIDE, _HIGH, QImage.Format.Format_RGB32)
    image.fill(Theme("light").color("surface"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    paint_words(painter, QRectF(0, 0, _WIDE, _HIGH), title, words, explained)
    painter.end()
    return png_bytes(image)


def png_bytes(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # PySide's stubs require bytes here, but it accepts only str.
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def print_words(printer: object, title: str, words: Sequence[str], explained: str) -> None:
    """Prints the words at the top of a page."""
    from PySide6.QtPrintSupport import QPrinter

    assert isinstance(printer, QPrinter)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(printer)
    page = painter.viewport()
    paint_words(painter, QRectF(0, 0, page.width(), page.width() * _HIGH / _WIDE), title, words, explained)
    painter.end()
