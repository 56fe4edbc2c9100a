"""Applies the changes of a colleague in one unit of work; `pack_undo` takes them back.

Changes not yet in the log are added to it; rows, conflicts and queued rows are derived from the log. Erasure markers
are applied last, so that they also cover the texts in the same pack.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from samenleven_desktop.domain.clock import is_ahead
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.exchange import Bundle, PackedChange, PackedPlace, PackedRedaction
from samenleven_desktop.storage import erasure
from samenleven_desktop.storage.exchange import authors, forward_compatibility
from samenleven_desktop.storage.exchange import conflict_detection as disputes
from samenleven_desktop.storage.exchange import merge as merging
from samenleven_desktop.storage.exchange.erasure_validation import merged, takes_away_little
from samenleven_desktop.storage.exchange.outgoing import tuples
from samenleven_desktop.storage.models import (
    TRACKED,
    Change,
    CommandLog,
    RedactionRow,
    table_of,
)
from samenleven_desktop.storage.unit_of_work import ChangedRow, UnitOfWork

_CHANGE, _COMMAND = table_of(Change), table_of(CommandLog)
_REDACTION = table_of(RedactionRow)
_IN = "IN (SELECT value FROM json_each(?))"

TWO_WRITERS = N_(
    "{file} holds other work under numbers that are known here. Somebody works in two copies of one work file. "
    "Ask the colleague to put a backup back in one of them; then it counts as another computer."
)
NAMES_NOTHING = N_("{file} names changes that are not in it. Ask the colleague to make it again.")


UNFIT = N_("{file} does not hold what it says it holds. Ask the colleague to make it again.")


@dataclass
class ApplyResult:
    """The result of applying a pack: rows (table, id), conflicts (table, row, field), and numbers of changes."""

    merged: merging.Merged = field(default_factory=merging.Merged)
    new_changes: int = 0
    known_changes: int = 0
    not_understood: int = 0
    waiting: int = 0
    disputes: list[tuple[str, str, str]] = field(default_factory=list)
    erased: int = 0
    ahead: int = 0
    """Changes whose clock value lies in the future, and the highest such value."""
    ahead_until: int = 0


def take_in(
    unit: UnitOfWork, bundle: Bundle, file_name: str, checkpoint: Callable[[], None] = lambda: None
) -> ApplyResult:
    """Merges a pack. Raises UserError if its content is inconsistent; the caller then rolls back.

    `checkpoint` is called between the parts of the work, and may raise to cancel.
    """
    connection = unit.connection
    taken = ApplyResult()
    authors.check(connection, bundle, unit.author.device_id, file_name)
    # Before the redactions take them away: texts that only this file has may name the persons too.
    erased = [row for row in new_erasures(connection, bundle) if row[0] in TRACKED]
    names = erasure.words_of(connection, erased).all
    redacted = _redact(connection, bundle.redactions)
    known = _known_numbers(connection, bundle.changes, file_name)
    fresh = [one for one in bundle.changes if one.number not in known.get(one.device_id, ())]
    taken.new_changes, taken.known_changes = len(fresh), len(bundle.changes) - len(fresh)
    fresh, words = _without_erased(connection, _as_redacted(connection, bundle, fresh))
    now = unit.runtime.now()
    ahead = [one.hlc for one in fresh if is_ahead(one.hlc, now)]
    taken.ahead, taken.ahead_until = len(ahead), max(ahead, default=0)
    first = unit.make_room(
        len(fresh), max((one.hlc for one in bundle.changes if not is_ahead(one.hlc, now)), default=0)
    )
    _write_commands(connection, bundle, {one.command_id for one in fresh}, file_name)
    _write_changes(connection, fresh, first, unit.command_id)
    checkpoint()
    _write_places(connection, bundle, file_name, unit.command_id)
    checkpoint()
    not_understood = forward_compatibility.not_understood(fresh)
    taken.not_understood = len(not_understood)
    if not_understood:
        forward_compatibility.remember(connection, bundle, not_understood)

    touched = merging.changes_at_hand(fresh)
    older = merging.rows_with_history(connection, touched, first)
    for table_name, ids in (*merging.waiting_rows(connection).items(), *redacted.items()):
        older.setdefault(table_name, set()).update(ids)
    histories = merging.whole_history(connection, {name: ids for name, ids in older.items() if ids})
    for table_name, rows in histories.items():
        touched.setdefault(table_name, {}).update(rows)
    try:
        taken.merged = merging.merge_rows(connection, touched, checkpoint)
    except IntegrityError:
        # A row that its table rejects: a code that does not exist, or NULL where a value is required.
        raise UserError(UNFIT, file=file_name) from None
    checkpoint()
    taken.waiting = sum(len(ids) for ids in merging.waiting_rows(connection).values())
    taken.disputes = disputes.find_disputes(connection, touched, unit.runtime.now())
    unit.changed += changed_rows(connection, taken.merged.rows)
    taken.erased = _erase(unit, bundle, [*names, *words])
    # Of attachments that were erased here before, the pack may bring the content once more.
    made = {(one.table_name, one.row_id) for one in bundle.changes if one.table_name == "attachment"}
    erasure.purge_contents(connection, made & {(one.table_name, one.row_id) for one in erasure.markers(connection)})
    return taken


def new_erasures(connection: Connection, bundle: Bundle) -> list[tuple[str, str]]:
    """Returns the rows (table, id) that a pack erases and that were not erased here yet."""
    return [(one.table_name, one.row_id) for one in _new_markers(connection, bundle)]


def has_new_erasures(connection: Connection, bundle: Bundle) -> bool:
    """Returns whether a pack contains an erasure or a redaction that was not yet applied here."""
    if _new_markers(connection, bundle):
        return True
    here = {row.ref: (row.old, row.new) for row in connection.execute(select(_REDACTION))}
    return any(here.get(one.ref) != merged(one, here.get(one.ref)) for one in bundle.redactions)


def changed_rows(connection: Connection, rows: Sequence[tuple[str, str]]) -> list[ChangedRow]:
    """Returns the change notice of these rows, with their dossiers according to the log."""
    scopes: dict[str, list[str]] = defaultdict(list)
    query = (
        "SELECT DISTINCT c.row_id, s.scope FROM change c JOIN change_scope s ON s.change_seq = c.seq "
        f"WHERE c.row_id {_IN}"
    )
    for row_id, scope in tuples(connection, query, (json.dumps([row_id for _, row_id in rows]),)):
        scopes[row_id].append(scope)
    return [ChangedRow(table, row_id, tuple(sorted(scopes[row_id]))) for table, row_id in rows]


def _known_numbers(connection: Connection, changes: Sequence[PackedChange], file_name: str) -> dict[str, set[int]]:
    """Returns device -> which of these numbers this file has. Raises UserError if a known number has other content."""
    given: dict[str, list[PackedChange]] = defaultdict(list)
    for one in changes:
        given[one.device_id].append(one)
    found: dict[str, set[int]] = {}
    for device, own in given.items():
        numbers = [one.number for one in own]
        query = "SELECT number, row_id, hlc FROM change WHERE device_id = ? AND number BETWEEN ? AND ?"
        here = {
            number: (row_id, hlc)
            for number, row_id, hlc in tuples(connection, query, (device, min(numbers), max(numbers)))
        }
        for one in own:
            if here.get(one.number, (one.row_id, one.hlc)) != (one.row_id, one.hlc):
                raise UserError(TWO_WRITERS, file=file_name)
        found[device] = set(here)
    return found


# Erasure


def _redact(connection: Connection, redactions: Sequence[PackedRedaction]) -> dict[str, set[str]]:
    """Applies to our log the redactions that others made in theirs.

    Returns table -> rows of which a change became another: their values, and so their conflicts, may be others.
    """
    rows: dict[str, set[str]] = defaultdict(set)
    if not redactions:
        return rows
    here = {
        row.ref: (row.old, row.new)
        for row in connection.exec_driver_sql(
            f"SELECT ref, old, new FROM redaction WHERE ref {_IN}", (json.dumps([one.ref for one in redactions]),)
        )
    }
    for one in redactions:
        left = merged(one, here.get(one.ref))
        if here.get(one.ref) == left:
            continue
        values = {"old": left[0], "new": left[1]}
        put = insert(_REDACTION).prefix_with("OR REPLACE").values(ref=one.ref, **values)
        connection.execute(put)
        device, _, number = one.ref.rpartition(":")
        if device:
            at = (_CHANGE.c.device_id == device) & (_CHANGE.c.number == int(number))
            connection.execute(update(_CHANGE).where(at).values(**values))
            command = select(_CHANGE.c.command_id).where(at)
            connection.execute(update(_COMMAND).where(_COMMAND.c.id.in_(command)).values(sealed=True))
            for table_name, row_id in connection.execute(select(_CHANGE.c.table_name, _CHANGE.c.row_id).where(at)):
                if table_name in TRACKED:
                    rows[table_name].add(row_id)
        else:
            connection.execute(update(_COMMAND).where(_COMMAND.c.id == one.ref).values(details=left[1]))
    return rows


def _as_redacted(connection: Connection, bundle: Bundle, changes: list[PackedChange]) -> list[PackedChange]:
    """Returns changes without what was taken out of them elsewhere, if that is no more than an erasing takes."""
    left = {row.ref: (row.old, row.new) for row in connection.execute(select(_REDACTION))}
    if not left:
        return changes
    found = []
    erased = {(one.table_name, one.row_id) for one in erasure.markers(connection)}
    erased |= {(one.table_name, one.row_id) for one in bundle.erasures}
    for one in changes:
        kept = left.get(f"{one.device_id}:{one.number}")
        if kept is not None and takes_away_little(one, kept, erased=(one.table_name, one.row_id) in erased):
            one = one._replace(old=kept[0], new=kept[1])
        found.append(one)
    return found


def _without_erased(connection: Connection, changes: list[PackedChange]) -> tuple[list[PackedChange], list[str]]:
    """Returns changes of rows that were erased here, without their personal values, and the names in those values."""
    markers = {(one.table_name, one.row_id) for one in erasure.markers(connection)}
    if not markers:
        return changes, []
    found, words, gone = [], [], []
    for one in changes:
        if (one.table_name, one.row_id) in markers:
            words += erasure.names_in(one.table_name, one.field, one.old, one.new)
            left = erasure.emptied(one.table_name, one.field, one.old, one.new)
            if left != (one.old, one.new):
                gone.append({"ref": f"{one.device_id}:{one.number}", "old": left[0], "new": left[1]})
            found.append(one._replace(old=left[0], new=left[1]))
        else:
            found.append(one)
    erasure.put_redactions(connection, gone)
    return found, words


def _new_markers(connection: Connection, bundle: Bundle) -> list[erasure.Marker]:
    known = {(one.table_name, one.row_id) for one in erasure.markers(connection)}
    return [erasure.Marker(*one) for one in bundle.erasures if (one.table_name, one.row_id) not in known]


def _erase(unit: UnitOfWork, bundle: Bundle, words: list[str]) -> int:
    """Applies erasures from elsewhere, and removes newly found names of the erased persons from texts."""
    new = _new_markers(unit.connection, bundle)
    of_newer = [one for one in new if one.table_name not in TRACKED]
    new = [one for one in new if one.table_name in TRACKED]
    erasure.put_markers(unit.connection, of_newer, unit.command_id)
    erasure.empty_rows(unit.connection, [(one.table_name, one.row_id) for one in of_newer])
    if new or words:
        unit.erase_as_marked(new, words)
    return len(new) + len(of_newer)


# Change log


def _write_commands(connection: Connection, bundle: Bundle, used: set[str], file_name: str) -> None:
    given = {one.id for one in bundle.commands}
    query = f"SELECT id FROM command_log WHERE id {_IN}"
    here = {str(row[0]) for row in connection.exec_driver_sql(query, (json.dumps(sorted(used - given)),))}
    if used - given - here:
        raise UserError(NAMES_NOTHING, file=file_name)
    details = {row.ref: row.new for row in connection.execute(select(_REDACTION))}
    rows = [
        {**one._asdict(), "details": details.get(one.id) or one.details} for one in bundle.commands if one.id in used
    ]
    if not rows:
        return
    connection.execute(insert(_COMMAND).prefix_with("OR IGNORE"), rows)
    reverted = [{"c": one["reverts"], "b": one["id"]} for one in rows if one["reverts"]]
    for one in reverted:
        by = select(_COMMAND.c.device_id).where(_COMMAND.c.id == one["b"]).scalar_subquery()
        mine = (_COMMAND.c.id == one["c"]) & (_COMMAND.c.device_id == by)
        mark = update(_COMMAND).where(mine, _COMMAND.c.reverted_by.is_(None))
        connection.execute(mark.values(reverted_by=one["b"]))


def _write_changes(connection: Connection, changes: Sequence[PackedChange], first: int, command_id: str) -> None:
    # Uses the driver directly: twice as fast for what may be a hundred thousand rows.
    columns = "seq, device_id, number, officer_id, hlc, command_id, table_name, row_id, field, old, new, replaces"
    put = f"INSERT INTO change ({columns}, arrived_in) VALUES ({', '.join('?' * 13)})"
    rows = [(seq, *one, command_id) for seq, one in enumerate(changes, first)]
    if rows:
        connection.exec_driver_sql(put, rows)


def _write_places(connection: Connection, bundle: Bundle, file_name: str, arrived_in: str) -> None:
    wanted: dict[str, list[int]] = defaultdict(list)
    for one in bundle.places:
        wanted[one.author].append(one.change_number)
    seqs: dict[tuple[str, int], int] = {}
    query = "SELECT number, seq FROM change WHERE device_id = ? AND number BETWEEN ? AND ?"
    for device, numbers in wanted.items():
        for number, seq in tuples(connection, query, (device, min(numbers), max(numbers))):
            seqs[device, number] = seq
    try:
        rows = [(one.scope, one.device_id, one.number, seqs[one.author, one.change_number]) for one in bundle.places]
    except KeyError:
        raise UserError(NAMES_NOTHING, file=file_name) from None
    here = _known_places(connection, bundle.places)
    if any(here.get(row[:3], row[3]) != row[3] for row in rows):
        raise UserError(TWO_WRITERS, file=file_name)
    fresh = [(*row, arrived_in) for row in rows if row[:3] not in here]
    if fresh:
        put = "INSERT INTO change_scope (scope, device_id, number, change_seq, arrived_in) VALUES (?, ?, ?, ?, ?)"
        connection.exec_driver_sql(put, fresh)


def _known_places(connection: Connection, places: Sequence[PackedPlace]) -> dict[tuple[str, str, int], int]:
    """Returns (scope, device, number) -> the change at that position in this file, for the streams of these places."""
    streams: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in places:
        streams[one.scope, one.device_id].append(one.number)
    query = (
        "SELECT scope, device_id, number, change_seq FROM change_scope "
        "WHERE scope = ? AND device_id = ? AND number BETWEEN ? AND ?"
    )
    return {
        (scope, device, number): seq
        for stream, numbers in streams.items()
        for scope, device, number, seq in tuples(connection, query, (*stream, min(numbers), max(numbers)))
    }
