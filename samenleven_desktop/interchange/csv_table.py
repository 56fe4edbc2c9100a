"""Reads a CSV file with known columns row by row; every error names the file, the row and the column.

Rows are numbered as in a spreadsheet: the header is row 1. Only for the files that ship with the program; users' files,
with other separators and encodings, are imported by `tables`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from samenleven_desktop.domain.errors import N_, UserError

_MAX_BYTES = 20_000_000


class Row:
    """One row; its methods convert a column or raise a UserError that names it."""

    __slots__ = ("_cells", "_columns", "_file", "_number")

    def __init__(self, file: str, number: int, columns: dict[str, int], cells: Sequence[str]) -> None:
        self._file = file
        self._number = number
        self._columns = columns
        self._cells = cells

    def string(self, column: str) -> str:
        value = self._cells[self._columns[column]]
        if not value:
            raise self.fault(column, N_("{file}, row {row}, column {column}: a value is missing."))
        return value

    def optional(self, column: str) -> str | None:
        return self._cells[self._columns[column]] or None

    def number(self, column: str) -> int:
        """Returns a whole number, zero or more."""
        value = self._cells[self._columns[column]]
        if not (value.isascii() and value.isdigit()) or len(value) > 12:
            raise self.fault(column, N_("{file}, row {row}, column {column}: {value} is not a whole number."))
        return int(value)

    def day(self, column: str) -> date:
        try:
            return date.fromisoformat(self._cells[self._columns[column]])
        except ValueError:
            raise self.fault(
                column, N_("{file}, row {row}, column {column}: {value} is not a date such as 2025-01-31.")
            ) from None

    def optional_day(self, column: str) -> date | None:
        return self.day(column) if self._cells[self._columns[column]] else None

    def flag(self, column: str) -> bool:
        value = self._cells[self._columns[column]]
        if value not in ("0", "1"):
            raise self.fault(column, N_("{file}, row {row}, column {column}: {value} must be 0 or 1."))
        return value == "1"

    def cents(self, column: str) -> int | None:
        """Parses an amount in euro to cents; None if the cell is empty.

        It has a decimal point and at most two decimals.
        """
        value = self._cells[self._columns[column]]
        if not value:
            return None
        try:
            cents = Decimal(value) * 100
        except InvalidOperation:
            cents = Decimal("NaN")
        if not cents.is_finite() or cents < 0 or cents % 1 or cents > 10**15:
            raise self.fault(column, N_("{file}, row {row}, column {column}: {value} is not an amount in euro."))
        return int(cents)

    def fault(self, column: str, message: str, **values: object) -> UserError:
        """Returns the error for this row and column; `{value}` is the content of the cell."""
        value = self._cells[self._columns[column]]
        shown = value if len(value) <= 40 else value[:39] + "…"
        return UserError(message, field=column, file=self._file, row=self._number, column=column, value=shown, **values)


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Yields the rows of a comma-separated UTF-8 file that has exactly these columns, in any order."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UserError(N_("{file} is too large for a file of reference data."), file=path.name)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            missing = [name for name in columns if name not in header]
            if missing or len(header) != len(columns):
                raise UserError(
                    N_("{file}, row 1: the columns must be {columns}."), file=path.name, columns=", ".join(columns)
                )
            places = {name: header.index(name) for name in columns}
            for cells in reader:
                if len(cells) != len(columns):
                    raise UserError(
                        N_("{file}, row {row}: this row has {found} cells, not {expected}."),
                        file=path.name,
                        row=reader.line_num,
                        found=len(cells),
                        expected=len(columns),
                    )
                yield Row(path.name, reader.line_num, places, cells)
    except FileNotFoundError as error:
        raise UserError(N_("The file {file} does not exist."), file=str(path)) from error
    except UnicodeDecodeError as error:
        raise UserError(N_("{file} is not text in UTF-8."), file=path.name) from error
    except csv.Error as error:
        raise UserError(
            N_("{file}, row {row}: the quotes or line ends of this row are wrong."), file=path.name, row=reader.line_num
        ) from error
    except OSError as error:
        raise UserError(N_("The file {file} cannot be read."), file=str(path)) from error
