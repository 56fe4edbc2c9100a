"""Restores a backup: prepared and verified beside the work file, then moved into place in one step.

After a crash there is either the old file or the restored one. A damaged file is moved aside, never overwritten.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert as upsert

from samenleven_desktop.domain.errors import N_, EnvironmentFault
from samenleven_desktop.domain.person_pattern import SearchPattern
from samenleven_desktop.readmodels.core import HistoryLine
from samenleven_desktop.readmodels.history import Comparison
from samenleven_desktop.storage import backup, erasure, keys, migrate
from samenleven_desktop.storage.engine import connect, driver_faults, make_engine
from samenleven_desktop.storage.exchange.seals import FORMER_DEVICES, own_devices
from samenleven_desktop.storage.file_lock import os_faults
from samenleven_desktop.storage.file_writer import copy_whole
from samenleven_desktop.storage.memory import Key
from samenleven_desktop.storage.models import TRACKED, Meta, table_of

NOT_A_GOOD_BACKUP = N_("{file} is not a good backup of this work file. Choose another; nothing was changed.")
_META = table_of(Meta)


def is_good(path: Path, key: Key) -> bool:
    """Returns whether a backup opens with this key, is intact, and has a schema version that this program knows."""
    try:
        migrate.check_file(path)
        if migrate.revision(path, key) is None:
            return False
        connection = connect(path, key)
        try:
            return backup.is_sound(connection)
        finally:
            connection.close()
    except EnvironmentFault:
        return False


def prepare(
    chosen: Path,
    key: Key,
    store: Path,
    found: Sequence[erasure.Marker],
    facts: Mapping[str, str],
    left: Sequence[erasure.Redaction] = (),
) -> Path:
    """Makes a verified copy of a backup beside the work file, migrated and without what was erased since.

    `facts` contains a new device id, so that changes of the restored file are never confused with those of the first
    one.
    """
    if not is_good(chosen, key):
        raise EnvironmentFault(NOT_A_GOOD_BACKUP, file=str(chosen))
    prepared = _prepared(store)
    unfinished = prepared.with_name(prepared.name + ".new")
    with os_faults(store):
        _clear(unfinished)
        copy_whole(chosen, unfinished)
    try:
        migrate.migrate(unfinished, key)
        _rewrite(unfinished, key, found, SearchPattern(()), facts, left)
        with os_faults(store):
            unfinished.replace(prepared)
    finally:
        _clear(unfinished)
    return prepared


def put_in_place(prepared: Path, store: Path, key: Key) -> None:
    """Replaces an intact, closed work file by the prepared one."""
    with driver_faults(store):
        connection = connect(store, key)
        try:
            # Closing in this mode leaves no WAL file beside it that could be taken for that of the new file.
            connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            connection.close()
    with os_faults(store):
        prepared.replace(store)


def put_in_place_of_damaged(prepared: Path, store: Path, backup_key: Path, now: datetime) -> Path:
    """Moves a damaged file aside, with all files beside it, and puts the prepared one in place.

    The key file becomes that of the backup. Returns the new path of the damaged file; the user can inspect or delete
    it.
    """
    stamp = f"{now.astimezone():%Y%m%d-%H%M%S}"
    aside = store.with_name(f"{store.name}.damaged-{stamp}")
    with os_faults(store):
        key_beside = prepared.with_name(prepared.name + ".key")
        copy_whole(backup_key, key_beside)
        present = keys.key_file_path(store)
        if present.exists():
            present.replace(keys.key_file_path(aside))
        for side in backup.side_files(store):
            if side.exists():
                side.replace(side.with_name(side.name.replace(store.name, aside.name, 1)))
        if store.exists():
            store.replace(aside)
    finish(store)
    return aside


def finish(store: Path) -> None:
    """Completes a restore that was interrupted after the damaged file was moved away."""
    prepared = _prepared(store)
    key_beside = prepared.with_name(prepared.name + ".key")
    if store.exists() or not prepared.exists() or not (key_beside.exists() or keys.key_file_path(store).exists()):
        return
    with os_faults(store):
        if key_beside.exists():
            key_beside.replace(keys.key_file_path(store))
        prepared.replace(store)


def is_clean(path: Path, key: Key, missing: Sequence[erasure.Marker]) -> bool:
    """Returns whether a backup was made after these erasures, or cleaned of them."""
    with driver_faults(path):
        engine = make_engine(path, key, connections=1)
        try:
            with engine.connect() as connection:
                return {one.row_id for one in missing} <= {one.row_id for one in erasure.markers(connection)}
        finally:
            engine.dispose()


def clean(
    path: Path, key: Key, found: Sequence[erasure.Marker], words: SearchPattern, left: Sequence[erasure.Redaction]
) -> None:
    """Rewrites a backup without the erased data; the old one stays until the new one is verified."""
    beside = path.with_name(path.name + ".new")
    with os_faults(path):
        _clear(beside)
        copy_whole(path, beside)
    try:
        _rewrite(beside, key, found, words, {}, left)
        with os_faults(path):
            beside.replace(path)
    finally:
        _clear(beside)


def compare(connection: Connection, chosen: Path, key: Key) -> Comparison:
    """Compares the work file with a backup of it."""
    if not is_good(chosen, key):
        raise EnvironmentFault(NOT_A_GOOD_BACKUP, file=str(chosen))
    counts: tuple[Counter[str], Counter[str], Counter[str]] = (Counter(), Counter(), Counter())
    with driver_faults(chosen):
        other = connect(chosen, key)
        try:
            tables = {row[0] for row in other.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            for name in sorted(set(TRACKED) & tables):
                columns = [str(row[1]) for row in other.execute(f"PRAGMA table_info({name})")]
                query = f"SELECT {', '.join(columns)} FROM {name} WHERE deleted_at IS NULL"
                then = {row[0]: tuple(row) for row in other.execute(query)}
                now = {row[0]: tuple(row) for row in connection.exec_driver_sql(query)}
                counts[0][name] += len(then.keys() - now.keys())
                counts[1][name] += len(now.keys() - then.keys())
                counts[2][name] += sum(1 for id_ in then.keys() & now.keys() if then[id_] != now[id_])
            known = {row[0] for row in other.execute("SELECT id FROM command_log")}
        finally:
            other.close()
    steps = connection.exec_driver_sql("SELECT id, made_at, kind, name, details FROM command_log ORDER BY seq DESC")
    lost = [
        HistoryLine(row[0], datetime.fromisoformat(row[1]), None, row[2], row[3], json.loads(row[4]), False, ())
        for row in steps
        if row[0] not in known and row[2] != "setup"
    ]
    back, gone, changed = ({name: n for name, n in one.items() if n} for one in counts)
    return Comparison(back, gone, changed, tuple(lost))


def clear_leftovers(store: Path) -> None:
    """Deletes what an interrupted restore left beside an existing work file."""
    prepared = _prepared(store)
    with suppress(OSError):
        for leftover in (prepared, prepared.with_name(prepared.name + ".new")):
            _clear(leftover)
        prepared.with_name(prepared.name + ".key").unlink(missing_ok=True)


def _prepared(store: Path) -> Path:
    return store.with_name(store.name + ".restoring")


def _clear(unfinished: Path) -> None:
    """Deletes the files of an earlier, killed attempt: another file's WAL would corrupt the new one."""
    for leftover in (unfinished, *backup.side_files(unfinished)):
        leftover.unlink(missing_ok=True)


def _note_former_device(connection: Connection, facts: Mapping[str, str]) -> None:
    """Remembers which device a restored file was: what that wrote stays its owner's."""
    devices = own_devices(connection)
    if facts.get("device_id", devices[0]) != devices[0]:
        value = json.dumps(devices)
        put = upsert(_META).values(key=FORMER_DEVICES, value=value)
        connection.execute(put.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def _rewrite(
    path: Path,
    key: Key,
    found: Sequence[erasure.Marker],
    words: SearchPattern,
    facts: Mapping[str, str],
    left: Sequence[erasure.Redaction],
) -> None:
    """Erases, writes facts about the file, vacuums, and verifies the result.

    Raises EnvironmentFault if it is not intact.
    """
    with driver_faults(path):
        engine = make_engine(path, key, connections=1)
        try:
            with engine.connect().execution_options(write=True) as connection, connection.begin():
                if found or words:
                    erasure.erase_in_copy(connection, found, words, left)
                _note_former_device(connection, facts)
                for name, value in facts.items():
                    put = upsert(_META).values(key=name, value=value)
                    connection.execute(put.on_conflict_do_update(index_elements=["key"], set_={"value": value}))
        finally:
            engine.dispose()
        bare = connect(path, key)
        try:
            if found or words:
                erasure.vacuum(bare)
            bare.execute("PRAGMA journal_mode = DELETE")
            if not backup.is_sound(bare):
                raise EnvironmentFault(NOT_A_GOOD_BACKUP, file=str(path))
        finally:
            bare.close()
