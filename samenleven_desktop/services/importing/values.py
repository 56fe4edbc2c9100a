"""Parses cells, however a spreadsheet stores them; raises a sentence that states what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.record_fields import FieldKind
from samenleven_desktop.interchange.tables.model import Cell
from samenleven_desktop.services.core.checks import AMOUNT, NOT_AMOUNT

NOT_NUMBER = N_("{value} is not a whole number.")
NOT_MONEY = N_("{value} is not an amount in euro.")
NOT_DAY = N_("{value} is not a date such as 11-03-2024.")
NOT_TIME = N_("{value} is not a time such as 13:30.")
NOT_KNOWN = N_("{value} is not one of: {choices}.")
_SPACES = re.compile(r"[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+")
_MOST = 10**12


def shown(cell: Cell) -> str:
    """Formats a cell for a sentence, at most 40 characters."""
    words = text(cell)
    return words if len(words) <= 40 else words[:39] + "…"


def text(cell: Cell) -> str:
    """Converts a cell to text: whole numbers without decimals, days as day-month-year."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _MOST:
        return str(int(cell))
    if isinstance(cell, datetime):
        return day_words(cell) if cell.time() == time() else f"{day_words(cell)} {cell:%H:%M}"
    if isinstance(cell, date):
        return day_words(cell)
    return str(cell).strip()


def day_words(day: date) -> str:
    """Day-month-year. Formatted by hand: in the window each use of a date format goes through PySide's import hook."""
    return f"{day.day:02}-{day.month:02}-{day.year:04}"


def long_text(cell: Cell) -> str:
    """Several lines; the command checks the length."""
    return text(cell).replace("\r\n", "\n")


def number(cell: Cell) -> int:
    """Parses a whole number; also 1.450 and 1 450."""
    if isinstance(cell, bool):
        raise UserError(NOT_NUMBER, value=shown(cell))
    if isinstance(cell, int | float):
        if float(cell).is_integer() and abs(cell) < _MOST:
            return int(cell)
        raise UserError(NOT_NUMBER, value=shown(cell))
    words = _SPACES.sub(" ", text(cell)).strip()
    if re.fullmatch(r"[+-]?\d{1,12}(?:,0+)?|[+-]?\d{1,3}(?:[. ]\d{3})+", words):
        return int(re.sub(r",0+$", "", words).replace(".", "").replace(" ", ""))
    raise UserError(NOT_NUMBER, value=shown(cell))


def cents(cell: Cell) -> int:
    """Parses an amount in euro to cents: 1.234,56, 1234.56, € 1 234 and numbers; never more decimals."""
    if isinstance(cell, bool):
        raise UserError(NOT_MONEY, value=shown(cell))
    if isinstance(cell, int | float):
        words = repr(round(cell, 6)) if isinstance(cell, float) else str(cell)
    else:
        words = re.sub(r"(?i)€|eur(o)?", "", _SPACES.sub("", text(cell)))
        if "," in words:
            words = words.replace(".", "").replace(",", ".")
        elif re.fullmatch(r"\d{1,3}(\.\d{3})+", words):
            words = words.replace(".", "")
    try:
        amount = Decimal(words) * 100
    except InvalidOperation:
        raise UserError(NOT_MONEY, value=shown(cell)) from None
    if not amount.is_finite() or abs(amount) >= _MOST or amount % 1:
        raise UserError(NOT_MONEY, value=shown(cell))
    if amount < 0:
        raise UserError(NOT_AMOUNT, example=AMOUNT)
    return int(amount)


def day(cell: Cell) -> date:
    """Parses a date cell, 11-03-2024, 11/3/24, or 2024-03-11."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    words = text(cell)
    found = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: 0{1,2}:00(?::00)?)?", words)
    other = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?", words)
    try:
        if found:
            year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
            return _plausible(date(year, int(found[2]), int(found[1])))
        if other:
            return _plausible(date(int(other[1]), int(other[2]), int(other[3])))
    except ValueError:
        pass
    raise UserError(NOT_DAY, value=shown(cell))


def minutes(cell: Cell) -> int:
    """Parses a time of day to minutes since midnight: a time cell, 13:30, 13u30, 13.30."""
    if isinstance(cell, datetime):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, timedelta):
        return round(cell.total_seconds() / 60)
    if isinstance(cell, float) and 0 <= cell < 1:
        return round(cell * 24 * 60)
    found = re.fullmatch(r"(\d{1,2})\s*[:.uUhH]\s*(\d{2})?(?::00)?", text(cell))
    if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
        return int(found[1]) * 60 + int(found[2] or 0)
    raise UserError(NOT_TIME, value=shown(cell))


def _plausible(found: date) -> date:
    if not 1990 <= found.year <= 2100:
        raise ValueError
    return found


READERS: Mapping[FieldKind, Callable[[Cell], Any]] = {
    FieldKind.TEXT: text,
    FieldKind.LONG_TEXT: long_text,
    FieldKind.NUMBER: number,
    FieldKind.MINUTES: number,
    FieldKind.CENTS: cents,
    FieldKind.DAY: day,
    FieldKind.TIME: minutes,
}
"""The parser for each kind of field; a choice needs its labels (importing/base.py)."""
