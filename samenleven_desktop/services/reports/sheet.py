"""A report as one table, for formats that hold text only: its texts and tables one below the other."""

from __future__ import annotations

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.tables.writer import OutputTable as Sheet
from samenleven_desktop.interchange.tables.writer import TableColumn
from samenleven_desktop.reports.document import (
    Checklist,
    Document,
    Heading,
    KeyFigures,
    Paragraph,
    Table,
    cell_words,
)


def sheet_of(document: Document) -> Sheet:
    """Returns texts and tables of a document one below the other, each table with its heading and header."""
    rows: list[tuple[str, ...]] = []
    for block in document.blocks:
        match block:
            case Heading(text=text):
                rows += [(), (text,)]
            case Table(columns=heads, rows=lines):
                rows.append(tuple(head.header for head in heads))
                rows += [tuple(cell_words(cell) for cell in line) for line in lines]
            case Paragraph(text=text):
                rows.append((text,))
            case KeyFigures(figures=figures):
                rows += figures
            case Checklist(items=items):
                rows += [("x" if done else "", text, remark) for done, text, remark in items]
            case _:
                continue
    width = max((len(row) for row in rows), default=1)
    columns = tuple(TableColumn(document.title if place == 0 else "") for place in range(width))
    filled = tuple((*row, *("",) * (width - len(row))) for row in rows)
    return Sheet(document.title, columns, filled, Language(document.language), (("", document.source),))
