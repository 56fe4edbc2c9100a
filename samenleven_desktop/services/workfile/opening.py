"""Opens a work file of unknown kind: a practice file opens without input, others need a key.

A practice file is recognised by a mark in its key file, so that it may have any name; trying the public passphrase on
every file would cost an Argon2id run each time.
"""

from __future__ import annotations

from pathlib import Path

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.services.practice.constants import PRACTICE_PASSPHRASE
from samenleven_desktop.services.safekeeping.backups import DAMAGED
from samenleven_desktop.services.safekeeping.passphrase_backoff import Attempts
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.keys import load_key_file

# The ending of practice files made in the window; older ones have no mark in their key file.
PRACTICE_SUFFIX = ".oefendb"


def open_any(
    path: Path,
    runtime: Runtime,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    attempts: Attempts | None = None,
    kept: bytes | None = None,
) -> Workspace:
    """Opens with the passphrase or recovery code if given.

    Otherwise it uses the public passphrase of a practice file, or the key that the keyring `kept`. Raises
    EnvironmentFault with field `passphrase` if a passphrase is required, with field `wait` if it is too soon after too
    many wrong ones.
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
    # With an outdated key (the data key was changed) the file looks damaged. The passphrase will show whether it is.
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
    """Returns the public passphrase if the key file or the ending indicates a practice file; None for all other files.

    If the key file is missing or damaged, that of the newest backup is used.
    """
    if path.suffix == PRACTICE_SUFFIX or _is_public(path):
        return PRACTICE_PASSPHRASE
    return None


def _is_public(path: Path) -> bool:
    from samenleven_desktop.services.safekeeping.backups import newest

    try:
        return load_key_file(path).public
    except EnvironmentFault:
        pass  # reported when the file is opened
    backup = newest(path)
    try:
        return backup is not None and load_key_file(backup.path).public
    except EnvironmentFault:
        return False


def open_practice(path: Path, runtime: Runtime) -> Workspace:
    """Opens the practice file at `path`, which is created if it does not exist."""
    if not path.exists():
        from samenleven_desktop.services.practice.make import make_practice

        make_practice(path, None)
    return open_any(path, runtime)
