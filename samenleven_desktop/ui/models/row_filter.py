"""Filters on columns as values: the comparisons of a column, the test of a row, and the format of a saved filter.

Knows no Qt. A condition names its column by key and, for dates, may be relative to today, so that a saved filter means
the same next month.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.typed_values import read_date, read_money, read_number
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.models.column import NOTHING, Column, R, ValueKind

Value = str | int | float | date | None


class Compare(StrEnum):
    CONTAINS = "contains"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"
    OLDER = "older"
    """A date more than this number of days before today, or no date."""
    EMPTY = "empty"
    FILLED = "filled"


_SIZES = (Compare.AT_LEAST, Compare.AT_MOST, Compare.EXACTLY)
_SIGNS = {Compare.AT_LEAST: "≥", Compare.AT_MOST: "≤", Compare.EXACTLY: "="}
_PRESENCE = (Compare.EMPTY, Compare.FILLED)
OFFERED: Mapping[ValueKind, tuple[Compare, ...]] = {
    ValueKind.TEXT: (Compare.CONTAINS, *_PRESENCE),
    ValueKind.NUMBER: (*_SIZES, *_PRESENCE),
    ValueKind.MONEY: (*_SIZES, *_PRESENCE),
    ValueKind.DATE: (Compare.OLDER, *_SIZES, *_PRESENCE),
}
CAPTIONS = {
    Compare.CONTAINS: N_("contains"),
    Compare.AT_LEAST: N_("at least"),
    Compare.AT_MOST: N_("at most"),
    Compare.EXACTLY: N_("exactly"),
    Compare.OLDER: N_("more days ago than"),
    Compare.EMPTY: N_("empty"),
    Compare.FILLED: N_("not empty"),
}
DATE_CAPTIONS = {
    Compare.AT_LEAST: N_("from"),
    Compare.AT_MOST: N_("until"),
    Compare.EXACTLY: N_("on"),
}


@dataclass(frozen=True)
class Condition:
    """One condition on one column. `value` is text, a number, cents, a date or a number of days."""

    column: str
    how: Compare
    value: Value = None

    @property
    def needs_value(self) -> bool:
        return self.how not in _PRESENCE


def offered(column: Column[Any]) -> tuple[Compare, ...]:
    """Returns the comparisons of a column; a column without values is compared as text."""
    return OFFERED[column.kind if column.value else ValueKind.TEXT]


def matcher(columns: Sequence[Column[R]], conditions: Sequence[Condition], today: date) -> Callable[[R], bool]:
    """Returns a test whether a row meets all conditions; conditions on unknown columns are ignored."""
    known = {column.name: column for column in columns}
    tests = [_test(known[one.column], one, today) for one in conditions if one.column in known]
    return lambda row: all(test(row) for test in tests)


def _test(column: Column[R], condition: Condition, today: date) -> Callable[[R], bool]:
    how, asked = condition.how, condition.value
    value = column.value or column.text
    if how is Compare.CONTAINS:
        words = fold(str(asked or ""))
        # Users search for the text in the cell, even if its value is a number.
        text = column.text
        return lambda row: words in fold(text(row))
    if how is Compare.EMPTY:
        return lambda row: value(row) in (None, "", NOTHING)
    if how is Compare.FILLED:
        return lambda row: value(row) not in (None, "", NOTHING)
    if how is Compare.OLDER:
        since = today - timedelta(days=min(int(str(asked)), (today - date.min).days))
        return lambda row: _before(value(row), since)
    return lambda row: _compare(how, value(row), asked)


def _before(found: object, since: date) -> bool:
    return found is None or (isinstance(found, date) and found < since)


def _compare(how: Compare, found: Any, asked: Any) -> bool:
    if found is None:
        return False
    if how is Compare.AT_LEAST:
        return bool(found >= asked)
    return bool(found <= asked) if how is Compare.AT_MOST else bool(found == asked)


def read_condition(
    column: Column[Any], how: Compare, words: str, language: Language, today: date, field: str = "value"
) -> Condition:
    """Parses the input for a condition on a column. Raises UserError with a sentence about the kind of value."""
    made = Condition(column.name, how)
    if not made.needs_value:
        return made
    value: Value
    if how is Compare.CONTAINS:
        value = words.strip()
    elif how is Compare.OLDER or column.kind is ValueKind.NUMBER:
        value = read_number(words, field)
    elif column.kind is ValueKind.MONEY:
        value = read_money(words, field, language.decimal_sign)
    else:
        value = read_date(words, today, field)
    return Condition(column.name, how, value)


def caption(kind: ValueKind, how: Compare) -> str:
    """Returns the catalogue sentence of a comparison."""
    return (DATE_CAPTIONS if kind is ValueKind.DATE else {}).get(how) or CAPTIONS[how]


def value_words(value: object, kind: ValueKind, language: Language) -> str:
    """Formats a value as it is typed and copied to a spreadsheet: 1450, 1450,50 or 11-03-2024; None is empty."""
    if value is None:
        return ""
    if kind is ValueKind.MONEY and isinstance(value, int):
        whole, cents = divmod(abs(value), 100)
        return f"{'-' if value < 0 else ''}{whole}" + (f"{language.decimal_sign}{cents:02d}" if cents else "")
    if isinstance(value, date):
        return language.day_short(value)
    return str(value).replace(".", language.decimal_sign) if isinstance(value, float) else str(value)


def condition_words(condition: Condition, columns: Sequence[Column[Any]], language: Language) -> str:
    """Returns the text on a chip: "Bereikt ≥ 100"."""
    column = next(one for one in columns if one.name == condition.column)
    name, how, value = column.filter_name or column.title, condition.how, condition.value
    if how is Compare.OLDER:
        return language.text("{column} more than {days} days ago", column=name, days=value)
    if how is Compare.CONTAINS:
        return f"{name}: “{value}”"
    if how in _PRESENCE:
        return f"{name}: {language.text(CAPTIONS[how])}"
    if isinstance(value, date):
        shown = language.day_short(value)
    elif isinstance(value, int | float):
        shown = language.money(int(value)) if column.kind is ValueKind.MONEY else language.number(value)
    else:
        shown = ""
    return f"{name} {_SIGNS[how]} {shown}"


def to_content(conditions: Sequence[Condition]) -> list[dict[str, object]]:
    """Converts conditions to JSON values, for a saved filter."""
    return [
        {
            "column": one.column,
            "how": one.how.value,
            "value": one.value.isoformat() if isinstance(one.value, date) else one.value,
        }
        for one in conditions
    ]


def from_content(content: object, columns: Sequence[Column[Any]]) -> list[Condition]:
    """Reads the conditions of a saved filter; skips those that no longer exist, such as one on a removed column."""
    known = {column.name: column for column in columns}
    found = []
    for one in content if isinstance(content, list) else []:
        column = known.get(str(one.get("column"))) if isinstance(one, dict) else None
        if column is None or one.get("how") not in [how.value for how in offered(column)]:
            continue
        condition = Condition(column.name, Compare(one["how"]))
        if not condition.needs_value:
            found.append(condition)
            continue
        value = _kept_value(column.kind, condition.how, one.get("value"))
        if value is not None:
            found.append(Condition(column.name, condition.how, value))
    return found


def _kept_value(kind: ValueKind, how: Compare, value: object) -> Value:
    if how is Compare.CONTAINS:
        return value if isinstance(value, str) else None
    if kind is ValueKind.DATE and how is not Compare.OLDER:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            return None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
