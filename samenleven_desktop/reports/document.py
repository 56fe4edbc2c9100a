"""A report as plain objects: headings, paragraphs, tables, figures. Independent of file formats and ReportLab.

All text in a document is data: a writer shows it unchanged and never interprets it as markup.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum, StrEnum
from typing import cast

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.text_output import printable


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class Heading:
    """`chapter`: starts on a new page and is in the table of contents, if the document has one."""

    text: str
    level: int = 1
    chapter: bool = False


@dataclass(frozen=True)
class Paragraph:
    """With `url` the whole paragraph is a link; `leads`: it stays on the same page as the next block."""

    text: str
    muted: bool = False
    url: str | None = None
    leads: bool = False


@dataclass(frozen=True)
class KeyFigures:
    """Large numbers side by side: (caption, figure, remark)."""

    figures: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ProgressCell:
    """The progress of a target: shares of the confirmed number, and the label of its state."""

    share: float
    expected: float | None
    state: KpiState
    words: str


@dataclass(frozen=True)
class LinkCell:
    """Text that links to a page, or (`mailto:`) to a new message."""

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
    """Rows under a header that repeats on each page; `empty` replaces it if there are no rows."""

    columns: tuple[DocumentColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""
    caption_column: bool = False
    """The first cell of each row is a row header."""


@dataclass(frozen=True)
class Checklist:
    """Lines with a check box before them: (done, text, remark)."""

    items: tuple[tuple[bool, str, str], ...]
    empty: str = ""


@dataclass(frozen=True)
class MonthBars:
    """A small column chart: (label, number) per month; `description` is its text alternative."""

    title: str
    bars: tuple[tuple[str, int], ...]
    description: str
    most: int = 0
    """The number of a full bar, if several charts are to be compared; 0: the highest of these."""


@dataclass(frozen=True)
class ShareBars:
    """Horizontal bars that compare kinds: (label, number, text at the end of the bar); readable without colour."""

    title: str
    bars: tuple[tuple[str, int, str], ...]
    description: str


@dataclass(frozen=True)
class SignatureLines:
    """Lines to write on by hand, side by side, each over its caption."""

    captions: tuple[str, ...]


@dataclass(frozen=True)
class WritingRoom:
    """Lines to write on by hand, down to the end of the page: never fewer than `least`."""

    least: int = 3


Block = Heading | Paragraph | KeyFigures | Table | Checklist | MonthBars | ShareBars | SignatureLines | WritingRoom


@dataclass(frozen=True)
class Document:
    """A complete report.

    `source` is in the footer of each page: filter, period and date; so is `mark`. `contents`: the text above the table
    of contents, if there is one.
    """

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
    """The subject in a few words, for a file name."""
    author: str = ""
    """Who made it, for the properties of a file."""
    logos: bool = False
    """Whether there is room for two logos above the title."""


def shown_outside(document: Document) -> Document:
    """Returns the document with every text as files and paper show it (`domain.comparison.printable`)."""
    return cast(Document, _shown(document))


def _shown(value: object) -> object:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        return tuple([_shown(one) for one in value])
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{one.name: _shown(getattr(value, one.name)) for one in fields(value)})
    return value


def texts(document: Document) -> list[str]:
    """Returns all text of a document in reading order, for golden tests and for comparing writers."""
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
        case SignatureLines(captions=captions):
            return list(captions)
        case WritingRoom():
            return []
