"""Columns of tables by type: text, numbers, amounts, dates, codes. Missing values stay empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from samenleven_desktop.cli.output import TextColumn
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.shared_columns import ColumnKind, ListColumn


def of(column: ListColumn) -> TextColumn:
    """Builds a column that is declared for other places too; a duration is shown in minutes here."""
    value = None if column.kind in (ColumnKind.TEXT, ColumnKind.CHOICE) else column.value
    kind = {ColumnKind.DAY: "date", ColumnKind.MONEY: "money"}.get(column.kind, "text" if value is None else "number")
    if column.kind is ColumnKind.DURATION:
        return number(column.heading, column.value)
    return TextColumn(
        column.heading, lambda lang, row: column.words(lang, row) or "", column.right, column.longest, kind, value
    )


def free(heading: str, get: Callable[[Any], str | None], width: int | None = None) -> TextColumn:
    """Free text; `width` truncates."""
    return TextColumn(heading, lambda _, row: get(row) or "", width=width)


def number(heading: str, get: Callable[[Any], int | None]) -> TextColumn:
    return TextColumn(heading, lambda lang, row: _or_empty(get(row), lang.number), right=True, kind="number", value=get)


def amount(heading: str, get: Callable[[Any], int | None]) -> TextColumn:
    """An amount, in cents."""
    return TextColumn(heading, lambda lang, row: _or_empty(get(row), lang.money), right=True, kind="money", value=get)


def day(heading: str, get: Callable[[Any], date | None]) -> TextColumn:
    return TextColumn(heading, lambda lang, row: _or_empty(get(row), lang.day_short), kind="date", value=get)


def coded(heading: str, words: Mapping[Any, str], get: Callable[[Any], str | None]) -> TextColumn:
    """The label of a code; an unknown code (of a newer version) is shown unchanged."""
    return TextColumn(heading, lambda lang, row: word(lang, words, get(row)))


def known(heading: str, get: Callable[[Any], bool | None]) -> TextColumn:
    """Yes, no, or not known if there is no source."""
    words = {None: N_("not known"), True: N_("yes"), False: N_("no")}
    return TextColumn(heading, lambda lang, row: lang.text(words[get(row)]))


def word(language: Language, words: Mapping[Any, str], code: str | None) -> str:
    return "" if code is None else language.text(words.get(code, code))


def _or_empty(value: Any, write: Callable[[Any], str]) -> str:
    return "" if value is None else write(value)
