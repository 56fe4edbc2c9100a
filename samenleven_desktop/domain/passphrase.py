"""How good a passphrase is, judged without a dictionary: length, common choices, rows of keys, repetition.

Only the length is a rule; the rest is advice. Knows no words of a screen.
"""

from __future__ import annotations

from enum import StrEnum

SHORTEST = 8
_GOOD, _STRONG = 14, 20
_FEWEST_DIFFERENT = 6
# What leads the lists of passwords that leaked, in Dutch and English; with digits or a mark behind it no better.
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
    """The worst that can be said of it."""
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
    """Without the digits and marks that people put around a word."""
    return words.strip("0123456789!?.,;:-_#@$%&*+= ")


def _without_runs(words: str) -> str:
    """Each run ("aaaa", "3456", "qwer") counts as two characters, a repeated piece once."""
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
    """How many kinds of characters: small letters, capitals, digits, others (a space is none)."""
    tests = (str.islower, str.isupper, str.isdigit, lambda one: not one.isalnum() and one != " ")
    return sum(any(test(one) for one in words) for test in tests)
