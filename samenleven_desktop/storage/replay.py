"""Rebuilds rows from the change log, for the health check and repair.

The current value of a field follows from its changes (domain/field_merge.py), whatever the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from samenleven_desktop.domain.field_merge import Logged, current
from samenleven_desktop.domain.ids import is_shipped
from samenleven_desktop.storage import erasure
from samenleven_desktop.storage.log_values import decode, decode_row
from samenleven_desktop.storage.models import TRACKED, Change, WaitingRow, table_of

_CHANGE, _WAITING = table_of(Change), table_of(WaitingRow)
Row = dict[str, object]


@dataclass(frozen=True)
class Difference:
    """A row that differs from the log.

    It is missing (`present` is None), unknown to the log (`logged` is None), or different.
    """

    table_name: str
    row_id: str
    logged: Row | None
    present: Row | None


def rows_of_log(connection: Connection, table_name: str) -> dict[str, Row]:
    """Returns every row of a table according to the log, tombstones included, by id."""
    model = TRACKED[table_name]
    empty = erasure.bare_row(model)
    rows: dict[str, Row] = {}
    fields: dict[tuple[str, str], list[Logged]] = defaultdict(list)
    query = (
        select(
            _CHANGE.c.row_id,
            _CHANGE.c.hlc,
            _CHANGE.c.device_id,
            _CHANGE.c.number,
            _CHANGE.c.field,
            _CHANGE.c.new,
            _CHANGE.c.replaces,
        )
        .where(_CHANGE.c.table_name == table_name)
        .order_by(_CHANGE.c.hlc, _CHANGE.c.device_id, _CHANGE.c.number)
    )
    for row_id, *values in connection.execute(query):
        change = Logged(*values)
        if change.field is None:
            rows[row_id] = {**empty, "id": row_id, **decode_row(model, change.new or "{}")}
        elif change.field in empty:  # else of a newer version: kept until this program knows it
            fields[row_id, change.field].append(change)
    for (row_id, field), found in fields.items():
        if is_shipped(row_id):
            continue  # an earlier version let a pack change such a row: it stays as it is shipped
        rows.setdefault(row_id, {"id": row_id})[field] = decode(model, field, current(found).new)
    for row_id in erasure.erased_rows(connection, table_name):
        if row_id in rows:
            rows[row_id] |= {name: erasure.blank(model, name) for name in model.personal}
    for row_id in _waiting(connection, table_name):
        rows.pop(row_id, None)
    return rows


def differences(connection: Connection) -> Iterator[Difference]:
    """Yields the differences between rows and log. Shipped rows are outside the log."""
    for table_name, model in TRACKED.items():
        logged = rows_of_log(connection, table_name)
        table = table_of(model)
        waiting = _waiting(connection, table_name)
        for row in connection.execute(select(table)).mappings():
            expected = logged.pop(row["id"], None)
            if expected is None:
                if not is_shipped(row["id"]) and row["id"] not in waiting:
                    yield Difference(table_name, row["id"], None, dict(row))
            elif any(row[name] != value for name, value in expected.items()):
                yield Difference(table_name, row["id"], expected, dict(row))
        for row_id, expected in logged.items():
            yield Difference(table_name, row_id, expected, None)


def put_right(connection: Connection, found: Difference) -> bool:
    """Sets a row to its state in the log; returns False for a row unknown to the log, which is not changed."""
    if found.logged is None:
        return False
    table = table_of(TRACKED[found.table_name])
    if found.present is None:
        connection.execute(insert(table).values(**found.logged))
    else:
        connection.execute(update(table).where(table.c.id == found.row_id).values(**found.logged))
    return True


def _waiting(connection: Connection, table_name: str) -> set[str]:
    """Returns rows that are queued until their parent arrives."""
    query = select(_WAITING.c.row_id).where(_WAITING.c.table_name == table_name)
    return set(connection.execute(query).scalars())
