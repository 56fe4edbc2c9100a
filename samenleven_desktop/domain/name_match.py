"""The one matcher of choosers, filters and the search box: beginnings before middles, and typing errors forgiven.

Texts are compared as their words (domain/comparison.py), so that case, accents, hyphens and quotes make no difference.
What fits as typed always goes before what only resembles it, and is shown alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import TypeVar

from samenleven_desktop.domain.comparison import tokens

T = TypeVar("T")
_ONE_ERROR, _TWO_ERRORS = 4, 8
"""The length of a typed word from which it may have one error, and two."""


class Fit(IntEnum):
    """How a name fits what was typed, the best first."""

    SAME = 0
    BEGINS = 1
    WORD_BEGINS = 2
    INSIDE = 3
    BESIDE = 4
    """Found in what stands beside the name, such as a code or a note."""


def fit(words: str, name: str, beside: str = "") -> Fit | None:
    """Returns how a name fits the typed words; None if it does not. No words fit everything."""
    return _fit(tokens(words), tokens(name), beside)


def _fit(sought: list[str], own: list[str], beside: str) -> Fit | None:
    asked, named = " ".join(sought), " ".join(own)
    if asked == named:
        return Fit.SAME
    if named.startswith(asked) or named.replace(" ", "").startswith(asked.replace(" ", "")):
        return Fit.BEGINS
    if all(any(word.startswith(one) for word in own) for one in sought):
        return Fit.WORD_BEGINS
    if all(one in named for one in sought) or asked.replace(" ", "") in named.replace(" ", ""):
        return Fit.INSIDE
    known = f"{named} {' '.join(tokens(beside))}"
    return Fit.BESIDE if all(one in known for one in sought) else None


def errors(words: str, name: str) -> int | None:
    """Returns with how many typing errors the words are the beginnings of words of a name; None if with too many."""
    return _errors(tokens(words), tokens(name))


def _errors(sought: list[str], own: list[str]) -> int | None:
    if not sought:
        return None
    sought, own = _as_heard(sought), _as_heard(own)
    together = _apart("".join(sought), "".join(own))
    total = 0
    for one in sought:
        least = min((made for word in own if (made := _apart(one, word)) is not None), default=None)
        if least is None:
            return together
        total += least
    return total if together is None else min(total, together)


def ranked(
    items: Iterable[T], words: str, name: Callable[[T], str], beside: Callable[[T], str] | None = None
) -> list[T]:
    """Returns the items that fit, the best first; if none does, those that do with a few typing errors.

    Equally good items keep their order.
    """
    sought = tokens(words)
    if not sought:
        return list(items) if not words.strip() else []
    known = [(one, tokens(name(one))) for one in items]
    fits = [(_fit(sought, own, beside(one) if beside is not None else ""), one) for one, own in known]
    found = sorted(((how, one) for how, one in fits if how is not None), key=lambda pair: pair[0])
    if found:
        return [one for _, one in found]
    near = [(made, one) for one, own in known if (made := _errors(sought, own)) is not None]
    return [one for _, one in sorted(near, key=lambda pair: pair[0])]


def _as_heard(words: list[str]) -> list[str]:
    """Writes ij as y: Kortryk and Nylen are no errors of more than one letter."""
    return [one.replace("ij", "y") for one in words]


def _apart(typed: str, word: str) -> int | None:
    """Returns how many errors make `typed` of a beginning of `word`: letters too much, too few, other ones or swapped.

    None if there are more than a word of this length may have.
    """
    most = 2 if len(typed) >= _TWO_ERRORS else 1 if len(typed) >= _ONE_ERROR else 0
    if word.startswith(typed):
        return 0
    if not most or len(typed) - len(word) > most:
        return None
    word = word[: len(typed) + most]
    before: list[int] = []
    row = list(range(len(word) + 1))
    for place, letter in enumerate(typed, 1):
        earlier, before, row = before, row, [place]
        for at, other in enumerate(word, 1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != other))
            if place > 1 and at > 1 and letter == word[at - 2] and typed[place - 2] == other:
                cost = min(cost, earlier[at - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    least = min(row)
    return least if least <= most else None
