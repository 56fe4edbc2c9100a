"""The one way in for text: what is typed, pasted or imported, as it is stored.

Every form, grid, import and command line passes through `RecordField.tidy`, which uses this module. Texts that came in
earlier or by a pack are never changed: signatures cover their exact characters. Comparing is `domain.comparison`,
writing to files is `domain.text_output`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from samenleven_desktop.domain.text_output import LINE_ENDS, UNPRINTABLE

# Nothing in these needs a second look: ASCII without control characters, and composed letters of Latin-1.
_ORDINARY = re.compile("[\n\x20-\x7e\xa1-\xac\xae-\xff\u2018-\u201e\u20ac\u2013\u2014]*")
# Hidden hyphens, joins, tags and annotations: no script needs them. Thai, Lao, Burmese and Khmer part words by U+200B.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u180e\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    "|(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b"
)
_JOINERS = re.compile("(?:^|(?<=[\\x00-\u05ff\u1e00-\u2044]))[\u200c\u200d]+", re.MULTILINE)
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_OPENING, _POP, _OVERRIDES = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\u202c", "\u202d\u202e"
_ISOLATES, _POP_ISOLATE = "\u2066\u2067\u2068", "\u2069"
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


def long_text(words: str) -> str:
    """A text of several lines: composed, each line end one line feed, no blanks around it.

    Direction marks stay only in a text with letters written from right to left, and only in pairs; overrides go.
    """
    return words.strip() if _ORDINARY.fullmatch(words) else _settled(words, _long_text)


def line(words: str) -> str:
    """A name, title or address: as a text, on one line and without any invisible sign."""
    if words.isprintable() and _ORDINARY.fullmatch(words):
        return words.strip()
    return _settled(words, _line)


def compact(words: str) -> str:
    """A phone number, mail address, number, day or time: a line in which every space and hyphen is the plain one."""
    if words.isascii() and words.isprintable():
        return words.strip()
    return _settled(words, _compact)


def lines(words: str) -> str:
    """Text without control characters and noncharacters, each line end one line feed: what an editor is given to paste,
    as it makes line ends of some of them."""
    return LINE_ENDS.sub("\n", UNPRINTABLE.sub("", words))


def same_once_in(one: str, other: str) -> bool:
    """Returns whether two texts are the same once they have left the program and come back."""
    return one == other or long_text(one) == long_text(other)


def _settled(words: str, change: Callable[[str], str]) -> str:
    """Repeats a change until it changes nothing: a sign that goes may bring a letter and its accent together."""
    while (changed := change(words)) != words:
        words = changed
    return words


def _long_text(words: str) -> str:
    words = unicodedata.normalize("NFC", lines(words))
    words = _JOINERS.sub("", _INVISIBLE.sub("", words))
    if _DIRECTIONS.search(words):
        keep = _RIGHT_TO_LEFT.search(words) is not None
        words = "\n".join(map(_in_pairs, words.split("\n"))) if keep else _DIRECTIONS.sub("", words)
    return unicodedata.normalize("NFC", words.strip())


def _line(words: str) -> str:
    words = _HIDDEN.sub("", lines(words)).replace("\n", " ").replace("\t", " ")
    return unicodedata.normalize("NFC", words.strip())


def _compact(words: str) -> str:
    return _DASHES.sub("-", _SPACES.sub(" ", _line(words))).strip()


def _in_pairs(words: str) -> str:
    """Drops the direction signs of a line that are not closed or not opened on it, and every override."""
    kept: set[int] = set()
    opened: list[int] = []
    for place, sign in enumerate(words):
        if sign in _OPENING:
            opened.append(place)
        elif sign == _POP and opened and words[opened[-1]] not in _ISOLATES:
            first = opened.pop()
            if words[first] not in _OVERRIDES:
                kept |= {first, place}
        elif sign == _POP_ISOLATE and any(words[one] in _ISOLATES for one in opened):
            while words[opened[-1]] not in _ISOLATES:
                opened.pop()
            kept |= {opened.pop(), place}
    return "".join(
        sign
        for place, sign in enumerate(words)
        if place in kept or (sign not in _OPENING and sign not in (_POP, _POP_ISOLATE))
    )
