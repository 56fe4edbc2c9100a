"""Opens a work file that needs a key: asks the keyring first, and the user if it does not answer soon."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from samenleven_desktop.domain.errors import N_, EnvironmentFault, SamenlevenError
from samenleven_desktop.ui.keyring import SystemKeyring
from samenleven_desktop.ui.main_window import MainWindow
from samenleven_desktop.ui.runner import Failed

ShowClosed = Callable[[Path, SamenlevenError], None]
OpenWith = Callable[[Path, str | None, str | None, bytes | None, Failed], None]

SILENT = N_(
    "The keyring of this computer does not answer yet. Type the passphrase of {file}, or wait: when it answers, the "
    "file opens by itself."
)
NO_LONGER_FITS = N_(
    "The key in this computer's keyring no longer fits {file}, as after a change of passphrase. Type the passphrase."
)


class FileUnlocker:
    """One per window. If several files are requested, the last one is opened."""

    def __init__(
        self, window: MainWindow, keyring: SystemKeyring, open_with: OpenWith, show_closed: ShowClosed
    ) -> None:
        self._window, self._keyring = window, keyring
        self._open_with, self._show_closed = open_with, show_closed
        self._request = 0
        self._file: Path | None = None
        """The file for which the keyring was asked."""

    def open(self, path: Path, passphrase: str | None, recovery_code: str | None) -> None:
        from samenleven_desktop.services.workfile.opening import practice_passphrase

        self._request += 1
        window, request = self._window, self._request
        if path != self._file:
            self._keyring.know(None)
        self._file = path
        if passphrase is not None or recovery_code is not None or practice_passphrase(path) is not None:
            self._open_with(path, passphrase, recovery_code, None, partial(self._show_closed, path))
            return
        window.shell.set_status(window.language.text("Opening ..."))
        self._keyring.recall(path, partial(self._recalled, request, path), partial(self._silent, request, path))

    def made(self, path: Path) -> None:
        """Called for a new work file, whose key is not in the keyring yet."""
        self._request += 1
        self._file = path
        self._keyring.know(False)

    def _recalled(self, request: int, path: Path, kept: bytes | None) -> None:
        if path == self._file:
            self._keyring.know(kept is not None)
        if request == self._request or (kept is not None and self._still_asked(path)):
            self._request += 1
            self._open_with(path, None, None, kept, partial(self._failed, path, kept is not None))

    def _failed(self, path: Path, was_kept: bool, error: SamenlevenError) -> None:
        if was_kept:
            # Possibly an old key: whether the current one is in the keyring is unknown.
            self._keyring.know(None)
            if error.field == "passphrase":
                error = EnvironmentFault(NO_LONGER_FITS, field="passphrase", file=path.name)
        self._show_closed(path, error)

    def _silent(self, request: int, path: Path) -> None:
        if request != self._request:
            return
        self._request += 1

        def failed(error: SamenlevenError) -> None:
            asks = error.field == "passphrase"
            self._show_closed(path, EnvironmentFault(SILENT, field="passphrase", file=path.name) if asks else error)

        self._open_with(path, None, None, None, failed)

    def _still_asked(self, path: Path) -> bool:
        """Returns whether the window still asks for the passphrase of this file, with nothing typed yet."""
        from samenleven_desktop.ui.screens.welcome.unlock import UnlockScreen

        shell = self._window.shell
        page = shell.page(shell.current) if shell.has_page(shell.current) else None
        return isinstance(page, UnlockScreen) and page.waits_for(path)
