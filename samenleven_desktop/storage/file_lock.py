"""The lock of a work file, and errors of disk and folder as user-readable text. `file_writer` writes files."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from samenleven_desktop.domain.errors import N_, EnvironmentFault

DISK_FULL = N_("The disk with {file} is full. Make room and try again; nothing was changed.")
READ_ONLY = N_("{file} cannot be written: the folder is read-only for you. Choose another place or ask for access.")
DISK_FAULT = N_("The disk gave an error at {file} ({reason}). Nothing was changed; try again or choose another place.")
OPEN_ELSEWHERE = N_("{file} is open in another window or program. Close it there first; nothing was changed.")
FOLDER_GONE = N_("The folder {folder} is not there now. Connect the disk or choose another place; nothing was changed.")
LONG_NAME = N_("The name {file} is too long for this disk. Choose a shorter one.")
NO_LOCKS = N_(
    "{file} stands on a disk that cannot keep two programs apart. Copy it with its key file to this computer and open "
    "it there."
)
_HELD_ON_WINDOWS = (32, 33)
NO_SUCH_STORE = N_("There is no work file at {file}.")


def os_fault(error: OSError, path: Path) -> EnvironmentFault:
    """Translates an error of the operating system to a readable sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return EnvironmentFault(DISK_FULL, file=str(path))
    if error.errno in (errno.EBUSY, errno.ETXTBSY) or getattr(error, "winerror", None) in _HELD_ON_WINDOWS:
        return EnvironmentFault(OPEN_ELSEWHERE, file=str(path))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return EnvironmentFault(READ_ONLY, file=str(path))
    if error.errno == errno.ENAMETOOLONG:
        return EnvironmentFault(LONG_NAME, file=path.name)
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.ENODEV) and not path.absolute().parent.is_dir():
        return EnvironmentFault(FOLDER_GONE, folder=str(path.absolute().parent))
    return EnvironmentFault(DISK_FAULT, file=str(path), reason=error.strerror or type(error).__name__)


def real_place(path: Path) -> Path:
    """Resolves all links: key, lock and backups are stored beside the real file."""
    return Path(os.path.realpath(path))


class StoreLock:
    """Allows one program at a time to open a work file. The system releases the lock when the process ends in any way.

    A lock file beside the real file stops a second start through a symbolic link. A lock on the file itself stops one
    through a hard link, on systems with such locks (not Windows).
    """

    def __init__(self, store: Path) -> None:
        from filelock import FileLock

        self._store = real_place(store)
        self._lock = FileLock(self._store.with_name(self._store.name + ".lock"), timeout=0, mode=0o600)
        self._handle: int | None = None

    def acquire(self) -> None:
        """Raises EnvironmentFault if the file is open elsewhere or the folder is not writable."""
        from filelock import Timeout

        if not os.access(self._store.parent, os.W_OK):
            raise EnvironmentFault(READ_ONLY, file=str(self._store))
        try:
            self._lock.acquire()
        except Timeout:
            raise EnvironmentFault(OPEN_ELSEWHERE, file=str(self._store)) from None
        except NotImplementedError:
            raise EnvironmentFault(NO_LOCKS, file=str(self._store)) from None
        except OSError as error:
            if error.errno in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS):
                raise EnvironmentFault(NO_LOCKS, file=str(self._store)) from error
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise os_fault(error, self._store) from error
            # No room for a lock file: only the lock on the file itself is used.
            self.follow()
            if self._handle is None:
                raise os_fault(error, self._store) from error
            return
        try:
            self.follow()
        except BaseException:
            self._lock.release()
            raise

    def follow(self) -> None:
        """Locks the file that is now at the path; called again after the file was replaced."""
        if sys.platform == "win32":
            return
        import fcntl

        with os_faults(self._store):
            try:
                handle = os.open(self._store, os.O_RDONLY | os.O_CLOEXEC)
            except (FileNotFoundError, PermissionError):
                return  # a new file, or one that will be reported when it is opened
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                raise EnvironmentFault(OPEN_ELSEWHERE, file=str(self._store)) from None
            return  # a file system without this kind of lock: only the lock file is used
        self._let_go()
        self._handle = handle

    def release(self) -> None:
        self._let_go()
        self._lock.release()

    def _let_go(self) -> None:
        # Closing drops every lock of this process on that file, also SQLite's: connections are closed by now.
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@contextmanager
def os_faults(path: Path) -> Iterator[None]:
    """Translates operating system errors inside the block to EnvironmentFault."""
    try:
        yield
    except OSError as error:
        raise os_fault(error, path) from error
