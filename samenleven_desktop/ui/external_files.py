"""What reaches the window from outside: a second start of the program, a file that was double-clicked.

The file of a colleague, or a plan, waits here until a work file is open; then it is offered at *Uitwisselen* or at
*Instellingen*, where nothing changes unasked.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from samenleven_desktop.ui.main_window import MainWindow, WorkFileControl
from samenleven_desktop.ui.single_instance import LaunchRequest

_PLANS = (".yaml", ".yml")


class Arrivals(QObject):
    """One for each window; `pack` came with its own start."""

    def __init__(self, window: MainWindow, files: WorkFileControl, pack: Path | None) -> None:
        super().__init__()
        self._window, self._files = window, files
        self._waiting = pack

    def take(self, wish: LaunchRequest) -> bool:
        """A second start: this window comes to the front, unless another work file was asked for."""
        if wish.store is not None and not self._opens(Path(wish.store)):
            return False
        self.come_to_front()
        if wish.pack is not None:
            # Answered first: the second start waits some seconds only, and the page may have to be loaded.
            QTimer.singleShot(0, self, partial(self.offer, Path(wish.pack)))
        return True

    def offer(self, pack: Path) -> None:
        """Now, or as soon as a work file is open."""
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
        """Whether that work file is in this window, or can be: it still asks which one to open."""
        workspace = self._window.runner.workspace
        if workspace is not None:
            return workspace.path.resolve() == store
        shell = self._window.shell
        if shell.current == "welcome" and store.exists():
            self._files.open_file(store)
            return True
        # A locked one asks for its passphrase.
        return shell.current == "unlock" and getattr(shell.page("unlock"), "path", None) == store
