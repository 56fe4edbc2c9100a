"""Copies of the work file that are proven good: made through SQLite's own backup while the file is in use.

A copy carries the same key and its own key file; it counts only once it was opened, checked and compared. Each also
goes to a second place where the officer chose one, and old ones are thinned (domain/backup_policy.py).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from samenleven_desktop.domain.backup_policy import kept
from samenleven_desktop.domain.errors import N_, EnvironmentFault
from samenleven_desktop.storage.engine import connect, driver_faults
from samenleven_desktop.storage.file_writer import SIDE_ENDINGS, copy_whole, private_folder
from samenleven_desktop.storage.files import FOLDER_GONE, os_faults, real_place
from samenleven_desktop.storage.keys import key_file_path, key_id_of
from samenleven_desktop.storage.memory import Key
from samenleven_desktop.storage.models import TRACKED

_STAMP = "%Y%m%d-%H%M%S"
_NUMBER = re.compile(r"n([0-9]{1,9})\b")
NOT_GOOD = N_("The backup {file} could not be proven good and was removed.")
NO_SECOND_PLACE = N_("The second place for backups, {folder}, is not there now. The backup stands in the first place.")


@dataclass(frozen=True)
class Backup:
    path: Path
    made_at: datetime
    reason: str
    size: int
    older_passphrase: bool = False
    """Made before the passphrase or recovery sheet was changed: it opens with the one of that day."""
    number: int = 0
    """The order of making; 0 for those of earlier versions, which were made before all others."""


def backup_dir(store: Path) -> Path:
    real = real_place(store)
    return real.with_name(real.name + "-backups")


def side_files(store: Path) -> list[Path]:
    """The files SQLite may leave beside an open work file."""
    return [store.with_name(store.name + ending) for ending in SIDE_ENDINGS]


def make(store: Path, key: Key, reason: str, now: datetime) -> Backup:
    """A verified copy. Raises EnvironmentFault, and leaves no half copy, when disk or check fails."""
    folder = backup_dir(store)
    if not store.exists():
        raise EnvironmentFault(FOLDER_GONE, folder=str(store.parent))
    number = max((one.number for one in existing(store)), default=0) + 1
    target = _free(folder / f"{now.astimezone():{_STAMP}}-{reason}.n{number:06}{store.suffix}")
    beside = target.with_name(target.name + ".new")
    with os_faults(target):
        private_folder(folder)
    try:
        with driver_faults(target), os_faults(target):
            for leftover in (beside, *side_files(beside)):
                leftover.unlink(missing_ok=True)
            source = connect(store, key)
            try:
                # One snapshot for the copy and for what it is compared with, whatever is written meanwhile.
                source.execute("BEGIN")
                wanted = digest(source)
                copy = connect(beside, key, new=True)
                try:
                    source.backup(copy)
                    copy.execute("PRAGMA journal_mode = DELETE")
                    if not is_sound(copy) or digest(copy) != wanted:
                        raise EnvironmentFault(NOT_GOOD, file=str(target))
                finally:
                    copy.close()
            finally:
                source.close()
            copy_whole(key_file_path(store), key_file_path(target))
            beside.replace(target)
    except BaseException:
        for leftover in (beside, *side_files(beside)):
            leftover.unlink(missing_ok=True)
        if not target.exists():
            key_file_path(target).unlink(missing_ok=True)
        raise
    return Backup(target, now, reason, target.stat().st_size, number=number)


def copy_to(made: Backup, folder: Path) -> Path:
    """A copy of a backup with its key file in a second place, compared byte by byte. Raises EnvironmentFault."""
    if not folder.is_dir():
        raise EnvironmentFault(NO_SECOND_PLACE, folder=str(folder))
    place = folder / made.path.parent.name
    target = place / made.path.name
    beside = target.with_name(target.name + ".new")
    with os_faults(target):
        private_folder(place)
        try:
            copy_whole(made.path, beside)
            if _sha256(beside) != _sha256(made.path):
                raise EnvironmentFault(NOT_GOOD, file=str(target))
            copy_whole(key_file_path(made.path), key_file_path(target))
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    return target


def put_under_key(old: Path, make_at: Callable[[Path], None], key_of: Path) -> Path:
    """Replaces a backup by one under the key of `key_of`, which `make_at` writes; its place in the order stays. File
    and key file cannot be replaced together, so the new pair gets a name of its own first: one of both always opens.
    """
    target = _free(old)
    beside = target.with_name(target.name + ".new")
    try:
        make_at(beside)
        with os_faults(target):
            copy_whole(key_file_path(key_of), key_file_path(target))
            beside.replace(target)
    finally:
        for leftover in (beside, *side_files(beside)):
            leftover.unlink(missing_ok=True)
    remove(old)
    return target


def existing(store: Path, folder: Path | None = None) -> list[Backup]:
    """The copies beside a work file (or in `folder`), the one made last first, whatever a clock said; what is not ours
    there is passed over."""
    found, today = [], key_id_of(store)
    for path in (folder or backup_dir(store)).glob(f"*{real_place(store).suffix}"):
        stamp, (reason, _, rest) = path.stem[:15], path.stem[16:].partition(".")
        numbered = _NUMBER.match(rest)
        number = int(numbered[1]) if numbered else 0
        try:
            made_at = datetime.strptime(stamp, _STAMP).astimezone()
        except ValueError:
            continue
        found.append(Backup(path, made_at, reason, path.stat().st_size, key_id_of(path) != today, number))
    return sorted(found, key=lambda backup: (backup.number, backup.made_at, backup.path.name), reverse=True)


def thin(backups: Sequence[Backup]) -> list[Backup]:
    """Removes the backups that are no longer needed, with their key files; gives those. The newest comes first."""
    gone = [one for one, stays in zip(backups, kept([one.made_at for one in backups]), strict=True) if not stays]
    for one in gone:
        remove(one.path)
    return gone


def remove(path: Path) -> None:
    """A backup and its key file."""
    with os_faults(path):
        for file in (path, key_file_path(path)):
            file.unlink(missing_ok=True)


def is_sound(connection: Any) -> bool:
    """Whether every page is whole and every index right."""
    if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
        return False
    return [row[0] for row in connection.execute("PRAGMA integrity_check")] == ["ok"]


def digest(connection: Any) -> str:
    """SHA-256 over the tracked tables and the log as they stand in a file, whatever its schema version."""
    found = hashlib.sha256()
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for name in sorted({*TRACKED, "change", "command_log"} & present):
        found.update(name.encode())
        for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1"):
            found.update(repr(row).encode())
    return found.hexdigest()


def _free(path: Path) -> Path:
    """The path itself, or the first numbered one that is free: two backups of one second are two backups."""
    number, free = 2, path
    while free.exists():
        free = path.with_stem(f"{path.stem}.{number}")
        number += 1
    return free


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
