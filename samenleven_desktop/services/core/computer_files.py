"""Small files that belong to this computer and to no work file: preferences, wrong tries. Light to import."""

from __future__ import annotations

from pathlib import Path

from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.storage.file_writer import private_folder, tighten, write_whole


def keep_on_computer(path: Path, content: bytes) -> bool:
    """Best effort: False where it cannot be kept. The program then only asks or counts again."""
    try:
        private_folder(path.parent)
        write_whole(path, content)
    except (OSError, EnvironmentFault):
        return False
    return True


def make_private_folder(folder: Path) -> None:
    """Raises OSError when it cannot be made."""
    private_folder(folder)


def make_private(path: Path) -> None:
    """For a file that a library made: readable by its owner only, where that can be."""
    tighten(path)
