"""Writes a document as tagged PDF with ReportLab: A4, Inter embedded, header and footer on every page, page x of y.

Typed text is data: it is escaped before ReportLab sees it, and what Inter has no sign for becomes a visible box.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageTemplate,
    Spacer,
)

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.paths import resources_dir
from samenleven_desktop.reports.document import (
    Align,
    Block,
    Checklist,
    Document,
    Heading,
    KeyFigures,
    MonthBars,
    Paragraph,
    ProgressCell,
    Table,
)
from samenleven_desktop.reports.tagging import Node, TaggedFigure, Tree, artifact, finish
from samenleven_desktop.reports.tagging import TaggedParagraph as Words
from samenleven_desktop.reports.tagging import TaggedTable as Grid

TEXT, MUTED, LINE, MARK = HexColor("#1D2630"), HexColor("#5A6673"), HexColor("#E1E6EC"), HexColor("#FFE615")
TRACK, ACCENT = HexColor("#E4E8EE"), HexColor("#0055CC")
STATE_COLORS = {
    KpiState.REACHED: HexColor("#0A8A43"),
    KpiState.ON_COURSE: HexColor("#0A8A43"),
    KpiState.BEHIND: HexColor("#E59500"),
    KpiState.AT_RISK: HexColor("#C9302C"),
    KpiState.NO_ENTRY: HexColor("#9AA5B1"),
    KpiState.JURY: HexColor("#0055CC"),
}
LEFT, RIGHT, TOP, BOTTOM = 20 * mm, 20 * mm, 18 * mm, 24 * mm
WIDTH = A4[0] - LEFT - RIGHT
_LONG_CELL = 90
LANGUAGES = {"nl": "nl-BE", "en": "en-GB"}
# What a box before an agreement says to who does not see it: not done, done.
_BOXES = {"nl": ("nog te doen:", "gedaan:"), "en": ("to do:", "done:")}


def write_pdf(document: Document) -> bytes:
    """The finished file."""
    _fonts()
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
    tree, language = Tree(), document.language
    frame = Frame(LEFT, BOTTOM, WIDTH, A4[1] - TOP - BOTTOM, 0, 0, 0, 0, id="page")
    template.addPageTemplates([PageTemplate(id="page", frames=[frame])])
    story: list[Flowable] = [_Masthead(document, tree.root), Spacer(1, 10)]
    for block in document.blocks:
        story += _flowables(block, tree.root, language)
    template.build(story, canvasmaker=_canvas_of(document))
    return finish(out.getvalue(), tree, document.title, LANGUAGES.get(language, language))


@cache
def _fonts() -> frozenset[int]:
    """Registers Inter once; gives the characters it has a sign for."""
    folder = resources_dir() / "fonts"
    for name in ("Regular", "Medium", "SemiBold", "Bold"):
        pdfmetrics.registerFont(TTFont(f"Inter-{name}", str(folder / f"Inter-{name}.ttf")))
    return frozenset(pdfmetrics.getFont("Inter-Regular").face.charToGlyph)


def _style(name: str, size: float, font: str = "Inter-Regular", **more: Any) -> ParagraphStyle:
    color = more.pop("textColor", TEXT)
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=more.pop("leading", size * 1.38),
        textColor=color,
        splitLongWords=1,
        **more,
    )


BODY = _style("body", 9.2)
MUTED_BODY = _style("muted", 8.6, textColor=MUTED)
CELL, CELL_RIGHT = _style("cell", 8.4), _style("cell-right", 8.4, alignment=TA_RIGHT)
HEAD = _style("head", 7.8, "Inter-SemiBold", textColor=MUTED)
HEAD_RIGHT = _style("head-right", 7.8, "Inter-SemiBold", textColor=MUTED, alignment=TA_RIGHT)
TITLE = _style("title", 18, "Inter-Bold", leading=22)
SUBTITLE = _style("subtitle", 9.6, textColor=MUTED)
SENDER = _style("sender", 8.2, textColor=MUTED, alignment=TA_RIGHT)
HEADINGS = {1: _style("h1", 11.6, "Inter-Bold"), 2: _style("h2", 10, "Inter-SemiBold")}
FIGURE = _style("figure", 17, "Inter-Bold", leading=21)
CAPTION = _style("caption", 8, textColor=MUTED)


def words(text: str, style: ParagraphStyle, node: Node | None = None) -> Words:
    """A paragraph of data: markup in it is shown, line breaks stay, unknown signs become a box. `node` is what it is
    in the structure; none for what is drawn inside an artifact."""
    known = _fonts()
    tidy = "".join(ch if ord(ch) in known or ch == "\n" else ("" if not ch.isprintable() else "□") for ch in text)
    made = Words("<br/>".join(escape(line) for line in tidy.split("\n")) or "&nbsp;", style)
    made.node = node
    return made


def _flowables(block: Block, into: Node, language: str) -> list[Flowable]:
    match block:
        case Heading(text=text, level=level):
            return [
                CondPageBreak(34 * mm),
                Spacer(1, 9 if level == 1 else 5),
                _Bookmark(text, level, into),
                Spacer(1, 4),
            ]
        case Paragraph(text=text, muted=muted):
            # One flowable a line: a very long text breaks over pages without being measured again and again.
            style = MUTED_BODY if muted else BODY
            return [words(line, style, into.child("P")) for line in text.split("\n")] + [Spacer(1, 4)]
        case KeyFigures():
            return [_key_figures(block, into.child("Div")), Spacer(1, 4)]
        case Table():
            if not block.rows:
                return [words(block.empty, MUTED_BODY, into.child("P")), Spacer(1, 5)]
            return [_table(block, into.child("Table")), Spacer(1, 5)]
        case Checklist():
            if not block.items:
                return [words(block.empty, MUTED_BODY, into.child("P")), Spacer(1, 5)]
            return [_checklist(block, into.child("L"), language), Spacer(1, 5)]
        case MonthBars():
            if not block.bars:
                return []
            return [
                TaggedFigure(_bars(block), into.child("Figure", alt=block.description or block.title)),
                Spacer(1, 4),
            ]


def _key_figures(block: KeyFigures, into: Node) -> Flowable:
    cells = [
        [
            words(caption, CAPTION, into.child("P")),
            words(figure, FIGURE, into.child("P")),
            words(remark, CAPTION, into.child("P")),
        ]
        for caption, figure, remark in block.figures
    ]
    width = WIDTH / len(cells)
    return Grid(
        [cells],
        colWidths=[width] * len(cells),
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("LEFTPADDING", (1, 0), (-1, -1), 10),
            ("LINEBEFORE", (1, 0), (-1, -1), 0.6, LINE),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ],
    )


def _table(block: Table, into: Node) -> Flowable:
    total = sum(column.weight for column in block.columns)
    widths = [WIDTH * column.weight / total for column in block.columns]
    top = into.child("TR")
    head = [
        words(one.header, HEAD_RIGHT if one.align is Align.RIGHT else HEAD, top.child("TH", scope="Column"))
        for one in block.columns
    ]
    rows: list[list[Any]] = [head]
    for row in block.rows:
        cells: list[Any] = []
        line = into.child("TR")
        for column, cell, width in zip(block.columns, row, widths, strict=True):
            if isinstance(cell, ProgressCell):
                cells.append(_Progress(cell, width - 10, line.child("TD")))
            else:
                style = CELL_RIGHT if column.align is Align.RIGHT else CELL
                cells.append(words(cell, style, line.child("TD")))
        rows.append(cells)
    return Grid(
        rows,
        colWidths=widths,
        repeatRows=1,
        splitInRow=1,
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP" if _long(block) else "MIDDLE"),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, MUTED),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), 5),
            ("RIGHTPADDING", (0, 0), (-1, -1), 5),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 3.4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3.8),
        ],
    )


def _long(block: Table) -> bool:
    """Rows with whole texts in them read from the top; short ones along the middle."""
    return any(isinstance(cell, str) and len(cell) > _LONG_CELL for row in block.rows for cell in row)


def _checklist(block: Checklist, into: Node, language: str) -> Flowable:
    rows = []
    for done, text, remark in block.items:
        item = into.child("LI")
        label = item.child("Lbl").child("Figure", alt=_BOXES.get(language, _BOXES["en"])[done])
        body = item.child("LBody")
        said = words(remark, CELL_RIGHT, body.child("P")) if remark else ""
        rows.append([_Box(done, label), words(text, BODY, body.child("P")), said])
    return Grid(
        rows,
        colWidths=[16, WIDTH - 16 - 110, 110],
        splitInRow=1,
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ],
    )


def _bars(block: MonthBars) -> Drawing:
    height, base = 62.0, 14.0
    drawing = Drawing(WIDTH, height + base + 12)
    most = max(number for _, number in block.bars) or 1
    step = min(WIDTH / max(len(block.bars), 6), 46)
    for place, (label, number) in enumerate(block.bars):
        x, tall = place * step, height * number / most
        drawing.add(Rect(x + 9, base, step - 18, tall, fillColor=ACCENT, strokeColor=None))
        for text, y, color in ((str(number), base + tall + 3, TEXT), (label, 3, MUTED)):
            drawing.add(
                String(
                    x + step / 2, y, text, fontName="Inter-Regular", fontSize=7.4, fillColor=color, textAnchor="middle"
                )
            )
    return drawing


class _Masthead(Flowable):  # type: ignore[misc]
    """Title at the left, sender at the right, the yellow line under both."""

    def __init__(self, document: Document, into: Node) -> None:
        super().__init__()
        title, under = into.child("H1"), into.child("P")
        self._grid = Grid(
            [
                [
                    [words(document.title, TITLE, title), words(document.subtitle, SUBTITLE, under)],
                    [words(line, SENDER, into.child("P")) for line in document.sender],
                ]
            ],
            colWidths=[WIDTH * 0.66, WIDTH * 0.34],
            style=[
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
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


class _Bookmark(Flowable):  # type: ignore[misc]
    """A heading that is also an entry in the outline of the file."""

    def __init__(self, text: str, level: int, into: Node) -> None:
        super().__init__()
        # The title of the document is the one heading of the first level.
        self._words = words(text, HEADINGS[level], into.child(f"H{level + 1}"))
        self._text, self._level = text, level

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = self._words.wrap(width, height)
        return self.width, self.height

    def draw(self) -> None:
        key = f"h{id(self)}"
        self.canv.bookmarkHorizontal(key, 0, self.height + 4)
        self.canv.addOutlineEntry(self._text, key, self._level - 1)
        self._words.drawOn(self.canv, 0, 0)


class _Progress(Flowable):  # type: ignore[misc]
    """A bar with the expected mark, and the state in words beside it: readable without colour."""

    def __init__(self, cell: ProgressCell, width: float, node: Node) -> None:
        super().__init__()
        self._cell, self._bar = cell, min(48.0, width * 0.36)
        self._words = words(cell.words, CELL, node)
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


class _Box(Flowable):  # type: ignore[misc]
    """The box before an agreement, ticked when it is done."""

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


def _canvas_of(document: Document) -> Callable[..., Canvas]:
    class Numbered(Canvas):  # type: ignore[misc]
        """Knows the number of pages when it draws the foot of each."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **{**kwargs, "initialFontName": "Inter-Regular"})
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
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
    source = words(document.source, _style("foot", 7.2, textColor=MUTED))
    _, tall = source.wrap(WIDTH - 80, 60)
    source.drawOn(canvas, LEFT, y + 2.4 * mm - tall)
    canvas.setFillColor(MUTED)
    canvas.setFont("Inter-Regular", 7.6)
    canvas.drawRightString(A4[0] - RIGHT, y + 2.4 * mm - 8, document.page_text.format(page=page, pages=pages))
    if document.mark:
        canvas.setFont("Inter-SemiBold", 8)
        width = canvas.stringWidth(document.mark, "Inter-SemiBold", 8) + 14
        canvas.setFillColor(MARK)
        canvas.roundRect(A4[0] - RIGHT - width, A4[1] - 13 * mm, width, 13, 4, stroke=0, fill=1)
        canvas.setFillColor(TEXT)
        canvas.drawString(A4[0] - RIGHT - width + 7, A4[1] - 13 * mm + 3.6, document.mark)
