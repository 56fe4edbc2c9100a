"""What is typed as money: as in Flanders, without letters, to the cent; and it survives being shown and read again."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.typed_values import read_money, read_number
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.models.column import ValueKind
from samenleven_desktop.ui.models.row_filter import value_words

cents = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("1.450,50", 145_050),
        ("1450.5", 145_050),
        ("1450,5", 145_050),
        ("€ 1 450", 145_000),
        ("€1.450", 145_000),
        ("1.450", 145_000),
        ("1.450 €", 145_000),
        ("12.345.678,90", 1_234_567_890),
        ("1,450.50", 145_050),
        ("1,234,567", 123_456_700),
        ("-12,5", -1250),
        ("-€ 87", -8700),
        ("€ -87", -8700),
        ("\N{MINUS SIGN}3", -300),
        ("1\N{NARROW NO-BREAK SPACE}450,05", 145_005),
        (" 0,05 ", 5),
        ("007", 700),
    ],
)
def test_amounts_as_they_are_typed(words: str, amount: int) -> None:
    assert read_money(words, "price") == amount


@pytest.mark.parametrize(
    "words",
    [
        *["", "€", "veel", "12 eurocent", "1.450,505", "1,455", "1450,", ",50", "1.45.50", "1.450.50", "1,2,3", "1 45"],
        *["0.450", "€ 5 €", "--5", "5-", "1e3", "1.450,50,00", "12\n13", "9" * 100],
    ],
)
def test_what_is_no_amount_gets_a_sentence_at_the_field(words: str) -> None:
    with pytest.raises(UserError, match="Type an amount in euro") as raised:
        read_money(words, "price")
    assert raised.value.field == "price"


def test_one_group_of_three_follows_the_language() -> None:
    assert read_money("1,450", "price", ".") == 145_000
    with pytest.raises(UserError, match=r"1,440\.50"):
        read_money("1.450", "price", ".")


@pytest.mark.parametrize("code", ["nl", "en"])
@given(cents)
def test_cents_survive_being_shown_and_read_again(code: str, amount: int) -> None:
    language = Language(code)
    assert read_money(language.money(amount), "price", language.decimal_sign) == amount
    assert read_money(value_words(amount, ValueKind.MONEY, language), "price", language.decimal_sign) == amount


@given(st.text(max_size=30))
def test_any_words_give_an_amount_or_a_sentence(words: str) -> None:
    for read in (read_money, read_number):
        with suppress(UserError):
            assert isinstance(read(words, "price"), int)


def test_less_than_nothing_is_refused_where_it_has_no_meaning() -> None:
    with pytest.raises(UserError, match="0 or more") as raised:
        read_number("-3", "reach", negative=False)
    assert raised.value.field == "reach"
    with pytest.raises(UserError, match=r"0 or more, for instance 1\.440,50"):
        read_money("€ -3", "price", negative=False)
    assert (read_number("0", "reach", negative=False), read_money("-0", "price", negative=False)) == (0, 0)


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(UserError, match="Type a whole number"):
        read_number("9" * 5000, "reach")
