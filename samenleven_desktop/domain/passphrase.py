"""Estimates the strength of a passphrase without a dictionary: length, common choices, keyboard rows, repetition.

Only the length is a rule; the rest is advice. Contains no user-visible text.
"""

from __future__ import annotations

from enum import StrEnum

SHORTEST = 8
_GOOD, _STRONG = 14, 20
_FEWEST_DIFFERENT = 6
# The most common leaked passwords in Dutch and English; appended digits or punctuation do not make them better.
_COMMON = frozenset(
    [
        "wachtwoord",
        "welkom",
        "geheim",
        "password",
        "passphrase",
        "qwerty",
        "azerty",
        "iloveyou",
        "letmein",
        "admin",
        "welcome",
        "monkey",
        "dragon",
        "football",
        "voetbal",
        "zomer",
        "winter",
        "lente",
        "herfst",
        "samenleven",
        "gemeente",
        "vlaanderen",
        "belgie",
        "belgium",
        "antwerpen",
        "brussel",
        "gent",
        "mechelen",
        "september",
        "oktober",
        "november",
        "december",
        "januari",
        "februari",
        "maandag",
        "vrijdag",
        "hallo",
        "goedendag",
        "liefde",
        "familie",
        "computer",
        "internet",
        "toegang",
        "test",
        "testen",
        "changeme",
        "sunshine",
        "princess",
        "superman",
        "batman",
        "pokemon",
    ]
)
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm", "zxcvbnm")
_LEET = str.maketrans("013457@$!", "oieastasi")


class Strength(StrEnum):
    """`too_short` is refused; `common` and `weak` are advised against; the others are good."""

    TOO_SHORT = "too_short"
    COMMON = "common"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


def judge(passphrase: str) -> Strength:
    """Returns the worst judgement that applies."""
    if len(passphrase) < SHORTEST:
        return Strength.TOO_SHORT
    plain = passphrase.casefold()
    if {_bare(plain), _bare(plain).translate(_LEET), _bare(plain.translate(_LEET))} & _COMMON:
        return Strength.COMMON
    weight = len(_without_runs(plain))
    if weight < _GOOD - 2 * (_kinds(passphrase) - 1) or len(set(plain)) < _FEWEST_DIFFERENT:
        return Strength.WEAK
    return Strength.STRONG if weight >= _STRONG else Strength.FAIR


def _bare(words: str) -> str:
    """Removes the digits and punctuation that people put around a word."""
    return words.strip("0123456789!?.,;:-_#@$%&*+= ")


def _without_runs(words: str) -> str:
    """Counts each run ("aaaa", "3456", "qwer") as two characters, and a repeated piece once."""
    for size in range(1, len(words) // 2 + 1):
        if words[:size] * (len(words) // size) == words[: size * (len(words) // size)]:
            words = words[: max(size, 2)]
            break
    kept = words[:2]
    for at in range(2, len(words)):
        piece = words[at - 2 : at + 1]
        run = len(set(piece)) == 1 or any(piece in row or piece[::-1] in row for row in _ROWS)
        kept += "" if run else words[at]
    return kept


def _kinds(words: str) -> int:
    """Returns the number of kinds of characters: lower case, upper case, digits, others (a space does not count)."""
    tests = (str.islower, str.isupper, str.isdigit, lambda one: not one.isalnum() and one != " ")
    return sum(any(test(one) for one in words) for test in tests)
