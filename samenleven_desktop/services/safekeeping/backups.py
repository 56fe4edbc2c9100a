"""Manages backups: creates, copies to a second folder, prunes and restores them, also for a damaged file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import N_, EnvironmentFault, SamenlevenError, UserError
from samenleven_desktop.domain.person_pattern import SearchPattern
from samenleven_desktop.readmodels.history import Comparison
from samenleven_desktop.services.safekeeping.days_of_use import last_day_of_use
from samenleven_desktop.services.workfile.kept_key import recall_within
from samenleven_desktop.storage import backup, backup_notes, keys, restore
from samenleven_desktop.storage.backup import Backup, backup_dir, existing
from samenleven_desktop.storage.engine import DAMAGED
from samenleven_desktop.storage.file_lock import NO_SUCH_STORE, StoreLock, real_place
from samenleven_desktop.storage.memory import Key
from samenleven_desktop.storage.rekey import Progress, nothing
from samenleven_desktop.storage.store import Store

__all__ = ["DAMAGED", "Backup", "Comparison", "MadeBackup", "NewKey", "Rescued", "can_help", "newest", "rescue"]

SECOND_PLACE = "second_backup_folder"
# In `meta`: the names of kept backups that the coach let go, for a second place that was not there then.
_LET_GO = "backups_let_go"
_BEFORE_ERASING = "erasing"
KEYRING_SECONDS = 5.0
NONE_GOOD = N_("No good backup of {file} was found. Nothing was changed.")
NOT_KEPT = N_("{file} is no backup that still holds what a colleague's file erased.")
SAME_DISK_FOLDER = N_("Choose another folder than the one where the first backups stand.")


_FOR_BACKUPS = (DAMAGED, NO_SUCH_STORE, keys.NO_KEY_FILE, keys.BAD_KEY_FILE, NONE_GOOD)


@dataclass(frozen=True)
class MadeBackup:
    """A backup, the path of its copy in the second folder, and the reason if a wanted copy is missing."""

    backup: Backup
    second: Path | None
    problem: EnvironmentFault | None


@dataclass(frozen=True)
class NewKey:
    """The file has another data key: the new recovery code, and the reason if no backup followed."""

    code: str | None
    problem: EnvironmentFault | None


@dataclass(frozen=True)
class Rescued:
    """The backup that replaced a damaged file, and the present path of that file (None: there was none)."""

    backup: Backup
    kept_aside: Path | None


def second_place(store: Store) -> Path | None:
    with store.read() as connection:
        folder = store.meta(connection, SECOND_PLACE)
    return Path(folder) if folder else None


def choose_second_place(store: Store, folder: Path | None) -> None:
    """Sets a USB stick or another disk; None: no second folder. Raises UserError for an unsuitable folder."""
    if folder is not None:
        if not folder.is_dir():
            raise EnvironmentFault(backup.NO_SECOND_PLACE, field="second", folder=str(folder))
        if folder.resolve() in (backup_dir(store.path).resolve(), store.path.parent.resolve()):
            raise UserError(SAME_DISK_FOLDER, field="second")
    store.set_meta(**{SECOND_PLACE: "" if folder is None else str(folder)})


def back_up(store: Store, reason: str) -> MadeBackup:
    """Makes a verified copy in both folders and prunes old ones.

    Raises EnvironmentFault if the first folder fails. A missing second folder is reported, not raised: the stick may be
    at home.
    """
    made = store.back_up(reason)
    backup.thin(existing(store.path))
    folder = second_place(store)
    if folder is None:
        return MadeBackup(made, None, None)
    try:
        copy = backup.copy_to(made, folder)
        backup.thin(existing(store.path, copy.parent))
        store.clean_backups(copy.parent, SearchPattern(()), last_day_of_use(store))
        _sweep(store)
    except EnvironmentFault as fault:
        return MadeBackup(made, None, fault)
    return MadeBackup(made, copy, None)


def back_up_before_erasing(store: Store, rows: Sequence[tuple[str, str]]) -> MadeBackup:
    """Makes a backup that keeps rows (table, id) that a colleague's file is about to erase, at most thirty days."""
    made = back_up(store, _BEFORE_ERASING)
    now = last_day_of_use(store)
    for place in _places(store):
        if (place / made.backup.path.name).exists():
            backup_notes.keep(place, made.backup.path.name, rows, now)
    return made


def let_go(store: Store, chosen: Path) -> None:
    """Removes a backup that still holds what a colleague's file erased, and its copy. Raises UserError for another."""
    if chosen.name not in backup_notes.kept_in(chosen.parent):
        raise UserError(NOT_KEPT, field="backup", file=str(chosen))
    with store.read() as connection:
        names = json.loads(store.meta(connection, _LET_GO) or "[]")
    store.set_meta(**{_LET_GO: json.dumps([*names, chosen.name])})
    _sweep(store)


def _sweep(store: Store, now: datetime | None = None) -> int:
    """Removes the kept backups that were let go and, with `now`, those whose time is over; returns how many."""
    with store.read() as connection:
        names, gone = set(json.loads(store.meta(connection, _LET_GO) or "[]")), 0
    for place in _places(store):
        for name, kept in backup_notes.kept_in(place).items():
            over = now is not None and datetime.fromisoformat(kept.until) <= now
            if name in names or over:
                backup.remove(place / name)
                backup_notes.let_go(place, name)
                gone += 1
    return gone


def backup_due(store: Store) -> bool:
    """Returns whether the newest backup is from another calendar day than today."""
    found = newest(store.path)
    return found is None or found.made_at.date() != store.runtime.now().astimezone().date()


def newest(path: Path) -> Backup | None:
    """Returns the newest backup beside a work file; it is verified only when it is used."""
    return next(iter(existing(path)), None)


def can_help(fault: SamenlevenError) -> bool:
    """Returns whether restoring a backup can solve this error.

    It can if the file or its key file is damaged or missing, not if it is locked, newer or read-only.
    """
    return fault.message in _FOR_BACKUPS


def after_new_key(store: Store, code: str | None) -> NewKey:
    """Makes a backup under the new key, so that the newest one opens with the current passphrase."""
    try:
        return NewKey(code, back_up(store, "key").problem)
    except EnvironmentFault as fault:
        return NewKey(code, fault)


def renew(store: Store, progress: Progress = nothing) -> int:
    """Re-encrypts backups of an earlier passphrase with the current key, in both folders if available."""
    return sum(store.renew_backups(place, progress) for place in _places(store))


def waiting(store: Store) -> dict[str, str]:
    """Returns backups that could not be opened for an erasure, and the day (ISO) on which they are deleted."""
    return {name: until for place in _places(store) for name, until in backup_notes.waiting_in(place).items()}


def expire(store: Store, last_used: datetime) -> int:
    """Deletes, after thirty days, backups that hold what was erased; returns their number. The clock did not jump."""
    gone = _sweep(store, store.runtime.now())
    for place in _places(store):
        for name, until in backup_notes.waiting_in(place).items():
            if datetime.fromisoformat(until) <= last_used:
                backup.remove(place / name)
                gone += 1
    return gone


def clean_all(store: Store, words: SearchPattern) -> int:
    """After an erasure: cleans both folders, if available. Returns the number of rewritten backups."""
    return sum(store.clean_backups(place, words, last_day_of_use(store)) for place in _places(store))


def _places(store: Store) -> list[Path]:
    """Returns the backup folders that are available now."""
    folder, first = second_place(store), backup_dir(store.path)
    places = [first] if folder is None else [first, folder / first.name]
    return [one for one in places if one.is_dir()]


def put_back(store: Store, chosen: Path) -> None:
    """Backs up the present file, then restores the chosen backup. Raises EnvironmentFault: nothing was changed."""
    if not store.is_good(chosen):
        raise EnvironmentFault(restore.NOT_A_GOOD_BACKUP, file=str(chosen))
    store.back_up("restore")
    kept = backup_notes.kept_in(chosen.parent).get(chosen.name)
    store.restore(chosen)
    if kept is not None:
        for place in _places(store):
            backup_notes.forget_markers(place, kept.rows)


def rescue(
    path: Path,
    runtime: Runtime,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    chosen: Path | None = None,
) -> Rescued:
    """Restores a backup (without `chosen` the newest good one) in place of a work file that cannot be opened.

    The damaged file is moved aside with its key file. Raises EnvironmentFault if no backup is good, or, with field
    `passphrase`, if the key fits none.
    """
    path = real_place(path)
    lock = StoreLock(path)
    lock.acquire()
    try:
        fault = EnvironmentFault(NONE_GOOD, file=path.name)
        for one in [_at(chosen)] if chosen is not None else existing(path):
            try:
                key = _key_of(one.path, passphrase, recovery_code)
            except EnvironmentFault as error:
                fault = error
                continue
            if not restore.is_good(one.path, key):
                fault = EnvironmentFault(NONE_GOOD, file=path.name)
                continue
            found = backup_notes.noted_markers(backup_dir(path))
            prepared = restore.prepare(one.path, key, path, found, {"device_id": runtime.new_id()})
            was_there = path.exists()
            aside = restore.put_in_place_of_damaged(prepared, path, keys.key_file_path(one.path), runtime.now())
            return Rescued(one, aside if was_there else None)
        raise fault
    finally:
        lock.release()


def _at(path: Path) -> Backup:
    if not path.is_file():
        raise UserError(N_("There is no backup {file}."), field="backup", file=str(path))
    for one in existing(path, path.parent):
        if one.path.name == path.name:
            return one
    raise UserError(restore.NOT_A_GOOD_BACKUP, field="backup", file=str(path))


def _key_of(copy: Path, passphrase: str | None, recovery_code: str | None) -> Key:
    key_file = keys.load_key_file(copy)
    if recovery_code is not None:
        return keys.unwrap_with_recovery(key_file, recovery_code, copy)
    if passphrase is not None:
        return keys.unwrap(key_file, passphrase, copy)
    kept = recall_within(copy, KEYRING_SECONDS)
    if kept is None:
        raise EnvironmentFault(N_("Type the passphrase of {file}."), field="passphrase", file=copy.name)
    return kept
