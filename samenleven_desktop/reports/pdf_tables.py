"""Tables, key figures and checklists of a report as tagged flowables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from samenleven_desktop.reports.document import (
    Align,
    Checklist,
    DocumentColumn,
    KeyFigures,
    LinkCell,
    ProgressCell,
    Table,
    cell_words,
)
from samenleven_desktop.reports.pdf_figures import LINE, Box, ProgressFigure
from samenleven_desktop.reports.pdf_long_tables import long_table
from samenleven_desktop.reports.pdf_measures import WIDTH
from samenleven_desktop.reports.pdf_paragraphs import (
    BODY,
    CAPTION,
    CELL,
    CELL_RIGHT,
    FIGURE,
    HEAD,
    HEAD_RIGHT,
    INTER,
    LONGEST_LINE,
    MUTED,
    ROW_HEAD,
    pieces_of,
    titled,
    words,
)
from samenleven_desktop.reports.tagging import (
    Node,
)
from samenleven_desktop.reports.tagging import TaggedTable as Grid

_LONG_CELL = 90
# Words of shorter texts are not hyphenated: a state, a unit, a date.
_SHORT_CELL = 16
# Between the cells of a table, and between right-aligned numbers and left-aligned text in the next column.
_GAP, _WIDE_GAP = 5, 16
# The share of the page that one word may claim for its column; a longer word is broken.
_WIDEST = 0.3
# The text alternative of the box before an agreement: not done, done.
_BOXES = {"nl": ("nog te doen:", "gedaan:"), "en": ("to do:", "done:")}


def key_figures(block: KeyFigures, into: Node) -> Flowable:
    cells = [
        [
            *_paragraphs(caption, CAPTION, into),
            *_paragraphs(figure, FIGURE, into),
            *(_paragraphs(remark, CAPTION, into) if remark else []),
        ]
        for caption, figure, remark in block.figures
    ]
    width = WIDTH / len(cells)
    return Grid(
        [cells],
        colWidths=[width] * len(cells),
        splitInRow=1,
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


def _paragraphs(text: str, look: ParagraphStyle, into: Node) -> list[Any]:
    """Returns a paragraph, or several for a long text."""
    if len(text) <= LONGEST_LINE:
        return [words(text, look, into.child("P"))]
    return [words(piece, look, into.child("P")) for one in text.split("\n") for piece in pieces_of(one)]


def table(block: Table, into: Node) -> Flowable:
    gaps = [0, *(_gap(before, one) for before, one in pairwise(block.columns))]
    widths = _widths(block, gaps)
    top = into.child("TR")
    head = [
        words(titled(one.header), HEAD_RIGHT if one.align is Align.RIGHT else HEAD, top.child("TH", scope="Column"))
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
    return long_table(
        rows,
        colWidths=widths,
        repeatRows=1,
        splitInRow=1,
        style=[
            ("FONTNAME", (0, 0), (-1, -1), INTER),
            ("VALIGN", (0, 0), (-1, -1), "TOP" if has_long_cells(block) else "MIDDLE"),
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
    """Returns column widths by weight, with minimum widths.

    Each column is at least as wide as the words of its header, its short cells and its longest number, so that none of
    these is broken. The other columns shrink by what they can spare.
    """
    total = sum(column.weight for column in block.columns)
    widths = [WIDTH * column.weight / total for column in block.columns]
    widest = _WIDEST * WIDTH
    least = [min(_least(block, place), widest) + gap + _GAP + 0.5 for place, gap in enumerate(gaps)]
    short = sum(max(need - width, 0.0) for need, width in zip(least, widths, strict=True))
    spare = sum(max(width - need, 0.0) for need, width in zip(least, widths, strict=True))
    if not short:
        return widths
    if short > spare:
        # Too much for the page: in proportion to what each needs, so that no column loses more than another.
        return [need * WIDTH / sum(least) for need in least]
    return [
        need if need > width else width - (width - need) * short / spare
        for need, width in zip(least, widths, strict=True)
    ]


def _least(block: Table, place: int) -> float:
    """Returns the minimum width of a column."""
    column = block.columns[place]
    head = column.header.split()
    found = max((float(stringWidth(word, HEAD.fontName, HEAD.fontSize)) for word in head), default=0.0)
    if column.align is Align.RIGHT:
        # Two numbers with the same number of characters may differ in width, as digits do.
        numbers = {cell_words(row[place]) for row in block.rows}
        return max(found, *(float(stringWidth(one, CELL.fontName, CELL.fontSize)) for one in numbers))
    texts = {cell_words(row[place]) for row in block.rows}
    parts = {word for text in texts if len(text) <= _SHORT_CELL for word in text.split()}
    return max(found, *(float(stringWidth(word, CELL.fontName, CELL.fontSize)) for word in parts), 0.0)


def _gap(before: DocumentColumn, column: DocumentColumn) -> int:
    """Returns the space to the left of a column: numbers and the text after them would otherwise read as one."""
    return _WIDE_GAP if (before.align, column.align) == (Align.RIGHT, Align.LEFT) else _GAP


def _cell(
    cell: str | ProgressCell | LinkCell, column: DocumentColumn, width: float, line: Node, *, is_head: bool
) -> Any:
    look = CELL_RIGHT if column.align is Align.RIGHT else CELL
    match cell:
        case ProgressCell():
            return ProgressFigure(replace(cell, words=titled(cell.words)), width, line.child("TD"))
        case LinkCell(words=said, url=url):
            into = line.child("TD")
            return [words(piece, look, into.child("Link", url=url)) for piece in pieces_of(said)]
        case _ if len(cell) > LONGEST_LINE:
            return _paragraphs(cell, ROW_HEAD if is_head else look, _cell_node(line, is_head))
        case _ if is_head:
            return words(cell, ROW_HEAD, _cell_node(line, is_head))
        case _:
            return words(cell, look, line.child("TD"))


def _cell_node(line: Node, is_head: bool) -> Node:
    return line.child("TH", scope="Row") if is_head else line.child("TD")


def has_long_cells(block: Table) -> bool:
    """Rows with long texts are aligned to the top; short ones to the middle."""
    return any(isinstance(cell, str) and len(cell) > _LONG_CELL for row in block.rows for cell in row)


def checklist(block: Checklist, into: Node) -> Flowable:
    boxes = _BOXES.get(into.tree.language, _BOXES["en"])
    rows = []
    for done, text, remark in block.items:
        item = into.child("LI")
        label = item.child("Lbl").child("Figure", alt=boxes[done])
        body = item.child("LBody")
        # The text is read before the remark to its right.
        said = [words(piece, BODY, body.child("P")) for one in text.split("\n") for piece in pieces_of(one)]
        rows.append([Box(done, label), said, _paragraphs(remark, CELL_RIGHT, body) if remark else ""])
    return long_table(
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
