"""Connections to the encrypted file, through SQLAlchemy's plain SQLite dialect with our own creator.

The raw key is set first, then foreign keys, WAL and a busy timeout. The driver's own transaction handling is off and we
send BEGIN ourselves; otherwise a failed migration stays half done. Driver errors are translated to our own error types.
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

from samenleven_desktop.domain.change_proof import content_hashes, without_salts
from samenleven_desktop.domain.comparison import folded_words
from samenleven_desktop.domain.errors import N_, EnvironmentFault
from samenleven_desktop.storage.file_lock import (
    DISK_FAULT,
    DISK_FULL,
    NO_SUCH_STORE,
    OPEN_ELSEWHERE,
    READ_ONLY,
    os_faults,
)
from samenleven_desktop.storage.file_writer import claim
from samenleven_desktop.storage.memory import Key, wipe_text

DAMAGED = N_(
    "{file} is damaged, is no work file, or does not fit the key file beside it. Nothing was changed; put the newest "
    "good backup back."
)
PAGE_BYTES = 4096
_BUSY_SECONDS = 5.0
_SMALLEST_SHM = 32 * 1024


def connect(path: Path, key: Key, *, foreign_keys: bool = True, new: bool = False, looking: bool = False) -> Any:
    """Opens a bare driver connection with the key set; `new` creates the file.

    Raises EnvironmentFault if it cannot be read.

    With `looking` nothing is written, not even the files that SQLite keeps beside an open database, so that it also
    works on a full disk. Such a connection must be the only one to its file.
    """
    # An absolute path: SQLite would read a name such as "file:x?mode=memory" as a URI.
    place = path.absolute()
    with os_faults(path):
        if new:
            # If SQLite itself created the file, its mode would depend on the umask.
            claim(place)
        elif not place.exists():
            raise EnvironmentFault(NO_SUCH_STORE, file=str(path))
    connection = driver.connect(str(place), timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        # Otherwise SQLCipher writes thousands of lines to the terminal for a file with one corrupt byte.
        connection.execute("PRAGMA cipher_log_level = NONE")
        # The triggers of the search index call it (migration 0007), on every connection that writes.
        connection.create_function("folded_words", 1, folded_words, deterministic=True)
        # And those that keep a change provable from which something is erased (migration 0016).
        connection.create_function("content_hashes", 5, content_hashes, deterministic=True)
        connection.create_function("without_salts", 2, without_salts, deterministic=True)
        _set_key(connection, key)
        if looking:
            # Must be set before the first access to the file: the WAL index is then kept in memory.
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
    """Sets the key.

    The driver accepts it as text only, so it runs as a script, which is not kept in the statement cache.

    Our texts are overwritten; the driver's copies are overwritten when they are freed (storage/memory.py).
    """
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
    """Returns an engine for `path`; `connections` is the maximum number of open connections (one per worker)."""
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
    """Translates an SQLite error. Matches its message, because the driver does not set a code for every error."""
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
    """Returns whether the disk is full. SQLite reports an I/O error if the shared-memory file does not fit."""
    try:
        return shutil.disk_usage(path.parent).free < _SMALLEST_SHM
    except OSError:
        return False


@contextmanager
def driver_faults(path: Path) -> Iterator[None]:
    """Translates runtime errors to EnvironmentFault; a violated constraint is not translated, because it is a bug."""
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
