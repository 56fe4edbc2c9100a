"""An open work file: its lock, its engine, and access for reading and for writing (one undo step each).

`open_file` creates and opens files; keys, migrations and backups have their own modules.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.domain.person_pattern import SearchPattern
from samenleven_desktop.readmodels.history import Comparison
from samenleven_desktop.storage import backup, backup_notes, erasure, keys, plan_use, rekey, restore
from samenleven_desktop.storage.engine import connect, driver_faults, make_engine
from samenleven_desktop.storage.exchange import pack_undo, peers
from samenleven_desktop.storage.file_lock import StoreLock, os_faults
from samenleven_desktop.storage.memory import wipe
from samenleven_desktop.storage.models import CommandLog, Meta, table_of
from samenleven_desktop.storage.rekey import OLDER_KEYS, Progress, nothing, older_keys, with_older
from samenleven_desktop.storage.system_keyring import KeptKey
from samenleven_desktop.storage.unit_of_work import TO_VACUUM, Author, ChangedRow, Step, UnitOfWork

_META, _COMMAND = table_of(Meta), table_of(CommandLog)
_STEP = (_COMMAND.c.id, _COMMAND.c.name, _COMMAND.c.details, _COMMAND.c.kind, _COMMAND.c.sealed)

# In `meta` of a file restored from a kept backup: rows (table, id) whose erasure does not hold any more.
RETURNED = "erasures_returned"
FULL_SO_READING = N_(
    "The disk with {file} is full, so the file is open for reading only. Make room and open it again; export and "
    "reports work, to another disk."
)
CLOSED = N_("The work file is closed. Open it again.")


@dataclass(frozen=True)
class UndoStep:
    """The next step for undo or redo: its name and the values in that name.

    `sealed`: something was erased in it, which stays so; only packs are undone then.
    """

    command_id: str
    name: str
    details: str
    kind: str
    sealed: bool = False


class _DryRun(Exception):
    """Raised to roll back a dry run."""


class Store:
    """One work file, open and locked. Made by `create` or `open_store`; `close` releases everything."""

    def __init__(
        self, path: Path, key: bytearray, lock: StoreLock, runtime: Runtime, *, read_only: bool = False
    ) -> None:
        self.path = path
        self.read_only = read_only
        """The disk was full when the file was opened: it can only be read, and exported to another disk."""
        self.runtime = runtime
        self._key = key
        self._lock = lock
        self._engine = make_engine(path, key, looking=read_only)
        self._gate = _Gate()

    # Reading and writing

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Opens a connection for reading: one consistent snapshot for the whole block."""
        with self._gate.inside(), driver_faults(self.path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self, step: Step) -> Iterator[UnitOfWork]:
        """Opens a unit of work: committed if the block succeeds, otherwise rolled back."""
        self._check_writable()
        with self._gate.inside(), driver_faults(self.path), self._engine.connect() as raw:
            connection = raw.execution_options(write=True)
            with connection.begin():
                unit = UnitOfWork(connection, self._author(connection), self.runtime, step)
                yield unit
                unit.flush()

    @contextmanager
    def write_untracked(self) -> Iterator[Connection]:
        """For drafts, facts about this file and shipped rows: data outside the change log."""
        self._check_writable()
        with self._gate.inside(), driver_faults(self.path), self._engine.connect() as raw:
            connection = raw.execution_options(write=True)
            with connection.begin():
                yield connection

    def _check_writable(self) -> None:
        if self.read_only:
            raise EnvironmentFault(FULL_SO_READING, file=str(self.path))

    # Undo

    def next_undo(self, connection: Connection) -> UndoStep | None:
        """Returns the newest step of this device that was not undone; setup steps are never offered."""
        return self._step(connection, ("do", "redo", "pack"), after=0)

    def next_redo(self, connection: Connection) -> UndoStep | None:
        """Returns the newest undo, provided that nothing new was done after it."""
        query = select(_COMMAND.c.seq).where(
            _COMMAND.c.kind.in_(("do", "pack")), _COMMAND.c.device_id == self.meta(connection, "device_id")
        )
        last_done = connection.execute(query.order_by(_COMMAND.c.seq.desc()).limit(1)).scalar()
        return self._step(connection, ("undo",), after=int(last_done or 0))

    def undo(self) -> tuple[UndoStep, tuple[ChangedRow, ...]]:
        """Undoes the newest step. Raises UserError if there is none or later work builds on it."""
        return self._revert("undo")

    def redo(self) -> tuple[UndoStep, tuple[ChangedRow, ...]]:
        return self._revert("redo")

    def _revert(self, kind: str) -> tuple[UndoStep, tuple[ChangedRow, ...]]:
        with self.read() as connection:
            step = self.next_undo(connection) if kind == "undo" else self.next_redo(connection)
        if step is None:
            raise UserError(N_("There is nothing to undo.") if kind == "undo" else N_("There is nothing to redo."))
        if step.kind == "pack":
            return step, self.undo_pack(step)[1]
        with self.write(Step(step.name, json.loads(step.details), kind, step.command_id)) as unit:
            unit.revert(step.command_id)
            plan_use.revert(unit, json.loads(step.details), undone=step.kind == "undo")
        return step, tuple(unit.changed)

    def pack_steps(self, connection: Connection) -> dict[str, UndoStep]:
        """Returns the steps that applied a pack and were not undone, by id."""
        query = select(*_STEP).where(_COMMAND.c.kind == "pack", _COMMAND.c.reverted_by.is_(None))
        return {found.id: UndoStep(*found) for found in connection.execute(query)}

    def is_built_upon(self, step: UndoStep) -> bool:
        """Returns whether later work builds on a pack."""
        with self.read() as connection:
            return pack_undo.is_built_upon(connection, step.command_id)

    def undo_pack(self, step: UndoStep, *, only_look: bool = False) -> tuple[bool, tuple[ChangedRow, ...]]:
        """Undoes a pack, whether or not it is the newest step; returns whether by new changes, and the rows.

        A pack on which nothing was built is removed as if it had never been applied: it can be applied again.
        `only_look` is a dry run.
        """
        with self.read() as connection:
            by_changes = pack_undo.is_built_upon(connection, step.command_id) or pack_undo.changed_texts(
                connection, step.command_id
            )
        changed: tuple[ChangedRow, ...] = ()
        with suppress(_DryRun):
            if by_changes:
                with self.write(Step(step.name, json.loads(step.details), "undo", step.command_id)) as unit:
                    pack_undo.take_back(unit, step.command_id)
                    if only_look:
                        unit.flush()
                        changed = tuple(unit.changed)
                        raise _DryRun
                changed = tuple(unit.changed)
            else:
                with self.write_untracked() as connection:
                    changed = tuple(pack_undo.let_go(connection, step.command_id, self.runtime.now()))
                    peers.drop_note(connection, step.command_id)
                    plan_use.drop_brought(connection, json.loads(step.details))
                    if only_look:
                        raise _DryRun
        return by_changes, changed

    def _step(self, connection: Connection, kinds: tuple[str, ...], after: int) -> UndoStep | None:
        query = (
            select(*_STEP)
            .where(
                _COMMAND.c.kind.in_(kinds),
                _COMMAND.c.reverted_by.is_(None),
                or_(~_COMMAND.c.sealed, _COMMAND.c.kind == "pack"),
                _COMMAND.c.device_id == self.meta(connection, "device_id"),
                _COMMAND.c.seq > after,
            )
            .order_by(_COMMAND.c.seq.desc())
            .limit(1)
        )
        found = connection.execute(query).first()
        return UndoStep(*found) if found else None

    # Facts about this file

    def meta(self, connection: Connection, key: str) -> str | None:
        value = connection.execute(select(_META.c.value).where(_META.c.key == key)).scalar()
        return None if value is None else str(value)

    def set_meta(self, **values: str) -> None:
        with self.write_untracked() as connection:
            for key, value in values.items():
                put = upsert(_META).values(key=key, value=value)
                connection.execute(put.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

    def _author(self, connection: Connection) -> Author:
        return Author(self.meta(connection, "device_id") or "", self.meta(connection, "officer_id"))

    # Keys

    def change_passphrase(self, present: str, passphrase: str, progress: Progress = nothing) -> str | None:
        """Gives the file a new data key under another passphrase: no earlier key file opens it.

        Returns the code for a new recovery sheet if there was one. Raises EnvironmentFault with field `passphrase` if
        the present one is wrong, UserError if the new one is too short; nothing is changed then.
        """
        return self._change_key(present, passphrase, self.has_recovery(), progress)

    def new_recovery_code(self, present: str, progress: Progress = nothing) -> str:
        """Returns a new recovery code, with a new data key: earlier sheets no longer work with any key file.

        Raises EnvironmentFault with field `passphrase` if the passphrase is wrong.
        """
        return self._change_key(present, present, True, progress) or ""

    def _change_key(self, present: str, passphrase: str, with_recovery: bool, progress: Progress) -> str | None:
        self._check_writable()
        with self._gate.alone():
            key_file = keys.load_key_file(self.path)
            wipe(keys.unwrap(key_file, present, self.path))
            public = key_file.public and passphrase == present
            made, key, code = keys.make_key_file(
                key_file.store_id, passphrase, key_file.passphrase.cost, with_recovery=with_recovery, public=public
            )
            with self._engine.connect() as connection:
                older = older_keys(self.meta(connection, OLDER_KEYS))
            facts = {OLDER_KEYS: with_older(older, key_file.key_id, self._key)}
            self._engine.dispose()
            try:
                rekey.change(self.path, (key_file, self._key), (made, key), facts, progress)
                wipe(self._key)
                self._key = key
            finally:
                self._lock.follow()
                self._engine = make_engine(self.path, self._key)
        return code

    def key_of(self, copy: Path) -> bytearray:
        """Returns the data key of a backup, the current one or an older one. Raises EnvironmentFault if none fits."""
        with self.read() as connection:
            older = older_keys(self.meta(connection, OLDER_KEYS))
        for known in (self._key, *(bytearray.fromhex(one.key) for one in older)):
            if rekey.fits(copy, known):
                return known
        raise EnvironmentFault(restore.NOT_A_GOOD_BACKUP, file=str(copy))

    def has_recovery(self) -> bool:
        return keys.load_key_file(self.path).recovery is not None

    def kept_key(self) -> KeptKey:
        """Gives access to the data key in the keyring of this computer, to store or delete it."""
        return KeptKey(keys.load_key_file(self.path).store_id, self._key)

    # Backups and health

    def back_up(self, reason: str) -> backup.Backup:
        """Makes a verified copy beside the work file, in `FILE-backups`."""
        self._check_writable()
        with self._gate.inside():
            return backup.make(self.path, self._key, reason, self.runtime.now())

    def restore(self, chosen: Path) -> None:
        """Replaces this file by a backup, without what was erased since and under a new device id; the file stays open.

        A backup that is kept because a colleague's file erased something brings that back. The caller backed up the
        present file first. Raises EnvironmentFault: nothing was changed.
        """
        kept = backup_notes.kept_in(chosen.parent).get(chosen.name)
        returns = [] if kept is None else list(kept.rows)
        with self.read() as connection:
            found, left = erasure.markers(connection), erasure.redactions(connection, of_packs=kept is None)
            facts = {OLDER_KEYS: self.meta(connection, OLDER_KEYS) or "[]", "device_id": self.runtime.new_id()}
        found += [one for one in backup_notes.noted_markers(backup.backup_dir(self.path)) if one not in found]
        found = [one for one in found if (one.table_name, one.row_id) not in returns]
        if returns:
            facts[RETURNED] = json.dumps(returns)
        key = self.key_of(chosen)
        prepared = restore.prepare(chosen, key, self.path, found, facts, left)
        if key != self._key:
            again = rekey.rekeying_path(self.path)
            rekey.recrypt(prepared, key, again, self._key)
            with os_faults(self.path):
                again.replace(prepared)
        with self._gate.alone():
            self._engine.dispose()
            try:
                restore.put_in_place(prepared, self.path, self._key)
            finally:
                self._lock.follow()
                self._engine = make_engine(self.path, self._key)

    def compare(self, chosen: Path) -> Comparison:
        """Returns the differences that restoring a backup would make."""
        key = self.key_of(chosen)
        with self.read() as connection:
            return restore.compare(connection, chosen, key)

    def is_good(self, chosen: Path) -> bool:
        """Returns whether a backup opens with the key of this file and is intact."""
        try:
            return restore.is_good(chosen, self.key_of(chosen))
        except EnvironmentFault as fault:
            if fault.message == CLOSED:
                raise
            return False

    # Work that remains after an erasure

    def has_to_vacuum(self) -> bool:
        with self.read() as connection:
            return self.meta(connection, TO_VACUUM) is not None

    def vacuum(self) -> None:
        """Cleans free pages and the search index after an erasure, and records in the file that this is done."""
        with driver_faults(self.path), self._gate.alone():
            self._engine.dispose()
            connection = connect(self.path, self._key)
            try:
                erasure.vacuum(connection)
                connection.execute("DELETE FROM meta WHERE key = ?", (TO_VACUUM,))
            finally:
                connection.close()

    def clean_backups(self, folder: Path, words: SearchPattern, now: datetime) -> int:
        """Removes erased data from the backups in a folder, replacing each atomically; returns their number.

        A record in the folder (ids only) lists the applied erasures, so that this runs once, also after a crash. A
        backup with an unknown key cannot be cleaned: the record sets how long it may stay, thirty days from `now`.
        """
        with self.read() as connection:
            found, left = erasure.markers(connection), erasure.redactions(connection)
            of_own = erasure.redactions(connection, of_packs=False)
            returned = {row_id for _, row_id in json.loads(self.meta(connection, RETURNED) or "[]")}
        known = {one.row_id for one in backup_notes.noted_markers(folder)} - returned
        missing = [one for one in found if one.row_id not in known]
        if not missing or not folder.is_dir():
            return 0
        closed, cleaned, kept = [], 0, backup_notes.kept_in(folder)
        for one in backup.existing(self.path, folder):
            try:
                key = self.key_of(one.path)
            except EnvironmentFault:
                closed.append(one.path.name)
                continue
            stays = kept[one.path.name].rows if one.path.name in kept else ()
            wanted = [marker for marker in missing if (marker.table_name, marker.row_id) not in stays]
            # Decided by content and not by date: a clock may have been wrong.
            if not restore.is_clean(one.path, key, wanted):
                markers = [marker for marker in found if (marker.table_name, marker.row_id) not in stays]
                restore.clean(one.path, key, markers, words, of_own if stays else left)
                cleaned += 1
        backup_notes.note_markers(folder, found, closed, now)
        return cleaned

    def renew_backups(self, folder: Path, progress: Progress = nothing) -> int:
        """Re-encrypts older backups with the current key, with its key file; returns their number."""
        today = keys.key_id_of(self.path)
        older = [one for one in backup.existing(self.path, folder) if keys.key_id_of(one.path) != today]
        renewed = 0
        for number, one in enumerate(older):
            progress(number, len(older))
            try:
                key = self.key_of(one.path)
            except EnvironmentFault:
                continue
            made = backup.put_under_key(one.path, partial(self._recrypt, one.path, key), self.path)
            backup_notes.renamed(folder, one.path.name, made.name)
            renewed += 1
        return renewed

    def _recrypt(self, source: Path, key: bytearray, target: Path) -> None:
        rekey.recrypt(source, key, target, self._key)

    def check_integrity(self) -> list[str]:
        """Returns the errors that SQLite and SQLCipher find; empty if there are none.

        They check pages, indexes and foreign keys.
        """
        with self._gate.inside(), driver_faults(self.path):
            connection = connect(self.path, self._key)
            try:
                found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
                found += [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
                found += [f"foreign key: {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
            finally:
                connection.close()
        return found

    def close(self) -> None:
        """Waits for readers to finish, closes every handle, overwrites the key. Idempotent."""
        if not self._gate.close():
            return
        self._engine.dispose()
        wipe(self._key)
        self._lock.release()


class _Gate:
    """A reader-writer lock: many may be inside at once; exclusive access waits until all have left."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._closed = False

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Raises EnvironmentFault once the file is closed: a late query must not open it again."""
        with self._changed:
            if self._closed:
                raise EnvironmentFault(CLOSED)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Blocks new entries until the block ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._inside == 0)
            if self._closed:
                raise EnvironmentFault(CLOSED)
            yield

    def close(self) -> bool:
        """Blocks new entries permanently and waits until all have left. Returns False if it was closed before."""
        with self._changed:
            was_open, self._closed = not self._closed, True
            self._changed.wait_for(lambda: self._inside == 0)
        return was_open
