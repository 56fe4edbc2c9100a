"""Drawings in a PDF: charts, progress bars, boxes. All are vectors and readable without colour."""

from __future__ import annotations

from functools import cache
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.reports.document import MonthBars, ProgressCell, ShareBars
from samenleven_desktop.reports.pdf_paragraphs import ACCENT, CELL, INTER, MUTED, TEXT, PdfParagraph, known_signs, words
from samenleven_desktop.reports.tagging import Node, artifact

LINE, TRACK = HexColor("#E1E6EC"), HexColor("#E4E8EE")
STATE_COLORS = {
    KpiState.REACHED: HexColor("#0A8A43"),
    KpiState.ON_COURSE: HexColor("#0A8A43"),
    KpiState.BEHIND: HexColor("#E59500"),
    KpiState.AT_RISK: HexColor("#C9302C"),
    KpiState.NO_ENTRY: HexColor("#9AA5B1"),
    KpiState.JURY: HexColor("#0055CC"),
    KpiState.NOT_GRANTED: HexColor("#9AA5B1"),
}
_SMALL = 7.4
# More characters than fit beside a bar, even of the narrowest.
_MOST_LABEL = 200


def month_bars(block: MonthBars, width: float, left: float) -> Drawing:
    """Columns aligned with those of the table below; `left` is the width of its first column."""
    height, base = 56.0, 4.0
    drawing = Drawing(width, height + base + 11)
    most = max(block.most, *(number for _, number in block.bars)) or 1
    step = (width - left) / len(block.bars)
    thick = min(step * 0.55, 26.0)
    for place, (_, number) in enumerate(block.bars):
        right, tall = left + (place + 1) * step - 5, height * number / most
        drawing.add(Rect(right - thick, base, thick, tall, fillColor=ACCENT, strokeColor=None))
        if number:
            drawing.add(_text(right - thick / 2, base + tall + 3, str(number), "middle"))
    drawing.add(Line(left, base, width, base, strokeColor=MUTED, strokeWidth=0.6))
    return drawing


def share_bars(block: ShareBars, width: float) -> Drawing:
    """A horizontal bar for each kind, with its name before it and its number after it."""
    row, label, said = 15.0, 118.0, 78.0
    drawing = Drawing(width, row * len(block.bars) + 4)
    most = max(number for _, number, _ in block.bars) or 1
    for place, (name, number, behind) in enumerate(block.bars):
        y = row * (len(block.bars) - place - 1) + 4
        long = (width - label - said) * number / most
        drawing.add(_text(0, y + 2.2, _fitting(name, label - 8), "start", TEXT))
        drawing.add(Rect(label, y, max(long, 0.8), 9, fillColor=ACCENT, strokeColor=None))
        drawing.add(_text(label + max(long, 0.8) + 6, y + 2.2, behind, "start"))
    return drawing


def _text(x: float, y: float, words: str, anchor: str, color: Any = MUTED) -> String:
    return String(x, y, words, fontName=INTER, fontSize=_SMALL, fillColor=color, textAnchor=anchor)


@cache
def _fitting(name: str, room: float) -> str:
    """Truncates a name to the available width.

    Characters that Inter lacks are dropped (the table below the chart has them).
    """
    kept = "".join(sign for sign in name[:_MOST_LABEL] if ord(sign) in known_signs()[INTER])
    shown = kept
    while kept and pdfmetrics.stringWidth(shown, INTER, _SMALL) > room:
        kept = kept[:-1]
        shown = f"{kept.rstrip()}…"
    return shown


class ProgressFigure(Flowable):  # type: ignore[misc]
    """A bar with a mark for the expected value, and the state as text beside it: readable without colour."""

    def __init__(self, cell: ProgressCell, width: float, node: Node) -> None:
        super().__init__()
        self._cell, self._bar = cell, min(44.0, width * 0.34)
        self._words: PdfParagraph = words(cell.words, CELL, node)
        self._room = width - self._bar - 8

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        _, tall = self._words.wrap(self._room, height)
        self.width, self.height = width, max(tall, 11)
        return self.width, self.height

    def draw(self) -> None:
        with artifact(self.canv):
            self._draw_bar()
        self._words.drawOn(self.canv, self._bar + 8, (self.height - self._words.height) / 2)

    def _draw_bar(self) -> None:
        canvas, middle, cell = self.canv, self.height / 2, self._cell
        canvas.setFillColor(TRACK)
        canvas.roundRect(0, middle - 2.5, self._bar, 5, 2.5, stroke=0, fill=1)
        if cell.share > 0:
            canvas.setFillColor(STATE_COLORS[cell.state])
            canvas.roundRect(0, middle - 2.5, max(self._bar * min(cell.share, 1), 5), 5, 2.5, stroke=0, fill=1)
        if cell.expected is not None:
            canvas.setFillColor(TEXT)
            canvas.rect(self._bar * min(cell.expected, 1) - 0.6, middle - 5, 1.2, 10, stroke=0, fill=1)


class Box(Flowable):  # type: ignore[misc]
    """The check box before an agreement, ticked if it is done."""

    def __init__(self, done: bool, node: Node) -> None:
        super().__init__()
        self._done, self._node = done, node
        self.width = self.height = 10

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 10, 11

    def draw(self) -> None:
        x, y = self.canv.absolutePosition(0, 0)
        self._node.box = (x, y, x + self.width, y + self.height)
        with self._node.tree.marked(self.canv, self._node):
            self._draw_box()

    def _draw_box(self) -> None:
        self.canv.setStrokeColor(MUTED)
        self.canv.setLineWidth(0.8)
        self.canv.roundRect(0, 1, 8, 8, 1.5, stroke=1, fill=0)
        if self._done:
            self.canv.setStrokeColor(TEXT)
            self.canv.setLineWidth(1.3)
            self.canv.lines([(1.8, 5, 3.6, 3), (3.6, 3, 6.6, 7.4)])
