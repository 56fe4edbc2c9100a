"""A file as tables: sheets of rows of cells, whatever format they came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """Rows as a spreadsheet shows them: the first row is row 1; rows may differ in length."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Workbook:
    """What a file held; a csv file is one sheet."""

    file: str
    sheets: tuple[Sheet, ...]
