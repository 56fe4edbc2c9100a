"""Text, dates, numbers and money for the user, in Dutch (Flanders) or English.

The catalogue's message ids are English sentences with named values; `nl` is complete, `en` is the identity. Window,
reports and command line share this class; a report may use another language than the window. Babel's calendar and
number data are loaded at first use, to keep start-up of the window fast.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import cache, cached_property

from samenleven_desktop.domain.errors import N_, FileFaults, Phrase, SamenlevenError
from samenleven_desktop.domain.file_place import FilePlace
from samenleven_desktop.domain.sentences import filled
from samenleven_desktop.paths import resources_dir

LANGUAGES = ("nl", "en")

__all__ = ["LANGUAGES", "N_", "Language"]

_NO_BREAK = "\N{NO-BREAK SPACE}"
_MOST_PERCENT = 1000


class _Unknown(gettext.NullTranslations):
    """Says of a sentence that the catalogue lacks it."""

    def gettext(self, _message: str, /) -> str:
        return ""

    def ngettext(self, _one: str, _many: str, _n: int, /) -> str:
        return ""


@cache
def _known_sentences() -> gettext.NullTranslations:
    """The complete catalogue, by its English sentences."""
    found = gettext.translation("samenleven", resources_dir() / "translations", ["nl"])
    found.add_fallback(_Unknown())
    return found


class Language:
    """A display language; immutable, cheap to pass around."""

    def __init__(self, code: str = "nl") -> None:
        if code not in LANGUAGES:
            raise ValueError(f"no such language: {code}")
        self.code = code
        self._locale = "nl_BE" if code == "nl" else "en_GB"

    @cached_property
    def _catalogue(self) -> gettext.NullTranslations:
        return gettext.translation("samenleven", resources_dir() / "translations", [self.code], fallback=True)

    def text(self, message: str, /, **values: object) -> str:
        """Returns the sentence in this language, with its named values filled in."""
        translated = self._catalogue.gettext(message) if message else ""
        if translated == message:
            # A message with plural forms: gettext() of Python 3.11.2 does not find it, that of 3.11.7 does.
            translated = self._catalogue.ngettext(message, message, 1)
        return filled(translated, values) if values else translated

    def knows(self, message: str) -> bool:
        """Returns whether the catalogue has this sentence: then it is of the program, whoever sent it."""
        known = _known_sentences()
        return bool(message) and bool(known.gettext(message) or known.ngettext(message, message, 1))

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Returns the right form for `n`; `{n}` is replaced by the number in the format of this language."""
        return filled(self._catalogue.ngettext(one, many, n), {"n": self.number(n), **values})

    def error(self, error: SamenlevenError) -> str:
        """Returns the message of an error, with formatted dates and numbers; several faults on a line each."""
        if isinstance(error, FileFaults):
            return "\n".join(map(self.error, error.faults))
        return self.fault(error.message, error.values)

    def fault(self, sentence: str, values: Mapping[str, object]) -> str:
        """Returns a sentence about a value, with formatted dates and numbers."""
        return self.text(sentence, **{name: self.value(value) for name, value in values.items()})

    def value(self, value: object) -> str:
        """Formats a value inside a sentence: dates and numbers in this language, catalogue phrases translated."""
        if isinstance(value, Phrase):
            return self.fault(value.message, value.values)
        if isinstance(value, datetime):
            return f"{self.day(value.date())} {value:%H:%M}"
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return self.number(value)
        if isinstance(value, FilePlace):
            return value.words(self.text)
        return str(value)

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
