"""The key of a work file in the keyring of this computer, for window and command line."""

from __future__ import annotations

from pathlib import Path

from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.optional import NoAnswer, within
from samenleven_desktop.storage import keys, system_keyring
from samenleven_desktop.storage.system_keyring import NO_ANSWER, KeptKey

__all__ = ["NO_ANSWER", "KeptKey", "recall", "recall_within"]


def recall(path: Path) -> bytes | None:
    """Returns the key stored in the keyring for this work file; None without one.

    May block as long as the keyring does.
    """
    try:
        store_id = keys.load_key_file(path).store_id
    except EnvironmentFault:
        return None  # opening the file reports the problem with the key file
    return system_keyring.recall(store_id)


def recall_within(path: Path, seconds: float) -> bytes | None:
    """As `recall`, but returns None if the keyring does not respond in time."""
    try:
        return within(seconds, "keyring", lambda: recall(path))
    except NoAnswer:
        return None
