"""Backups as the officer knows them: made, copied to a second place, thinned, put back, also of a damaged file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from samenleven_desktop.domain.clock import Surroundings
from samenleven_desktop.domain.erasing import Words
from samenleven_desktop.domain.errors import N_, EnvironmentFault, SamenlevenError, UserError
from samenleven_desktop.domain.history_rows import Comparison
from samenleven_desktop.services.kept_key import recall_within
from samenleven_desktop.storage import backup, keys, restore
from samenleven_desktop.storage.backup import Backup, backup_dir, existing
from samenleven_desktop.storage.engine import DAMAGED
from samenleven_desktop.storage.files import NO_SUCH_STORE, StoreLock
from samenleven_desktop.storage.store import Store

__all__ = ["DAMAGED", "Backup", "Comparison", "MadeBackup", "Rescued", "can_help", "newest", "rescue"]

SECOND_PLACE = "second_backup_folder"
KEYRING_SECONDS = 5.0
NONE_GOOD = N_("No good backup of {file} was found. Nothing was changed.")
SAME_DISK_FOLDER = N_("Choose another folder than the one where the first backups stand.")


_FOR_BACKUPS = (DAMAGED, NO_SUCH_STORE, keys.NO_KEY_FILE, keys.BAD_KEY_FILE, NONE_GOOD)


@dataclass(frozen=True)
class MadeBackup:
    """A backup, where its copy in the second place stands, and why there is none where one was wanted."""

    backup: Backup
    second: Path | None
    problem: EnvironmentFault | None


@dataclass(frozen=True)
class Rescued:
    """Which backup took the place of a damaged file, and where that file stands now (None: there was none)."""

    backup: Backup
    kept_aside: Path | None


def second_place(store: Store) -> Path | None:
    with store.read() as connection:
        folder = store.meta(connection, SECOND_PLACE)
    return Path(folder) if folder else None


def choose_second_place(store: Store, folder: Path | None) -> None:
    """A stick or another disk; None: no second place. Raises UserError for a folder that does not serve."""
    if folder is not None:
        if not folder.is_dir():
            raise EnvironmentFault(backup.NO_SECOND_PLACE, field="second", folder=str(folder))
        if folder.resolve() in (backup_dir(store.path).resolve(), store.path.parent.resolve()):
            raise UserError(SAME_DISK_FOLDER, field="second")
    store.set_meta(**{SECOND_PLACE: "" if folder is None else str(folder)})


def back_up(store: Store, reason: str) -> MadeBackup:
    """A proven copy in both places, old ones thinned. Raises EnvironmentFault when the first place fails; a second
    place that is not there is told, not raised: the stick may be at home."""
    made = store.back_up(reason)
    backup.thin(existing(store.path), store.surroundings.now())
    folder = second_place(store)
    if folder is None:
        return MadeBackup(made, None, None)
    try:
        copy = backup.copy_to(made, folder)
        backup.thin(existing(store.path, copy.parent), store.surroundings.now())
        store.clean_backups(copy.parent, Words(()))
    except EnvironmentFault as fault:
        return MadeBackup(made, None, fault)
    return MadeBackup(made, copy, None)


def is_due(store: Store) -> bool:
    """Whether the newest backup is not of this calendar day."""
    found = newest(store.path)
    return found is None or found.made_at.date() != store.surroundings.now().astimezone().date()


def newest(path: Path) -> Backup | None:
    """The newest backup beside a work file; whether it is good is seen when it is used."""
    return next(iter(existing(path)), None)


def can_help(fault: SamenlevenError) -> bool:
    """Whether a backup is the remedy: the file or its key file is damaged or gone, not locked, newer or read-only."""
    return fault.message in _FOR_BACKUPS


def clean_all(store: Store, words: Words) -> int:
    """After erasing: both places, as far as they are there. Gives how many backups were rewritten."""
    folder = second_place(store)
    places = [backup_dir(store.path)]
    if folder is not None:
        places.append(folder / backup_dir(store.path).name)
    return sum(store.clean_backups(place, words) for place in places if place.is_dir())


def put_back(store: Store, chosen: Path) -> None:
    """A backup of the present, then the chosen one in its place. Raises EnvironmentFault: nothing was changed."""
    if not store.is_good(chosen):
        raise EnvironmentFault(restore.NOT_A_GOOD_BACKUP, file=str(chosen))
    store.back_up("restore")
    store.restore(chosen)


def rescue(
    path: Path,
    surroundings: Surroundings,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    chosen: Path | None = None,
) -> Rescued:
    """Puts a backup (without `chosen` the newest good one) in the place of a work file that does not open.

    The damaged file is kept aside with its key file. Raises EnvironmentFault when no backup is good, or, with field
    `passphrase`, when the key fits none.
    """
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
            prepared = restore.prepare(one.path, key, path, found, surroundings)
            was_there = path.exists()
            aside = restore.put_in_place_of_damaged(prepared, path, keys.key_file_path(one.path), surroundings.now())
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


def _key_of(copy: Path, passphrase: str | None, recovery_code: str | None) -> bytes:
    key_file = keys.load_key_file(copy)
    if recovery_code is not None:
        return keys.unwrap_with_recovery(key_file, recovery_code, copy)
    if passphrase is not None:
        return keys.unwrap(key_file, passphrase, copy)
    kept = recall_within(copy, KEYRING_SECONDS)
    if kept is None:
        raise EnvironmentFault(N_("Type the passphrase of {file}."), field="passphrase", file=copy.name)
    return kept
