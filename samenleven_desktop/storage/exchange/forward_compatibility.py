"""Changes of a newer version: kept in the log, passed on, and applied once a version is installed that knows them."""

from __future__ import annotations

import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from samenleven_desktop.domain.exchange import Bundle, PackedChange
from samenleven_desktop.storage.exchange import conflict_detection, value_validation
from samenleven_desktop.storage.exchange import merge as merging
from samenleven_desktop.storage.models import TRACKED, Meta, table_of

logger = logging.getLogger(__name__)

_META = table_of(Meta)
# Only the names: this may run for a hundred thousand rows.
_fields_of = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
# In `meta`: the tables and columns with which rows were last built, and the dossiers with data beyond those.
# Raised when a rule of domain/record_schema.py gets stricter: values that came in before are set right once.
_RULES = 1
_MADE_WITH, _BEYOND = "rows_made_with", "scopes_beyond"
# Raised when rows or conflicts follow from the log in another way, so that files of before are derived anew once.
_RULES = 2


def not_understood(changes: Iterable[PackedChange]) -> list[PackedChange]:
    """Returns the changes to tables or columns that this version does not know."""
    known = {name: frozenset(table_of(model).c.keys()) for name, model in TRACKED.items()}
    nothing: frozenset[str] = frozenset()
    found = []
    for one in changes:
        columns = known.get(one.table_name, nothing)
        fields = {one.field} if one.field is not None else _fields_of(one.new or "{}").keys()
        if not columns or not fields <= columns:
            found.append(one)
    return found


def scopes_beyond(connection: Connection) -> set[str]:
    """Returns the dossiers that this version does not fully understand: their digests cannot be compared."""
    return set(json.loads(_meta(connection, _BEYOND) or "[]"))


def remember(connection: Connection, bundle: Bundle, changes: Sequence[PackedChange]) -> None:
    """Records the dossiers of changes that are not understood."""
    named = {(one.device_id, one.number) for one in changes}
    scopes = {place.scope for place in bundle.places if (place.author, place.change_number) in named}
    _put_meta(connection, _BEYOND, json.dumps(sorted(scopes | scopes_beyond(connection))))


def look_again(connection: Connection) -> None:
    """Keeps, of the dossiers with data beyond this version, those that still have some: a pack was taken back."""
    flagged = scopes_beyond(connection)
    if not flagged:
        return
    columns = ", ".join(f"c.{name}" for name in PackedChange._fields)
    query = (
        f"SELECT s.scope, {columns} FROM change_scope s CROSS JOIN change c ON c.seq = s.change_seq "
        "WHERE s.scope IN (SELECT value FROM json_each(?))"
    )
    rows = connection.exec_driver_sql(query, (json.dumps(sorted(flagged)),)).all()
    left = {scope for scope, *values in rows if not_understood([PackedChange(*values)])}
    _put_meta(connection, _BEYOND, json.dumps(sorted(left)))


def has_to_catch_up(connection: Connection, shipped: str) -> bool:
    """Returns whether rows were built by a version with other columns or other shipped rows."""
    return _meta(connection, _MADE_WITH) != _version(shipped)


def catch_up(connection: Connection, shipped: str, now: datetime) -> None:
    """Rebuilds the rows that came with packs, and the queued ones.

    Changes that were not understood may be so now, and a missing parent may have been shipped with the program.
    """
    if has_to_catch_up(connection, shipped):
        wanted: dict[str, set[str]] = defaultdict(set, merging.waiting_rows(connection))
        for table_name, row_id in _mend(connection):
            wanted[table_name].add(row_id)
        arrived = "SELECT DISTINCT table_name, row_id FROM change WHERE arrived_in IS NOT NULL"
        for table_name, row_id in connection.exec_driver_sql(arrived):
            if table_name in TRACKED:
                wanted[table_name].add(row_id)
        for table_name, row_id in connection.exec_driver_sql("SELECT DISTINCT table_name, row_id FROM conflict"):
            if table_name in TRACKED:
                wanted[table_name].add(row_id)
        touched = merging.whole_history(connection, wanted)
        merging.merge_rows(connection, touched)
        conflict_detection.find_disputes(connection, touched, now)
        _put_meta(connection, _BEYOND, "[]")
        _put_meta(connection, _MADE_WITH, _version(shipped))


def _mend(connection: Connection) -> set[tuple[str, str]]:
    """Sets right, in the log, what earlier versions took over although this one refuses it; returns the rows.

    Each value becomes the nearest one that the rules allow (domain/value_rule.py), so that every device that does this
    has the same. Values of a newer version are judged here too, once this version knows their fields.
    """
    columns = ", ".join(PackedChange._fields)
    rows: set[tuple[str, str]] = set()
    put = "UPDATE change SET old = ?, new = ? WHERE device_id = ? AND number = ?"
    for row in connection.exec_driver_sql(f"SELECT {columns} FROM change").all():
        change = PackedChange(*row)
        if change.table_name in TRACKED and value_validation.misfit(change) is not None:
            connection.exec_driver_sql(put, (*value_validation.mended(change), change.device_id, change.number))
            rows.add((change.table_name, change.row_id))
    if rows:
        logger.warning("values of %d rows of packs were set right", len(rows))
    return rows


def take_waiting_in(connection: Connection, now: datetime) -> None:
    """Builds the rows that waited for what is here now, as the rows of a plan that was loaded."""
    touched = merging.whole_history(connection, merging.waiting_rows(connection))
    merging.merge_rows(connection, touched)
    conflict_detection.find_disputes(connection, touched, now)


def _version(shipped: str) -> str:
    known = {name: sorted(table_of(model).c.keys()) for name, model in TRACKED.items()}
    return hashlib.sha256(json.dumps([shipped, known, _RULES], sort_keys=True).encode()).hexdigest()


def _meta(connection: Connection, key: str) -> str | None:
    value = connection.execute(select(_META.c.value).where(_META.c.key == key)).scalar()
    return None if value is None else str(value)


def _put_meta(connection: Connection, key: str, value: str) -> None:
    put = upsert(_META).values(key=key, value=value)
    connection.execute(put.on_conflict_do_update(index_elements=["key"], set_={"value": value}))
