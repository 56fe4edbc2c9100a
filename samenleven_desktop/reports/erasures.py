"""The report of erasures: days, kinds and numbers, without identifying anyone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from samenleven_desktop.i18n.labels import TABLES
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports import shared_blocks
from samenleven_desktop.reports.document import Align, Document, DocumentColumn, Heading, Paragraph, Table


def erased_document(
    erased: Sequence[tuple[date, str, int]], periods: Sequence[tuple[str, str]], today: date, language: Language
) -> Document:
    """`erased`: day, table, number; `periods`: kind and its retention period as text."""
    text = language.text
    columns = (
        DocumentColumn(text("Erased on"), 3),
        DocumentColumn(text("Kind"), 5),
        DocumentColumn(text("Number"), 2, Align.RIGHT),
    )
    rows = tuple(
        (language.day(day), text(TABLES.get(table, table)), language.number(number)) for day, table, number in erased
    )
    kept = (DocumentColumn(text("Kind"), 5), DocumentColumn(text("Kept after the last use"), 5))
    return Document(
        title=text("What was erased"),
        subtitle=text("Retention of personal data"),
        sender=(shared_blocks.AGENCY,),
        source=text("Everything that was erased in this work file until {today}.", today=language.day(today)),
        language=language.code,
        mark=None,
        page_text=shared_blocks.page_text(language),
        blocks=(
            Paragraph(text("Names and texts of these records are gone for good; days, hours and numbers stayed.")),
            Heading(text("Erased")),
            Table(columns, rows, text("Nothing was erased yet.")),
            Heading(text("Retention")),
            Table(kept, tuple(periods)),
        ),
    )
