"""Writes a document as tagged PDF with ReportLab: A4, fonts embedded, header and footer on every page, page x of y.

How words and figures look stands in `pdf_words` and `pdf_figures`; the structure for who does not see it in `tagging`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageBreak, PageTemplate, Spacer

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports.document import (
    Align,
    Block,
    Checklist,
    Document,
    DocumentColumn,
    Heading,
    KeyFigures,
    LinkCell,
    MonthBars,
    Paragraph,
    ProgressCell,
    ShareBars,
    Table,
    cell_words,
)
from samenleven_desktop.reports.pdf_figures import LINE, Box, ProgressFigure, month_bars, share_bars
from samenleven_desktop.reports.pdf_paragraphs import (
    AGAIN,
    BODY,
    CAPTION,
    CELL,
    CELL_RIGHT,
    CHAPTER,
    FIGURE,
    FOOT,
    HEAD,
    HEAD_RIGHT,
    HEADINGS,
    INTER,
    MUTED,
    MUTED_BODY,
    ROW_HEAD,
    SENDER,
    SUBTITLE,
    TEXT,
    TITLE,
    PdfParagraph,
    known_signs,
    words,
)
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

MARK = HexColor("#FFE615")
LEFT, RIGHT, TOP, BOTTOM = 20 * mm, 20 * mm, 18 * mm, 24 * mm
WIDTH = A4[0] - LEFT - RIGHT
_LONG_CELL = 90
# The words of a shorter one are not broken: a state, a unit, a date.
_SHORT_CELL = 16
# What has to fit under a heading on the same page, in points: some lines.
_LEAST_UNDER = 30.0
# A table that is not taller is not broken: less than a third of a page.
_KEPT_WHOLE = 220.0
# Never more than half a page, or a page could stay empty.
_MOST_TOGETHER = (A4[1] - TOP - BOTTOM) / 2
# Between the cells of a table, and between numbers at the right of theirs and words at the left of the next.
_GAP, _WIDE_GAP = 5, 16
# A longer line is laid out in pieces: the time ReportLab takes grows with the square of it.
_LONGEST_LINE = 3_000
LANGUAGES = {"nl": "nl-BE", "en": "en-GB"}
# What stands above a table that goes on from the page before.
_AGAIN = N_("{heading} (continued)")
# What a box before an agreement says to who does not see it: not done, done.
_BOXES = {"nl": ("nog te doen:", "gedaan:"), "en": ("to do:", "done:")}


def write_pdf(document: Document) -> bytes:
    """The finished file."""
    known_signs()
    out = io.BytesIO()
    template = BaseDocTemplate(
        out,
        pagesize=A4,
        leftMargin=LEFT,
        rightMargin=RIGHT,
        topMargin=TOP,
        bottomMargin=BOTTOM,
        title=document.title,
        author=" · ".join(document.sender),
        subject=document.subtitle,
        lang=LANGUAGES.get(document.language, document.language),
    )
    tree = Tree(document.language)
    frame = Frame(LEFT, BOTTOM, WIDTH, A4[1] - TOP - BOTTOM, 0, 0, 0, 0, id="page")
    template.addPageTemplates([PageTemplate(id="page", frames=[frame])])
    waiting: list[_ContentsLine] = []
    template.build(_story(document, tree, waiting), canvasmaker=_canvas_of(document, waiting))
    return finish(out.getvalue(), tree, document.title, LANGUAGES.get(document.language, document.language))


def _story(document: Document, tree: Tree, waiting: list[_ContentsLine]) -> list[Flowable]:
    """All that is drawn, in reading order; what stands right under a heading stays with it."""
    story: list[Flowable] = [_Masthead(document, tree.root), Spacer(1, 10)]
    keys = {id(block): f"heading-{place}" for place, block in enumerate(document.blocks) if isinstance(block, Heading)}
    if document.contents:
        story += _contents(document, keys, tree, waiting)
    # Headings, words and pictures that lead to what follows.
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
                _Title(block, keys[id(block)], tree.root),
                Spacer(1, 4),
            ]
            continue
        made = _flowables(block, tree.root)
        if isinstance(block, MonthBars | ShareBars) or (isinstance(block, Paragraph) and block.leads):
            leading += made
            continue
        if made and isinstance(made[0], Grid) and heading:
            made[0].again = words(text(_AGAIN, heading=heading), AGAIN)
        if leading or (made and isinstance(made[0], Grid)):
            story.append(CondPageBreak(min(_height(leading) + _under(made), _MOST_TOGETHER)))
        story += [*leading, *made]
        leading = []
    return [*story, *leading]


def _contents(document: Document, keys: dict[int, str], tree: Tree, waiting: list[_ContentsLine]) -> list[Flowable]:
    """A line for each chapter; in a document without chapters for each heading."""
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    chapters = [one for one in headings if one.chapter] or [one for one in headings if one.level <= 2]
    title = words(document.contents or "", HEADINGS[1], tree.root.child("H2"))
    into = tree.root.child("TOC")
    lines = [_ContentsLine(one, keys[id(one)], into) for one in chapters]
    waiting += lines
    return [Spacer(1, 6), title, Spacer(1, 4), *lines, Spacer(1, 8)]


def _height(flowables: Sequence[Flowable]) -> float:
    return float(sum(one.wrap(WIDTH, A4[1])[1] for one in flowables))


def _under(flowables: Sequence[Flowable]) -> float:
    """How much of a block has to stand together, and under its heading: a short table whole, of a longer one its head
    and two rows or a tall one, some lines of a text."""
    first = flowables[0] if flowables else None
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
            # It is broken, when enough of it fits.
            return found + ENOUGH_OF_ROW + 12
        found += tall
        if tall >= LONELY_ROW:
            break
    return found


def _flowables(block: Block, into: Node) -> list[Flowable]:
    match block:
        case Paragraph(text=text, muted=muted, url=url):
            # One flowable a line: a very long text breaks over pages without being measured again and again.
            look = MUTED_BODY if muted else BODY
            pieces = (piece for line in text.split("\n") for piece in _pieces(line))
            return [*(words(piece, look, _paragraph(into, url)) for piece in pieces), Spacer(1, 4)]
        case KeyFigures():
            return [_key_figures(block, into.child("Div")), Spacer(1, 4)]
        case Table():
            if not block.rows:
                return [words(block.empty, MUTED_BODY, into.child("P")), Spacer(1, 5)]
            return [_table(block, into.child("Table")), Spacer(1, 5)]
        case Checklist():
            if not block.items:
                return [words(block.empty, MUTED_BODY, into.child("P")), Spacer(1, 5)]
            return [_checklist(block, into.child("L")), Spacer(1, 5)]
        case MonthBars():
            left = WIDTH * 1.8 / (1.8 + len(block.bars))
            return _figure(block, month_bars(block, WIDTH, left), into) if block.bars else []
        case ShareBars():
            return _figure(block, share_bars(block, WIDTH), into) if block.bars else []
    return []


def _pieces(line: str) -> list[str]:
    """A line as it is, or a very long one in pieces that end with a word."""
    pieces = []
    while len(line) > _LONGEST_LINE:
        cut = line.rfind(" ", 1, _LONGEST_LINE) + 1 or _LONGEST_LINE
        pieces.append(line[:cut])
        line = line[cut:]
    return [*pieces, line]


def _paragraph(into: Node, url: str | None) -> Node:
    made = into.child("P")
    return made if url is None else made.child("Link", url=url)


def _figure(block: MonthBars | ShareBars, drawing: Any, into: Node) -> list[Flowable]:
    """A picture under its caption, with what it shows in words for who does not see it."""
    caption = words(block.title, CAPTION, into.child("P"))
    figure = TaggedFigure(drawing, into.child("Figure", alt=block.description or block.title))
    return [caption, Spacer(1, 3), figure, _AfterFigure(1, 4)]


class _AfterFigure(Spacer):  # type: ignore[misc]
    """The room under a picture."""


def _key_figures(block: KeyFigures, into: Node) -> Flowable:
    cells = [
        [
            words(caption, CAPTION, into.child("P")),
            words(figure, FIGURE, into.child("P")),
            *([words(remark, CAPTION, into.child("P"))] if remark else []),
        ]
        for caption, figure, remark in block.figures
    ]
    width = WIDTH / len(cells)
    return Grid(
        [cells],
        colWidths=[width] * len(cells),
        style=[
            ("FONTNAME", (0, 0), (-1, -1), INTER),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("LEFTPADDING", (1, 0), (-1, -1), 10),
            ("LINEBEFORE", (1, 0), (-1, -1), 0.6, LINE),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ],
    )


def _table(block: Table, into: Node) -> Flowable:
    gaps = [0, *(_gap(before, one) for before, one in pairwise(block.columns))]
    widths = _widths(block, gaps)
    top = into.child("TR")
    head = [
        words(one.header, HEAD_RIGHT if one.align is Align.RIGHT else HEAD, top.child("TH", scope="Column"))
        for one in block.columns
    ]
    rows: list[list[Any]] = [head]
    for row in block.rows:
        line = into.child("TR")
        rows.append(
            [
                _cell(cell, column, width - gap - _GAP, line, is_head=block.caption_column and place == 0)
                for place, (column, cell, width, gap) in enumerate(zip(block.columns, row, widths, gaps, strict=True))
            ]
        )
    return Grid(
        rows,
        colWidths=widths,
        repeatRows=1,
        splitInRow=1,
        style=[
            ("FONTNAME", (0, 0), (-1, -1), INTER),
            ("VALIGN", (0, 0), (-1, -1), "TOP" if _long(block) else "MIDDLE"),
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, MUTED),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, LINE),
            *(("LEFTPADDING", (place, 0), (place, -1), gap) for place, gap in enumerate(gaps)),
            ("RIGHTPADDING", (0, 0), (-1, -1), _GAP),
            ("TOPPADDING", (0, 0), (-1, -1), 3.4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3.8),
        ],
    )


def _widths(block: Table, gaps: Sequence[int]) -> list[float]:
    """By weight; but a column is at least as wide as the words of its head, its short cells and its longest number,
    that none of these is broken. The others give what that takes, each from what it can miss."""
    total = sum(column.weight for column in block.columns)
    widths = [WIDTH * column.weight / total for column in block.columns]
    least = [_least(block, place) + gap + _GAP + 0.5 for place, gap in enumerate(gaps)]
    short = sum(max(need - width, 0.0) for need, width in zip(least, widths, strict=True))
    spare = sum(max(width - need, 0.0) for need, width in zip(least, widths, strict=True))
    if not short or short > spare:
        return widths
    return [
        need if need > width else width - (width - need) * short / spare
        for need, width in zip(least, widths, strict=True)
    ]


def _least(block: Table, place: int) -> float:
    """What a column may not be narrower than."""
    column = block.columns[place]
    head = column.header.split()
    found = max((float(stringWidth(word, HEAD.fontName, HEAD.fontSize)) for word in head), default=0.0)
    if column.align is Align.RIGHT:
        # Of two numbers with as many signs one may be the wider: digits are not all as wide.
        numbers = {cell_words(row[place]) for row in block.rows}
        return max(found, *(float(stringWidth(one, CELL.fontName, CELL.fontSize)) for one in numbers))
    texts = {cell_words(row[place]) for row in block.rows}
    parts = {word for text in texts if len(text) <= _SHORT_CELL for word in text.split()}
    return max(found, *(float(stringWidth(word, CELL.fontName, CELL.fontSize)) for word in parts), 0.0)


def _gap(before: DocumentColumn, column: DocumentColumn) -> int:
    """The room at the left of a column: numbers and the words behind them would else read as one."""
    return _WIDE_GAP if (before.align, column.align) == (Align.RIGHT, Align.LEFT) else _GAP


def _cell(
    cell: str | ProgressCell | LinkCell, column: DocumentColumn, width: float, line: Node, *, is_head: bool
) -> Any:
    look = CELL_RIGHT if column.align is Align.RIGHT else CELL
    match cell:
        case ProgressCell():
            return ProgressFigure(cell, width, line.child("TD"))
        case LinkCell(words=said, url=url):
            return words(said, look, line.child("TD").child("Link", url=url))
        case _ if is_head:
            return words(cell, ROW_HEAD, line.child("TH", scope="Row"))
        case _ if len(cell) > _LONGEST_LINE:
            box = line.child("TD")
            pieces = (piece for one in cell.split("\n") for piece in _pieces(one))
            return [words(piece, look, box.child("P")) for piece in pieces]
        case _:
            return words(cell, look, line.child("TD"))


def _long(block: Table) -> bool:
    """Rows with whole texts in them read from the top; short ones along the middle."""
    return any(isinstance(cell, str) and len(cell) > _LONG_CELL for row in block.rows for cell in row)


def _checklist(block: Checklist, into: Node) -> Flowable:
    boxes = _BOXES.get(into.tree.language, _BOXES["en"])
    rows = []
    for done, text, remark in block.items:
        item = into.child("LI")
        label = item.child("Lbl").child("Figure", alt=boxes[done])
        body = item.child("LBody")
        # The text is read before the remark at its right.
        said = [words(piece, BODY, body.child("P")) for one in text.split("\n") for piece in _pieces(one)]
        rows.append([Box(done, label), said, words(remark, CELL_RIGHT, body.child("P")) if remark else ""])
    return Grid(
        rows,
        colWidths=[16, WIDTH - 16 - 110, 110],
        splitInRow=1,
        style=[
            ("FONTNAME", (0, 0), (-1, -1), INTER),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ],
    )


class _Masthead(Flowable):  # type: ignore[misc]
    """Title at the left, sender at the right, the yellow line under both."""

    def __init__(self, document: Document, into: Node) -> None:
        super().__init__()
        title, under = into.child("H1"), into.child("P")
        self._grid = Grid(
            [
                [
                    words(document.title, TITLE, title),
                    [words(line, SENDER, into.child("P")) for line in document.sender],
                ],
                [words(document.subtitle, SUBTITLE, under), ""],
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


class _Title(Flowable):  # type: ignore[misc]
    """A heading that is also an entry in the outline of the file, and a place to go to."""

    def __init__(self, block: Heading, key: str, into: Node) -> None:
        super().__init__()
        # The title of the document is the one heading of the first level.
        self._tree = into.tree
        self._words = words(
            block.text, CHAPTER if block.chapter else HEADINGS[block.level], into.child(f"H{block.level + 1}")
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


class _ContentsLine(Flowable):  # type: ignore[misc]
    """A heading with the page it is on; the number is drawn when all pages are known."""

    def __init__(self, block: Heading, key: str, into: Node) -> None:
        super().__init__()
        self._indent = 0 if block.chapter else (block.level - 1) * 12
        self._node = into.child("TOCI").child("Link", goto=key, alt=block.text)
        self._words: PdfParagraph = words(block.text, BODY, self._node)
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
        """On the page of the line, when that is being finished."""
        if self._place is None or self._place[0] != page:
            return
        target, _ = self._node.tree.places[self._key]
        with self._node.tree.marked(canvas, self._node):
            canvas.setFillColor(TEXT)
            canvas.setFont(INTER, BODY.fontSize)
            canvas.drawRightString(A4[0] - RIGHT, self._place[1] + 2.6, str(target + 1))


def _canvas_of(document: Document, waiting: Sequence[_ContentsLine]) -> Callable[..., Canvas]:
    class Numbered(Canvas):  # type: ignore[misc]
        """Knows the number of pages when it draws the foot of each."""

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
    source = words(document.source, FOOT)
    _, tall = source.wrap(WIDTH - 80, 60)
    source.drawOn(canvas, LEFT, y + 2.4 * mm - tall)
    canvas.setFillColor(MUTED)
    canvas.setFont(INTER, 7.6)
    canvas.drawRightString(A4[0] - RIGHT, y + 2.4 * mm - 8, document.page_text.format(page=page, pages=pages))
    if document.mark:
        canvas.setFont("Inter-SemiBold", 8)
        width = canvas.stringWidth(document.mark, "Inter-SemiBold", 8) + 14
        canvas.setFillColor(MARK)
        canvas.roundRect(A4[0] - RIGHT - width, A4[1] - 13 * mm, width, 13, 4, stroke=0, fill=1)
        canvas.setFillColor(TEXT)
        canvas.drawString(A4[0] - RIGHT - width + 7, A4[1] - 13 * mm + 3.6, document.mark)
