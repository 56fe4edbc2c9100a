"""Files that a person asked for: written whole or not at all, never over the work file itself; and the list of backups.

For those above, who see nothing of `storage`.
"""

from __future__ import annotations

from pathlib import Path

from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.storage.backup import Backup, backup_dir, existing, side_files
from samenleven_desktop.storage.files import NO_SUCH_STORE, OPEN_ELSEWHERE, READ_ONLY, os_faults, write_whole
from samenleven_desktop.storage.keys import key_file_path
from samenleven_desktop.storage.migrate import NEWER

__all__ = ["NEWER", "OPEN_ELSEWHERE", "READ_ONLY", "Backup", "check_target", "list_backups", "os_faults", "write_file"]


def check_target(path: Path, store: Path | None = None) -> None:
    """Raises UserError when nothing can or should be written to `path`: a folder, no folder, the work file."""
    if path.is_dir():
        raise UserError(N_("{file} is a folder. Name a file in it."), field="out", file=str(path))
    if not path.absolute().parent.is_dir():
        raise UserError(
            N_("The folder {folder} does not exist. Make it first, or choose another."),
            field="out",
            folder=str(path.absolute().parent),
        )
    if store is None:
        return
    target = path.resolve()
    own = [store, key_file_path(store), *side_files(store), store.with_name(store.name + ".lock")]
    if any(target == one.resolve() for one in own) or target.is_relative_to(backup_dir(store).resolve()):
        raise UserError(
            N_("{file} belongs to the work file and is not written over. Choose another name."),
            field="out",
            file=str(path),
        )


def write_file(path: Path, content: bytes, store: Path | None = None) -> None:
    """The new content or, when it raises EnvironmentFault, what was there before."""
    check_target(path, store)
    write_whole(path, content)


def list_backups(store: Path) -> list[Backup]:
    """The verified copies beside a work file, newest first; needs no passphrase, and no work file either."""
    found = existing(store)
    if not found and not store.exists():
        raise EnvironmentFault(NO_SUCH_STORE, file=str(store))
    return found
