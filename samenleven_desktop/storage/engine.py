"""Connections to the encrypted file, through SQLAlchemy's plain SQLite dialect with our own creator.

Raw key first, then foreign keys, WAL and a busy timeout; the driver's own transaction handling is off and BEGIN
is sent by us, else a failed migration stays half done. Also turns faults of the driver into our families.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from samenleven_desktop.domain.errors import N_, EnvironmentFault
from samenleven_desktop.storage.file_writer import claim
from samenleven_desktop.storage.files import (
    DISK_FAULT,
    DISK_FULL,
    NO_SUCH_STORE,
    OPEN_ELSEWHERE,
    READ_ONLY,
    os_faults,
)
from samenleven_desktop.storage.memory import Key, wipe_text

DAMAGED = N_(
    "{file} is damaged, is no work file, or does not fit the key file beside it. Nothing was changed; put the newest "
    "good backup back."
)
PAGE_BYTES = 4096
_BUSY_SECONDS = 5.0
_SMALLEST_SHM = 32 * 1024


def connect(path: Path, key: Key, *, foreign_keys: bool = True, new: bool = False, looking: bool = False) -> Any:
    """A bare driver connection with the key set; `new` makes the file. Raises EnvironmentFault when it cannot be read.

    `looking`: nothing is written, not even the files that SQLite needs beside an open one, so that it also works on a
    full disk; such a connection is the only one to its file.
    """
    # An absolute path: SQLite takes a name such as "file:x?mode=memory" for an address.
    place = path.absolute()
    with os_faults(path):
        if new:
            # Made by SQLite itself, the file would have the mode that the umask leaves.
            claim(place)
        elif not place.exists():
            raise EnvironmentFault(NO_SUCH_STORE, file=str(path))
    connection = driver.connect(str(place), timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        # Else SQLCipher itself writes thousands of lines to the terminal about a file with one bad byte.
        connection.execute("PRAGMA cipher_log_level = NONE")
        _set_key(connection, key)
        if looking:
            # Before the first look at the file: then the index of the log is kept in memory.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        connection.execute("PRAGMA temp_store = MEMORY")
        if not looking:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA journal_mode = WAL")
    except driver.Error as error:
        connection.close()
        raise driver_fault(error, path) from error
    return connection


def _set_key(connection: Any, key: Key) -> None:
    """The driver takes the key as text only. Run as a script, which is not kept in its cache of statements; the texts
    are overwritten, and what the driver made of them is when it is freed (storage/memory.py)."""
    hexed = key.hex()
    statement = f"PRAGMA key = \"x'{hexed}'\""
    try:
        connection.executescript(statement)
    finally:
        wipe_text(hexed)
        wipe_text(statement)


def make_engine(
    path: Path, key: Key, *, foreign_keys: bool = True, connections: int = 2, looking: bool = False
) -> Engine:
    """An engine over `path`; `connections` is the most that are open at once (one per lane)."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=lambda: connect(path, key, foreign_keys=foreign_keys, looking=looking),
        poolclass=QueuePool,
        pool_size=1 if looking else connections,
        max_overflow=0,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def driver_fault(error: BaseException, path: Path) -> EnvironmentFault:
    """A fault of SQLite in our words; what it says is matched, because the driver gives no codes for all."""
    text = str(error).lower()
    if "full" in text:
        return EnvironmentFault(DISK_FULL, file=str(path))
    if "readonly" in text or "unable to open" in text:
        return EnvironmentFault(READ_ONLY, file=str(path))
    if "locked" in text or "busy" in text:
        return EnvironmentFault(OPEN_ELSEWHERE, file=str(path))
    if "disk i/o" in text and is_full(path):
        return EnvironmentFault(DISK_FULL, file=str(path))
    if "disk i/o" in text:
        return EnvironmentFault(DISK_FAULT, file=str(path), reason=str(error))
    return EnvironmentFault(DAMAGED, file=str(path))


def is_full(path: Path) -> bool:
    """Whether there is no room to write. SQLite calls that an I/O error when it is the shared-memory file that does
    not fit."""
    try:
        return shutil.disk_usage(path.parent).free < _SMALLEST_SHM
    except OSError:
        return False


@contextmanager
def driver_faults(path: Path) -> Iterator[None]:
    """Turns faults of the runtime into EnvironmentFault; a broken constraint stays what it is: a bug of ours."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, driver.IntegrityError | driver.ProgrammingError | driver.InterfaceError):
            raise
        if isinstance(error.orig, driver.OperationalError) and "no such" in str(error.orig):
            raise
        raise driver_fault(error.orig or error, path) from error
    except driver.DatabaseError as error:
        if isinstance(error, driver.IntegrityError | driver.ProgrammingError):
            raise
        raise driver_fault(error, path) from error
