"""Small files of this computer that belong to no work file: preferences, wrong passphrases. Cheap to import."""

from __future__ import annotations

from pathlib import Path

from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.storage.file_writer import private_folder, tighten, write_whole


def keep_on_computer(path: Path, content: bytes) -> bool:
    """Writes the file; best effort: returns False if that fails. The program then only asks or counts again."""
    try:
        private_folder(path.parent)
        write_whole(path, content)
    except (OSError, EnvironmentFault):
        return False
    return True


def make_private_folder(folder: Path) -> None:
    """Raises OSError if it cannot be created."""
    private_folder(folder)


def make_private(path: Path) -> None:
    """For a file that a library created: makes it readable by its owner only, where supported."""
    tighten(path)
