"""The one way in for text: composed, one kind of line end, nothing invisible where it does harm."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.fields import CONTACT, is_new
from samenleven_desktop.domain.text_output import printable
from samenleven_desktop.domain.typed_text import compact, line, long_text
from tests.text_samples import TEXTS

ENDS = ["\r\n", "\r", "\n", "\v", "\f", "\x85", "\u2028", "\u2029"]
HIDDEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u061c"


@pytest.mark.parametrize("end", ENDS)
def test_every_line_end_is_one_in_a_text_and_a_space_in_a_name(end: str) -> None:
    assert long_text(f"punt een{end}punt twee{end}") == "punt een\npunt twee"
    assert line(f"Jan{end}Peeters{end}") == "Jan Peeters"


@pytest.mark.parametrize("sign", HIDDEN)
def test_no_invisible_sign_stays_in_a_name_a_number_or_an_address(sign: str) -> None:
    assert line(f"{sign}Zo{sign}ë{sign}") == "Zoë"
    assert CONTACT["email"].tidy(f"een@voorbeeld.be{sign}") == "een@voorbeeld.be"
    assert CONTACT["phone"].tidy(f"{sign}+32 470{sign} 12 34 56{sign}") == "+32 470 12 34 56"


@pytest.mark.parametrize("sign", HIDDEN.replace("\u200c", "").replace("\u200d", ""))
def test_a_text_without_right_to_left_letters_needs_no_direction(sign: str) -> None:
    assert long_text(f"op {sign}11/{sign}03/2024{sign}") == "op 11/03/2024"


def test_texts_in_arabic_hebrew_and_emoji_keep_what_they_need() -> None:
    kept = [
        "שלום\u200f (\u2067עברית\u2069)",
        "\u202bمرحبا\u202c 2024",
        "می\u200cخواهم",
        "👩\u200d👧 kwamen mee",
        "สวัสดี\u200bครับ",
    ]
    assert [long_text(one) for one in kept] == kept


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("שלום \u202etxet\u202c", "שלום txet"),
        ("שלום \u2067open\nnog", "שלום open\nnog"),
        ("שלום dicht\u2069 \u202c", "שלום dicht"),
        ("שלום \u2067a \u202bb\u2069", "שלום \u2067a b\u2069"),
    ],
)
def test_an_override_goes_and_a_direction_is_closed_on_its_line(typed: str, stored: str) -> None:
    assert long_text(typed) == stored


def test_quotes_and_hyphens_stay_as_typed_but_in_a_number() -> None:
    assert line("Zoë D’Hondt\u2011Maes – “vzw”") == "Zoë D’Hondt\u2011Maes – “vzw”"
    assert long_text("10\u00a0000\u202feuro") == "10\u00a0000\u202feuro"
    assert compact("0470\u00a012\u201134\u201356") == "0470 12-34-56"


def test_accents_are_composed_also_around_a_sign_that_goes() -> None:
    assert line("Zoe\u0308, Rene\u00ad\u0301e") == long_text("Zoe\u0308, Rene\u00ad\u0301e") == "Zoë, Renée"


@given(TEXTS)
def test_any_text_becomes_one_that_stays_the_same_in_and_out(words: str) -> None:
    for tidy in (line, long_text, compact):
        stored = tidy(words)
        stored.encode()
        assert tidy(stored) == stored == unicodedata.normalize("NFC", stored) == stored.strip()
        assert printable(stored) == stored
        allowed = "\n\t" if tidy is long_text else ""
        assert all(one in allowed or unicodedata.category(one) not in ("Cc", "Cs") for one in stored)
        assert not set(stored) & {"\u202d", "\u202e", "\u00ad", "\ufeff"}
    assert not set(line(words)) & set(HIDDEN)
    assert fold(line(words)) == fold(long_text(words).replace("\n", " "))


def test_an_old_text_saved_again_is_no_change() -> None:
    old = "  punt een\r\npunt\u200b twee "
    assert not is_new("support_session", "report", old, long_text(old))
    assert is_new("support_session", "report", old, "punt een")
    assert is_new("contact", "email", "een@voorbeeld.be\u200b", "een@voorbeeld.be")
