"""Checks that the values of changes fit their columns, before anything is written to a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Annotated, Any

import msgspec
from sqlalchemy import Column

from samenleven_desktop.domain.exchange import PackedChange
from samenleven_desktop.storage.models import TRACKED, table_of

# The range of an SQLite integer.
_Whole = Annotated[int, msgspec.Meta(ge=-(1 << 63), le=(1 << 63) - 1)]
_TYPES: dict[type, Any] = {str: str, int: _Whole, bool: bool | _Whole, date: date}


def unfit(changes: Iterable[PackedChange]) -> PackedChange | None:
    """Returns the first change with a value that its column cannot hold; columns of a newer version are not checked."""
    for change in changes:
        if change.table_name in TRACKED and change.new is not None:
            decoder = _of_row(change.table_name) if change.field is None else _of(change.table_name, change.field)
            try:
                if decoder is not None:
                    decoder.decode(change.new)
            except msgspec.ValidationError:
                return change
    return None


@cache
def _of(table_name: str, field: str) -> msgspec.json.Decoder[Any] | None:
    columns = table_of(TRACKED[table_name]).c
    return msgspec.json.Decoder(_type_of(columns[field])) if field in columns else None


@cache
def _of_row(table_name: str) -> msgspec.json.Decoder[Any]:
    columns = table_of(TRACKED[table_name]).c
    fields = [(column.name, _type_of(column) | None, None) for column in columns]
    return msgspec.json.Decoder(msgspec.defstruct(table_name, fields))


def _type_of(column: Column[Any]) -> Any:
    return _TYPES[column.type.python_type]
