"""Files around the work file: whole-or-nothing writing, the lock, and faults of disk and folder in words."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from samenleven_desktop.domain.errors import N_, EnvironmentFault

DISK_FULL = N_("The disk with {file} is full. Make room and try again; nothing was changed.")
READ_ONLY = N_("{file} cannot be written: the folder is read-only for you. Choose another place or ask for access.")
DISK_FAULT = N_("The disk gave an error at {file} ({reason}). Nothing was changed; try again or choose another place.")
OPEN_ELSEWHERE = N_("{file} is open in another window or program. Close it there first; nothing was changed.")
NO_SUCH_STORE = N_("There is no work file at {file}.")


def os_fault(error: OSError, path: Path) -> EnvironmentFault:
    """An error of the operating system as a calm sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return EnvironmentFault(DISK_FULL, file=str(path))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return EnvironmentFault(READ_ONLY, file=str(path))
    return EnvironmentFault(DISK_FAULT, file=str(path), reason=error.strerror or type(error).__name__)


def write_whole(path: Path, content: bytes) -> None:
    """Writes beside the target, flushes to disk, then replaces: the old content or the new, never half."""
    beside = path.with_name(path.name + ".new")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise os_fault(error, path) from error


class StoreLock:
    """One program at a time in a work file. The system lets go of the lock when the process ends, however it ends."""

    def __init__(self, store: Path) -> None:
        from filelock import FileLock

        self._store = store
        self._lock = FileLock(store.with_name(store.name + ".lock"), timeout=0)

    def acquire(self) -> None:
        """Raises EnvironmentFault when the file is open elsewhere or the folder cannot be written."""
        from filelock import Timeout

        if not os.access(self._store.parent, os.W_OK):
            raise EnvironmentFault(READ_ONLY, file=str(self._store))
        try:
            self._lock.acquire()
        except Timeout:
            raise EnvironmentFault(OPEN_ELSEWHERE, file=str(self._store)) from None
        except OSError as error:
            raise os_fault(error, self._store) from error

    def release(self) -> None:
        self._lock.release()


@contextmanager
def os_faults(path: Path) -> Iterator[None]:
    """Turns errors of the operating system inside the block into EnvironmentFault."""
    try:
        yield
    except OSError as error:
        raise os_fault(error, path) from error
