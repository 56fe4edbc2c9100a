"""Stores the data key in the keyring of this computer: optional, and a failure never stops the program.

A keyring may prompt the user, hang or crash, so its calls do not belong on a thread that writes or draws: the window
has a thread for them (ui/keyring.py), other callers wait with `optional.within`. Contains no cryptography.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from samenleven_desktop.domain.errors import N_, EnvironmentFault
from samenleven_desktop.optional import optional_service
from samenleven_desktop.storage.memory import Key

T = TypeVar("T")

SERVICE = "samenleven-desktop"

NO_KEYRING = N_("This computer has no keyring to keep the key in; the passphrase stays needed.")
BROKEN_OFF = N_("Not kept: you broke off, or the keyring stayed locked. The passphrase stays needed.")
NOT_FORGOTTEN = N_("The key is still kept: you broke off, or the keyring stayed locked. Try it once more.")
NOT_WORKING = N_("The keyring of this computer does not work at the moment. Try it again later.")
NO_ANSWER = N_("The keyring of this computer does not answer. Try it again later.")


@dataclass(frozen=True)
class KeptKey:
    """The key of one work file, to store in the keyring, delete from it or look up. Every call may block."""

    store_id: str
    _key: Key = field(repr=False)

    def remember(self) -> None:
        """Raises EnvironmentFault, with the reason, if the key was not stored."""
        import keyring

        _guarded(lambda: keyring.set_password(SERVICE, self.store_id, self._key.hex()), BROKEN_OFF)

    def forget(self) -> None:
        """Raises EnvironmentFault if the key is still stored."""
        import keyring
        from keyring.errors import PasswordDeleteError

        def forget() -> None:
            try:
                keyring.delete_password(SERVICE, self.store_id)
            except PasswordDeleteError:
                return  # was not stored: nothing to delete

        _guarded(forget, NOT_FORGOTTEN)

    def is_kept(self) -> bool:
        return recall(self.store_id) == self._key


def recall(store_id: str) -> bytes | None:
    """Returns the key, or None if the keyring has none, stays locked or does not work. May block."""
    import keyring

    try:
        kept = _guarded(lambda: keyring.get_password(SERVICE, store_id), BROKEN_OFF)
        return None if kept is None else bytes.fromhex(kept)
    except (EnvironmentFault, ValueError):
        return None


def _guarded(work: Callable[[], T], broken_off: str) -> T:
    """Translates every kind of keyring failure to a sentence. Raises EnvironmentFault."""
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    why = NOT_WORKING
    with optional_service("keyring"):
        try:
            return work()
        except NoKeyringError:
            why = NO_KEYRING
        except KeyringLocked:
            why = broken_off
        except InitError as error:
            # The Secret Service backend raises this for both "no service" and "the user dismissed the prompt".
            if type(error.__cause__).__name__ != "PromptDismissedException":
                raise
            why = broken_off
    raise EnvironmentFault(why)
