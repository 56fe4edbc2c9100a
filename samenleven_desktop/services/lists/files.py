"""A list of records as a table for a file, from the command line and from the window alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.list_columns import ColumnKind
from samenleven_desktop.i18n.record_lists import RecordList, file_heading
from samenleven_desktop.interchange.tables.writer import OutputTable, TableColumn, Value

_FORMATS = {
    ColumnKind.NUMBER: "number",
    ColumnKind.DURATION: "number",
    ColumnKind.MONEY: "money",
    ColumnKind.DAY: "date",
}
Extra = tuple[TableColumn, Sequence[Value]]
"""A column that the record does not declare, with its cells."""


def record_table(
    kind: RecordList,
    rows: Sequence[Any],
    language: Language,
    about: Iterable[tuple[str, str]],
    extra: Sequence[Extra] = (),
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
        title=language.text(kind.title),
        columns=tuple(columns),
        rows=tuple(zip(*cells, strict=True)),
        language=language,
        about=tuple(about),
    )
