"""An open work file: the lock, the engine, and the two ways in (reading, and writing as one undo step).

Makes and opens files; keys, migrations and backups have modules of their own.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from samenleven_desktop.domain.clock import Surroundings
from samenleven_desktop.domain.erasing import Words
from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.domain.history_rows import Comparison
from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.storage import backup, erasing, keys, migrate, restore
from samenleven_desktop.storage.engine import connect, driver_faults, make_engine
from samenleven_desktop.storage.exchange import applying, peers
from samenleven_desktop.storage.files import READ_ONLY, StoreLock, os_faults
from samenleven_desktop.storage.models import CommandLog, Meta, table_of
from samenleven_desktop.storage.system_keyring import KeptKey
from samenleven_desktop.storage.unit_of_work import TO_SCOUR, Author, ChangedRow, Step, UnitOfWork

_META, _COMMAND = table_of(Meta), table_of(CommandLog)

EXISTS = N_("{file} exists already. Choose another name, or open it.")


@dataclass(frozen=True)
class UndoStep:
    """What undo or redo would do next: the name of the step and the values in it."""

    command_id: str
    name: str
    details: str
    kind: str


class _OnlyLooking(Exception):
    """Ends a transaction that was only there to see what it would do."""


class Store:
    """One work file, open and locked. Made by `create` or `open_store`; `close` lets go of everything."""

    def __init__(self, path: Path, key: bytes, lock: StoreLock, surroundings: Surroundings) -> None:
        self.path = path
        self.surroundings = surroundings
        self._key = key
        self._lock = lock
        self._engine = make_engine(path, key)
        self._gate = _Gate()

    # Reading and writing

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading: one consistent view for as long as the block lasts."""
        with self._gate.inside(), driver_faults(self.path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self, step: Step) -> Iterator[UnitOfWork]:
        """A unit of work: committed when the block ends well, otherwise nothing of it remains."""
        with self._gate.inside(), driver_faults(self.path), self._engine.connect() as raw:
            connection = raw.execution_options(write=True)
            with connection.begin():
                unit = UnitOfWork(connection, self._author(connection), self.surroundings, step)
                yield unit
                unit.flush()

    @contextmanager
    def write_untracked(self) -> Iterator[Connection]:
        """For drafts, facts about this file and shipped rows: what is nobody's record and stays outside the log."""
        with self._gate.inside(), driver_faults(self.path), self._engine.connect() as raw:
            connection = raw.execution_options(write=True)
            with connection.begin():
                yield connection

    # Undo

    def next_undo(self, connection: Connection) -> UndoStep | None:
        """The newest step of this device that stands; setup steps are never offered."""
        return self._step(connection, ("do", "redo", "pack"), after=0)

    def next_redo(self, connection: Connection) -> UndoStep | None:
        """The newest undo that stands, as long as nothing new was done after it."""
        query = select(_COMMAND.c.seq).where(
            _COMMAND.c.kind.in_(("do", "pack")), _COMMAND.c.device_id == self.meta(connection, "device_id")
        )
        last_done = connection.execute(query.order_by(_COMMAND.c.seq.desc()).limit(1)).scalar()
        return self._step(connection, ("undo",), after=int(last_done or 0))

    def undo(self) -> tuple[UndoStep, tuple[ChangedRow, ...]]:
        """Takes back the newest step. Raises UserError when there is none or it was built upon."""
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
        return step, tuple(unit.changed)

    def pack_steps(self, connection: Connection) -> dict[str, UndoStep]:
        """The steps that took a pack over and still stand, by their id."""
        query = select(_COMMAND.c.id, _COMMAND.c.name, _COMMAND.c.details, _COMMAND.c.kind).where(
            _COMMAND.c.kind == "pack", _COMMAND.c.reverted_by.is_(None), ~_COMMAND.c.sealed
        )
        return {found.id: UndoStep(*found) for found in connection.execute(query)}

    def is_built_upon(self, step: UndoStep) -> bool:
        """Whether something was done since with what a pack brought."""
        with self.read() as connection:
            return applying.is_built_upon(connection, step.command_id)

    def undo_pack(self, step: UndoStep, *, only_look: bool = False) -> tuple[bool, tuple[ChangedRow, ...]]:
        """Takes a pack back, whether or not it is the newest step; gives whether something was built on it, and the
        rows. One on which nothing was built goes as if it had never come: it can come again."""
        built_upon = self.is_built_upon(step)
        changed: tuple[ChangedRow, ...] = ()
        with suppress(_OnlyLooking):
            if built_upon:
                with self.write(Step(step.name, json.loads(step.details), "undo", step.command_id)) as unit:
                    applying.take_back(unit, step.command_id)
                    unit.revert(step.command_id)
                    if only_look:
                        unit.flush()
                        changed = tuple(unit.changed)
                        raise _OnlyLooking
                changed = tuple(unit.changed)
            else:
                with self.write_untracked() as connection:
                    changed = tuple(applying.let_go(connection, step.command_id, self.surroundings.now()))
                    peers.drop_note(connection, step.command_id)
                    if only_look:
                        raise _OnlyLooking
        return built_upon, changed

    def _step(self, connection: Connection, kinds: tuple[str, ...], after: int) -> UndoStep | None:
        query = (
            select(_COMMAND.c.id, _COMMAND.c.name, _COMMAND.c.details, _COMMAND.c.kind)
            .where(
                _COMMAND.c.kind.in_(kinds),
                _COMMAND.c.reverted_by.is_(None),
                ~_COMMAND.c.sealed,
                _COMMAND.c.device_id == self.meta(connection, "device_id"),
                _COMMAND.c.seq > after,
            )
            .order_by(_COMMAND.c.seq.desc())
            .limit(1)
        )
        found = connection.execute(query).first()
        return UndoStep(found.id, found.name, found.details, found.kind) if found else None

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

    def change_passphrase(self, present: str, passphrase: str) -> None:
        """Wraps the same data key under another passphrase; the recovery sheet stays valid. Raises EnvironmentFault
        with field `passphrase` when the present one is not right."""
        key_file = keys.load_key_file(self.path)
        keys.unwrap(key_file, present, self.path)
        keys.save_key_file(keys.with_passphrase(key_file, self._key, passphrase), self.path)

    def new_recovery_code(self) -> str:
        """A fresh code for a recovery sheet; an earlier sheet no longer works."""
        key_file, code = keys.with_new_recovery(keys.load_key_file(self.path), self._key)
        keys.save_key_file(key_file, self.path)
        return code

    def has_recovery(self) -> bool:
        return keys.load_key_file(self.path).recovery is not None

    def kept_key(self) -> KeptKey:
        """To keep the data key in the keyring of this computer, or to forget it there."""
        return KeptKey(keys.load_key_file(self.path).store_id, self._key)

    # Backups and health

    def back_up(self, reason: str) -> backup.Backup:
        """A verified copy beside the work file, in `FILE-backups`."""
        return backup.make(self.path, self._key, reason, self.surroundings.now())

    def restore(self, chosen: Path) -> None:
        """Puts a backup in the place of this file, which stays open: with what was erased since taken out again, and
        under a new device id. The caller made a backup of the present first. Raises EnvironmentFault: nothing changed.
        """
        with self.read() as connection:
            found = erasing.markers(connection)
        found += [one for one in restore.noted_markers(backup.backup_dir(self.path)) if one not in found]
        prepared = restore.prepare(chosen, self._key, self.path, found, self.surroundings)
        with self._gate.alone():
            self._engine.dispose()
            try:
                restore.put_in_place(prepared, self.path, self._key)
            finally:
                self._engine = make_engine(self.path, self._key)

    def compare(self, chosen: Path) -> Comparison:
        """What would be other if a backup were put back."""
        with self.read() as connection:
            return restore.compare(connection, chosen, self._key)

    def is_good(self, chosen: Path) -> bool:
        """Whether a backup opens with the key of this file and is whole."""
        return restore.is_good(chosen, self._key)

    # What erasing leaves to do

    def has_to_scour(self) -> bool:
        with self.read() as connection:
            return self.meta(connection, TO_SCOUR) is not None

    def scour(self) -> None:
        """Cleans free pages and search index after an erasing; says so in the file once that is done."""
        with driver_faults(self.path), self._gate.alone():
            self._engine.dispose()
            connection = connect(self.path, self._key)
            try:
                erasing.scour(connection)
                connection.execute("DELETE FROM meta WHERE key = ?", (TO_SCOUR,))
            finally:
                connection.close()

    def clean_backups(self, folder: Path, words: Words) -> int:
        """Takes what was erased out of the backups in a folder, each replaced whole; gives how many there were.

        A note in the folder (ids only) says what they were cleaned of, so that this is done once, also after a crash.
        """
        with self.read() as connection:
            found = erasing.markers(connection)
        known = {one.row_id for one in restore.noted_markers(folder)}
        missing = [one for one in found if one.row_id not in known]
        if not missing or not folder.is_dir():
            return 0
        newest = datetime.fromisoformat(max(one.made_at for one in missing))
        older = [one for one in backup.existing(self.path, folder) if one.made_at <= newest]
        for one in older:
            restore.clean(one.path, self._key, found, words)
        restore.note_markers(folder, found)
        return len(older)

    def check_integrity(self) -> list[str]:
        """What SQLite and SQLCipher find wrong with the file: pages, indexes, foreign keys. Empty when all is well."""
        with driver_faults(self.path):
            connection = connect(self.path, self._key)
            try:
                found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
                found += [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
                found += [f"foreign key: {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
            finally:
                connection.close()
        return found

    def close(self) -> None:
        self._engine.dispose()
        self._lock.release()


class _Gate:
    """Many may be inside at once; whoever needs the file alone waits until all are out."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0

    @contextmanager
    def inside(self) -> Iterator[None]:
        with self._changed:
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody comes in before the block ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._inside == 0)
            yield


def create(
    path: Path, passphrase: str, surroundings: Surroundings, cost: keys.KeyCost | None = None, public: bool = False
) -> Store:
    """A new, empty work file with the newest schema; `public`: its key file says that the passphrase is no secret.

    Nothing of it remains when it cannot be finished.
    """
    if path.exists():
        raise UserError(EXISTS, file=str(path))
    with os_faults(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    lock = StoreLock(path)
    lock.acquire()
    try:
        key_file, key = keys.make_key_file(new_id(), passphrase, cost or keys.KeyCost(), public)
        try:
            keys.save_key_file(key_file, path)
            migrate.migrate(path, key)
            store = Store(path, key, lock, surroundings)
            facts = {"store_id": key_file.store_id, "device_id": surroundings.new_id()}
            with store.write_untracked() as connection:
                connection.execute(insert(_META), [{"key": key, "value": value} for key, value in facts.items()])
        except BaseException:
            remove_files(path)
            raise
    except BaseException:
        lock.release()
        raise
    return store


def remove_files(path: Path) -> None:
    """Clears away a work file that could not be finished, with all that stands beside it."""
    for leftover in (path, keys.key_file_path(path), *backup.side_files(path)):
        leftover.unlink(missing_ok=True)


def open_store(
    path: Path,
    surroundings: Surroundings,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    kept: bytes | None = None,
) -> Store:
    """Opens and, after a backup, migrates a work file; without passphrase or code it takes the key that was `kept`.

    Raises EnvironmentFault: no such file, damaged, foreign, newer, open elsewhere, wrong key, disk or folder.
    """
    restore.finish(path)
    migrate.check_file(path)
    if not os.access(path, os.W_OK):
        raise EnvironmentFault(READ_ONLY, file=str(path))
    lock = StoreLock(path)
    lock.acquire()
    try:
        key_file = keys.load_key_file(path)
        if recovery_code is not None:
            key = keys.unwrap_with_recovery(key_file, recovery_code, path)
        elif passphrase is not None:
            key = keys.unwrap(key_file, passphrase, path)
        else:
            if kept is None:
                raise EnvironmentFault(N_("Type the passphrase of {file}."), field="passphrase", file=path.name)
            key = kept
        present = migrate.revision(path, key)
        if present != migrate.HEAD:
            backup.make(path, key, "migration", surroundings.now())
            migrate.migrate(path, key)
        return Store(path, key, lock, surroundings)
    except BaseException:
        lock.release()
        raise
