"""A passphrase is judged by length, common choices and repetition; only one that is too short is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.domain.passphrase import SHORTEST, Strength, judge


@pytest.mark.parametrize(
    ("passphrase", "wanted"),
    [
        ("kort", Strength.TOO_SHORT),
        ("wachtwoord", Strength.COMMON),
        ("Wachtwoord1!", Strength.COMMON),
        ("W3lkom2026", Strength.COMMON),
        ("P@ssword", Strength.COMMON),
        ("aaaaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("1234567890123", Strength.WEAK),
        ("azertyuiopqsdf", Strength.WEAK),
        ("abcabcabcabcabcabcabc", Strength.WEAK),
        ("fietspad", Strength.WEAK),
        ("twee paarden", Strength.WEAK),
        ("Tr0ub4dor&3", Strength.FAIR),
        ("fietspad en koffie", Strength.FAIR),
        ("een lange zin om te testen", Strength.STRONG),
        ("de kat slaapt op het dak van de bib", Strength.STRONG),
    ],
)
def test_what_people_choose(passphrase: str, wanted: Strength) -> None:
    assert judge(passphrase) is wanted


@given(st.text(max_size=60))
def test_every_text_is_judged_and_only_a_short_one_refused(passphrase: str) -> None:
    assert (judge(passphrase) is Strength.TOO_SHORT) == (len(passphrase) < SHORTEST)
