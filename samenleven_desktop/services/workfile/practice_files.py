"""Recognises practice files, which open with a public passphrase. Light to import: the window asks at every start."""

from __future__ import annotations

from pathlib import Path

from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.services.practice.constants import PRACTICE_PASSPHRASE
from samenleven_desktop.storage.keys import load_key_file

# The ending of practice files made in the window; older ones have no mark in their key file.
PRACTICE_SUFFIX = ".oefendb"


def practice_passphrase(path: Path) -> str | None:
    """Returns the public passphrase if the key file or the ending indicates a practice file; None for all other files.

    If the key file is missing or damaged, that of the newest backup is used.
    """
    if path.suffix == PRACTICE_SUFFIX or _is_public(path):
        return PRACTICE_PASSPHRASE
    return None


def _is_public(path: Path) -> bool:
    try:
        return load_key_file(path).public
    except EnvironmentFault:
        pass  # reported when the file is opened
    from samenleven_desktop.services.safekeeping.backups import newest

    backup = newest(path)
    try:
        return backup is not None and load_key_file(backup.path).public
    except EnvironmentFault:
        return False
