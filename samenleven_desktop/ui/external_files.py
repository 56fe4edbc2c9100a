"""Handles requests from outside the window: a second start of the program, and a file that was double-clicked.

The file of a colleague, or a plan, is held until a work file is open. Then it is offered on the page *Uitwisselen* or
*Instellingen*, where nothing changes until the user confirms.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from samenleven_desktop.ui.main_window import MainWindow, WorkFileControl
from samenleven_desktop.ui.single_instance import LaunchRequest

_PLANS = (".yaml", ".yml")


class ExternalFiles(QObject):
    """Belongs to one window; `pack` is the file of its own command line."""

    def __init__(self, window: MainWindow, files: WorkFileControl, pack: Path | None) -> None:
        super().__init__()
        self._window, self._files = window, files
        self._waiting = pack

    def take(self, request: LaunchRequest) -> bool:
        """Handles a second start: raises this window. Returns False if another work file was requested."""
        if request.store is not None and not self._opens(Path(request.store)):
            return False
        self.come_to_front()
        if request.pack is not None:
            # Reply first: the second process waits only a few seconds, and the page may have to be loaded.
            QTimer.singleShot(0, self, partial(self.offer, Path(request.pack)))
        return True

    def offer(self, pack: Path) -> None:
        """Offers the file now, or as soon as a work file is open."""
        self._waiting = pack
        self.offer_waiting()

    def offer_waiting(self) -> None:
        if self._waiting is not None and self._window.runner.workspace is not None:
            file, self._waiting = self._waiting, None
            if file.suffix.lower() in _PLANS:
                self._window.navigator.open_plan_file(file)
            else:
                self._window.navigator.open_packs([file])

    def come_to_front(self) -> None:
        shell = self._window.shell
        shell.setWindowState(shell.windowState() & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive)
        shell.show()
        shell.raise_()
        shell.activateWindow()

    def _opens(self, store: Path) -> bool:
        """Returns whether this window shows that work file, or can open it because it still asks which one to open."""
        workspace = self._window.runner.workspace
        if workspace is not None:
            return workspace.path.resolve() == store
        shell = self._window.shell
        if shell.current == "welcome" and store.exists():
            self._files.open_file(store)
            return True
        # A locked work file asks for its passphrase.
        return shell.current == "unlock" and getattr(shell.page("unlock"), "path", None) == store
