"""Changes the keys of an open work file: passphrase, recovery code, the key stored in the keyring."""

from __future__ import annotations

from collections.abc import Callable

from samenleven_desktop.services.safekeeping import backups
from samenleven_desktop.services.safekeeping.backups import NewKey
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.system_keyring import KeptKey

Progress = Callable[[int, int], None]


def _silent(_done: int, _whole: int) -> None:
    pass


def change_passphrase(workspace: Workspace, present: str, passphrase: str, progress: Progress = _silent) -> NewKey:
    """Sets another passphrase and another data key: no earlier key file opens the file any more.

    An earlier recovery sheet is no longer valid; if there was one, a new code is returned. A backup follows.
    """
    store = workspace.store
    return backups.after_new_key(store, store.change_passphrase(present, passphrase, progress))


def new_recovery_code(workspace: Workspace, present: str, progress: Progress = _silent) -> NewKey:
    """Sets a new recovery code, and therefore another data key; `present` is the passphrase."""
    store = workspace.store
    return backups.after_new_key(store, store.new_recovery_code(present, progress))


def renew_backups(workspace: Workspace, progress: Progress = _silent) -> int:
    """Re-encrypts the available backups that still open with an earlier passphrase; returns their number."""
    return backups.renew(workspace.store, progress)


def kept_key(workspace: Workspace) -> KeptKey:
    """Stores the key in the keyring of this computer, or deletes it there; those calls may block."""
    return workspace.store.kept_key()
