"""Detects conflicts again for rows with new changes, from packs and from here, and stores them for the inbox.

An open conflict follows from the changes that are known, not from the order in which they came.

There are three kinds: a field with concurrent values, a row deleted by one officer while another edited it, and two
live commitments of one government to the same target.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from samenleven_desktop.domain.field_merge import DELETED, Logged, disputed, heads, unseen_edits
from samenleven_desktop.readmodels.exchange import ConflictKind
from samenleven_desktop.storage.exchange.merge import Touched, whole_history
from samenleven_desktop.storage.models import TRACKED, ConflictRow, table_of

_CONFLICT = table_of(ConflictRow)
_IN = "IN (SELECT value FROM json_each(?))"


def find_disputes(connection: Connection, touched: Touched, now: datetime) -> list[tuple[str, str, str]]:
    """Updates the inbox for these rows; returns (table, row, field) of the conflicts that are new."""
    moment = now.isoformat(timespec="milliseconds")
    before = _there(connection)
    there = {(table, row_id) for table, row_id, _ in before}
    ids = [{"t": table, "r": row_id} for table, row_id in there if row_id in touched.get(table, ())]
    if ids:
        forget = delete(_CONFLICT).where(
            _CONFLICT.c.table_name == bindparam("t"),
            _CONFLICT.c.row_id == bindparam("r"),
            _CONFLICT.c.kind != ConflictKind.DOUBLE,
        )
        connection.execute(forget, ids)
    found: list[dict[str, str | None]] = []
    for table_name, rows in touched.items():
        for row_id, changes in rows.items():
            if len({change.device_id for change in changes}) < 2:
                continue
            for field, kind, refs in _of_row(changes):
                key = (table_name, row_id, field)
                where: dict[str, str | None] = {"table_name": table_name, "row_id": row_id, "field": field}
                facts = {"kind": kind.value, "heads": " ".join(refs), "found_at": before.get(key, moment)}
                found.append(where | facts | {"kept_at": None})
    if found:
        connection.execute(insert(_CONFLICT).prefix_with("OR REPLACE"), found)
    fresh = [(str(one["table_name"]), str(one["row_id"]), str(one["field"])) for one in found]
    if "commitment" in touched:
        fresh += _doubles(connection, touched["commitment"], moment)
    return [key for key in fresh if key not in before]


def look_again(connection: Connection, rows: Set[tuple[str, str]] | None, now: datetime) -> None:
    """Updates the open conflicts of these rows (table, id) after a change that was made here; None: all of them.

    A change made here never makes a conflict, since its writer had seen every value that is known here, but it may
    close one, or give it another value.
    """
    disputed_rows = {(table, row_id) for table, row_id, _ in _there(connection) if table in TRACKED}
    wanted: dict[str, set[str]] = defaultdict(set)
    for table, row_id in disputed_rows if rows is None else disputed_rows & rows:
        wanted[table].add(row_id)
    if wanted:
        find_disputes(connection, whole_history(connection, wanted), now)


def _of_row(changes: Sequence[Logged]) -> list[tuple[str, ConflictKind, list[str]]]:
    fields: dict[str, list[Logged]] = defaultdict(list)
    for change in changes:
        if change.field is not None:
            fields[change.field].append(change)
    found = []
    for field, own in sorted(fields.items()):
        tops = heads(own)
        if len(tops) > 1 and disputed(tops):
            found.append((field, ConflictKind.FIELD, [one.ref for one in tops]))
    edits = unseen_edits(changes)
    if edits and not any(field == DELETED for field, *_ in found):
        deletion = heads(fields[DELETED])[-1]
        found.append((DELETED, ConflictKind.DELETED, [*(one.ref for one in edits), deletion.ref]))
    return found


def _there(connection: Connection) -> dict[tuple[str, str, str], str]:
    query = select(_CONFLICT.c.table_name, _CONFLICT.c.row_id, _CONFLICT.c.field, _CONFLICT.c.found_at)
    return {(table, row_id, field): found_at for table, row_id, field, found_at in connection.execute(query)}


def _doubles(connection: Connection, rows: Iterable[str], moment: str) -> list[tuple[str, str, str]]:
    """Finds live commitments to the same target as one of these; stored under the one that was made first."""
    query = (
        "SELECT DISTINCT min(a.id, b.id), max(a.id, b.id) FROM commitment a JOIN commitment b ON "
        "b.applicant_id = a.applicant_id AND b.project_year_id = a.project_year_id AND b.target_id = a.target_id "
        f"AND b.deleted_at IS NULL AND b.id != a.id WHERE a.deleted_at IS NULL AND a.id {_IN}"
    )
    listed = json.dumps(list(rows))
    pairs = {(str(first), str(second)) for first, second in connection.exec_driver_sql(query, (listed,))}
    pairs -= {pair for pair in pairs if _both_kept(connection, *pair)}
    stored = (
        "SELECT row_id, field FROM conflict WHERE table_name = 'commitment' AND kind = 'double' AND kept_at IS NULL "
        f"AND (row_id {_IN} OR field {_IN})"
    )
    there = {(str(first), str(second)) for first, second in connection.exec_driver_sql(stored, (listed, listed))}
    for first, second in there - pairs:
        connection.exec_driver_sql("DELETE FROM conflict WHERE row_id = ? AND field = ?", (first, second))
    for first, second in sorted(pairs):
        row = {
            "table_name": "commitment",
            "row_id": first,
            "field": second,
            "kind": ConflictKind.DOUBLE,
            "heads": f"{first} {second}",
            "found_at": moment,
        }
        connection.execute(insert(_CONFLICT).prefix_with("OR IGNORE").values(**row, kept_at=None))
    return [("commitment", first, second) for first, second in sorted(pairs)]


def _both_kept(connection: Connection, first: str, second: str) -> bool:
    """Returns whether somebody decided to keep both: an edit of the first as not deleted that had seen the second."""
    made = "SELECT device_id || ':' || number FROM change WHERE row_id = ? AND field IS NULL"
    decided = "SELECT replaces FROM change WHERE row_id = ? AND field = ? AND new IS NULL AND replaces IS NOT NULL"
    inserts = {row[0] for row in connection.exec_driver_sql(made, (second,))}
    return any(
        inserts & set(str(row[0]).split()) for row in connection.exec_driver_sql(decided, (first, DELETED)).all()
    )
