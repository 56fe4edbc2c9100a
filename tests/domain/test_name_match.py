"""Beginnings before middles, accents and hyphens folded, typing errors forgiven only where nothing fits as typed."""

from __future__ import annotations

import pytest

from samenleven_desktop.domain.name_match import Fit, errors, fit, ranked

NAMES = ["Maasmechelen", "Sint-Katelijne-Waver", "Mechelen", "Machelen", "Heist-op-den-Berg", "Sint-Truiden", "Genk"]


def found(words: str) -> list[str]:
    return ranked(NAMES, words, str)


def test_a_beginning_comes_before_a_middle() -> None:
    assert found("mechelen") == ["Mechelen", "Maasmechelen"]
    assert found("mech") == ["Mechelen", "Maasmechelen"]
    assert found("waver") == ["Sint-Katelijne-Waver"]
    assert found("berg heist") == ["Heist-op-den-Berg"]
    assert found("katelijnewaver") == ["Sint-Katelijne-Waver"]


def test_accents_hyphens_and_spaces_make_no_difference() -> None:
    assert found("heist op den berg") == found("Heistopdenberg") == found("HEIST-OP DEN BERG") == ["Heist-op-den-Berg"]
    assert ranked(["Coördinator"], "coordin", str) == ["Coördinator"]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("mechlen", "Mechelen"),
        ("mehcelen", "Mechelen"),
        ("meecchelen", "Mechelen"),
        ("gemk", "Genk"),
        ("sint katelyne waver", "Sint-Katelijne-Waver"),
        ("sint truidne", "Sint-Truiden"),
        ("katelijn wvaer", "Sint-Katelijne-Waver"),
        ("heits op den berg", "Heist-op-den-Berg"),
    ],
)
def test_typing_errors_are_forgiven(typed: str, wanted: str) -> None:
    assert found(typed)[0] == wanted


def test_what_fits_as_typed_is_shown_alone() -> None:
    assert found("machelen") == ["Machelen"], "Mechelen resembles it"
    assert found("gen") == ["Genk"]
    assert found("gxn") == [], "a short word may have no error"
    assert found("qqqzzz") == []


def test_no_words_keep_all_and_signs_alone_keep_none() -> None:
    assert found("  ") == NAMES
    assert found("--") == []


def test_what_stands_beside_a_name_counts_least() -> None:
    rows = [("Asse", "bij Mechelen"), ("Mechelen", "12025")]
    assert ranked(rows, "mechelen", lambda row: row[0], lambda row: row[1])[0][0] == "Mechelen"
    assert ranked(rows, "12025", lambda row: row[0], lambda row: row[1]) == [rows[1]]
    assert fit("mechelen", "Asse", "bij Mechelen") is Fit.BESIDE
    assert fit("x", "Asse") is None
    assert fit("asse", "Asse") is Fit.SAME


def test_errors_are_counted() -> None:
    assert errors("mechelen", "Mechelen") == 0
    assert errors("mechlen", "Mechelen") == 1
    assert errors("maasmechlne", "Maasmechelen") == 2
    assert errors("abcdefgh", "Mechelen") is None
    assert errors("", "Mechelen") is None
