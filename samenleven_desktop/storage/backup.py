"""Copies of the work file that are proven good: made through SQLite's own backup while the file is in use.

A copy carries the same key and its own key file; it counts only once it was opened, checked and compared.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from samenleven_desktop.domain.errors import N_, EnvironmentFault
from samenleven_desktop.storage.engine import connect, driver_faults
from samenleven_desktop.storage.files import os_faults
from samenleven_desktop.storage.keys import key_file_path

_STAMP = "%Y%m%d-%H%M%S"


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
    return [store.with_name(store.name + ending) for ending in ("-wal", "-shm", "-journal")]


def make(store: Path, key: bytes, reason: str, now: datetime) -> Backup:
    """A verified copy. Raises EnvironmentFault, and leaves no half copy, when disk or check fails."""
    folder = backup_dir(store)
    target = folder / f"{now.astimezone():{_STAMP}}-{reason}{store.suffix}"
    beside = target.with_name(target.name + ".new")
    with os_faults(target):
        folder.mkdir(exist_ok=True)
    try:
        with driver_faults(target), os_faults(target):
            source = connect(store, key)
            try:
                copy = connect(beside, key)
                try:
                    source.backup(copy)
                    copy.execute("PRAGMA journal_mode = DELETE")
                finally:
                    copy.close()
            finally:
                source.close()
            _verify(store, beside, key)
            shutil.copyfile(key_file_path(store), key_file_path(target))
            beside.replace(target)
    except BaseException:
        for leftover in (beside, key_file_path(target), *side_files(beside)):
            leftover.unlink(missing_ok=True)
        raise
    return Backup(target, now, reason, target.stat().st_size)


def existing(store: Path) -> list[Backup]:
    """The copies beside a work file, newest first; other files in the folder are not ours and are passed over."""
    found = []
    for path in backup_dir(store).glob(f"*{store.suffix}"):
        stamp, _, reason = path.stem[:15], path.stem[15:16], path.stem[16:]
        try:
            made_at = datetime.strptime(stamp, _STAMP).astimezone()
        except ValueError:
            continue
        found.append(Backup(path, made_at, reason, path.stat().st_size))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def _verify(store: Path, copy: Path, key: bytes) -> None:
    counts = []
    for path in (store, copy):
        connection = connect(path, key)
        try:
            if path == copy:
                wrong = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
                if wrong:
                    raise EnvironmentFault(
                        N_("The backup {file} could not be proven good and was removed."), file=str(copy)
                    )
            changes = connection.execute("SELECT max(seq), count(*) FROM change").fetchone()
            counts.append(changes)
        finally:
            connection.close()
    # Another command may have been written since the copy; what the copy has must never be more than the file.
    if counts[1][1] > counts[0][1]:
        raise EnvironmentFault(N_("The backup {file} could not be proven good and was removed."), file=str(copy))
