"""The search patterns for erasing a person from texts: names, addresses and numbers, compared by the one folding.

`SearchPattern` finds the whole name, address or number in any spelling that folds to the same (domain/comparison.py).
`SearchPattern.probable` finds what may be the person: part of the name, a near spelling, part of an address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from samenleven_desktop.domain.comparison import fold, fold_signs, fold_with_places, phone_digits

# Replaces a name, an address or a number in a text.
ERASED = "[gewist]"

_SHORTEST = 3
_SHORTEST_NEAR = 5
_FEWEST_DIGITS = 6
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_APART = re.compile(r"""([\s'"()\-._]+)""")
_GAP = r"""[\s'"()\-._]"""
_BETWEEN_DIGITS = r"[\s()./\-_·]*"
_AROUND = " '\"()-._,;"
_NUMBER = re.compile(r"(?:\+|\(\+)?\d[\d\s()./·-]{4,}\d")
# Scripts that write words without spaces, or endings against a name: a name is sought inside a word too.
_UNSPACED = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
_PARTICLES = frozenset(
    ["van", "de", "den", "der", "het", "t", "d", "da", "di", "du", "des", "del", "la", "le", "les", "von", "zu", "el"]
)


class SearchPattern:
    """The names of a person as one pattern; false if there are none."""

    def __init__(self, words: Iterable[str]) -> None:
        self.all = tuple(sorted({one.strip() for one in words if _is_long_enough(one)}))
        self._found = _compiled(pattern for one in self.all for pattern in _patterns(one))

    def __bool__(self) -> bool:
        return self._found is not None

    def probable(self) -> SearchPattern:
        """Returns the pattern of what may be these persons; to be asked of texts `without` the certain places."""
        made = SearchPattern(())
        made._found = _compiled(pattern for one in self.all for pattern in _probable_patterns(one))
        return made

    def found(self, text: str | None) -> tuple[int, int] | None:
        """Returns the place (first, end) of the first match in the text."""
        if self._found is None or not text or not self._found.search(fold_signs(text)):
            return None
        return next(self._places(text), None)

    def without(self, text: str) -> str:
        """Returns the text with the person's names replaced."""
        if self._found is None or not self._found.search(fold_signs(text)):
            return text
        parts, done = [], 0
        for first, end in self._places(text):
            parts += [text[done:first], ERASED]
            done = end
        return "".join(parts) + text[done:]

    def found_in_json(self, text: str | None) -> bool:
        """Returns whether a string of a JSON document names the person."""
        if self._found is None or not text:
            return False
        if "\\" not in text:
            return self.found(text) is not None
        return any(self.found(one) for one in strings_in(json.loads(text)))

    def without_in_json(self, text: str) -> str:
        """Returns a JSON document whose strings no longer name the person; unchanged if they did not."""
        if not self.found_in_json(text):
            return text
        return json.dumps(self._strings(json.loads(text)), ensure_ascii=False, separators=(",", ":"))

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        if self._found is None:
            return
        folded = fold_with_places(text)
        for match in self._found.finditer(folded.text):
            yield folded.places[match.start()], folded.places[match.end()]

    def _strings(self, value: object) -> object:
        if isinstance(value, str):
            return self.without(value)
        if isinstance(value, list):
            return [self._strings(one) for one in value]
        if isinstance(value, dict):
            return {key: self._strings(one) for key, one in value.items()}
        return value


def strings_in(value: object) -> Iterator[str]:
    """Yields the strings of a decoded JSON document, without its keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings_in(one)


def _is_long_enough(words: str) -> bool:
    folded = fold(words)
    if not folded.strip(_AROUND):
        return False
    return len(folded) >= _SHORTEST or bool(_UNSPACED.search(folded) and len(folded) > 1)


class _Alternative(NamedTuple):
    """A pattern, the signs it can start with, and whether it must be a word by itself."""

    pattern: str
    starts: str
    bounded: bool = True


def _compiled(found: Iterable[_Alternative]) -> re.Pattern[str] | None:
    """Joins the alternatives; addresses and long names first, as they can contain shorter ones.

    The possible first signs are tested before anything else: the search is seven times as fast.
    """
    ordered = sorted(set(found), key=lambda one: ("@" not in one.pattern, -len(one.pattern), one.pattern))
    if not ordered:
        return None
    starts = "".join(sorted({re.escape(sign) for one in ordered for sign in one.starts}))
    free = [one.pattern for one in ordered if not one.bounded]
    words = "|".join(one.pattern for one in ordered if one.bounded)
    return re.compile(
        f"(?=[{starts}])(?:" + "|".join([*free, *([f"{_BEFORE}(?:{words}){_AFTER}"] if words else [])]) + ")"
    )


def _patterns(words: str) -> Iterator[_Alternative]:
    folded = fold(words)
    for digits in map(phone_digits, _numbers(folded)):
        if len(digits) >= _FEWEST_DIGITS:
            yield _Alternative(_number_pattern(digits), "+03" + digits[0], bounded=False)
    if "@" in folded:
        yield _Alternative(r"\s*".join(map(re.escape, folded.split())), folded[0])
    elif re.search(r"[^\W\d_]", folded):
        yield _name(folded, any_gap=False)


def _probable_patterns(words: str) -> Iterator[_Alternative]:
    folded = fold(words)
    for digits in map(phone_digits, _numbers(folded)):
        if len(digits) >= _FEWEST_DIGITS:
            yield _Alternative(_BETWEEN_DIGITS.join(digits[-6:]), digits[-6])
    if "@" in folded:
        local = folded.partition("@")[0]
        if len(local) > _SHORTEST:
            yield _name(local, any_gap=True)
        return
    if not re.search(r"[^\W\d_]", folded):
        digits = re.sub(r"\D", "", folded)
        if len(digits) >= _SHORTEST:
            yield _Alternative(_BETWEEN_DIGITS.join(digits), digits[0])
        return
    yield _name(folded, any_gap=True)
    for part in re.split(r"[\s\-_()/,;\"]+", folded):
        letters = part.strip("'.")
        if letters and letters not in _PARTICLES and (len(letters) > 1 or _UNSPACED.search(letters)):
            yield _name(letters, any_gap=True)
            if len(letters) >= _SHORTEST_NEAR and letters.isalpha():
                yield _Alternative("|".join(_near(letters)), letters[0])


def _name(folded: str, *, any_gap: bool) -> _Alternative:
    bare = folded.strip(_AROUND)
    return _Alternative(_spaced(bare, any_gap=any_gap), bare[:1], not _UNSPACED.search(folded))


def _near(word: str) -> Iterator[str]:
    """Yields patterns of a word with one letter after the first missing, added or different, or two exchanged."""
    for place in range(1, len(word)):
        yield re.escape(word[:place]) + r"[^\W_]?" + re.escape(word[place + 1 :])
        yield re.escape(word[:place]) + r"[^\W_]" + re.escape(word[place:])
        if place > 1:
            yield re.escape(word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :])


def _spaced(folded: str, *, any_gap: bool) -> str:
    """Matches the words with other separators between them; a space stays a separator, an apostrophe may be absent."""
    pieces = _APART.split(folded)
    return "".join(
        re.escape(piece) if place % 2 == 0 else _GAP + ("+" if not any_gap and " " in piece else "*")
        for place, piece in enumerate(pieces)
    )


def _numbers(folded: str) -> Iterator[str]:
    for part in re.split(r"[;,&]|\s/\s|\s-\s", folded):
        yield from (match[0] for match in _NUMBER.finditer(part))


def _number_pattern(digits: str) -> str:
    """Matches a number with any grouping of its digits; a Belgian one also with the prefix of its country."""
    if digits.startswith("00"):
        rest = _BETWEEN_DIGITS.join(digits[2:])
        return rf"(?:\+|{_BEFORE}0{_BETWEEN_DIGITS}0){_BETWEEN_DIGITS}{rest}{_AFTER}"
    rest = _BETWEEN_DIGITS.join(digits[1:] if digits.startswith("0") else digits)
    if not digits.startswith("0"):
        return f"{_BEFORE}{rest}{_AFTER}"
    abroad = rf"(?:\+|{_BEFORE}(?:0{_BETWEEN_DIGITS}0{_BETWEEN_DIGITS})?)3{_BETWEEN_DIGITS}2{_BETWEEN_DIGITS}0?"
    return f"(?:{abroad}|{_BEFORE}0){_BETWEEN_DIGITS}{rest}{_AFTER}"
