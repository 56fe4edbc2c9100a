"""Parses typed dates, times, numbers and amounts; raises UserError with a clear sentence for invalid input."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.record_fields import FieldKind, RecordField

BAD_DATE = N_("Type a date as day-month-year, for instance {example}.")
BAD_TIME = N_("Type a time as 13:30.")
BAD_NUMBER = N_("Type a whole number, for instance {example}.")
BAD_AMOUNT = N_("Type an amount in euro, for instance {example}.")
NOT_WHOLE = N_("Type a whole number, 0 or more.")
NOT_AMOUNT = N_("Type an amount of 0 or more, for instance {example}.")

_LONGEST_NUMBER = 20
_SPACES = re.compile(r"[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\t ]+")
_AMOUNT = re.compile(
    r"(?P<before>€ ?)?(?P<minus>-?) ?(?P<after>€ ?)?"
    r"(?P<whole>\d+|[1-9]\d{0,2}(?:(?P<group>[., ])\d{3})(?:(?P=group)\d{3})*)"
    r"(?:(?P<point>[.,])(?P<cents>\d{1,2}))?(?P<end> ?€)?"
)


def read_date(words: str, today: date, field: str) -> date:
    """Parses 11-03-2024, 11/3/2024, 11.3.24, or 11-3 (in the year of `today`). Raises UserError."""
    found = re.fullmatch(r"\s*(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{2}|\d{4}))?\s*", words)
    if found:
        day, month, year = found.groups()
        full = today.year if year is None else int(year) + (2000 if len(year) == 2 else 0)
        try:
            return date(full, int(month), int(day))
        except ValueError:
            pass
    raise UserError(BAD_DATE, field=field, example=f"{today:%d-%m-%Y}")


def read_time(words: str, field: str) -> int:
    """Parses 13:30, 13.30, 13u30, 13u, 1330 or 13 as minutes since midnight. Raises UserError."""
    found = re.fullmatch(r"\s*(\d{1,2})(?:\s*[:.uUhH]\s*(\d{2})?|(\d{2}))?\s*", words)
    if found:
        hour, minute = int(found.group(1)), int(found.group(2) or found.group(3) or 0)
        if hour < 24 and minute < 60:
            return hour * 60 + minute
    raise UserError(BAD_TIME, field=field)


def read_number(words: str, field: str, *, negative: bool = True) -> int:
    """Parses 1450, 1.450 or 1 450 as a whole number; accepts a leading minus if `negative`. Raises UserError."""
    tidy = words.strip().replace("\N{NO-BREAK SPACE}", " ")
    if len(tidy) <= _LONGEST_NUMBER and re.fullmatch(r"-?\d+|-?\d{1,3}(?:[. ]\d{3})+", tidy):
        number = int(re.sub(r"[. ]", "", tidy))
        if number < 0 and not negative:
            raise UserError(NOT_WHOLE, field=field)
        return number
    raise UserError(BAD_NUMBER, field=field, example="1450")


def read_money(words: str, field: str, decimal: str = ",", *, negative: bool = True) -> int:
    """Parses 1.450,50, 1450.5 or € 1 450 as integer cents. Raises UserError for letters or more than two decimals.

    `decimal` is the decimal separator of the language. It decides the meaning of a single point or comma before three
    digits: 1.450 is more than a thousand in Flanders, as 1,450 is in English.
    """
    example = "1.440,50" if decimal == "," else "1,440.50"
    found = _AMOUNT.fullmatch(_SPACES.sub(" ", words.strip()).replace("\N{MINUS SIGN}", "-"))
    if found and len(words) <= 2 * _LONGEST_NUMBER:
        part = found.groupdict()
        digits = re.sub(r"\D", "", part["whole"])
        one_group = len(digits) < 7 and part["group"] == decimal and not part["point"]
        signs = [part[name] for name in ("before", "after", "end") if part[name]]
        if not one_group and (not part["point"] or part["group"] != part["point"]) and len(signs) < 2:
            cents = int(digits) * 100 + int((part["cents"] or "").ljust(2, "0"))
            if part["minus"] and cents and not negative:
                raise UserError(NOT_AMOUNT, field=field, example=example)
            return -cents if part["minus"] else cents
    raise UserError(BAD_AMOUNT, field=field, example=example)


def read_amount(words: str, field: str) -> int:
    """Parses an amount of zero or more as integer cents. Raises UserError."""
    return read_money(words, field, negative=False)


def read_field(field: RecordField, words: str, today: date, where: str = "") -> Any:
    """Parses the input for a declared field; returns its `empty` value if there is none. Raises UserError."""
    where, tidy = where or field.key, words.strip()
    if field.is_text:
        return words if field.empty == "" else tidy or field.empty
    if not tidy and not field.required:
        return field.empty
    match field.kind:
        case FieldKind.DAY:
            return read_date(words, today, where)
        case FieldKind.TIME:
            return read_time(words, where)
        case FieldKind.CENTS:
            return read_amount(words, where)
        case FieldKind.HOURS:
            return read_number(words, where) * 60
    return read_number(words, where)
