"""Copies of the work file that are proven good: made through SQLite's own backup while the file is in use.

A copy carries the same key and its own key file; it counts only once it was opened, checked and compared. Each also
goes to a second place where the officer chose one, and old ones are thinned (domain/backup_policy.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from samenleven_desktop.domain.backup_policy import kept
from samenleven_desktop.domain.errors import N_, EnvironmentFault
from samenleven_desktop.storage.engine import connect, driver_faults
from samenleven_desktop.storage.files import os_faults
from samenleven_desktop.storage.keys import key_file_path
from samenleven_desktop.storage.models import TRACKED
from samenleven_desktop.storage.writing import SIDE_ENDINGS, copy_whole, private_folder

_STAMP = "%Y%m%d-%H%M%S"
NOT_GOOD = N_("The backup {file} could not be proven good and was removed.")
NO_SECOND_PLACE = N_("The second place for backups, {folder}, is not there now. The backup stands in the first place.")


@dataclass(frozen=True)
class Backup:
    path: Path
    made_at: datetime
    reason: str
    size: int


def backup_dir(store: Path) -> Path:
    return store.with_name(store.name + "-backups")


def side_files(store: Path) -> list[Path]:
    """The files SQLite may leave beside an open work file."""
    return [store.with_name(store.name + ending) for ending in SIDE_ENDINGS]


def make(store: Path, key: bytes, reason: str, now: datetime) -> Backup:
    """A verified copy. Raises EnvironmentFault, and leaves no half copy, when disk or check fails."""
    folder = backup_dir(store)
    target = _free(folder / f"{now.astimezone():{_STAMP}}-{reason}{store.suffix}")
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
                copy = connect(beside, key)
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
    return Backup(target, now, reason, target.stat().st_size)


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


def existing(store: Path, folder: Path | None = None) -> list[Backup]:
    """The copies beside a work file (or in `folder`), newest first; what is not ours there is passed over."""
    found = []
    for path in (folder or backup_dir(store)).glob(f"*{store.suffix}"):
        stamp, reason = path.stem[:15], path.stem[16:].partition(".")[0]
        try:
            made_at = datetime.strptime(stamp, _STAMP).astimezone()
        except ValueError:
            continue
        found.append(Backup(path, made_at, reason, path.stat().st_size))
    return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def thin(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """Removes the backups that are no longer needed, with their key files; gives those."""
    every = list(backups)
    stay = kept((one.made_at for one in every), now)
    gone = [one for one in every if one.made_at not in stay]
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
