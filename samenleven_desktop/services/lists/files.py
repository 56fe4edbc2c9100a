"""A list as a table for a file, and writing it, from the command line and from the window alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.record_lists import OVERVIEW, RecordList, file_heading
from samenleven_desktop.i18n.shared_columns import ColumnKind
from samenleven_desktop.interchange.tables.writer import OutputTable, TableColumn, Value, note_of, write_table
from samenleven_desktop.services.core.output_files import write_file

_FORMATS = {
    ColumnKind.NUMBER: "number",
    ColumnKind.DURATION: "number",
    ColumnKind.MONEY: "money",
    ColumnKind.DAY: "date",
}
Extra = tuple[TableColumn, Sequence[Value]]
"""A column that the record does not declare, with its cells."""


def save_table(path: Path, table: OutputTable, store: Path | None = None) -> str | None:
    """Writes a table in the format that the name ends in; returns a sentence for the user if texts are too long for a
    cell."""
    ending = path.suffix.lower()
    write_file(path, write_table(table, ending), store)
    return note_of(table, ending)


def record_table(
    kind: RecordList,
    rows: Sequence[Any],
    language: Language,
    about: Iterable[tuple[str, str]],
    extra: Sequence[Extra] = (),
    title: str = "",
) -> OutputTable:
    """Returns the rows in the columns of their kind, then the extra columns that have another heading, and last the
    references."""
    columns = [TableColumn(file_heading(language, one), _FORMATS.get(one.kind, "text")) for one in kind.in_file]
    cells = [[one.cell(language, row) for row in rows] for one in kind.in_file]
    there = {one.header.casefold() for one in columns}
    for column, values in extra:
        if column.header.casefold() not in there:
            columns.append(column)
            cells.append(list(values))
    columns.append(TableColumn(file_heading(language, kind.reference)))
    cells.append([kind.reference.cell(language, row) for row in rows])
    return OutputTable(
        title=title or language.text(kind.title),
        columns=tuple(columns),
        rows=tuple(zip(*cells, strict=True)),
        language=language,
        about=tuple(about),
    )


def overview_table(
    title: str,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Value]],
    language: Language,
    about: Iterable[tuple[str, str]],
) -> OutputTable:
    """Returns a list that is not one of records, marked so that no import takes it for one."""
    words = language.text(OVERVIEW)
    return OutputTable(
        title=title,
        columns=(*columns, TableColumn(words[:1].upper() + words[1:])),
        rows=tuple((*row, title) for row in rows),
        language=language,
        about=tuple(about),
    )
