"""Verified copies of the work file, made with SQLite's online backup while the file is in use.

A copy has the same key and its own key file. It counts as a backup only after it has been opened, checked and compared.
Each is also copied to a second folder if the officer chose one; old ones are pruned (domain/backup_policy.py).
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
from samenleven_desktop.storage import backup_notes
from samenleven_desktop.storage.engine import connect, driver_faults
from samenleven_desktop.storage.file_lock import FOLDER_GONE, os_faults, real_place
from samenleven_desktop.storage.file_writer import SIDE_ENDINGS, copy_whole, private_folder
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
    """Made before the passphrase or recovery sheet was changed: it opens with the passphrase of that time."""
    number: int = 0
    """The creation order; 0 for backups of earlier versions, which precede all others."""
    kept_until: datetime | None = None
    """It still holds what a colleague's file erased, and is removed at this moment or when the coach lets it go."""


def backup_dir(store: Path) -> Path:
    real = real_place(store)
    return real.with_name(real.name + "-backups")


def side_files(store: Path) -> list[Path]:
    """Returns the files that SQLite may leave beside an open work file."""
    return [store.with_name(store.name + ending) for ending in SIDE_ENDINGS]


def make(store: Path, key: Key, reason: str, now: datetime) -> Backup:
    """Makes a verified copy. Raises EnvironmentFault, and leaves no partial copy, if the disk or the check fails."""
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
                # One snapshot serves for the copy and for the comparison, whatever is written in the meantime.
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
    """Copies a backup and its key file to a second folder and compares them byte by byte. Raises EnvironmentFault."""
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
    """Replaces a backup by one under the key of `key_of`, written by `make_at`; it keeps its place in the order.

    The file and its key file cannot be replaced in one step, so the new pair first gets a name of its own: one of the
    two pairs can always be opened.
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
    """Returns the backups of a work file (or those in `folder`), newest first by creation number and not by clock.

    Files that are not backups of this work file are skipped.
    """
    found, today, place = [], key_id_of(store), folder or backup_dir(store)
    kept_ones = backup_notes.kept_in(place)
    for path in place.glob(f"*{real_place(store).suffix}"):
        stamp, (reason, _, rest) = path.stem[:15], path.stem[16:].partition(".")
        numbered = _NUMBER.match(rest)
        number = int(numbered[1]) if numbered else 0
        try:
            made_at = datetime.strptime(stamp, _STAMP).astimezone()
        except ValueError:
            continue
        until = datetime.fromisoformat(kept_ones[path.name].until) if path.name in kept_ones else None
        found.append(Backup(path, made_at, reason, path.stat().st_size, key_id_of(path) != today, number, until))
    return sorted(found, key=lambda backup: (backup.number, backup.made_at, backup.path.name), reverse=True)


def thin(backups: Sequence[Backup]) -> list[Backup]:
    """Deletes the backups no longer needed, with their key files, and returns them; `backups` is newest first.

    Those that hold what a colleague's file erased have a day of their own on which they go.
    """
    counted = [one for one in backups if one.kept_until is None]
    gone = [one for one, stays in zip(counted, kept([one.made_at for one in counted]), strict=True) if not stays]
    for one in gone:
        remove(one.path)
    return gone


def remove(path: Path) -> None:
    """Deletes a backup and its key file."""
    with os_faults(path):
        for file in (path, key_file_path(path)):
            file.unlink(missing_ok=True)


def is_sound(connection: Any) -> bool:
    """Returns whether every page is intact and every index is correct."""
    if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
        return False
    return [row[0] for row in connection.execute("PRAGMA integrity_check")] == ["ok"]


def digest(connection: Any) -> str:
    """Returns the SHA-256 of the tracked tables and the log in a file of any schema version."""
    found = hashlib.sha256()
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for name in sorted({*TRACKED, "change", "command_log"} & present):
        found.update(name.encode())
        for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1"):
            found.update(repr(row).encode())
    return found.hexdigest()


def _free(path: Path) -> Path:
    """Returns the path itself, or the first free numbered variant: two backups may be made in the same second."""
    number, free = 2, path
    while free.exists():
        free = path.with_stem(f"{path.stem}.{number}")
        number += 1
    return free


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
