"""The one folding: equal for composed and decomposed texts, with places in the original, the same for the index."""

from __future__ import annotations

import unicodedata

import pytest
import sqlcipher3.dbapi2 as driver
from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.domain.comparison import (
    fold,
    fold_signs,
    fold_with_places,
    folded_words,
    letters,
    phone_digits,
    place_of,
    tokens,
)

TROUBLE = (
    "ıłøđæœßﬁĳ²½´`’‘“”–‑−\u00ad\u200b\u200d\u2060\ufeff\ufffe\u202a\u202c\u00a0\u202f\u2028\u0308\u0301йїأ김東मि\x02\n_"
)
ANY = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(TROUBLE), st.sampled_from("aé B1'-")),
    max_size=40,
)


@given(ANY)
def test_composed_and_decomposed_are_equal_and_folding_twice_changes_nothing(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert fold(fold(text)) == fold(text)
    assert tokens(fold(text)) == tokens(text)


@given(ANY)
def test_each_folded_sign_leads_back_to_its_own(text: str) -> None:
    folded = fold_with_places(text)
    assert folded.text == fold_signs(text)
    assert len(folded.places) == len(folded.text) + 1
    assert list(folded.places) == sorted(folded.places)
    for at, sign in enumerate(folded.text):
        own = fold_signs(text[folded.places[at]])
        assert sign in own or (sign + own).isspace()
        near = place_of(text, at)
        assert fold_signs(text[near : folded.places[at]]) == ""


@given(ANY)
def test_the_tokenizer_of_the_index_separates_as_the_question_does(text: str) -> None:
    index = driver.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE texts USING fts5(words, tokenize='ascii')")
    index.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab('texts', 'instance')")
    index.execute("INSERT INTO texts (words) VALUES (?)", (folded_words(text),))
    kept = [row[0] for row in index.execute("SELECT term FROM vocabulary ORDER BY offset")]
    index.close()
    assert kept == tokens(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yıldız", "yildiz"), ("ŁUKASZ", "lukasz"), ("Søren", "soren"), ("Đorđe", "djordje".replace("dj", "d")),
        ("Großmann", "GROSSMANN"), ("ﬁnanciering", "financiering"), ("Ĳzer", "ijzer"), ("m²", "m2"), ("cœur", "coeur"),
        ("Zoë D’Hondt‑Maes", "zoe d'hondt-maes"), ("inte\u00adgratie", "integratie"), ("a\u00a0 b", "A B"),
        ("„citaat”", '"citaat"'), ("٠٤٧٠", "0470"), ("５½", "5 1/2"), ("\u202aab\u202c", "ab"), ("İ", "i"),
    ],
)  # fmt: skip
def test_what_is_compared_as_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_names_are_compared_by_letters_and_numbers_by_digits() -> None:
    assert letters("D’Hondt - Maes") == letters("dhondt‑maes")
    assert phone_digits("+32 (0)470‑12 34 56") == phone_digits("0470/12.34.56")
    assert phone_digits("+31 6 12 34 56 78") != phone_digits("0612345678")
