"""Backups as the officer knows them: made, copied to a second place, thinned, put back, also of a damaged file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.erasure import SearchPattern
from samenleven_desktop.domain.errors import N_, EnvironmentFault, SamenlevenError, UserError
from samenleven_desktop.readmodels.history import Comparison
from samenleven_desktop.services.safekeeping.days_of_use import last_day_of_use
from samenleven_desktop.services.workfile.kept_key import recall_within
from samenleven_desktop.storage import backup, keys, restore
from samenleven_desktop.storage.backup import Backup, backup_dir, existing
from samenleven_desktop.storage.engine import DAMAGED
from samenleven_desktop.storage.files import NO_SUCH_STORE, StoreLock, real_place
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
    """A backup, where its copy in the second place stands, and why there is none where one was wanted."""

    backup: Backup
    second: Path | None
    problem: EnvironmentFault | None


@dataclass(frozen=True)
class NewKey:
    """The file has another data key: the code of the new recovery sheet, and why no backup followed, if so."""

    code: str | None
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
    """Whether the newest backup is not of this calendar day."""
    found = newest(store.path)
    return found is None or found.made_at.date() != store.runtime.now().astimezone().date()


def newest(path: Path) -> Backup | None:
    """The newest backup beside a work file; whether it is good is seen when it is used."""
    return next(iter(existing(path)), None)


def can_help(fault: SamenlevenError) -> bool:
    """Whether a backup is the remedy: the file or its key file is damaged or gone, not locked, newer or read-only."""
    return fault.message in _FOR_BACKUPS


def after_new_key(store: Store, code: str | None) -> NewKey:
    """A backup under the new key, so that the newest one opens with the passphrase of today."""
    try:
        return NewKey(code, back_up(store, "key").problem)
    except EnvironmentFault as fault:
        return NewKey(code, fault)


def renew(store: Store, progress: Progress = nothing) -> int:
    """Both places, as far as they are there: backups of an earlier passphrase come under that of today."""
    return sum(store.renew_backups(place, progress) for place in _places(store))


def waiting(store: Store) -> dict[str, str]:
    """Backups that could not be opened when something was erased, and the day (ISO) on which they go."""
    return {name: until for place in _places(store) for name, until in restore.waiting_in(place).items()}


def expire(store: Store, last_used: datetime) -> int:
    """Takes away backups that could not be opened to erase in them, after thirty days; gives how many."""
    gone = 0
    for place in _places(store):
        for name, until in restore.waiting_in(place).items():
            if datetime.fromisoformat(until) <= last_used:
                backup.remove(place / name)
                gone += 1
    return gone


def clean_all(store: Store, words: SearchPattern) -> int:
    """After erasing: both places, as far as they are there. Gives how many backups were rewritten."""
    return sum(store.clean_backups(place, words, last_day_of_use(store)) for place in _places(store))


def _places(store: Store) -> list[Path]:
    """The folders with backups that are there now."""
    folder, first = second_place(store), backup_dir(store.path)
    places = [first] if folder is None else [first, folder / first.name]
    return [one for one in places if one.is_dir()]


def put_back(store: Store, chosen: Path) -> None:
    """A backup of the present, then the chosen one in its place. Raises EnvironmentFault: nothing was changed."""
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
    """Puts a backup (without `chosen` the newest good one) in the place of a work file that does not open.

    The damaged file is kept aside with its key file. Raises EnvironmentFault when no backup is good, or, with field
    `passphrase`, when the key fits none.
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
