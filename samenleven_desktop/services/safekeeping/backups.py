"""Manages backups: creates, copies to a second folder, prunes and restores them, also for a damaged file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import N_, EnvironmentFault, SamenlevenError, UserError
from samenleven_desktop.domain.person_pattern import SearchPattern
from samenleven_desktop.readmodels.history import Comparison
from samenleven_desktop.services.safekeeping.days_of_use import last_day_of_use
from samenleven_desktop.services.workfile.kept_key import recall_within
from samenleven_desktop.storage import backup, keys, restore
from samenleven_desktop.storage.backup import Backup, backup_dir, existing
from samenleven_desktop.storage.engine import DAMAGED
from samenleven_desktop.storage.file_lock import NO_SUCH_STORE, StoreLock, real_place
from samenleven_desktop.storage.memory import Key
from samenleven_desktop.storage.rekey import Progress, nothing
from samenleven_desktop.storage.store import Store

__all__ = ["DAMAGED", "Backup", "Comparison", "MadeBackup", "NewKey", "Rescued", "can_help", "newest", "rescue"]

SECOND_PLACE = "second_backup_folder"
KEYRING_SECONDS = 5.0
NONE_GOOD = N_("No good backup of {file} was found. Nothing was changed.")
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
    except EnvironmentFault as fault:
        return MadeBackup(made, None, fault)
    return MadeBackup(made, copy, None)


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
    return {name: until for place in _places(store) for name, until in restore.waiting_in(place).items()}


def expire(store: Store, last_used: datetime) -> int:
    """Deletes, after thirty days, backups that could not be opened for an erasure; returns their number."""
    gone = 0
    for place in _places(store):
        for name, until in restore.waiting_in(place).items():
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
    store.restore(chosen)


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
            found = restore.noted_markers(backup_dir(path))
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
