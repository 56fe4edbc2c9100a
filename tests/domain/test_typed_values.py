"""What is typed as a day, time, number or amount, as in Flanders; and an amount survives being shown and read again."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.field_declaration import Toward
from samenleven_desktop.domain.typed_values import read_date, read_minutes, read_money, read_number, read_time
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


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("90", 90),
        ("90 min", 90),
        ("1:30", 90),
        ("1u30", 90),
        ("2u", 120),
        ("0:05", 5),
        ("5 minuten", 5),
        ("\u200e45", 45),
    ],
)
def test_a_length_as_people_type_it(words: str, minutes: int) -> None:
    assert read_minutes(words, "travel") == minutes


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("24:00", 1440), ("0:00", 0), ("13u30", 810), ("13:30:00", 810), ("\u200e9", 540)],
)
def test_a_time_as_people_type_it(words: str, minutes: int) -> None:
    assert read_time(words, "times") == minutes


@pytest.mark.parametrize("words", ["25:00", "24:01", "12:60", "49:30", "9.5", "-1:00", "half tien"])
def test_what_is_no_time_gets_a_sentence_at_the_field(words: str) -> None:
    with pytest.raises(UserError, match="Type a time from 0:00 to 24:00") as raised:
        read_time(words, "times")
    assert raised.value.field == "times"


@pytest.mark.parametrize(
    "words",
    [
        "\u200e11/\u200e03/\u200e2024",
        "11-3",
        "11.3.24",
        "2024-03-11",
        "11\u201103\u20112024",
        "11 03 2024",
        "\u0661\u0661/03/2024",
    ],
)
def test_a_day_as_people_type_and_paste_it(words: str) -> None:
    assert read_date(words, date(2024, 5, 1), "day") == date(2024, 3, 11)


@pytest.mark.parametrize(
    "words",
    [
        *["11 maart 2024", "11 mrt. 2024", "11 mrt 24", "11 mar '24", "11-mrt-2024", "11mrt2024", "ma 11 maart 2024"],
        *["maandag 11 maart 2024", "Monday, March 11, 2024", "March 11 2024", "Mar. 11, 2024", "11th March 2024"],
        *["11 MAART 2024", "11e maart 2024", "11 maart", "mrt 11"],
    ],
)
def test_a_day_with_the_name_of_its_month(words: str) -> None:
    assert read_date(words, date(2024, 5, 1), "day") == date(2024, 3, 11)


@pytest.mark.parametrize(
    "words", ["11 maar 2024", "32 maart 2024", "30 feb 2024", "maart 2024", "11 maart 124", "11 x"]
)
def test_what_is_no_day_gets_a_sentence(words: str) -> None:
    with pytest.raises(UserError, match="day-month-year"):
        read_date(words, date(2024, 5, 1), "day")


@pytest.mark.parametrize(
    ("words", "past", "future"),
    [
        ("3/11", date(2023, 11, 3), date(2024, 11, 3)),
        ("11/3", date(2024, 3, 11), date(2024, 3, 11)),
        ("18 maart", date(2024, 3, 18), date(2024, 3, 18)),
        ("1-3", date(2024, 3, 1), date(2024, 3, 1)),
        ("1-2", date(2024, 2, 1), date(2025, 2, 1)),
        ("5 juni", date(2024, 6, 5), date(2024, 6, 5)),
        ("29 feb", date(2024, 2, 29), date(2024, 2, 29)),
        ("31 december", date(2023, 12, 31), date(2024, 12, 31)),
    ],
)
def test_a_day_without_a_year_lies_where_its_field_looks(words: str, past: date, future: date) -> None:
    today = date(2024, 3, 11)
    assert read_date(words, today, "day") == past
    assert read_date(words, today, "due", Toward.FUTURE) == future
    with pytest.raises(UserError, match="Add the year"):
        read_date(words, today, "day", Toward.NEITHER)


@given(st.dates(date(1991, 1, 1), date(2099, 12, 31)), st.dates(date(1991, 1, 1), date(2099, 12, 31)))
def test_a_short_day_is_never_far_on_the_other_side(day: date, today: date) -> None:
    words = f"{day.day}/{day.month}"
    past, future = read_date(words, today, "day"), read_date(words, today, "day", Toward.FUTURE)
    assert (past.day, past.month) == (future.day, future.month) == (day.day, day.month)
    assert past <= today + timedelta(days=90)
    assert future >= today - timedelta(days=30)


@pytest.mark.parametrize("words", ["01-03-1924", "31-12-1989", "01-01-2101", "1-3-2204"])
def test_a_day_outside_the_work_is_refused(words: str) -> None:
    with pytest.raises(UserError, match="from 01-01-1990 to 31-12-2100"):
        read_date(words, date(2024, 5, 1), "day")


@pytest.mark.parametrize("words", ["\u202d1450\u202c", "1\u202f450", "1.450", "+1450", "1450,0", "\ufeff1 450"])
def test_a_number_as_people_type_and_paste_it(words: str) -> None:
    assert read_number(words, "units") == 1450


def test_two_numbers_below_each_other_are_not_one() -> None:
    with pytest.raises(UserError):
        read_number("1\n450", "units")


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(UserError, match="Type a whole number"):
        read_number("9" * 5000, "reach")
