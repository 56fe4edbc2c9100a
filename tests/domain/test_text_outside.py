"""Text outside the program: composed, with one kind of line end, harmless on a terminal, in the order people expect."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given

from samenleven_desktop.domain.text_output import in_json, on_terminal, printable, sort_key
from tests.text_samples import TEXTS


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_line_end_is_one(end: str) -> None:
    assert printable(f"punt een{end}punt twee") == "punt een\npunt twee"


def test_accents_are_composed_and_noncharacters_gone() -> None:
    assert printable("Zoe\u0308, Rene\u0301e \ufffe\uffff\ufdd0\U0001ffff\ud800\x07\x9b") == "Zoë, Renée "
    assert printable("10\u00a0000\u202feuro \u2066שלום\u2069") == "10\u00a0000\u202feuro \u2066שלום\u2069"


@given(TEXTS)
def test_printable_text_can_be_written_anywhere_and_stays_the_same(words: str) -> None:
    shown = printable(words)
    shown.encode()
    assert printable(shown) == shown == unicodedata.normalize("NFC", shown)
    assert all(one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs") for one in shown)


@given(TEXTS)
def test_a_terminal_gets_nothing_that_moves_or_reverses(words: str) -> None:
    for sign in on_terminal(words):
        kind = unicodedata.category(sign)
        assert sign in "\n\t" or kind != "Cc"
        assert unicodedata.bidirectional(sign) not in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    document = json.dumps({"a": words}, ensure_ascii=False)
    assert json.loads(in_json(document)) == json.loads(document)
    assert not set(in_json(document)) & set("\x9b\x9d\x7f\u202e\u2066\u200f\u2028\ud800")


def test_lists_sort_as_people_do() -> None:
    wanted = [
        "2 scholen",
        "10 scholen",
        "Åby",
        "Ieper",
        "Łódź 2",
        "Lodz 10",
        "Oostende",
        "Øster 1",
        "Zele",
        "Zoë",
        "zon",
    ]
    assert sorted(set(wanted), key=sort_key) == wanted
    numbers = [str(10**n) for n in range(40)]
    assert sorted(sorted(numbers), key=sort_key) == numbers
