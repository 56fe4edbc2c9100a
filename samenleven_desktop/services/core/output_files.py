"""Output files requested by the user: written atomically, never over the work file; and the list of backups.

For the layers above, which do not import `storage`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.storage.backup import Backup, existing
from samenleven_desktop.storage.file_lock import NO_SUCH_STORE, OPEN_ELSEWHERE, READ_ONLY, os_faults
from samenleven_desktop.storage.file_writer import (
    offered_file_name,
    offered_name,
    private_folder,
    refuse_own,
    write_whole,
)
from samenleven_desktop.storage.migrate import NEWER

__all__ = [
    "NEWER",
    "OPEN_ELSEWHERE",
    "READ_ONLY",
    "Backup",
    "check_target",
    "list_backups",
    "offered_file_name",
    "offered_name",
    "os_faults",
    "private_folder",
    "write_file",
]


def check_target(path: Path, store: Path | None = None) -> None:
    """Raises UserError if nothing can or should be written to `path`: a folder, a missing folder, the work file."""
    if path.is_dir():
        raise UserError(N_("{file} is a folder. Name a file in it."), field="out", file=str(path))
    if not path.absolute().parent.is_dir():
        raise UserError(
            N_("The folder {folder} does not exist. Make it first, or choose another."),
            field="out",
            folder=str(path.absolute().parent),
        )
    refuse_own(path, store)


def write_file(
    path: Path,
    content: bytes | Callable[[BinaryIO], None],
    store: Path | None = None,
    *,
    for_others: bool = False,
) -> None:
    """Writes the content completely; if it raises EnvironmentFault, the target is unchanged.

    `for_others`: a file for a colleague, in a folder that may be shared, gets the default mode of that folder instead
    of being private.
    """
    check_target(path, store)
    write_whole(path, content, for_others=for_others)


def list_backups(store: Path) -> list[Backup]:
    """Returns the verified backups beside a work file, newest first; needs neither a passphrase nor the work file."""
    found = existing(store)
    if not found and not store.exists():
        raise EnvironmentFault(NO_SUCH_STORE, file=str(store))
    return found
