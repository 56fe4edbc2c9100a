"""Cells as they are typed in a form, however a spreadsheet stores them.

A cell that is text is parsed as a form does it (domain/typed_values.py); a cell that is a number, date or time becomes
the same value. So both ways in take the same and refuse with the same sentence.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from samenleven_desktop.domain import typed_text, typed_values
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.field_declaration import FieldKind, RecordField, Toward
from samenleven_desktop.interchange.tables.model import Cell

# Excel stores 1.1 + 2.2 as 3.3000000000000003.
_ROUNDING = 1e-6
_ALMOST_WHOLE = re.compile(r"([+-]?\d+)[.,](0{1,2}|0{6,}\d*|9{6,}\d*)")
_DAY_ZERO = date(1899, 12, 30)
"""The day that Excel counts as 0."""

NOT_KNOWN = N_("{value} is not one of: {choices}.")


def shown(cell: Cell) -> str:
    """Formats a cell for a sentence, at most 40 characters."""
    words = text(cell)
    return words if len(words) <= 40 else words[:39] + "…"


def text(cell: Cell) -> str:
    """Converts a cell to a line of text: all digits of a number, days as day-month-year."""
    return typed_text.line(_words(cell))


def long_text(cell: Cell) -> str:
    """Several lines; the command checks the length."""
    return typed_text.long_text(_words(cell))


def _words(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        words = format(Decimal(repr(cell)), "f")
        return words.rstrip("0").rstrip(".") if "." in words else words
    if isinstance(cell, datetime):
        return day_words(cell) if cell.time() == time() else f"{day_words(cell)} {cell:%H:%M}"
    if isinstance(cell, date):
        return day_words(cell)
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        whole = round(cell.total_seconds() / 60)
        return f"{whole // 60}:{whole % 60:02}"
    return str(cell)


def day_words(day: date) -> str:
    """Day-month-year. Formatted by hand: in the window each use of a date format goes through PySide's import hook."""
    return f"{day.day:02}-{day.month:02}-{day.year:04}"


def number(cell: Cell) -> int:
    """Parses a whole number; also 1.450 and 1 450, 12.0, and 12,0000000001 as a formula leaves it."""
    if isinstance(cell, float) and abs(cell - round(cell)) < _ROUNDING:
        return round(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    words = cell if isinstance(cell, str) else ""
    if almost := _ALMOST_WHOLE.fullmatch(words.strip()):
        return round(float(f"{almost[1]}.{almost[2]}"))
    return typed_values.read_number(words, "")


def cents(cell: Cell) -> int:
    """Parses an amount in euro to cents: 1.234,56, 1234.56, € 1 234 and numbers; never more decimals."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        amount = Decimal(repr(round(cell, 6))) * 100
        if amount.is_finite() and not amount % 1 and amount >= 0:
            return int(amount)
        return typed_values.read_amount("-1" if cell < 0 else "", "")
    return typed_values.read_amount(cell if isinstance(cell, str) else "", "")


def day(cell: Cell, today: date) -> date:
    """Parses a date cell, the number that Excel stores for a day, or text as it is typed, with its year.

    A day without a year is never guessed in a file: `today` is the example of the sentence.
    """
    if isinstance(cell, datetime):
        return typed_values.check_day(cell.date(), "")
    if isinstance(cell, date):
        return typed_values.check_day(cell, "")
    serial = _serial(cell)
    if serial is not None:
        return typed_values.check_day(_DAY_ZERO + timedelta(days=serial), "")
    return typed_values.read_date(cell if isinstance(cell, str) else "", today, "", Toward.NEITHER)


def _serial(cell: Cell) -> int | None:
    """Returns the number of a day as Excel counts them, from a cell without a date format or from a csv file."""
    if isinstance(cell, str) and re.fullmatch(r"\d{5}(?:[.,]0+)?", cell.strip()):
        return int(cell.strip()[:5])
    if isinstance(cell, bool) or not isinstance(cell, int | float) or cell != int(cell):
        return None
    return int(cell) if 10_000 <= cell <= 99_999 else None


def minutes(cell: Cell) -> int:
    """Parses a time of day to minutes since midnight: a time cell, a length up to 24:00, a part of a day, or text."""
    if isinstance(cell, datetime | time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, timedelta):
        return typed_values.check_time(round(cell.total_seconds() / 60), "")
    if isinstance(cell, float) and 0 <= cell < 1:
        return round(cell * 24 * 60)
    # The number 1 is one o'clock or, unformatted, 24:00: not a guess for the program.
    return typed_values.read_time("" if isinstance(cell, bool) or cell == 1.0 else text(cell), "")


def length(cell: Cell) -> int:
    """Parses a length in minutes: a number, a time or length cell, or text."""
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, timedelta):
        return round(cell.total_seconds() / 60)
    return typed_values.read_minutes(cell, "") if isinstance(cell, str) else number(cell)


def read_cell(field: RecordField, cell: Cell, today: date) -> Any:
    """Returns the value of a cell for a field, except a choice: that needs its labels. Raises UserError."""
    if field.is_text:
        return field.tidy(_words(cell)) or None
    match field.kind:
        case FieldKind.CENTS:
            return cents(cell)
        case FieldKind.DAY:
            return day(cell, today)
        case FieldKind.TIME:
            return minutes(cell)
        case FieldKind.MINUTES:
            return length(cell)
    return number(cell)
