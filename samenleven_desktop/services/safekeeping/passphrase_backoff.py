"""Exponential back-off after wrong passphrases: the delay doubles with each one, also after a restart.

Stored with the preferences of this computer, by a hash of the file's path; the passphrase itself is never stored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from samenleven_desktop.domain.clock import utc_now
from samenleven_desktop.domain.errors import N_, EnvironmentFault
from samenleven_desktop.paths import user_data_dir
from samenleven_desktop.services.core.computer_files import keep_on_computer

# Wrong passphrases before the delay starts.
FREE = 2
LONGEST = 60
TOO_SOON = N_("Too many wrong passphrases. Try again in {n} seconds.")


class Attempts:
    """Wrong passphrases per work file; counted in memory only if the file cannot be written."""

    def __init__(self, path: Path | None = None, now: Callable[[], datetime] = utc_now) -> None:
        self._path = path or user_data_dir() / "attempts.json"
        self._now = now
        self._found: dict[str, list[float]] = self._load()

    def seconds_to_wait(self, store: Path) -> int:
        """Returns the seconds until the next attempt is allowed; 0 for now.

        Setting the clock back never locks the user out.
        """
        wrong, last = self._found.get(_name(store), [0, 0])
        passed = self._now().timestamp() - last
        if wrong <= FREE or passed < 0:
            return 0
        return max(0, round(min(2 ** (wrong - FREE), LONGEST) - passed))

    def check(self, store: Path) -> None:
        """Raises EnvironmentFault, with field `wait`, if it is too soon."""
        left = self.seconds_to_wait(store)
        if left:
            raise EnvironmentFault(TOO_SOON, field="wait", n=left)

    def wrong(self, store: Path) -> None:
        """Counts a wrong passphrase or recovery code."""
        wrong, _ = self._found.get(_name(store), [0, 0])
        self._found[_name(store)] = [wrong + 1, self._now().timestamp()]
        self._save()

    def right(self, store: Path) -> None:
        """The file was opened: resets the count."""
        if self._found.pop(_name(store), None) is not None:
            self._save()

    def _load(self) -> dict[str, list[float]]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(name): [float(wrong), float(last)] for name, (wrong, last) in found.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _save(self) -> None:
        keep_on_computer(self._path, json.dumps(self._found).encode())


def _name(store: Path) -> str:
    return hashlib.sha256(str(store.resolve()).encode()).hexdigest()[:24]
