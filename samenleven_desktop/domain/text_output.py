"""Text as it leaves the program: on paper, in files, on a terminal, and in the order of a list.

What is stored does not change. Comparing texts is `domain.comparison`.
"""

from __future__ import annotations

import re
import unicodedata

from samenleven_desktop.domain.comparison import fold_signs

# Word, Excel and the web end a line in many ways.
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Noncharacters and halves of surrogate pairs: no file format holds them.
NO_CHARACTERS = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}-{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
UNPRINTABLE = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f{NO_CHARACTERS}]")
# Format characters that reverse or hide what follows; joiners stay, scripts and emoji need them.
_DIRECTIONS = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_STEERING = re.compile(f"[{_DIRECTIONS}]")
_ESCAPED_IN_JSON = re.compile(f"[\x7f-\x9f\u2028\u2029{NO_CHARACTERS}{_DIRECTIONS}]")
_DIGITS = re.compile("[0-9]+")


def printable(text: str) -> str:
    """Text as it is shown outside the program, in a file or on paper: composed, lines end in a line feed.

    Control characters and noncharacters are left out; nothing else is.
    """
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", UNPRINTABLE.sub("", LINE_ENDS.sub("\n", text)))


def on_terminal(text: str) -> str:
    """Printable text without the characters that reverse or hide text; spaces are plain ones, so that it is found."""
    if text.isascii() and text.isprintable():
        return text
    return _STEERING.sub("", printable(text)).translate({0xA0: " ", 0x202F: " ", 0x2007: " "})


def in_json(document: str) -> str:
    """A JSON document in which control and direction characters are escaped, for a terminal."""

    def escaped(found: re.Match[str]) -> str:
        units = found[0].encode("utf-16-be", "surrogatepass").hex()
        return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))

    return _ESCAPED_IN_JSON.sub(escaped, document)


def sort_key(text: str) -> str:
    """The order of a list as people read it: accents and letters such as ø beside their plain ones, numbers by value.

    A number is preceded by its length, in digits, so that 2 comes before 10.
    """
    return _DIGITS.sub(_by_value, fold_signs(text).strip())


def _by_value(found: re.Match[str]) -> str:
    value = found[0].lstrip("0")
    size = len(value)
    return f"{size}{value}" if size < 9 else f"{'9' * (size // 9)}{size % 9}{value}"
