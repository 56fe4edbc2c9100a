"""The one folding for comparing texts: search, filters, choosers, duplicates, matching in imports, and erasing.

Folded are compatibility forms, case, accents, letters with a plain form (ı ł ø đ æ œ ß), quotes, hyphens, spaces and
digits of other scripts; invisible signs and noncharacters disappear. Each sign is folded by itself, so that composed
and decomposed texts become equal and a place in the folded text leads back to its place in the original.
Stored texts are never changed by this.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

_PLAIN = {
    "ı": "i", "ȷ": "j", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ŋ": "n", "ĸ": "k", "ə": "e",
}  # fmt: skip
_QUOTES = dict.fromkeys(
    "`\u00b4\u2018\u2019\u201a\u201b\u2032\u2035\u02b9\u02bb\u02bc\u02bd\u02c8\u055a\u05f3\u2039\u203a\uff07\ua78c\u07f4\u1fbd\u1fbf\u1ffd\u1ffe",
    "'",
) | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\u301d\u301e\u301f\uff02\u02ba\u05f4\u02ee", '"')
_HYPHENS = "\u2212\u2043\u02d7\u05be"
_IGNORED = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef\u0640]"
)
_WITH = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH ")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class Folded(NamedTuple):
    """A folded text, and for each of its signs the place of the original one; one place more for the end."""

    text: str
    places: range | list[int]


def fold(words: str) -> str:
    """Returns the form in which texts are compared, with single spaces."""
    return " ".join(fold_signs(words).split())


def letters(words: str) -> str:
    """Returns only the folded letters and digits: names with other quotes, hyphens or spaces are equal."""
    return "".join(filter(str.isalnum, fold(words)))


def fold_signs(words: str) -> str:
    """Folds sign by sign, without joining spaces."""
    return words.casefold().replace("`", "'") if _is_simple(words) else words.translate(_FOLDED)


def fold_with_places(words: str) -> Folded:
    """Folds sign by sign, and returns where each sign came from."""
    if _is_simple(words):
        return Folded(fold_signs(words), range(len(words) + 1))
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(words):
        made = _FOLDED[ord(sign)]
        signs.append(made)
        places += [place] * len(made)
    return Folded("".join(signs), [*places, len(words)])


def place_of(words: str, folded_place: int) -> int:
    """Returns where a sign of `fold_signs` came from, without the cost of all places where the lengths are equal."""
    if len(fold_signs(words[:folded_place])) == folded_place:
        return folded_place
    return fold_with_places(words).places[folded_place]


def folded_words(text: object) -> str:
    """Returns the words of a text as the search index keeps them; used by its triggers as an SQL function.

    Words consist of letters and digits. Each Han character is a word by itself, as no spaces separate them. A text of
    ASCII characters is returned as it is: the tokenizer of the index separates and folds it the same way.
    """
    if not isinstance(text, str):
        return ""
    return text if _is_simple(text) else text.translate(_WORDS)


def tokens(words: str) -> list[str]:
    """Returns the words of a question, folded and separated by the same function as those of the index."""
    return re.sub(r"[\x00-\x2f\x3a-\x60\x7b-\x7f]", " ", folded_words(words).casefold()).split()


def phone_digits(number: str) -> str:
    """Returns the digits by which phone numbers are compared: a Belgian one as at home (0470123456).

    `+32`, `0032` and `(0)` are left out; numbers of other countries keep their country without `+` and `00`.
    """
    plain = fold(number).replace("(0)", "")
    digits = re.sub(r"\D", "", plain)
    if plain.startswith("+"):
        digits = "00" + digits
    return re.sub(r"^0032(?=\d{6,})0?", "0", digits)


def _is_simple(words: str) -> bool:
    return words.isascii() and (words.isprintable() or _CONTROL.search(words) is None)


def _folded_sign(sign: str) -> str:
    if sign in _QUOTES:
        return _QUOTES[sign]
    # The iota below a Greek letter is a mark; case folding would make a letter of it.
    apart = unicodedata.normalize("NFKD", sign).replace("\u0345", "")
    made = unicodedata.normalize("NFKD", apart.casefold())
    plain = "".join(map(_plain_sign, made))
    # A vulgar fraction would otherwise join the number before it: 5½ is not 51/2.
    return f" {plain}" if unicodedata.decomposition(sign).startswith("<fraction>") else plain


def _plain_sign(sign: str) -> str:
    if sign in _QUOTES:
        return _QUOTES[sign]
    category = unicodedata.category(sign)
    if sign.isspace() or category[0] == "Z":
        return " "
    if unicodedata.combining(sign) or category in ("Cc", "Cf", "Cs") or _IGNORED.match(sign) or _is_noncharacter(sign):
        return ""
    if category == "Pd" or sign in _HYPHENS:
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if sign == "\u2044":
        return "/"
    base = _WITH.match(unicodedata.name(sign, "")) if category == "Ll" else None
    return base[1].lower() if base else _PLAIN.get(sign, sign)


def _is_noncharacter(sign: str) -> bool:
    return ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF


def _words_of_sign(sign: str) -> str:
    return "".join(
        f" {one} " if _HAN.match(one) else one if one.isalnum() or unicodedata.category(one)[0] in "MC" else " "
        for one in _folded_sign(sign)
    )


class _Table(dict[int, str]):
    """Maps a code point to its folded signs; filled on demand."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, code: int) -> str:
        self[code] = made = self._make(chr(code))
        return made


_FOLDED, _WORDS = _Table(_folded_sign), _Table(_words_of_sign)
