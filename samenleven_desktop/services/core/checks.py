"""Checks that several commands share: numbers, amounts, periods, words. Each names the field it is about."""

from __future__ import annotations

from datetime import date

from samenleven_desktop.domain.errors import N_, UserError

NOT_WHOLE = N_("Type a whole number, 0 or more.")
END_BEFORE_START = N_("The end comes before the start.")
# A long report has some 20,000 characters; more is a document, pasted by mistake.
LONGEST_TEXT = 100_000
LONGEST_LINE = 500
# Beyond these nobody typed what was meant: a million euro for an offer, a hundred million people reached.
_MOST_CENTS, _MOST_UNITS = 100_000_000_000, 100_000_000


def check_number(value: object, field: str) -> None:
    """A whole number of units, 0 or more, or nothing."""
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_UNITS):
        raise UserError(NOT_WHOLE, field=field)


def check_amount(value: object, field: str) -> None:
    """An amount in cents, 0 or more, or nothing."""
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_CENTS):
        raise UserError(N_("Type an amount of 0 or more, for instance {example}."), field=field, example="1.440,00")


def check_period(first: object, last: object, field: str) -> None:
    """Both days included; either may be open."""
    if isinstance(first, date) and isinstance(last, date) and last < first:
        raise UserError(END_BEFORE_START, field=field)


def check_words(words: str, field: str, missing: str) -> str:
    """A title or a name without blanks around; `missing` says what to do where there is none."""
    tidy = words.strip()
    if not tidy:
        raise UserError(missing, field=field)
    return check_length(tidy, field, LONGEST_LINE)


def check_length(words: str, field: str, most: int = LONGEST_TEXT) -> str:
    """The same words, when they are not too long for what they are meant for."""
    if len(words) > most:
        raise UserError(N_("This text is too long: at most {n} characters."), field=field, n=most)
    return words
