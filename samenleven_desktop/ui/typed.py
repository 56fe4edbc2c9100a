"""What a person types, read as dates, times and numbers, with a clear sentence when it cannot be."""

from __future__ import annotations

import re
from datetime import date

from samenleven_desktop.domain.errors import N_, UserError

BAD_DATE = N_("Type a date as day-month-year, for instance {example}.")
BAD_TIME = N_("Type a time as 13:30.")
BAD_AMOUNT = N_("Type an amount in euro, for instance {example}.")
BAD_NUMBER = N_("Type a whole number, for instance {example}.")


def read_date(words: str, today: date, field: str) -> date:
    """11-03-2024, 11/3/2024, 11.3.24, or 11-3 in the year of today. Raises UserError."""
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
    """13:30, 13.30, 13u30, 13u, 1330 or 13 as minutes since midnight. Raises UserError."""
    found = re.fullmatch(r"\s*(\d{1,2})(?:\s*[:.uUhH]\s*(\d{2})?|(\d{2}))?\s*", words)
    if found:
        hour, minute = int(found.group(1)), int(found.group(2) or found.group(3) or 0)
        if hour < 24 and minute < 60:
            return hour * 60 + minute
    raise UserError(BAD_TIME, field=field)


def read_number(words: str, field: str) -> int:
    """1450, 1.450 or 1 450 as a whole number; a leading minus is understood. Raises UserError."""
    tidy = words.strip().replace("\N{NO-BREAK SPACE}", " ")
    if re.fullmatch(r"-?\d+|-?\d{1,3}(?:[. ]\d{3})+", tidy):
        return int(re.sub(r"[. ]", "", tidy))
    raise UserError(BAD_NUMBER, field=field, example="1450")


def read_amount(words: str, field: str) -> int:
    """1.440,50, 1440,5, 1440.50, € 1 440 or 1.440 (thousands, as it is written here) as cents. Raises UserError."""
    tidy = re.sub(r"[\s€\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", "", words)
    found = re.fullmatch(
        r"(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}))?|(\d+)\.(\d{1,2})|(\d{1,3}(?:,\d{3})+)\.(\d{2})", tidy
    )
    if found is None:
        raise UserError(BAD_AMOUNT, field=field, example="1.440,50")
    whole = found.group(1) or found.group(3) or found.group(5)
    cents = found.group(2) or found.group(4) or found.group(6) or ""
    return int(re.sub(r"[.,]", "", whole)) * 100 + int(cents.ljust(2, "0"))


def read_optional_amount(words: str, field: str) -> int | None:
    """Nothing typed is no amount."""
    return read_amount(words, field) if words.strip() else None


def read_optional_number(words: str, field: str) -> int | None:
    """Nothing typed is no number."""
    return read_number(words, field) if words.strip() else None


def read_optional_date(words: str, today: date, field: str) -> date | None:
    """Nothing typed is no date."""
    return read_date(words, today, field) if words.strip() else None
