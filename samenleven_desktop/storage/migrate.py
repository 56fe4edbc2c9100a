"""Migrates a work file to the schema of this version; the caller makes a verified backup first.

The version of a file is read with the bare driver, because importing Alembic takes a third of a second. Migrations run
on a connection of their own with foreign keys off (batch operations would otherwise delete children), in one
transaction, with a check of all foreign keys before the commit: a failed step leaves the file as it was.
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Connection, Engine

from samenleven_desktop.domain.errors import N_, Bug, EnvironmentFault
from samenleven_desktop.paths import migrations_dir
from samenleven_desktop.storage.engine import DAMAGED, PAGE_BYTES, connect, driver_faults, make_engine
from samenleven_desktop.storage.file_lock import NO_SUCH_STORE, os_faults
from samenleven_desktop.storage.file_writer import claim
from samenleven_desktop.storage.memory import Key

# The newest revision in db/migrations, by file name: asking Alembic would import it. A test compares them.
HEAD = max(path.name[:4] for path in migrations_dir().joinpath("versions").glob("[0-9]*.py"))

NEWER = N_("{file} was made by a newer version of Samenleven. Install that version to open it; nothing was changed.")


def check_file(path: Path) -> None:
    """Cheap checks of the file before SQLite opens it. Raises EnvironmentFault."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise EnvironmentFault(NO_SUCH_STORE, file=str(path)) from None
    if size == 0 or size % PAGE_BYTES or not path.is_file():
        raise EnvironmentFault(DAMAGED, file=str(path))
    if not os.access(path, os.R_OK):
        raise EnvironmentFault(N_("{file} cannot be read: ask for access to it."), file=str(path))


def revision(path: Path, key: Key, *, looking: bool = False) -> str | None:
    """Returns the schema version of a file, None if empty. Raises EnvironmentFault for a damaged or newer file."""
    with driver_faults(path):
        connection = connect(path, key, looking=looking)
        try:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            wal = path.with_name(path.name + "-wal")
            if pages * PAGE_BYTES > path.stat().st_size and not (wal.exists() and wal.stat().st_size):
                raise EnvironmentFault(DAMAGED, file=str(path))
            known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
        finally:
            connection.close()
    if found is None:
        return None
    if found[0] > HEAD:
        raise EnvironmentFault(NEWER, file=str(path))
    return str(found[0])


def migrate(path: Path, key: Key, target: str = HEAD) -> None:
    """Migrates up or down to `target` in one transaction; the caller made the backup. A missing file is created."""
    with os_faults(path):
        claim(path)
    engine = make_engine(path, key, foreign_keys=False, connections=1)
    try:
        with driver_faults(path):
            run(engine, target)
    finally:
        engine.dispose()


def run(engine: Engine, target: str) -> None:
    """Runs the migration on an engine with foreign keys off, as one transaction."""
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(migrations_dir()))
    script = ScriptDirectory.from_config(config)
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        context = MigrationContext.configure(connection, opts={"transactional_ddl": True})
        present = context.get_current_revision()
        down = present is not None and (target == "base" or target < present)

        def steps(rev: object, _context: object) -> object:
            return script._downgrade_revs(target, rev) if down else script._upgrade_revs(target, rev)  # type: ignore[arg-type]

        context = MigrationContext.configure(connection, opts={"fn": steps})
        from alembic.operations import Operations

        with Operations.context(context):
            context.run_migrations()
        _check_foreign_keys(connection)


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise Bug("rows without their parent in {table}", table=broken[0][0])
