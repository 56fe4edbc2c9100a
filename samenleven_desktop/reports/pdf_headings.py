"""The masthead of a report, its headings with their outline entries, the lines of its contents, and those to sign."""

from __future__ import annotations

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from samenleven_desktop.reports.document import (
    Document,
    Heading,
    SignatureLines,
)
from samenleven_desktop.reports.pdf_figures import LINE
from samenleven_desktop.reports.pdf_measures import MARK, RIGHT, WIDTH
from samenleven_desktop.reports.pdf_paragraphs import (
    BODY,
    CAPTION,
    CHAPTER,
    HEADINGS,
    INTER,
    SENDER,
    SUBTITLE,
    TEXT,
    TITLE,
    PdfParagraph,
    titled,
    words,
)
from samenleven_desktop.reports.tagging import (
    Node,
    artifact,
)
from samenleven_desktop.reports.tagging import TaggedTable as Grid


class Masthead(Flowable):  # type: ignore[misc]
    """Title at the left, sender at the right, the yellow line under both."""

    def __init__(self, document: Document, into: Node) -> None:
        super().__init__()
        title, under = into.child("H1"), into.child("P")
        self._grid = Grid(
            [
                [
                    words(titled(document.title), TITLE, title),
                    [words(titled(line), SENDER, into.child("P")) for line in document.sender],
                ],
                [words(titled(document.subtitle), SUBTITLE, under), ""],
            ],
            colWidths=[WIDTH * 0.66, WIDTH * 0.34],
            style=[
                ("FONTNAME", (0, 0), (-1, -1), INTER),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("SPAN", (0, 1), (1, 1)),
                ("TOPPADDING", (0, 1), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, 0), 0),
                ("BOTTOMPADDING", (0, 1), (-1, -1), 7),
            ],
        )

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = self._grid.wrap(width, height)
        return self.width, self.height + 3

    def draw(self) -> None:
        self._grid.drawOn(self.canv, 0, 3)
        with artifact(self.canv):
            self.canv.setFillColor(MARK)
            self.canv.rect(0, 0, WIDTH, 2, stroke=0, fill=1)


class OutlineHeading(Flowable):  # type: ignore[misc]
    """A heading that is also an outline entry of the file, and a link target."""

    def __init__(self, block: Heading, key: str, into: Node) -> None:
        super().__init__()
        # The title of the document is the only heading of level 1.
        self._tree = into.tree
        self._words = words(
            titled(block.text), CHAPTER if block.chapter else HEADINGS[block.level], into.child(f"H{block.level + 1}")
        )
        self._text, self._level, self._key = block.text, block.level, key

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = self._words.wrap(width, height)
        return self.width, self.height

    def draw(self) -> None:
        _, bottom = self.canv.absolutePosition(0, 0)
        self._tree.places[self._key] = (self.canv.getPageNumber() - 1, bottom + self.height + 4)
        self.canv.bookmarkHorizontal(self._key, 0, self.height + 4)
        self.canv.addOutlineEntry(self._text, self._key, self._level - 1)
        self._words.drawOn(self.canv, 0, 0)


class ContentsLine(Flowable):  # type: ignore[misc]
    """A heading with its page number, which is drawn once all pages are known."""

    def __init__(self, block: Heading, key: str, into: Node) -> None:
        super().__init__()
        self._indent = 0 if block.chapter else (block.level - 1) * 12
        self._node = into.child("TOCI").child("Link", goto=key, alt=block.text)
        self._words: PdfParagraph = words(titled(block.text), BODY, self._node)
        self._key = key
        self._place: tuple[int, float] | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        _, tall = self._words.wrap(width - self._indent - 40, height)
        self.width, self.height = width, tall + 3
        return self.width, self.height

    def draw(self) -> None:
        _, bottom = self.canv.absolutePosition(0, 3)
        self._place = (self.canv.getPageNumber() - 1, bottom)
        self._words.drawOn(self.canv, self._indent, 3)
        with artifact(self.canv):
            self.canv.setStrokeColor(LINE)
            self.canv.setLineWidth(0.5)
            self.canv.line(0, 1, self.width, 1)

    def draw_number(self, canvas: Canvas, page: int) -> None:
        """Called for the page of this line, when that page is finished."""
        if self._place is None or self._place[0] != page:
            return
        target, _ = self._node.tree.places[self._key]
        with self._node.tree.marked(canvas, self._node):
            canvas.setFillColor(TEXT)
            canvas.setFont(INTER, BODY.fontSize)
            canvas.drawRightString(A4[0] - RIGHT, self._place[1] + 2.6, str(target + 1))


class SignatureRow(Flowable):  # type: ignore[misc]
    """Empty room over a line for each caption."""

    _ROOM, _GAP = 46, 24

    def __init__(self, block: SignatureLines, into: Node) -> None:
        super().__init__()
        self._captions = [words(titled(one), CAPTION, into.child("P")) for one in block.captions]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._each = (width - self._GAP * (len(self._captions) - 1)) / len(self._captions)
        self._tall = max(one.wrap(self._each, height)[1] for one in self._captions)
        self.width, self.height = width, self._ROOM + 4 + self._tall
        return self.width, self.height

    def draw(self) -> None:
        for place, caption in enumerate(self._captions):
            left = place * (self._each + self._GAP)
            with artifact(self.canv):
                self.canv.setStrokeColor(TEXT)
                self.canv.setLineWidth(0.6)
                self.canv.line(left, self._tall + 4, left + self._each, self._tall + 4)
            caption.drawOn(self.canv, left, self._tall - caption.height)


class LinedRoom(Flowable):  # type: ignore[misc]
    """Empty lines in what is left of the page."""

    _LINE, _MOST = 24.0, 14

    def __init__(self, least: int) -> None:
        super().__init__()
        self._least = least

    @property
    def least_height(self) -> float:
        return self._least * self._LINE

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._number = max(self._least, min(int(height // self._LINE), self._MOST))
        self.width, self.height = width, self._number * self._LINE
        return self.width, self.height

    def draw(self) -> None:
        with artifact(self.canv):
            self.canv.setStrokeColor(LINE)
            self.canv.setLineWidth(0.6)
            for row in range(self._number):
                self.canv.line(0, row * self._LINE, self.width, row * self._LINE)
