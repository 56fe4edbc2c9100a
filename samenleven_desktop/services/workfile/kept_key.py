"""The key of a work file in the keyring of this computer, for the window and the command line."""

from __future__ import annotations

from pathlib import Path

from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.optional import NoAnswer, within
from samenleven_desktop.storage import keys, system_keyring
from samenleven_desktop.storage.system_keyring import NO_ANSWER, KeptKey

__all__ = ["NO_ANSWER", "KeptKey", "recall", "recall_within"]


def recall(path: Path) -> bytes | None:
    """The key that the keyring keeps for this work file; None without one. May wait as long as the keyring likes."""
    try:
        store_id = keys.load_key_file(path).store_id
    except EnvironmentFault:
        return None  # opening says what is wrong with the key file
    return system_keyring.recall(store_id)


def recall_within(path: Path, seconds: float) -> bytes | None:
    """The same, and None when the keyring does not answer in time."""
    try:
        return within(seconds, "keyring", lambda: recall(path))
    except NoAnswer:
        return None
