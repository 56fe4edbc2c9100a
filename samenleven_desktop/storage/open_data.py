"""Exports all of the officers' own data as plain values, and imports it again.

It covers the tracked tables (docs/open-data.schema.json). Data of this file alone is left out: keys, cards of
colleagues and what they have received, packs, conflicts, the change log, drafts.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.record_schema import rule_of
from samenleven_desktop.domain.value_rule import UUID
from samenleven_desktop.storage.models import TRACKED, AttachmentContentRow, Tracked, table_of
from samenleven_desktop.storage.unit_of_work import UnitOfWork

_CONTENT = table_of(AttachmentContentRow)
_OWN = "7"

NO_SUCH_TABLE = N_("{table}: this is no table that the program knows.")
NO_SUCH_FIELD = N_("{table}, row {row}: there is no field {column}.")
FIELD_MISSING = N_("{table}, row {row}: the field {column} is missing.")
WRONG_VALUE = N_("{table}, row {row}, field {column}: {value} does not fit.")
WRONG_CONTENT = N_("attachments, row {row}: the content does not fit its fingerprint.")


def is_own(row_id: str) -> bool:
    """Returns whether the row was created on an officer's device (domain/ids.py); other rows ship with the program."""
    return row_id[14:15] == _OWN


def tables(connection: Connection) -> dict[str, list[dict[str, object]]]:
    """Returns the officers' own live rows by table, in order of id; days as ISO text."""
    found: dict[str, list[dict[str, object]]] = {}
    for name in sorted(TRACKED):
        table = table_of(TRACKED[name])
        query = select(table).where(table.c.deleted_at.is_(None)).order_by(table.c.id)
        found[name] = [
            {
                key: value.isoformat() if isinstance(value, date) else value
                for key, value in row.items()
                if key != "deleted_at"
            }
            for row in connection.execute(query).mappings()
            if is_own(row["id"])
        ]
    return found


def contents(connection: Connection, wanted: set[str]) -> list[dict[str, str]]:
    """Returns the contents of attachments by their hash, in base64."""
    query = select(_CONTENT).where(_CONTENT.c.sha256.in_(wanted)).order_by(_CONTENT.c.sha256)
    return [
        {"sha256": row["sha256"], "content": base64.b64encode(row["content"]).decode()}
        for row in connection.execute(query).mappings()
    ]


def take_in(unit: UnitOfWork, given: Mapping[str, Sequence[Mapping[str, object]]]) -> tuple[int, int]:
    """Adds missing rows and updates existing ones; no row is deleted because it is absent from the input.

    Returns the numbers added and changed. Raises UserError naming table, row and field.
    """
    added = changed = 0
    for name, rows in given.items():
        model = _model(name)
        present = {row[0] for row in unit.connection.execute(select(table_of(model).c.id))}
        for number, row in enumerate(rows, start=1):
            values = _checked(name, model, number, row)
            row_id = str(values.pop("id"))
            if row_id in present:
                changed += unit.change(model, row_id, **values, deleted_at=None)
            else:
                unit.insert(model, id=row_id, **values)
                added += 1
    return added, changed


def compare(connection: Connection, given: Mapping[str, Sequence[Mapping[str, object]]]) -> tuple[int, int]:
    """Returns how many rows `take_in` would add and change; raises the same errors."""
    added = changed = 0
    for name, rows in given.items():
        model = _model(name)
        present = {row["id"]: row for row in connection.execute(select(table_of(model))).mappings()}
        for number, row in enumerate(rows, start=1):
            values = {**_checked(name, model, number, row), "deleted_at": None}
            here = present.get(values["id"])
            if here is None:
                added += 1
            else:
                changed += any(here[key] != value for key, value in values.items())
    return added, changed


def take_contents_in(unit: UnitOfWork, given: Sequence[Mapping[str, object]]) -> None:
    """Raises UserError for a content that does not match its hash."""
    for sha256, content in checked_contents(given):
        put = insert(_CONTENT).prefix_with("OR IGNORE")
        unit.connection.execute(put.values(sha256=sha256, content=content))


def checked_contents(given: Sequence[Mapping[str, object]]) -> Iterator[tuple[str, bytes]]:
    """Yields hash and content of each. Raises UserError for a content that does not match its hash."""
    for number, one in enumerate(given, start=1):
        try:
            content = base64.b64decode(str(one["content"]), validate=True)
        except (KeyError, binascii.Error, ValueError):
            content = b""
        if not content or hashlib.sha256(content).hexdigest() != one.get("sha256"):
            raise UserError(WRONG_CONTENT, field="attachments", row=number)
        yield str(one["sha256"]), content


def _model(name: str) -> type[Tracked]:
    model = TRACKED.get(name)
    if model is None:
        raise UserError(NO_SUCH_TABLE, field=name, table=name)
    return model


def json_schema() -> dict[str, Any]:
    """Returns the JSON Schema (2020-12) of an open data file, generated from the tables."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Samenleven open data",
        "type": "object",
        "required": ["format", "format_version", "made_at", "plan", "tables", "attachments"],
        "properties": {
            "format": {"const": "samenleven-open-data"},
            "format_version": {"const": 1},
            "warning": {"type": "string"},
            "made_at": {"type": "string", "format": "date-time"},
            "program": {"type": "string"},
            "plan": {
                "type": "object",
                "required": ["code", "version"],
                "properties": {"code": {"type": "string"}, "version": {"type": "string"}},
            },
            "practice_date": {"type": ["string", "null"], "format": "date"},
            "officer_id": {"type": ["string", "null"]},
            "tables": {
                "type": "object",
                "additionalProperties": False,
                "properties": {name: _array(table_of(TRACKED[name])) for name in sorted(TRACKED)},
            },
            "attachments": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["sha256", "content"],
                    "properties": {
                        "sha256": {"type": "string"},
                        "content": {"type": "string", "contentEncoding": "base64"},
                    },
                },
            },
        },
    }


def _array(table: Table) -> dict[str, Any]:
    columns = [column for column in table.c if column.name != "deleted_at"]
    return {
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": [column.name for column in columns],
            "properties": {
                column.name: _property(column.type.python_type, bool(column.nullable)) for column in columns
            },
        },
    }


def _property(kind: type[Any], nullable: bool) -> dict[str, Any]:
    names = {str: "string", int: "integer", bool: "boolean", date: "string"}
    found: dict[str, Any] = {"type": [names[kind], "null"] if nullable else names[kind]}
    return {**found, "format": "date"} if kind is date else found


def _checked(name: str, model: type[Tracked], number: int, row: Mapping[str, object]) -> dict[str, object]:
    """Converts the values of a row, checked by domain/record_schema.py, to their column types.

    Optional values may be absent.
    """
    table = table_of(model)
    for key in row:
        if key not in table.c or key == "deleted_at":
            raise UserError(NO_SUCH_FIELD, table=name, row=number, column=key)
    values: dict[str, object] = {}
    for column in table.c:
        if column.name == "deleted_at":
            continue
        if column.name not in row and not column.nullable:
            raise UserError(FIELD_MISSING, table=name, row=number, column=column.name)
        value, kind = row.get(column.name), column.type.python_type
        if not _fits(name, column.name, value, nullable=bool(column.nullable)):
            shown = json.dumps(value)[:60]
            raise UserError(WRONG_VALUE, table=name, row=number, column=column.name, value=shown)
        values[column.name] = date.fromisoformat(str(value)) if kind is date and value is not None else value
    if not is_own(str(values["id"])):
        shown = json.dumps(values["id"])[:60]
        raise UserError(WRONG_VALUE, table=name, row=number, column="id", value=shown)
    return values


def _fits(table_name: str, field: str, value: object, *, nullable: bool) -> bool:
    if field == "id":
        return isinstance(value, str) and re.fullmatch(UUID, value) is not None
    rule = rule_of(table_name, field)
    if value is None or rule is None:
        return nullable and rule is not None
    return rule.fault(value) is None
