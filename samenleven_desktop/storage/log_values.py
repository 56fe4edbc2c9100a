"""Converts column values to JSON for the change log, and back."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Table

from samenleven_desktop.storage import erasure
from samenleven_desktop.storage.models import Tracked, table_of


def encode(value: object) -> str | None:
    """A column value as JSON for the log; None stays None."""
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=plain)


def decode(model: type[Tracked], field: str, text: str | None) -> object:
    """Converts a logged value to the type of its column; an erased required value becomes its blank value."""
    if text is None:
        return erasure.blank(model, field)
    value = _loads(text)
    return date.fromisoformat(value) if _days_of(table_of(model))[field] else value


def decode_row(model: type[Tracked], text: str) -> dict[str, object]:
    """Converts the values of a logged new row to their column types; columns of a newer version are skipped."""
    known = _days_of(table_of(model))
    return {
        name: date.fromisoformat(value) if known[name] and value is not None else value
        for name, value in _loads(text).items()
        if name in known
    }


def _days_of(table: Table) -> dict[str, bool]:
    """Returns, by column, whether it holds a day; cached, because a pack may have a hundred thousand values."""
    return _days(table, len(table.c))


@cache
def _days(table: Table, _columns: int) -> dict[str, bool]:
    return {column.name: column.type.python_type is date for column in table.c}


def _loads(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.MsgspecError:
        # Of an earlier version, which let half of a pair of code units in.
        return json.loads(text)


def plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not a column value: {type(value).__name__}")
