"""Opens, creates, rescues and locks the work file of the window, and shows the screens that need no work file."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import N_, EnvironmentFault, SamenlevenError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.folder_watcher import FolderWatch
from samenleven_desktop.ui.keyring import SystemKeyring
from samenleven_desktop.ui.runner import Failed
from samenleven_desktop.ui.unlock import FileUnlocker
from samenleven_desktop.ui.window_place import Place, put_forms_away
from samenleven_desktop.ui.window_protocols import MainWindow

if TYPE_CHECKING:
    from samenleven_desktop.services.safekeeping.backups import Rescued
    from samenleven_desktop.services.workfile.workspace import Workspace
    from samenleven_desktop.ui.shell import Shell

logger = logging.getLogger(__name__)

LOCKED = N_("{file} is locked. Type the passphrase to go on where you were.")


def _has_backup(path: Path) -> bool:
    from samenleven_desktop.services.safekeeping.backups import newest

    return newest(path) is not None


class WorkFile(QObject):
    """One per window. `place` is the page of the user when the work file was locked."""

    opened = Signal(object)
    """A `Workspace` is open; its pages can be built."""
    closing = Signal()
    """The pages of the work file must be removed, because another one is opened or this one is locked."""

    def __init__(
        self, window: MainWindow, watch: FolderWatch, keyring: SystemKeyring, runtime: Callable[[], Runtime]
    ) -> None:
        super().__init__()
        self._window = window
        self._watch = watch
        self._runtime = runtime
        self._unlocking = FileUnlocker(window, keyring, self.open_with, self.show_closed)
        self.place: Place | None = None

    @property
    def language(self) -> Language:
        return self._window.language

    def open_or_welcome(self, path: Path, passphrase: str | None) -> None:
        """Opens the work file of the last session; shows the welcome screen if neither it nor a backup exists."""
        if path.exists() or _has_backup(path):
            self.open_file(path, passphrase)
        else:
            self.show_welcome()

    def open_file(self, path: Path, passphrase: str | None = None, recovery_code: str | None = None) -> None:
        """Opens a work file: a practice file with its public passphrase, others with the keyring or a passphrase."""
        self._unlocking.open(path, passphrase, recovery_code)

    def open_with(
        self, path: Path, passphrase: str | None, recovery_code: str | None, kept: bytes | None, failed: Failed
    ) -> None:
        """Opens a work file with a passphrase, a recovery code, or the key stored in the keyring."""
        from samenleven_desktop.services.workfile.key_ahead import derive_key_ahead, drop_key_ahead

        runtime = self._runtime()
        if recovery_code is None and kept is None:
            derive_key_ahead(path, passphrase)

        def opener() -> Workspace:
            from samenleven_desktop.services.safekeeping.passphrase_backoff import Attempts
            from samenleven_desktop.services.workfile.opening import open_any

            try:
                return open_any(path, runtime, passphrase, recovery_code, Attempts(), kept)
            finally:
                drop_key_ahead()

        self._replace(opener, failed)

    def make_file(self, path: Path, passphrase: str, then: Callable[[], None]) -> None:
        """Creates an empty work file at `path`; `then` is called when it is open."""
        runtime = self._runtime()

        def opener() -> Workspace:
            from samenleven_desktop.services.workfile.workspace import create_workspace

            return create_workspace(path, passphrase, runtime)

        self._unlocking.made(path)
        self._replace(opener, self._show_on_welcome, then)

    def make_practice(self, path: Path) -> None:
        """Creates and opens a practice file at `path`; replaces an existing one."""
        runtime = self._runtime()

        def opener() -> Workspace:
            from samenleven_desktop.services.workfile.opening import open_practice

            return open_practice(path, runtime)

        self._replace(opener, self._show_on_welcome)

    def rescue_file(self, path: Path, passphrase: str | None, recovery_code: str | None = None) -> None:
        """Replaces a file that cannot be opened with its newest good backup, moves it aside, and opens the backup."""
        runtime, window = self._runtime(), self._window

        def work() -> Rescued:
            from samenleven_desktop.services.safekeeping.backups import rescue
            from samenleven_desktop.services.workfile.practice_files import practice_passphrase

            return rescue(path, runtime, passphrase or practice_passphrase(path), recovery_code)

        def rescued(found: Rescued) -> None:
            made = found.backup.made_at.astimezone()
            words = window.language.text(
                "The backup of {day} {time} is back. The damaged file was kept beside it.",
                day=window.language.day(made),
                time=window.language.clock(made),
            )
            window.navigator.notify("good", words)
            self.open_file(path, passphrase, recovery_code)

        window.runner.free(work, then=rescued, owner=self, failed=lambda error: self.show_closed(path, error))

    def _replace(self, opener: Callable[[], Workspace], failed: Failed, then: Callable[[], None] | None = None) -> None:
        window = self._window
        window.shell.set_status(window.language.text("Opening ..."))
        self._watch.stop()
        window.runner.close_workspace()

        def opened(workspace: Workspace) -> None:
            self.opened.emit(workspace)
            if then is not None:
                then()

        window.runner.open(opener, opened, failed)

    def lock(self) -> None:
        """Saves the content of open forms as drafts, closes the work file and asks for the passphrase.

        A practice file has a public passphrase and is not locked.
        """
        window = self._window
        workspace = window.runner.workspace
        if workspace is None or workspace.practice_date is not None:
            return
        self.place = Place.of(window.shell)
        put_forms_away(window.shell)
        self.closing.emit()
        path = workspace.path
        logger.info("locked")
        reason = EnvironmentFault(LOCKED, field="passphrase", file=path.name)
        window.runner.close_workspace(partial(self.show_closed, path, reason))

    def go_back(self) -> None:
        """Returns to the page of the user before the lock."""
        place, self.place = self.place, None
        if place is not None:
            place.show(self._window.shell, self._window.navigator)

    def leave(self) -> None:
        """Closes the work file and shows the welcome screen."""
        self._watch.stop()
        self._window.runner.close_workspace(self.show_welcome)

    # Screens without a work file

    def show_welcome(self) -> None:
        """Offers to create a work file, or to open a practice file or an existing one."""
        from samenleven_desktop.ui.screens.welcome.screen import WelcomeScreen

        shell = self._empty_shell()
        shell.practice_pill.hide()
        shell.year_pill.hide()
        shell.add_hidden_page("welcome", lambda: WelcomeScreen(self))
        shell.show_page("welcome")

    def show_closed(self, path: Path, error: SamenlevenError) -> None:
        """Shows why the work file is not open, and what the user can do about it."""
        from samenleven_desktop.ui.screens.welcome.unlock_screen import UnlockScreen

        if error.field == "passphrase" or isinstance(error, EnvironmentFault):
            shell = self._empty_shell()
            shell.add_hidden_page("unlock", lambda: UnlockScreen(self, path, error))
            shell.show_page("unlock")
        else:
            self._show_on_welcome(error)

    def _show_on_welcome(self, error: SamenlevenError) -> None:
        self.show_welcome()
        self._window.show_error(error)

    def _empty_shell(self) -> Shell:
        shell = self._window.shell
        shell.clear_pages()
        shell.set_working(False)
        shell.set_status("")
        return shell
