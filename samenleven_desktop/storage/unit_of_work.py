"""The writes of one command: rows and change log are written together, or not at all.

Rows are collected and written in bulk by `flush`, each change with its number, clock value and dossiers. Nothing else
in the program writes tracked tables or the log. The caller commits (storage/store.py).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from samenleven_desktop.domain.clock import HybridClock, Runtime
from samenleven_desktop.domain.errors import N_, Bug, UserError
from samenleven_desktop.domain.exchange import CATALOGUE
from samenleven_desktop.domain.field_merge import DELETED
from samenleven_desktop.domain.fields import is_new
from samenleven_desktop.domain.person_pattern import SearchPattern
from samenleven_desktop.storage import erasure, probable_mentions, seen
from samenleven_desktop.storage.exchange import conflict_detection
from samenleven_desktop.storage.log_values import decode, decode_row, encode, plain
from samenleven_desktop.storage.models import TRACKED, Change, ChangeScope, CommandLog, Meta, Tracked, table_of

ERASED_SINCE = N_("This cannot be undone any more: what it wrote was erased for good.")
CHANGED_SINCE = N_("This cannot be undone any more: it was changed since. Change it back by hand.")

_CHANGE, _SCOPE, _COMMAND = table_of(Change), table_of(ChangeScope), table_of(CommandLog)
_META = table_of(Meta)

# In `meta` while erased text may remain in free pages, the search index or backups (storage/erasure.py).
TO_VACUUM = "to_scour"
# In `meta`, the highest clock value received in a pack: changes made here get a higher one.
CLOCK_FLOOR = "clock_floor"


@dataclass(frozen=True)
class Author:
    """The officer and device of a change; the officer is unknown until one is chosen in a new file."""

    device_id: str
    officer_id: str | None


@dataclass(frozen=True)
class ChangedRow:
    """One row in a change notice: enough for a screen to decide whether to reload."""

    table: str
    row_id: str
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """The undo step of a command: its display name (a catalogue sentence) and the values in that name.

    `kind` is do, undo, redo or setup; a setup step (creating a file, practice content) is never undone.
    """

    name: str
    details: Mapping[str, object] = field(default_factory=dict)
    kind: str = "do"
    reverts: str | None = None


@dataclass
class _Pending:
    table: str
    row_id: str
    field: str | None
    old: object
    new: object
    replaces: str | None = None


class UnitOfWork:
    """Collects the inserts, changes and deletions of one command. `command_id` identifies the undo step."""

    def __init__(self, connection: Connection, author: Author, runtime: Runtime, step: Step) -> None:
        self._connection = connection
        self._author = author
        self._kind = step.kind
        self._runtime = runtime
        self._inserts: dict[str, list[dict[str, object]]] = defaultdict(list)
        self._fresh: dict[str, dict[str, object]] = {}
        self._alive: set[str] = set()
        self._pending: list[_Pending] = []
        self._own: dict[str, seen.Heads] = {}
        self._links: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._scope_numbers: dict[str, int] = {}
        self._known_dossiers: dict[str, tuple[str, ...]] = {}
        self._erased: list[erasure.Marker] = []
        self._struck: list[str] = []
        self._redactions = erasure.newest_redaction(connection) if step.kind == "pack" else 0
        self._likely: list[erasure.Place] = []
        self.changed: list[ChangedRow] = []
        self.command_id = runtime.new_id()
        own = select(_CHANGE.c.number, _CHANGE.c.hlc).where(_CHANGE.c.device_id == author.device_id)
        last = connection.execute(own.order_by(_CHANGE.c.number.desc()).limit(1)).first()
        self._number = last.number if last else 0
        top = connection.execute(select(_CHANGE.c.hlc, _CHANGE.c.seq).order_by(_CHANGE.c.seq.desc()).limit(1)).first()
        self._seq = top.seq if top else 0
        floor = connection.execute(select(_META.c.value).where(_META.c.key == CLOCK_FLOOR)).scalar()
        self._clock = HybridClock(runtime.now)
        self._clock.has_given(last.hlc if last else 0)
        for value in (top.hlc if top else 0, int(floor or 0)):
            self._clock.has_seen(value)
        connection.execute(
            insert(_COMMAND).values(
                id=self.command_id,
                device_id=author.device_id,
                officer_id=author.officer_id,
                made_at=runtime.now().isoformat(timespec="milliseconds"),
                kind=step.kind,
                name=step.name,
                details=json.dumps(dict(step.details), ensure_ascii=False, default=plain),
                reverts=step.reverts,
            )
        )

    @property
    def connection(self) -> Connection:
        """For reads by the repositories inside this transaction; pending rows are written first."""
        self._send_rows()
        return self._connection

    @property
    def erased_words(self) -> SearchPattern | None:
        """The words that an erasure in this step removed from texts; None if nothing was erased."""
        return SearchPattern(self._struck) if self._erased or self._struck else None

    @property
    def runtime(self) -> Runtime:
        return self._runtime

    @property
    def author(self) -> Author:
        return self._author

    def insert(self, model: type[Tracked], /, **values: object) -> str:
        """Inserts a row and returns its id. Columns that are not named are NULL."""
        table = table_of(model)
        row: dict[str, object] = dict.fromkeys(table.c.keys())
        if unknown := values.keys() - row.keys():
            raise Bug("no such column in {table}: {columns}", table=table.name, columns=", ".join(sorted(unknown)))
        row.update(values)
        row_id = str(row["id"] or self._runtime.new_id())
        row["id"] = row_id
        self._inserts[table.name].append(row)
        self._fresh[row_id] = row
        for target in TRACKED.values():
            for link_table, own_column, dossier_column in target.scope_links:
                if link_table == table.name:
                    self._links[link_table, str(row[own_column])].append(str(row[dossier_column]))
        logged = {name: value for name, value in row.items() if value is not None and name != "id"}
        self._log(_Pending(table.name, row_id, None, None, logged), [])
        return row_id

    def change(self, model: type[Tracked], row_id: str, /, **values: object) -> bool:
        """Sets fields of a row; only those that differ are written and logged. Returns whether any did."""
        return self._change(model, row_id, values, settles=self._kind not in ("undo", "redo", "pack"))

    def _change(self, model: type[Tracked], row_id: str, values: Mapping[str, object], *, settles: bool) -> bool:
        """`settles`: what is written decides about every value of the field that is known here (storage/seen.py)."""
        table = table_of(model)
        old = self.row(model, row_id)
        if old is None:
            raise Bug("no row {row} in {table}", row=row_id, table=table.name)
        different = {name: value for name, value in values.items() if old[name] != value}
        if not different:
            return False
        self._connection.execute(update(table).where(table.c.id == row_id).values(**different))
        self._fresh.get(row_id, {}).update(different)
        self._alive.discard(row_id)
        known = self._heads(row_id)
        for name, value in different.items():
            replaced = seen.seen(known, name, deleted=old[DELETED] is not None, settles=settles)
            self._log(_Pending(table.name, row_id, name, old[name], value, " ".join(replaced) or None), replaced)
        return True

    def retype(self, model: type[Tracked], row_id: str, /, **values: object) -> bool:
        """As `change`, for what was typed: a long text that only lost invisible signs stays as it was written."""
        old, table = self.row(model, row_id) or {}, table_of(model).name
        kept = {key: value for key, value in values.items() if is_new(table, key, old.get(key), value)}
        return self.change(model, row_id, **kept)

    def decide(self, model: type[Tracked], row_id: str, field_name: str, value: object, settles: Iterable[str]) -> None:
        """Writes the value chosen for a conflict, even if it is the current one.

        The change lists the changes (`device:number`) that it settles.
        """
        old = self.row(model, row_id)
        if old is None:
            raise Bug("no row {row} in {table}", row=row_id, table=table_of(model).name)
        table = table_of(model)
        self._connection.execute(update(table).where(table.c.id == row_id).values({field_name: value}))
        self._fresh.get(row_id, {})[field_name] = value
        replaced = sorted(set(settles))
        self._log(_Pending(table.name, row_id, field_name, old[field_name], value, " ".join(replaced)), replaced)

    def make_room(self, changes: int, hlc: int) -> int:
        """Reserves log numbers for changes from elsewhere and returns the first; `hlc` is their highest clock value
        that is not ahead of this clock.

        Must be called before anything is pending.
        """
        first = self._seq + 1
        self._seq += changes
        self._clock.has_seen(hlc)
        put = upsert(_META).values(key=CLOCK_FLOOR, value=str(self._clock.last))
        self._connection.execute(put.on_conflict_do_update(index_elements=["key"], set_={"value": put.excluded.value}))
        return first

    def delete(self, model: type[Tracked], row_id: str) -> None:
        """Writes a tombstone: the row stays, with the time of its deletion."""
        self.change(model, row_id, deleted_at=self._runtime.now().isoformat(timespec="milliseconds"))

    def erase(self, rows: Sequence[tuple[str, str]], places: Sequence[erasure.Place] = ()) -> SearchPattern:
        """Erases rows (table, id) permanently, here and in the log, and the persons' names in every text.

        From `places` also goes what may be a name. Rows leave a marker without data. Returns the removed words.
        """
        moment, device = self._runtime.now().isoformat(timespec="milliseconds"), self._author.device_id
        words = self.erase_as_marked([erasure.Marker(*row, device, self._clock.tick(), moment) for row in rows])
        for model, row_id, values in probable_mentions.values_without(self._connection, places, words):
            self._change(model, row_id, values, settles=False)
        self._likely += places
        return words

    def erase_as_marked(self, markers: Sequence[erasure.Marker], more: Iterable[str] = ()) -> SearchPattern:
        """Applies erasures from elsewhere; `more` has known names of the persons besides those in the rows."""
        self._send_rows()
        rows = [(one.table_name, one.row_id) for one in markers]
        words = SearchPattern([*erasure.words_of(self._connection, rows).all, *more])
        for one in erasure.mentions(self._connection, words, but=[row_id for _, row_id in rows]):
            without = {one.field: words.without(one.text)}
            self._change(TRACKED[one.table_name], one.row_id, without, settles=False)
        for marker in markers:
            self._erased.append(marker)
            table_name, row_id = marker.table_name, marker.row_id
            self.changed.append(ChangedRow(table_name, row_id, self._scopes(table_name, row_id)))
        self._struck += words.all
        return words

    def row(self, model: type[Tracked], row_id: str) -> Mapping[str, Any] | None:
        """Returns the row in its state within this transaction, tombstones included."""
        self._send_rows()
        table = table_of(model)
        found = self._connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
        return None if found is None else dict(found)

    def is_alive(self, model: type[Tracked], row_id: str) -> bool:
        """Returns whether a row exists and is not deleted. Queries the database once, however many rows refer to it."""
        if row_id in self._fresh:
            return self._fresh[row_id]["deleted_at"] is None
        if row_id not in self._alive:
            row = self.row(model, row_id)
            if row is None or row["deleted_at"] is not None:
                return False
            self._alive.add(row_id)
        return True

    def revert(self, command_id: str) -> None:
        """Undoes another command, newest change first; logged as new changes.

        Raises UserError if something it wrote was changed since by a command that was not undone.
        """
        if self._connection.execute(select(_COMMAND.c.sealed).where(_COMMAND.c.id == command_id)).scalar():
            raise UserError(ERASED_SINCE)
        query = select(_CHANGE).where(_CHANGE.c.command_id == command_id).order_by(_CHANGE.c.seq.desc())
        for change in self._connection.execute(query).mappings().all():
            model = TRACKED[change["table_name"]]
            row = self.row(model, change["row_id"])
            if row is None:
                raise Bug("no row {row} in {table}", row=change["row_id"], table=change["table_name"])
            if change["field"] is None:
                expected = decode_row(model, change["new"])
                back: dict[str, object] = {"deleted_at": self._runtime.now().isoformat(timespec="milliseconds")}
            else:
                expected = {change["field"]: decode(model, change["field"], change["new"])}
                back = {change["field"]: decode(model, change["field"], change["old"])}
            if any(row[name] != value for name, value in expected.items()):
                raise UserError(CHANGED_SINCE)
            self.change(model, change["row_id"], **back)
        mark = update(_COMMAND).where(_COMMAND.c.id == command_id).values(reverted_by=self.command_id)
        self._connection.execute(mark)

    def flush(self) -> None:
        """Writes rows and log. Called once, by the store, before it commits."""
        self._send_rows()
        self._known_dossiers = {}
        changes: list[dict[str, object]] = []
        scopes: list[dict[str, object]] = []
        device = self._author.device_id
        for pending in self._pending:
            self._number += 1
            self._seq += 1
            new = encode(pending.new)
            changes.append(
                {
                    "seq": self._seq,
                    "device_id": device,
                    "number": self._number,
                    "officer_id": self._author.officer_id,
                    "hlc": self._clock.tick(),
                    "command_id": self.command_id,
                    "table_name": pending.table,
                    "row_id": pending.row_id,
                    "field": pending.field,
                    "old": encode(pending.old),
                    "new": new,
                    "replaces": pending.replaces,
                }
            )
            found = self._scopes(pending.table, pending.row_id)
            self.changed.append(ChangedRow(pending.table, pending.row_id, found))
            for scope in found:
                number = self._next_scope_number(scope)
                scopes.append({"scope": scope, "device_id": device, "number": number, "change_seq": self._seq})
        if changes:
            scopes += self._places_of_rows_that_moved()
            self._connection.execute(insert(_CHANGE), changes)
            self._connection.execute(insert(_SCOPE), scopes)
        existing = {(one.table, one.row_id) for one in self._pending if one.row_id not in self._fresh}
        self._pending.clear()
        erasing = bool(self._erased or self._struck)
        if erasing:
            self._finish_erasing()
        if self._kind == "pack":
            erasure.note_origin(self._connection, self._redactions, self.command_id)
        conflict_detection.look_again(self._connection, None if erasing else existing, self._runtime.now())

    def _places_of_rows_that_moved(self) -> list[dict[str, object]]:
        """Backfills `change_scope` for existing rows that were linked to another dossier, and for their dependents.

        All their earlier changes get a position in this device's stream of that dossier.
        """
        to_do: list[tuple[str, str]] = []
        for pending in self._pending:
            model = TRACKED[pending.table]
            if pending.field in model.scope_columns and pending.row_id not in self._fresh:
                to_do.append((pending.table, pending.row_id))
            for owner, target in TRACKED.items() if pending.field is None else ():
                for link_table, own_column, _ in target.scope_links:
                    if link_table == pending.table:
                        to_do.append((owner, str(self._fresh[pending.row_id][own_column])))
        places: list[dict[str, object]] = []
        done: set[str] = set()
        while to_do:
            table_name, row_id = to_do.pop()
            if row_id in self._fresh or row_id in done:
                continue
            done.add(row_id)
            query = select(_SCOPE.c.scope).join(_CHANGE, _CHANGE.c.seq == _SCOPE.c.change_seq)
            known = set(self._connection.execute(query.where(_CHANGE.c.row_id == row_id).distinct()).scalars())
            missing = sorted(set(self._scopes(table_name, row_id)) - known - {CATALOGUE})
            if not missing:
                continue
            earlier = select(_CHANGE.c.seq).where(_CHANGE.c.row_id == row_id).order_by(_CHANGE.c.seq)
            device = self._author.device_id
            for seq in self._connection.execute(earlier).scalars().all():
                for scope in missing:
                    number = self._next_scope_number(scope)
                    places.append({"scope": scope, "device_id": device, "number": number, "change_seq": seq})
            for name, model in TRACKED.items():
                for column, parent in model.scope_parents:
                    if parent == table_name:
                        children = select(table_of(model).c.id).where(table_of(model).c[column] == row_id)
                        to_do += [(name, child) for child in self._connection.execute(children).scalars()]
        return places

    def _finish_erasing(self) -> None:
        rows = [(one.table_name, one.row_id) for one in self._erased]
        erasure.put_markers(self._connection, self._erased, self.command_id if self._kind == "pack" else None)
        erasure.empty_rows(self._connection, rows)
        probable_mentions.strike(self._connection, SearchPattern(self._struck), self._likely)
        erasure.purge_contents(self._connection, rows)
        erasure.seal(self._connection, [self.command_id])
        put = upsert(_META).values(key=TO_VACUUM, value=self._runtime.now().isoformat())
        self._connection.execute(put.on_conflict_do_update(index_elements=["key"], set_={"value": put.excluded.value}))

    def _send_rows(self) -> None:
        if not self._inserts:
            return
        # Within one command, parents may follow their children; foreign keys are checked at commit.
        self._connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for name, rows in self._inserts.items():
            self._connection.execute(insert(table_of(TRACKED[name])), rows)
        self._inserts.clear()

    def _heads(self, row_id: str) -> seen.Heads:
        if row_id not in self._own:
            self._own[row_id] = {} if row_id in self._fresh else seen.heads_of_row(self._connection, row_id)
        return self._own[row_id]

    def _log(self, pending: _Pending, replaced: list[str]) -> None:
        self._pending.append(pending)
        ref = f"{self._author.device_id}:{self._number + len(self._pending)}"
        known = self._heads(pending.row_id)
        head = seen.SeenChange(ref, encode(pending.new))
        if pending.field is None:
            known[None] = [head]
        else:
            seen.with_change(known, pending.field, head, replaced)

    def _scopes(self, table_name: str, row_id: str) -> tuple[str, ...]:
        """Returns the dossiers a row belongs to, sorted; the shared catalogue if there are none."""
        found = sorted(set(self._dossiers(table_name, row_id)))
        return tuple(found) or (CATALOGUE,)

    def _dossiers(self, table_name: str, row_id: str) -> Iterable[str]:
        """Looks up existing rows once per flush: many new rows may refer to the same one."""
        if row_id in self._fresh:
            return self._look_up(table_name, row_id)
        if row_id not in self._known_dossiers:
            self._known_dossiers[row_id] = tuple(self._look_up(table_name, row_id))
        return self._known_dossiers[row_id]

    def _look_up(self, table_name: str, row_id: str) -> Iterable[str]:
        model = TRACKED[table_name]
        row = self._fresh.get(row_id) or self.row(model, row_id)
        if row is None:
            return
        for column in model.scope_columns:
            if row[column] is not None:
                yield str(row[column])
        for column, parent in model.scope_parents:
            if row[column] is not None:
                yield from self._dossiers(parent, str(row[column]))
        for link_name, own_column, dossier_column in model.scope_links:
            yield from self._links.get((link_name, row_id), ())
            if row_id not in self._fresh:
                link = table_of(TRACKED[link_name])
                query = select(link.c[dossier_column]).where(link.c[own_column] == row_id)
                yield from self._connection.execute(query).scalars()

    def _next_scope_number(self, scope: str) -> int:
        if scope not in self._scope_numbers:
            query = select(func.max(_SCOPE.c.number)).where(
                and_(_SCOPE.c.scope == scope, _SCOPE.c.device_id == self._author.device_id)
            )
            self._scope_numbers[scope] = int(self._connection.execute(query).scalar() or 0)
        self._scope_numbers[scope] += 1
        return self._scope_numbers[scope]
