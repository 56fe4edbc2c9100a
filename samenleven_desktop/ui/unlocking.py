"""Opening a work file that needs a key: the keyring is asked first, without anyone waiting for it for long."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from samenleven_desktop.domain.errors import N_, EnvironmentFault, SamenlevenError

if TYPE_CHECKING:
    from samenleven_desktop.ui.app import Application

SILENT = N_(
    "The keyring of this computer does not answer yet. Type the passphrase of {file}, or wait: when it answers, the "
    "file opens by itself."
)
NO_LONGER_FITS = N_(
    "The key in this computer's keyring no longer fits {file}, as after a change of passphrase. Type the passphrase."
)


class Unlocking:
    """One per window. Of several files asked for at once, the last one is opened."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._turn = 0
        self._file: Path | None = None
        """Of which file the keyring's answer is known, or being waited for."""

    def open(self, path: Path, passphrase: str | None, recovery_code: str | None) -> None:
        from samenleven_desktop.services.opening import practice_passphrase

        self._turn += 1
        app, turn = self._application, self._turn
        if path != self._file:
            app.keyring.know(None)
        self._file = path
        if passphrase is not None or recovery_code is not None or practice_passphrase(path) is not None:
            app.open_with(path, passphrase, recovery_code, None, partial(app.show_closed, path))
            return
        app.shell.set_status(app.language.text("Opening ..."))
        app.keyring.recall(path, partial(self._recalled, turn, path), partial(self._silent, turn, path))

    def made(self, path: Path) -> None:
        """A new file: its key is kept nowhere yet."""
        self._turn += 1
        self._file = path
        self._application.keyring.know(False)

    def _recalled(self, turn: int, path: Path, kept: bytes | None) -> None:
        app = self._application
        if path == self._file:
            app.keyring.know(kept is not None)
        if turn == self._turn or (kept is not None and self._still_asked(path)):
            self._turn += 1
            app.open_with(path, None, None, kept, partial(self._failed, path, kept is not None))

    def _failed(self, path: Path, was_kept: bool, error: SamenlevenError) -> None:
        if was_kept:
            # Perhaps a key of before: whether that of today is kept is not known.
            self._application.keyring.know(None)
            if error.field == "passphrase":
                error = EnvironmentFault(NO_LONGER_FITS, field="passphrase", file=path.name)
        self._application.show_closed(path, error)

    def _silent(self, turn: int, path: Path) -> None:
        if turn != self._turn:
            return
        self._turn += 1
        app = self._application

        def failed(error: SamenlevenError) -> None:
            asks = error.field == "passphrase"
            app.show_closed(path, EnvironmentFault(SILENT, field="passphrase", file=path.name) if asks else error)

        app.open_with(path, None, None, None, failed)

    def _still_asked(self, path: Path) -> bool:
        """The passphrase of this file is being asked, and nothing was typed yet."""
        from samenleven_desktop.ui.screens.welcome.unlock import UnlockScreen

        shell = self._application.shell
        page = shell.page(shell.current) if shell.has_page(shell.current) else None
        return isinstance(page, UnlockScreen) and page.waits_for(path)
