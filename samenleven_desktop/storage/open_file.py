"""Creates and opens work files: finds the key, cleans up after a crash, migrates, and locks."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import insert

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.storage import backup, keys, migrate, pairs, rekey, restore
from samenleven_desktop.storage.engine import DAMAGED, is_full
from samenleven_desktop.storage.file_lock import DISK_FULL, READ_ONLY, StoreLock, os_faults, real_place
from samenleven_desktop.storage.file_writer import check_space_for_names, claim, private_folder, remove_passing, tighten
from samenleven_desktop.storage.keys import KeyFile
from samenleven_desktop.storage.memory import overwrite_what_is_freed
from samenleven_desktop.storage.models import Meta, table_of
from samenleven_desktop.storage.store import Store

_META = table_of(Meta)
Unwrap = Callable[[KeyFile], bytearray]

EXISTS = N_("{file} exists already. Choose another name, or open it.")
TYPE_PASSPHRASE = N_("Type the passphrase of {file}.")


def create(
    path: Path, passphrase: str, runtime: Runtime, cost: keys.KeyCost | None = None, public: bool = False
) -> Store:
    """Creates an empty work file with the newest schema; `public`: its key file states that the passphrase is public.

    If it fails, no files remain.
    """
    overwrite_what_is_freed()
    path = real_place(path)
    if path.exists():
        raise UserError(EXISTS, file=str(path))
    check_space_for_names(path)
    with os_faults(path):
        private_folder(path.parent)
    lock = StoreLock(path)
    lock.acquire()
    try:
        key_file, key, _ = keys.make_key_file(new_id(), passphrase, cost or keys.KeyCost(), public=public)
        try:
            keys.save_key_file(key_file, path)
            with os_faults(path):
                claim(path)
            lock.follow()
            migrate.migrate(path, key)
            store = Store(path, key, lock, runtime)
            facts = {"store_id": key_file.store_id, "device_id": runtime.new_id()}
            with store.write_untracked() as connection:
                connection.execute(insert(_META), [{"key": key, "value": value} for key, value in facts.items()])
        except BaseException:
            remove_files(path)
            raise
    except BaseException:
        lock.release()
        raise
    return store


def open_store(
    path: Path,
    runtime: Runtime,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    kept: bytes | None = None,
) -> Store:
    """Opens a work file and, after a backup, migrates it; without passphrase or code it uses the `kept` key.

    On a full disk the file is opened read-only. Raises EnvironmentFault: no such file, damaged, foreign, newer, open
    elsewhere, wrong key, disk or folder.
    """
    overwrite_what_is_freed()
    path = real_place(path)
    restore.finish(path)
    migrate.check_file(path)
    if not os.access(path, os.W_OK):
        raise EnvironmentFault(READ_ONLY, file=str(path))
    lock = StoreLock(path)
    lock.acquire()
    try:
        remove_passing(path)
        restore.clear_leftovers(path)
        for one in (path, keys.key_file_path(path), *backup.side_files(path)):
            tighten(one)
        key = _find_key(path, passphrase, recovery_code, kept)
        with suppress(OSError):
            rekey.clear(rekey.rekeying_path(path))
        try:
            present = migrate.revision(path, key)
        except EnvironmentFault as fault:
            if fault.message != DISK_FULL or migrate.revision(path, key, looking=True) != migrate.HEAD:
                raise
            return Store(path, key, lock, runtime, read_only=True)
        if is_full(path) and present == migrate.HEAD:
            return Store(path, key, lock, runtime, read_only=True)
        if present != migrate.HEAD:
            backup.make(path, key, "migration", runtime.now())
            migrate.migrate(path, key)
        return Store(path, key, lock, runtime)
    except BaseException:
        lock.release()
        raise


def remove_files(path: Path) -> None:
    """Deletes an unfinished work file, with all files beside it."""
    for leftover in (path, keys.key_file_path(path), *backup.side_files(path)):
        leftover.unlink(missing_ok=True)


def _find_key(path: Path, passphrase: str | None, recovery_code: str | None, kept: bytes | None) -> bytearray:
    """Returns the data key that opens the file; completes an interrupted key change."""
    key_file = keys.load_key_file(path)
    if recovery_code is None and passphrase is None:
        if kept is None:
            raise EnvironmentFault(TYPE_PASSPHRASE, field="passphrase", file=path.name)
        return bytearray(kept)

    def unwrap(one: KeyFile) -> bytearray:
        if recovery_code is not None:
            return keys.unwrap_with_recovery(one, recovery_code, path)
        return keys.unwrap(one, passphrase or "", path)

    try:
        key, half = _fitting_half(path, key_file, unwrap)
    except EnvironmentFault as fault:
        pairs.explain(path, unwrap, fault)
        raise
    if key_file.following is not None:
        with suppress(EnvironmentFault):  # a full disk: the next start completes it
            rekey.settle(path, half)
    return key


def _fitting_half(path: Path, key_file: KeyFile, unwrap: Unwrap) -> tuple[bytearray, KeyFile]:
    """Raises EnvironmentFault: the passphrase is wrong, or it is right and the file does not open with that key."""
    fault: EnvironmentFault | UserError | None = None
    for half in rekey.halves(key_file):
        try:
            key = unwrap(half)
        except (EnvironmentFault, UserError) as error:
            fault = fault or error
            continue
        if rekey.fits(path, key):
            return key, half
        if key_file.following is None:
            fault = EnvironmentFault(DAMAGED, file=str(path))
    assert fault is not None
    raise fault
