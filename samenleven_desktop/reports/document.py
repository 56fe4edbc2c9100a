"""A report as plain objects: headings, paragraphs, tables, figures. Knows no file format and no ReportLab.

All text in a document is data: a writer shows it as it stands and never reads it as markup.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from samenleven_desktop.domain.kpi import KpiState


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class Heading:
    """`chapter`: begins on a new page and stands in the table of contents, where the document has one."""

    text: str
    level: int = 1
    chapter: bool = False


@dataclass(frozen=True)
class Paragraph:
    """With `url` the whole paragraph is a link; `leads`: it stays on the page of what follows."""

    text: str
    muted: bool = False
    url: str | None = None
    leads: bool = False


@dataclass(frozen=True)
class KeyFigures:
    """Big numbers side by side: (caption, figure, remark)."""

    figures: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ProgressCell:
    """How far a target is: shares of the confirmed number, and the word for its state."""

    share: float
    expected: float | None
    state: KpiState
    words: str


@dataclass(frozen=True)
class LinkCell:
    """Words that lead to a page, or (`mailto:`) to a new letter."""

    words: str
    url: str


Cell = str | ProgressCell | LinkCell


def cell_words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.words


@dataclass(frozen=True)
class DocumentColumn:
    header: str
    weight: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Table:
    """Rows under a header that repeats on each page; `empty` stands in its place when there are no rows."""

    columns: tuple[DocumentColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""
    caption_column: bool = False
    """The first cell of each row is its head."""


@dataclass(frozen=True)
class Checklist:
    """Lines with a box before them: (done, text, remark)."""

    items: tuple[tuple[bool, str, str], ...]
    empty: str = ""


@dataclass(frozen=True)
class MonthBars:
    """A small column chart: (label, number) per month; `description` says in words what it shows."""

    title: str
    bars: tuple[tuple[str, int], ...]
    description: str
    most: int = 0
    """The number of a full bar, where several charts are to be compared; 0: the highest of these."""


@dataclass(frozen=True)
class ShareBars:
    """Lying bars that compare kinds: (label, number, words at the end of the bar); readable without colour."""

    title: str
    bars: tuple[tuple[str, int, str], ...]
    description: str


Block = Heading | Paragraph | KeyFigures | Table | Checklist | MonthBars | ShareBars


@dataclass(frozen=True)
class Document:
    """A whole report. `source` stands at the foot of each page: filter, period and date; `mark` on each page too.
    `contents`: the words above a table of contents of the chapters, where there is one."""

    title: str
    subtitle: str
    sender: tuple[str, ...]
    source: str
    language: str
    mark: str | None
    page_text: str
    blocks: tuple[Block, ...] = field(default=())
    contents: str | None = None
    about: str = ""
    """Whom or what it is about, in a few words: for the name of a file."""


def texts(document: Document) -> list[str]:
    """All words of a document in reading order, for golden tests and for comparing with other writers."""
    found = [document.title, document.subtitle, *document.sender]
    for block in document.blocks:
        found += _texts(block)
    return [*found, document.source, *([document.mark] if document.mark else [])]


def _texts(block: Block) -> list[str]:
    match block:
        case Heading(text=text) | Paragraph(text=text):
            return [text]
        case KeyFigures(figures=figures):
            return [word for figure in figures for word in figure if word]
        case Table(columns=columns, rows=rows, empty=empty):
            if not rows:
                return [empty]
            return [column.header for column in columns] + [cell_words(cell) for row in rows for cell in row]
        case Checklist(items=items, empty=empty):
            return [word for _, text, remark in items for word in (text, remark) if word] or [empty]
        case MonthBars(title=title, bars=bars):
            return [title] + [f"{' '.join(label.split())} {number}" for label, number in bars]
        case ShareBars(title=title, bars=shares):
            return [title] + [f"{label} {words}" for label, _, words in shares]
