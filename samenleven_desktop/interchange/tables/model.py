"""A file as tables: sheets of rows of cells, independent of the format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """Rows as in a spreadsheet: the first row is row 1; rows may differ in length."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Workbook:
    """The content of a file; a csv file has one sheet."""

    file: str
    sheets: tuple[Sheet, ...]
