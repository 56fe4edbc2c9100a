"""Converts column values to JSON for the change log, and back."""

from __future__ import annotations

import json
from datetime import date

from samenleven_desktop.storage import erasure
from samenleven_desktop.storage.models import Tracked, table_of


def encode(value: object) -> str | None:
    """A column value as JSON for the log; None stays None."""
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=plain)


def decode(model: type[Tracked], field: str, text: str | None) -> object:
    """Converts a logged value to the type of its column; an erased required value becomes its blank value."""
    if text is None:
        return erasure.blank(model, field)
    value = json.loads(text)
    return date.fromisoformat(value) if table_of(model).c[field].type.python_type is date else value


def decode_row(model: type[Tracked], text: str) -> dict[str, object]:
    """Converts the values of a logged new row to their column types; columns of a newer version are skipped."""
    known = table_of(model).c
    return {
        name: date.fromisoformat(value) if known[name].type.python_type is date and value is not None else value
        for name, value in json.loads(text).items()
        if name in known
    }


def plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not a column value: {type(value).__name__}")
