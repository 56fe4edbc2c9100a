"""Rebuilds rows from the log after changes were added or removed: values, rows queued for a parent, and conflicts.

A row without earlier history is built from the given changes. For any other row the whole log is read again, so that
the result depends on the set of changes alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import (
    Column,
    Connection,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)

from samenleven_desktop.domain.exchange import PackedChange
from samenleven_desktop.domain.field_merge import DELETED, Logged, current
from samenleven_desktop.domain.ids import is_shipped
from samenleven_desktop.storage import erasure
from samenleven_desktop.storage.exchange.outgoing import tuples
from samenleven_desktop.storage.log_values import decode, decode_row
from samenleven_desktop.storage.models import TRACKED, Base, Tracked, WaitingRow, table_of

_WAITING = table_of(WaitingRow)
_IN = "IN (SELECT value FROM json_each(?))"
_CHUNK = 20_000

Row = dict[str, object]
Touched = dict[str, dict[str, list[Logged]]]
"""Table -> row -> its changes."""


@dataclass
class Merged:
    """Rows affected by a merge, as (table, id). `changed` has the fields that got another value."""

    added: list[tuple[str, str]] = field(default_factory=list)
    changed: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    deleted: list[tuple[str, str]] = field(default_factory=list)
    removed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[str, str]]:
        return [*self.added, *self.changed, *self.deleted, *self.removed]


def changes_at_hand(changes: Iterable[PackedChange]) -> Touched:
    """Groups changes by table and row; tables that this version does not know are skipped."""
    found: Touched = {name: {} for name in TRACKED}
    for one in changes:
        rows = found.get(one.table_name)
        if rows is not None:
            device, number, _, hlc, _, _, row_id, name, _, new, replaces = one
            rows.setdefault(row_id, []).append(Logged(hlc, device, number, name, new, replaces))
    return {name: rows for name, rows in found.items() if rows}


def whole_history(connection: Connection, wanted: Mapping[str, Iterable[str]], before: int = 1 << 62) -> Touched:
    """Returns all changes of these rows in the log, up to but excluding its number `before`."""
    found: Touched = {}
    for table_name, ids in wanted.items():
        listed = sorted(ids)
        rows: dict[str, list[Logged]] = {row_id: [] for row_id in listed}
        for start in range(0, len(listed), _CHUNK):
            query = (
                "SELECT row_id, hlc, device_id, number, field, new, replaces FROM change WHERE table_name = ? "
                f"AND row_id {_IN} AND seq < ?"
            )
            part = json.dumps(listed[start : start + _CHUNK])
            for row_id, *values in tuples(connection, query, (table_name, part, before)):
                rows[row_id].append(Logged._make(values))
        found[table_name] = rows
    return found


def rows_with_history(connection: Connection, touched: Touched, before: int) -> dict[str, set[str]]:
    """Returns those rows that have changes in the log before number `before`."""
    found: dict[str, set[str]] = {}
    for table_name, rows in touched.items():
        query = f"SELECT DISTINCT row_id FROM change WHERE row_id {_IN} AND seq < ? AND table_name = ?"
        result = connection.exec_driver_sql(query, (json.dumps(list(rows)), before, table_name))
        found[table_name] = {str(row[0]) for row in result}
    return found


def merge_rows(connection: Connection, touched: Touched, checkpoint: Callable[[], None] = lambda: None) -> Merged:
    """Rebuilds these rows from the change log; rows with a missing parent are queued. Foreign keys are deferred.

    `checkpoint` is called before each table, and may raise to cancel.
    """
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    merged = Merged()
    tables = [table for table in Base.metadata.sorted_tables if table.name in touched]
    gone: dict[str, set[str]] = {}
    for table in tables:
        checkpoint()
        rows = touched[table.name]
        present = _present(connection, table, rows)
        _forget_waiting(connection, table.name, rows)
        erased = erasure.erased_rows(connection, table.name)
        wanted: dict[str, Row] = {}
        lost = gone[table.name] = set[str]()
        for row_id, changes in rows.items():
            row = row_of(TRACKED[table.name], row_id, changes, present.get(row_id), row_id in erased)
            if row is not None:
                wanted[row_id] = row
                continue
            if row_id in present:
                lost.add(row_id)
            if changes:
                _wait(connection, table.name, row_id, table.name, row_id)
        wanted = _with_parents(connection, table, wanted, rows, present, gone)
        _write(connection, table, wanted, present, merged)
    for name, lost in reversed(gone.items()):
        connection.exec_driver_sql(f"DELETE FROM {name} WHERE id {_IN}", (json.dumps(sorted(lost)),))
        merged.removed += [(name, row_id) for row_id in sorted(lost)]
    return merged


def waiting_rows(connection: Connection) -> dict[str, set[str]]:
    """Returns table -> queued rows, for the tables that this version knows."""
    found: dict[str, set[str]] = defaultdict(set)
    for table_name, row_id in connection.execute(select(_WAITING.c.table_name, _WAITING.c.row_id)):
        if table_name in TRACKED:
            found[table_name].add(row_id)
    return dict(found)


def _forget_waiting(connection: Connection, table_name: str, rows: Mapping[str, object]) -> None:
    there = connection.execute(select(_WAITING.c.row_id).where(_WAITING.c.table_name == table_name)).scalars().all()
    for row_id in set(there) & rows.keys():
        at = (_WAITING.c.table_name == table_name) & (_WAITING.c.row_id == row_id)
        connection.execute(delete(_WAITING).where(at))


def _present(connection: Connection, table: Table, rows: Iterable[str]) -> dict[str, Row]:
    asked = select(literal_column("value", String)).select_from(func.json_each(json.dumps(list(rows))))
    query = select(table).where(table.c.id.in_(asked))
    return {str(row["id"]): dict(row) for row in connection.execute(query).mappings()}


def row_of(
    model: type[Tracked], row_id: str, changes: Sequence[Logged], present: Row | None, erased: bool = False
) -> Row | None:
    """Builds a row from its changes; returns None if they have no insert. A shipped row stays as it is shipped."""
    if is_shipped(row_id):
        return None if present is None else dict(present)
    inserts = [change for change in changes if change.field is None]
    if not inserts:
        return None
    made = inserts[0] if len(inserts) == 1 else max(inserts)
    row: Row = erasure.bare_row(model)
    row.update(decode_row(model, made.new or "{}"))
    row["id"] = row_id
    if len(changes) > len(inserts):
        fields: dict[str, list[Logged]] = defaultdict(list)
        for change in changes:
            if change.field is not None and change.field in row:
                fields[change.field].append(change)
        for name, found in fields.items():
            row[name] = decode(model, name, current(found).new)
    if erased:
        row |= {name: erasure.blank(model, name) for name in model.personal}
    return row


def _with_parents(
    connection: Connection,
    table: Table,
    wanted: dict[str, Row],
    history: Mapping[str, Sequence[Logged]],
    present: dict[str, Row],
    gone: Mapping[str, set[str]],
) -> dict[str, Row]:
    """Leaves out rows whose parent is missing, or is among the rows of this merge that are `gone`.

    An optional reference stays empty until its parent arrives; a required one has its highest value that names a row
    which is here. What stood in the row does not count: that would depend on the order in which changes came.
    """
    own: list[Column[object]] = []
    for column in table.c:
        for key in column.foreign_keys:
            parent = key.column.table
            if parent is table:
                own.append(column)
                continue
            asked = {str(row[column.name]) for row in wanted.values() if row[column.name] is not None}
            lost = gone.get(parent.name, set())
            missing = asked - (_existing(connection, parent, asked) - lost)
            if missing:
                earlier = _earlier(column.name, wanted, history, missing)
                here = _existing(connection, parent, {one for found in earlier.values() for one in found}) - lost
                _hold_back(connection, column, parent.name, missing, wanted, earlier, here, present, gone[table.name])
    for column in own:
        while True:
            asked = {str(row[column.name]) for row in wanted.values() if row[column.name] is not None} - wanted.keys()
            missing = asked - (_existing(connection, table, asked) - gone[table.name])
            if not missing:
                break
            earlier = _earlier(column.name, wanted, history, missing)
            found = {one for values in earlier.values() for one in values}
            here = (_existing(connection, table, found) - gone[table.name]) | (found & wanted.keys())
            _hold_back(connection, column, table.name, missing, wanted, earlier, here, present, gone[table.name])
    return wanted


def _earlier(
    name: str, wanted: Mapping[str, Row], history: Mapping[str, Sequence[Logged]], missing: set[str]
) -> dict[str, list[str]]:
    """Returns the other values that a reference had in rows whose parent is missing, the highest first."""
    found = {}
    for row_id, row in wanted.items():
        if row[name] in missing:
            changes = sorted((one for one in history[row_id] if one.field in (None, name)), reverse=True)
            values = [json.loads(one.new or "null") for one in changes]
            found[row_id] = [str(one.get(name) if isinstance(one, dict) else one) for one in values]
    return found


def _hold_back(
    connection: Connection,
    column: Column[object],
    parent: str,
    missing: set[str],
    wanted: dict[str, Row],
    earlier: Mapping[str, Sequence[str]],
    here: set[str],
    present: dict[str, Row],
    lost: set[str],
) -> None:
    name = column.name
    for row_id, row in list(wanted.items()):
        if row[name] not in missing:
            continue
        _wait(connection, column.table.name, row_id, parent, str(row[name]))
        if column.nullable:
            row[name] = None
        elif (other := next((one for one in earlier[row_id] if one in here), None)) is not None:
            row[name] = other
        else:
            del wanted[row_id]
            if row_id in present:
                lost.add(row_id)


def _existing(connection: Connection, table: Table, ids: set[str]) -> set[str]:
    if not ids:
        return set()
    query = f"SELECT id FROM {table.name} WHERE id {_IN}"
    return {str(row[0]) for row in connection.exec_driver_sql(query, (json.dumps(sorted(ids)),))}


def _wait(connection: Connection, table_name: str, row_id: str, needs_table: str, needs_id: str) -> None:
    row = {"table_name": table_name, "row_id": row_id, "needs_table": needs_table, "needs_id": needs_id}
    connection.execute(insert(_WAITING).prefix_with("OR REPLACE").values(**row))


def _write(
    connection: Connection, table: Table, wanted: dict[str, Row], present: dict[str, Row], merged: Merged
) -> None:
    fresh = [row for row_id, row in wanted.items() if row_id not in present]
    if fresh:
        connection.execute(insert(table), fresh)
        merged.added += [(table.name, str(row["id"])) for row in fresh]
    by_fields: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row_id, row in wanted.items():
        if row_id in present:
            fields = tuple(name for name, value in row.items() if present[row_id][name] != value)
            if fields:
                by_fields[fields].append({f"to_{name}": row[name] for name in fields} | {"at": row_id})
                if DELETED in fields and row[DELETED] is not None:
                    merged.deleted.append((table.name, row_id))
                else:
                    merged.changed[table.name, row_id] = fields
    for fields, rows in by_fields.items():
        put = update(table).where(table.c.id == bindparam("at"))
        connection.execute(put.values({name: bindparam(f"to_{name}") for name in fields}), rows)
