"""Takes back the pack of a colleague that was applied: to the state of before, except for what it erased.

As long as nothing was built on it, what it brought is removed from the log with everything derived from it. Otherwise,
and if its erasures changed texts here, its fields get their earlier values by new changes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Table, update

from samenleven_desktop.domain.clock import is_ahead
from samenleven_desktop.domain.field_merge import DELETED, Logged, current
from samenleven_desktop.storage.exchange import conflict_detection, forward_compatibility
from samenleven_desktop.storage.exchange import merge as merging
from samenleven_desktop.storage.exchange.incoming import changed_rows
from samenleven_desktop.storage.log_values import decode
from samenleven_desktop.storage.models import TRACKED, CommandLog, table_of
from samenleven_desktop.storage.unit_of_work import CLOCK_FLOOR, ChangedRow, UnitOfWork

_COMMAND = table_of(CommandLog)
_IN = "IN (SELECT value FROM json_each(?))"


def is_built_upon(connection: Connection, command_id: str) -> bool:
    """Returns whether later work builds on a pack: its rows were changed, or other rows refer to them."""
    arrived = "SELECT DISTINCT row_id FROM change WHERE arrived_in = ?"
    listed = json.dumps([row[0] for row in connection.exec_driver_sql(arrived, (command_id,))])
    last = int(
        connection.exec_driver_sql("SELECT max(seq) FROM change WHERE arrived_in = ?", (command_id,)).scalar() or 0
    )
    later = f"SELECT 1 FROM change WHERE seq > ? AND arrived_in IS NOT ? AND command_id != ? AND row_id {_IN} LIMIT 1"
    if connection.exec_driver_sql(later, (last, command_id, command_id, listed)).first():
        return True
    # A reference that was there first is of a row that waited for the pack: it waits again.
    since = f"SELECT 1 FROM change WHERE seq > ? AND (field IS NULL OR field = ?) AND row_id {_IN} LIMIT 1"
    for column, found in _referring(connection, _made_by(connection, command_id)):
        if connection.exec_driver_sql(since, (last, column, json.dumps(sorted(found)))).first():
            return True
    places = (
        "SELECT 1 FROM change_scope s JOIN change c ON c.seq = s.change_seq WHERE c.arrived_in = ? "
        "AND s.device_id = (SELECT value FROM meta WHERE key = 'device_id') LIMIT 1"
    )
    return connection.exec_driver_sql(places, (command_id,)).first() is not None


def changed_texts(connection: Connection, command_id: str) -> bool:
    """Returns whether the erasures of a pack changed texts here: these changes are this device's own, and stay."""
    return (
        connection.exec_driver_sql("SELECT 1 FROM change WHERE command_id = ? LIMIT 1", (command_id,)).first()
        is not None
    )


def erased_by(connection: Connection, command_id: str) -> list[tuple[str, str]]:
    """Returns the rows (table, id) that a pack erased here, without those that it brought itself."""
    query = "SELECT table_name, row_id FROM erasure WHERE arrived_in = ? ORDER BY table_name, row_id"
    made = set(_made_by(connection, command_id))
    return [
        (table_name, row_id)
        for table_name, row_id in connection.exec_driver_sql(query, (command_id,))
        if table_name in TRACKED and row_id not in made
    ]


def let_go(connection: Connection, command_id: str, now: datetime) -> list[ChangedRow]:
    """Removes from the log what a pack added, with everything derived from it: as if it had never been applied."""
    wanted: dict[str, set[str]] = defaultdict(set)
    steps: set[str] = set()
    query = "SELECT DISTINCT table_name, row_id, command_id FROM change WHERE arrived_in = ?"
    for table_name, row_id, step in connection.exec_driver_sql(query, (command_id,)):
        steps.add(step)
        if table_name in TRACKED:
            wanted[table_name].add(row_id)
    _add_waiting_children(connection, wanted, _made_by(connection, command_id))
    notice = changed_rows(connection, [(table, row_id) for table, ids in wanted.items() for row_id in ids])
    contents = _contents_of(connection, command_id)
    _remove_from_log(connection, command_id, steps)
    touched = merging.whole_history(connection, wanted)
    merging.merge_rows(connection, touched)
    conflict_detection.find_disputes(connection, touched, now)
    _remove_contents(connection, contents)
    forward_compatibility.look_again(connection)
    _lower_floor(connection, now)
    return notice


def take_back(unit: UnitOfWork, command_id: str) -> None:
    """Undoes a pack by new changes.

    Every field that still has the value from the pack gets its earlier value; what was changed since stays.
    """
    connection = unit.connection
    first, rows = 1 << 62, defaultdict[str, dict[str, dict[str, list[Logged]]]](dict)
    query = (
        "SELECT seq, table_name, row_id, hlc, device_id, number, field, new, replaces FROM change WHERE arrived_in = ?"
    )
    for seq, table_name, row_id, *values in connection.exec_driver_sql(query, (command_id,)):
        first = min(first, seq)
        if table_name in TRACKED:
            change = Logged(*values)
            rows[table_name].setdefault(row_id, {}).setdefault(change.field or "", []).append(change)
    moment = unit.runtime.now().isoformat(timespec="milliseconds")
    for table_name, earlier in merging.whole_history(connection, rows, first).items():
        model = TRACKED[table_name]
        for row_id, changes in earlier.items():
            present = unit.row(model, row_id)
            if present is None:
                continue
            brought = rows[table_name][row_id]
            if "" in brought:
                if present[DELETED] is None:
                    unit.change(model, row_id, **{DELETED: moment})
                continue
            before = merging.row_of(model, row_id, changes, None if changes else dict(present))
            if before is None:
                continue
            names = [name for name in brought if name in before]
            same = [name for name in names if decode(model, name, current(brought[name]).new) == present[name]]
            unit.change(model, row_id, **{name: before[name] for name in same})
    mark = update(_COMMAND).where(_COMMAND.c.id == command_id).values(reverted_by=unit.command_id)
    connection.execute(mark)


def _made_by(connection: Connection, command_id: str) -> list[str]:
    query = "SELECT row_id FROM change WHERE arrived_in = ? AND field IS NULL"
    return [str(row[0]) for row in connection.exec_driver_sql(query, (command_id,))]


def _referring(connection: Connection, made: list[str]) -> list[tuple[str, set[str]]]:
    """Returns, by column, the other rows that refer to one of these."""
    listed, found = json.dumps(made), []
    for name, model in TRACKED.items():
        for column in _references(table_of(model)):
            query = f"SELECT id FROM {name} WHERE {column} {_IN} AND id NOT {_IN}"
            rows = {str(row[0]) for row in connection.exec_driver_sql(query, (listed, listed))}
            if rows:
                found.append((column, rows))
    return found


def _references(table: Table) -> list[str]:
    return [column.name for column in table.c if column.foreign_keys or column.name == "about_id"]


def _add_waiting_children(connection: Connection, wanted: Mapping[str, set[str]], made: list[str]) -> None:
    """Adds the rows that came before their parents and were built when the pack brought those, and their children."""
    to_do = made
    while to_do:
        found: list[str] = []
        for name, model in TRACKED.items():
            for column in table_of(model).c:
                if column.foreign_keys:
                    query = f"SELECT id FROM {name} WHERE {column.name} {_IN}"
                    rows = {str(row[0]) for row in connection.exec_driver_sql(query, (json.dumps(to_do),))}
                    found += rows - wanted[name]
                    wanted[name].update(rows)
        to_do = found


def _remove_from_log(connection: Connection, command_id: str, steps: set[str]) -> None:
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    arrived = "SELECT seq FROM change WHERE arrived_in = ?"
    connection.exec_driver_sql(f"DELETE FROM change_scope WHERE change_seq IN ({arrived})", (command_id,))
    # Also the places that a colleague gave to changes which were here: they linked an older record to a dossier.
    connection.exec_driver_sql("DELETE FROM change_scope WHERE arrived_in = ?", (command_id,))
    connection.exec_driver_sql("DELETE FROM change WHERE arrived_in = ?", (command_id,))
    # Only the steps that came with this pack: of a file that was restored, earlier steps are of another device too.
    empty = "NOT EXISTS (SELECT 1 FROM change WHERE change.command_id = command_log.id)"
    query = f"SELECT id FROM command_log WHERE id {_IN} AND {empty}"
    gone = [row[0] for row in connection.exec_driver_sql(query, (json.dumps(sorted(steps)),))]
    listed = json.dumps([*gone, command_id])
    connection.exec_driver_sql(f"UPDATE command_log SET reverted_by = NULL WHERE reverted_by {_IN}", (listed,))
    connection.exec_driver_sql(f"DELETE FROM command_log WHERE id {_IN}", (listed,))


def _contents_of(connection: Connection, command_id: str) -> list[str]:
    query = (
        "SELECT DISTINCT json_extract(new, '$.sha256') FROM change WHERE arrived_in = ? AND field IS NULL "
        "AND table_name = 'attachment'"
    )
    return [row[0] for row in connection.exec_driver_sql(query, (command_id,))]


def _remove_contents(connection: Connection, contents: list[str]) -> None:
    """Deletes the contents that no attachment refers to any more."""
    query = (
        f"DELETE FROM attachment_content WHERE sha256 {_IN} "
        "AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = attachment_content.sha256)"
    )
    connection.exec_driver_sql(query, (json.dumps(contents),))


def _lower_floor(connection: Connection, now: datetime) -> None:
    """Sets the clock floor to what the remaining packs brought; this device's own changes count by themselves."""
    query = "SELECT DISTINCT hlc FROM change WHERE arrived_in IS NOT NULL"
    left = [int(row[0]) for row in connection.exec_driver_sql(query)]
    floor = max((one for one in left if not is_ahead(one, now)), default=0)
    if floor:
        connection.exec_driver_sql("UPDATE meta SET value = ? WHERE key = ?", (str(floor), CLOCK_FLOOR))
    else:
        connection.exec_driver_sql("DELETE FROM meta WHERE key = ?", (CLOCK_FLOOR,))
