"""How dates, times, numbers and amounts are written in Dutch (Flanders) and English.

Babel's calendar and number data are loaded at first use, to keep start-up of the window fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

_NO_BREAK = "\N{NO-BREAK SPACE}"
_MOST_PERCENT = 1000


class Formats:
    """The formats of a language; `Language` adds the sentences."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._locale = "nl_BE" if code == "nl" else "en_GB"

    # Dates and times

    def day(self, day: date) -> str:
        """11 maart 2024"""
        return self._date(day, "d MMMM y")

    def day_short(self, day: date) -> str:
        """11-03-2024, also the format for typing"""
        return f"{day:%d-%m-%Y}"

    def day_month(self, day: date) -> str:
        """11 mrt"""
        return self._date(day, "d MMM").replace(".", "")

    def month(self, day: date) -> str:
        """maart 2024"""
        return self._date(day, "MMMM y")

    def weekday_date(self, day: date) -> str:
        """Maandag 11 maart 2024, for the start of a line"""
        words = self._date(day, "EEEE d MMMM y")
        return words[:1].upper() + words[1:]

    def weekday_day(self, day: date) -> str:
        """dinsdag 12 maart"""
        return self._date(day, "EEEE d MMMM")

    def weekday_short(self, day: date) -> str:
        """ma"""
        return self._date(day, "EEE").replace(".", "")

    def clock(self, moment: time | datetime) -> str:
        """14:02"""
        return f"{moment:%H:%M}"

    def duration(self, minutes: int) -> str:
        """2 u 30, or 45 min"""
        hours, rest = divmod(minutes, 60)
        unit = "u" if self.code == "nl" else "h"
        if not hours:
            return f"{rest}{_NO_BREAK}min"
        return f"{self.number(hours)}{_NO_BREAK}{unit}" + (f"{_NO_BREAK}{rest:02d}" if rest else "")

    # Numbers and money

    def number(self, number: int | float) -> str:
        """1.450 in Dutch, 1,450 in English"""
        from babel.numbers import format_decimal

        return str(format_decimal(number, locale=self._locale))

    @property
    def decimal_sign(self) -> str:
        """The decimal separator: a comma in Dutch, a point in English."""
        return "," if self.code == "nl" else "."

    def money(self, cents: int) -> str:
        """€ 87.000, or € 72,50 if there are cents; the amount is in integer cents"""
        from babel.numbers import format_decimal

        pattern = "#,##0" if cents % 100 == 0 else "#,##0.00"
        sign = "-" if cents < 0 else ""
        gap = _NO_BREAK if self.code == "nl" else ""
        return f"{sign}€{gap}{format_decimal(abs(cents) / 100, pattern, locale=self._locale)}"

    def percent(self, part: int, whole: int) -> str:
        """77 % of `whole`, rounded down so that 99.6 % is never shown as reached; a dash if `whole` is 0.

        Less than nothing is 0 %, and beyond ten times the whole no number says more.
        """
        if whole == 0:
            return "–"
        gap = _NO_BREAK if self.code == "nl" else ""
        share = max(part * 100 // whole, 0)
        return f"> {self.number(_MOST_PERCENT)}{gap}%" if share > _MOST_PERCENT else f"{self.number(share)}{gap}%"

    def listing(self, words: Sequence[str]) -> str:
        """a, b en c"""
        if len(words) < 2:
            return "".join(words)
        last = "en" if self.code == "nl" else "and"
        return f"{', '.join(words[:-1])} {last} {words[-1]}"

    def _date(self, day: date, pattern: str) -> str:
        from babel.dates import format_date

        return str(format_date(day, pattern, locale=self._locale))
