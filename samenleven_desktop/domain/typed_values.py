"""Parses days, times, numbers and amounts, in forms, grids and imports alike; one sentence for each kind of error.

Also the limits of days and times, for values that arrive as such: cells of a spreadsheet and JSON.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.field_declaration import FieldKind, RecordField, Toward
from samenleven_desktop.domain.typed_text import compact, long_text

BAD_DATE = N_("Type a date as day-month-year, for instance {example}.")
WITHOUT_YEAR = N_("Add the year, for instance {example}.")
BAD_YEAR = N_("Type a date from {first} to {last}.")
BAD_TIME = N_("Type a time from 0:00 to 24:00, for instance {example}.")
BAD_NUMBER = N_("Type a whole number, for instance {example}.")
BAD_AMOUNT = N_("Type an amount in euro, for instance {example}.")
NOT_WHOLE = N_("Type a whole number, 0 or more.")
NOT_AMOUNT = N_("Type an amount of 0 or more, for instance {example}.")

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
MINUTES_IN_DAY = 24 * 60
AMOUNT = "1.440,50"
_AMOUNTS: Mapping[str, str] = {",": AMOUNT, ".": "1,440.50"}
# Nothing longer is a number; Python refuses to parse thousands of digits.
_LONGEST_NUMBER = 20
_MIDNIGHT = r"(?:[T ]0{1,2}:00(?::00)?)?"
_DAY = re.compile(rf"(\d{{1,2}})[-/. ]\s?(\d{{1,2}})(?:[-/. ]\s?(\d{{4}}|\d{{2}}){_MIDNIGHT})?")
_ISO_DAY = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_MIDNIGHT}")
_MONTHS = (
    *("january januari", "february februari", "march maart mrt", "april", "may mei", "june juni", "july juli"),
    *("august augustus", "september sept", "october oktober okt", "november", "december"),
)
_MONTH_OF = {
    name: number
    for number, names in enumerate(_MONTHS, start=1)
    for one in names.split()
    for name in ((one, one[:3]) if one != "maart" else (one,))
}
_DAY_NAMES = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
)
_DAY_NAME = re.compile(rf"(?:{'|'.join(f'{one}|{one[:3]}|{one[:2]}' for one in _DAY_NAMES)})\.?,? ")
_YEAR = r"(?P<year>\d{4}|['’]?\d{2})"
_NAMED_DAY = re.compile(rf"(?P<day>\d{{1,2}})(?:e|de|ste|st|nd|rd|th)?[-. ]*(?P<month>[a-z]{{3,9}})(?:[-., ]*{_YEAR})?")
_MONTH_FIRST = re.compile(rf"(?P<month>[a-z]{{3,9}})[. ]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:(?:, ?| ){_YEAR})?")
_AHEAD, _BACK = timedelta(days=90), timedelta(days=30)
"""How far a day without a year may lie on the other side: a session is planned weeks ahead, an agreement noted late."""
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.uUhH]\s*(\d{2})?(?::00)?|(\d{2}))?")
_LENGTH = re.compile(r"(\d{1,2})\s*[:uUhH]\s*([0-5]\d)?|(\d{1,4})\s*min(?:uten|utes)?\.?")
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[. ]\d{3})+)(?:,0+)?")
_AMOUNT = re.compile(
    r"(?P<before>€ ?)?(?P<minus>-?) ?(?P<after>€ ?)?"
    r"(?P<whole>\d+|[1-9]\d{0,2}(?:(?P<group>[., ])\d{3})(?:(?P=group)\d{3})*)"
    r"(?:(?P<point>[.,])(?P<cents>\d{1,2}))?(?P<end> ?€)?"
)
_EURO = re.compile(r"(?i)euro?(?![a-z])")


def read_date(words: str, today: date, field: str, toward: Toward = Toward.PAST) -> date:
    """Parses 11-03-2024, 11/3/2024, 11.3.24, 2024-03-11, 11 maart 2024, March 11, 2024; also with the name of the day.

    Without a year, `toward` decides: what happened lies at most 90 days ahead of `today`, what is planned at most 30
    days behind it; with `Toward.NEITHER` the year must be typed. Raises UserError.
    """
    tidy = compact(words)
    day, month, year = _parts(tidy)
    try:
        if year is not None:
            return check_day(date(year, month, day), field)
        # Also without a direction: a day of no year at all is no day.
        if day and (nearest := _nearest(day, month, today, toward)) and toward is not Toward.NEITHER:
            return check_day(nearest, field)
    except ValueError:
        day = 0
    raise UserError(WITHOUT_YEAR if day else BAD_DATE, field=field, example=f"{today:%d-%m-%Y}")


def _parts(words: str) -> tuple[int, int, int | None]:
    """Returns day, month and year (None: not typed); 0 for a day that cannot be read."""
    if iso := _ISO_DAY.fullmatch(words):
        return int(iso[3]), int(iso[2]), int(iso[1])
    if found := _DAY.fullmatch(words):
        day, month, year = found.groups()
        return int(day), int(month), _full_year(year)
    folded = _DAY_NAME.sub("", fold(words), count=1)
    named = _NAMED_DAY.fullmatch(folded) or _MONTH_FIRST.fullmatch(folded)
    if named and named["month"] in _MONTH_OF:
        return int(named["day"]), _MONTH_OF[named["month"]], _full_year(named["year"])
    return 0, 0, None


def _full_year(words: str | None) -> int | None:
    if words is None:
        return None
    digits = words.lstrip("'’")
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _nearest(day: int, month: int, today: date, toward: Toward) -> date:
    """Raises ValueError if there is no such day."""
    # 29 February exists once in four years, or in eight around 2100.
    near = [found for year in range(today.year - 8, today.year + 9) if (found := _day_in(year, month, day))]
    if toward is Toward.FUTURE:
        near = [one for one in near if one >= today - _BACK]
        return min(near) if near else date(today.year, month, day)
    near = [one for one in near if one <= today + _AHEAD]
    return max(near) if near else date(today.year, month, day)


def _day_in(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def check_day(day: date, field: str) -> date:
    """Returns the day. Raises UserError for one that no record of this work can have."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise UserError(BAD_YEAR, field=field, first=f"{FIRST_DAY:%d-%m-%Y}", last=f"{LAST_DAY:%d-%m-%Y}")
    return day


def read_time(words: str, field: str) -> int:
    """Parses 13:30, 13.30, 13u30, 13u, 1330 or 13 as minutes since midnight, up to 24:00. Raises UserError."""
    found = _TIME.fullmatch(compact(words))
    if found:
        hour, minute = int(found[1]), int(found[2] or found[3] or 0)
        if minute < 60:
            return check_time(hour * 60 + minute, field)
    raise UserError(BAD_TIME, field=field, example="13:30")


def check_time(minute: int, field: str, most: int = MINUTES_IN_DAY) -> int:
    """Returns a time of day in minutes. Raises UserError for one before 0:00 or after 24:00, or after `most`."""
    if not 0 <= minute <= most:
        raise UserError(BAD_TIME, field=field, example="13:30")
    return minute


def read_number(words: str, field: str, *, negative: bool = True) -> int:
    """Parses 1450, 1.450 or 1 450 as a whole number; accepts a leading minus if `negative`. Raises UserError."""
    tidy = _on_one_line(words)
    if len(tidy) <= _LONGEST_NUMBER and _NUMBER.fullmatch(tidy):
        number = int(re.sub(r"[. ]", "", tidy.partition(",")[0]))
        if number < 0 and not negative:
            raise UserError(NOT_WHOLE, field=field)
        return number
    raise UserError(BAD_NUMBER, field=field, example="1450")


def read_minutes(words: str, field: str) -> int:
    """Parses a length in minutes: 90, 90 min, 1:30 or 1u30. Raises UserError."""
    found = _LENGTH.fullmatch(compact(words))
    if found is None:
        return read_number(words, field)
    return int(found[3]) if found[3] else int(found[1]) * 60 + int(found[2] or 0)


def read_money(words: str, field: str, decimal: str = ",", *, negative: bool = True) -> int:
    """Parses 1.450,50, 1450.5, € 1 450 or 1450 euro as integer cents. Raises UserError for other letters or more than
    two decimals.

    `decimal` is the decimal separator of the language. It decides the meaning of a single point or comma before three
    digits: 1.450 is more than a thousand in Flanders, as 1,450 is in English.
    """
    tidy = re.sub(" +", " ", _EURO.sub("€", _on_one_line(words)))
    found = _AMOUNT.fullmatch(tidy)
    if found and len(tidy) <= 2 * _LONGEST_NUMBER:
        part = found.groupdict()
        digits = re.sub(r"\D", "", part["whole"])
        one_group = len(digits) < 7 and part["group"] == decimal and not part["point"]
        signs = [part[name] for name in ("before", "after", "end") if part[name]]
        if not one_group and (not part["point"] or part["group"] != part["point"]) and len(signs) < 2:
            cents = int(digits) * 100 + int((part["cents"] or "").ljust(2, "0"))
            if part["minus"] and cents and not negative:
                raise UserError(NOT_AMOUNT, field=field, example=_AMOUNTS[decimal])
            return -cents if part["minus"] else cents
    raise UserError(BAD_AMOUNT, field=field, example=_AMOUNTS[decimal])


def read_amount(words: str, field: str) -> int:
    """Parses an amount of zero or more as integer cents. Raises UserError."""
    return read_money(words, field, negative=False)


def read_field(field: RecordField, words: str, today: date, where: str = "") -> Any:
    """Parses the input for a declared field; returns its `empty` value if there is none. Raises UserError."""
    where, tidy = where or field.key, field.tidy(words)
    if field.is_text:
        return tidy or field.empty
    if not tidy and not field.required:
        return field.empty
    match field.kind:
        case FieldKind.DAY:
            return read_date(words, today, where, field.toward)
        case FieldKind.TIME:
            return read_time(words, where)
        case FieldKind.CENTS:
            return read_amount(words, where)
        case FieldKind.HOURS:
            return read_number(words, where) * 60
        case FieldKind.MINUTES:
            return read_minutes(words, where)
    return read_number(words, where)


def _on_one_line(words: str) -> str:
    """Two numbers below each other are not one number; a line end makes them unreadable."""
    tidy = long_text(words)
    return "" if "\n" in tidy else compact(tidy)
