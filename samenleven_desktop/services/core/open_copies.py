"""Readable copies of attachments while the user views them outside the work file.

They hold personal data, so they are deleted when the program ends, when a work file is opened after a crash, and after
an erasure.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path

from samenleven_desktop.storage.file_lock import os_faults
from samenleven_desktop.storage.file_writer import offered_file_name, write_whole

_PREFIX = "samenleven-open-"
_LOCK = ".in-use"


class OpenCopies:
    """A folder of copies, private to the user; deleted at the end."""

    def __init__(self, parent: Path | None = None) -> None:
        from filelock import FileLock

        self._parent = parent or Path(tempfile.gettempdir())
        clear_leftovers(self._parent)
        self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._parent))
        self._lock = FileLock(self._folder / _LOCK, timeout=0)
        self._lock.acquire()

    @property
    def folder(self) -> Path:
        return self._folder

    def put(self, name: str, content: bytes) -> Path:
        """Writes a read-only copy in a folder of its own, under a name that every system accepts."""
        plain = offered_file_name(Path(name.replace("\\", "/")).name)
        path = Path(tempfile.mkdtemp(dir=self._folder)) / plain
        with os_faults(path):
            write_whole(path, content)
            path.chmod(stat.S_IRUSR)
        return path

    def close(self) -> None:
        """Deletes all copies; one that another program still has open is deleted later (`clear_leftovers`)."""
        self._lock.release()
        _remove(self._folder)


def clear_leftovers(parent: Path | None = None) -> None:
    """Deletes copies that a killed process left; those of a running process stay."""
    from filelock import FileLock, Timeout

    for folder in (parent or Path(tempfile.gettempdir())).glob(f"{_PREFIX}*"):
        # Without the lock file it is still being made, and empty.
        if folder.is_symlink() or not (folder / _LOCK).is_file() or not _is_mine(folder):
            continue
        lock = FileLock(folder / _LOCK, timeout=0)
        try:
            lock.acquire()
        except (Timeout, OSError):
            continue
        lock.release()
        _remove(folder)


def _is_mine(folder: Path) -> bool:
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()


def _remove(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    shutil.rmtree(folder, ignore_errors=True)
