"""Writes a document as tagged PDF with ReportLab: A4, fonts embedded, header and footer on every page, page x of y.

The look of text and figures is in `pdf_paragraphs` and `pdf_figures`; the structure for assistive technology in
`tagging`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageBreak, PageTemplate, Spacer

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.sentences import filled
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports.document import (
    Block,
    Checklist,
    Document,
    Heading,
    KeyFigures,
    MonthBars,
    Paragraph,
    ShareBars,
    SignatureLines,
    Table,
    WritingRoom,
    shown_outside,
)
from samenleven_desktop.reports.pdf_figures import LINE, month_bars, share_bars
from samenleven_desktop.reports.pdf_headings import ContentsLine, LinedRoom, Masthead, OutlineHeading, SignatureRow
from samenleven_desktop.reports.pdf_measures import BOTTOM, LEFT, LOGOS, MARK, RIGHT, TOP, WIDTH
from samenleven_desktop.reports.pdf_paragraphs import (
    AGAIN,
    BODY,
    CAPTION,
    FOOT,
    HEADINGS,
    INTER,
    MUTED,
    MUTED_BODY,
    TEXT,
    known_signs,
    pieces_of,
    titled,
    words,
)
from samenleven_desktop.reports.pdf_tables import checklist, key_figures, table
from samenleven_desktop.reports.tagging import (
    ENOUGH_OF_ROW,
    LONELY_ROW,
    TALL_ROW,
    Node,
    TaggedFigure,
    Tree,
    artifact,
    finish,
)
from samenleven_desktop.reports.tagging import TaggedTable as Grid

# The minimum height, in points, that must fit under a heading on the same page: some lines.
_LEAST_UNDER = 30.0
# A table up to this height is not split: less than a third of a page.
_KEPT_WHOLE = 220.0
# Never more than half a page, otherwise a page could stay empty.
_MOST_TOGETHER = (A4[1] - TOP - BOTTOM) / 2
# The note above a table that continues from the previous page.
_AGAIN = N_("{heading} (continued)")
PROGRAM = "Samenleven Desktop"
LANGUAGES = {"nl": "nl-BE", "en": "en-GB"}


def write_pdf(document: Document) -> bytes:
    """The finished file."""
    document = shown_outside(document)
    known_signs()
    out = io.BytesIO()
    author = document.author or next(iter(document.sender[-1:]), "")
    template = BaseDocTemplate(
        out,
        pagesize=A4,
        leftMargin=LEFT,
        rightMargin=RIGHT,
        topMargin=TOP,
        bottomMargin=BOTTOM,
        title=document.title,
        author=author,
        creator=PROGRAM,
        keywords=[document.about] if document.about else [],
        subject=document.subtitle,
        lang=LANGUAGES.get(document.language, document.language),
    )
    tree = Tree(document.language)
    frame = Frame(LEFT, BOTTOM, WIDTH, A4[1] - TOP - BOTTOM, 0, 0, 0, 0, id="page")
    template.addPageTemplates([PageTemplate(id="page", frames=[frame])])
    waiting: list[ContentsLine] = []
    template.build(_story(document, tree, waiting), canvasmaker=_canvas_of(document, waiting))
    properties = {
        "dc:title": document.title,
        "dc:creator": [author] if author else [],
        "dc:description": document.subtitle,
        "xmp:CreatorTool": PROGRAM,
    }
    return finish(out.getvalue(), tree, properties, LANGUAGES.get(document.language, document.language))


def _story(document: Document, tree: Tree, waiting: list[ContentsLine]) -> list[Flowable]:
    """Returns the flowables in reading order; content directly under a heading stays with it."""
    story: list[Flowable] = [Masthead(document, tree.root), Spacer(1, 10)]
    if document.logos:
        story.insert(0, Spacer(1, LOGOS))
    keys = {id(block): f"heading-{place}" for place, block in enumerate(document.blocks) if isinstance(block, Heading)}
    if document.contents:
        story += _contents(document, keys, tree, waiting)
    # Headings, text and figures that must stay with the next block.
    leading: list[Flowable] = []
    text = Language(document.language).text
    heading = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block.text
            if leading and isinstance(leading[-1], _AfterFigure):
                story += [CondPageBreak(_height(leading)), *leading]
                leading = []
            if block.chapter:
                story += [*leading, PageBreak()]
                leading = []
            leading += [
                Spacer(1, 9 if block.level == 1 else 5),
                OutlineHeading(block, keys[id(block)], tree.root),
                Spacer(1, 4),
            ]
            continue
        made = _flowables(block, tree.root)
        if isinstance(block, MonthBars | ShareBars) or (isinstance(block, Paragraph) and block.leads):
            leading += made
            continue
        if made and isinstance(made[0], Grid) and heading:
            made[0].again = words(text(_AGAIN, heading=titled(heading)), AGAIN)
        if leading or (made and isinstance(made[0], Grid)):
            story.append(CondPageBreak(min(_height(leading) + _under(made), _MOST_TOGETHER)))
        story += [*leading, *made]
        leading = []
    return [*story, *leading]


def _contents(document: Document, keys: dict[int, str], tree: Tree, waiting: list[ContentsLine]) -> list[Flowable]:
    """Returns a line for each chapter; in a document without chapters for each heading."""
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    chapters = [one for one in headings if one.chapter] or [one for one in headings if one.level <= 2]
    title = words(document.contents or "", HEADINGS[1], tree.root.child("H2"))
    into = tree.root.child("TOC")
    lines = [ContentsLine(one, keys[id(one)], into) for one in chapters]
    waiting += lines
    return [Spacer(1, 6), title, Spacer(1, 4), *lines, Spacer(1, 8)]


def _height(flowables: Sequence[Flowable]) -> float:
    return float(sum(one.wrap(WIDTH, A4[1])[1] for one in flowables))


def _under(flowables: Sequence[Flowable]) -> float:
    """Returns the height of a block that must stay together, and under its heading.

    That is a short table whole, of a longer one its header and two rows or a tall one, of a text some lines.
    """
    first = flowables[0] if flowables else None
    if isinstance(first, LinedRoom):
        return first.least_height
    if not isinstance(first, Grid):
        return _LEAST_UNDER
    first.wrap(WIDTH, A4[1])
    heights: list[float] = first._rowHeights
    if sum(heights) <= _KEPT_WHOLE:
        return sum(heights)
    heads = int(first.repeatRows or 0)
    found = sum(heights[:heads])
    for tall in heights[heads : heads + 2]:
        if tall > TALL_ROW:
            # It is split, if enough of it fits.
            return found + ENOUGH_OF_ROW + 12
        found += tall
        if tall >= LONELY_ROW:
            break
    return found


def _flowables(block: Block, into: Node) -> list[Flowable]:
    match block:
        case Paragraph(text=text, muted=muted, url=url):
            # One flowable per line: a very long text is split over pages without being measured repeatedly.
            look = MUTED_BODY if muted else BODY
            pieces = (piece for line in text.split("\n") for piece in pieces_of(line))
            return [*(words(piece, look, _paragraph(into, url)) for piece in pieces), Spacer(1, 4)]
        case KeyFigures():
            return [key_figures(block, into.child("Div")), Spacer(1, 4)]
        case Table():
            if not block.rows:
                return [words(block.empty, MUTED_BODY, into.child("P")), Spacer(1, 5)]
            return [table(block, into.child("Table")), Spacer(1, 5)]
        case Checklist():
            if not block.items:
                return [words(block.empty, MUTED_BODY, into.child("P")), Spacer(1, 5)]
            return [checklist(block, into.child("L")), Spacer(1, 5)]
        case MonthBars():
            left = WIDTH * 1.8 / (1.8 + len(block.bars))
            return _figure(block, month_bars(block, WIDTH, left), into) if block.bars else []
        case ShareBars():
            return _figure(block, share_bars(block, WIDTH), into) if block.bars else []
        case SignatureLines():
            return [SignatureRow(block, into)]
        case WritingRoom():
            return [LinedRoom(block.least)]
    return []


def _paragraph(into: Node, url: str | None) -> Node:
    made = into.child("P")
    return made if url is None else made.child("Link", url=url)


def _figure(block: MonthBars | ShareBars, drawing: Any, into: Node) -> list[Flowable]:
    """Returns a figure under its caption, with its text alternative."""
    caption = words(titled(block.title), CAPTION, into.child("P"))
    figure = TaggedFigure(drawing, into.child("Figure", alt=block.description or block.title))
    return [caption, Spacer(1, 3), figure, _AfterFigure(1, 4)]


class _AfterFigure(Spacer):  # type: ignore[misc]
    """The space below a figure."""


def _canvas_of(document: Document, waiting: Sequence[ContentsLine]) -> Callable[..., Canvas]:
    class Numbered(Canvas):  # type: ignore[misc]
        """Knows the total number of pages when it draws each footer."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **{**kwargs, "initialFontName": INTER})
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                for line in waiting:
                    line.draw_number(self, number - 1)
                with artifact(self, "Pagination"):
                    _foot(self, document, number, len(self._pages))
                super().showPage()
            super().save()

    return Numbered


def _foot(canvas: Canvas, document: Document, page: int, pages: int) -> None:
    y = BOTTOM - 8 * mm
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.6)
    canvas.line(LEFT, y + 4 * mm, A4[0] - RIGHT, y + 4 * mm)
    source = words(titled(document.source), FOOT)
    _, tall = source.wrap(WIDTH - 96, 60)
    source.drawOn(canvas, LEFT, y + 2.4 * mm - tall)
    canvas.setFillColor(MUTED)
    canvas.setFont(INTER, FOOT.fontSize)
    canvas.drawRightString(A4[0] - RIGHT, y + 2.4 * mm - 8, filled(document.page_text, {"page": page, "pages": pages}))
    if document.mark:
        canvas.setFont("Inter-SemiBold", 8)
        width = canvas.stringWidth(document.mark, "Inter-SemiBold", 8) + 14
        canvas.setFillColor(MARK)
        canvas.roundRect(A4[0] - RIGHT - width, A4[1] - 13 * mm, width, 13, 4, stroke=0, fill=1)
        canvas.setFillColor(TEXT)
        canvas.drawString(A4[0] - RIGHT - width + 7, A4[1] - 13 * mm + 3.6, document.mark)
