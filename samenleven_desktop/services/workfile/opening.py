"""Opening a work file when it is not yet known what it needs: a practice file opens by itself, others by key.

A practice file is known by a mark in its key file, so that its name is free; trying the public passphrase on every
file would cost an Argon2id each time.
"""

from __future__ import annotations

from pathlib import Path

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.services.practice.public import PRACTICE_PASSPHRASE
from samenleven_desktop.services.safekeeping.backups import DAMAGED
from samenleven_desktop.services.safekeeping.passphrase_backoff import Attempts
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.keys import load_key_file

# Practice files of the window have this ending; the older ones have no mark in their key file.
PRACTICE_SUFFIX = ".oefendb"


def open_any(
    path: Path,
    runtime: Runtime,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    attempts: Attempts | None = None,
    kept: bytes | None = None,
) -> Workspace:
    """By passphrase or recovery code where given; else the public passphrase of a practice file, else the key that the
    keyring `kept`.

    Raises EnvironmentFault with field `passphrase` when a passphrase has to be typed, with field `wait` when too many
    were wrong and it is too soon for the next.
    """
    if attempts is not None and (passphrase is not None or recovery_code is not None):
        return _counted(path, runtime, passphrase, recovery_code, attempts)
    public = practice_passphrase(path)
    if passphrase is None and recovery_code is None and public is not None:
        try:
            return open_workspace(path, runtime, public)
        except EnvironmentFault as error:
            if error.field != "passphrase":
                raise
    try:
        return open_workspace(path, runtime, passphrase, recovery_code, kept)
    except EnvironmentFault as error:
        if kept is None or error.message != DAMAGED:
            raise
    # With a key of before (the file has another one now) a file reads as a damaged one. The passphrase tells.
    return open_workspace(path, runtime)


def _counted(
    path: Path, runtime: Runtime, passphrase: str | None, recovery_code: str | None, attempts: Attempts
) -> Workspace:
    attempts.check(path)
    try:
        opened = open_workspace(path, runtime, passphrase, recovery_code)
    except EnvironmentFault as error:
        if error.field == "passphrase":
            attempts.wrong(path)
        raise
    attempts.right(path)
    return opened


def practice_passphrase(path: Path) -> str | None:
    """The public passphrase, where the key file or the ending says that it fits; None for all other files.

    The key file of the newest backup speaks for one that is missing or damaged.
    """
    if path.suffix == PRACTICE_SUFFIX or _is_public(path):
        return PRACTICE_PASSPHRASE
    return None


def _is_public(path: Path) -> bool:
    from samenleven_desktop.services.safekeeping.backups import newest

    try:
        return load_key_file(path).public
    except EnvironmentFault:
        pass  # told where the file is opened
    backup = newest(path)
    try:
        return backup is not None and load_key_file(backup.path).public
    except EnvironmentFault:
        return False


def open_practice(path: Path, runtime: Runtime) -> Workspace:
    """The practice file at `path`, made first when it is not there yet."""
    if not path.exists():
        from samenleven_desktop.services.practice.make import make_practice

        make_practice(path, None)
    return open_any(path, runtime)
