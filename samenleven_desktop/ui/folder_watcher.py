"""Watches the shared folder for files of colleagues.

Reacts to change notifications and also polls, as network drives and USB sticks send none. New files are shown in the
navigation and on *Start*; nothing is applied automatically.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from samenleven_desktop.domain.errors import SamenlevenError

if TYPE_CHECKING:
    from samenleven_desktop.readmodels.exchange import FolderLine
    from samenleven_desktop.services.exchange.folder import CpuAllowance, FolderScan
    from samenleven_desktop.services.workfile.workspace import Workspace
    from samenleven_desktop.ui.runner import Runner

# Polling interval for sticks and network drives, which send no notifications; shorter while a file is being copied.
SLOW_MS, SOON_MS = 60_000, 5_000
# Copying causes many notifications in a row: scan once, after the last one.
SETTLE_MS = 400


def _folder_to_scan(file: Workspace) -> FolderScan | None:
    from samenleven_desktop.services.exchange.status import watched_folder

    if watched_folder(file) is None:
        return None
    from samenleven_desktop.services.exchange.folder import prepare_scan

    return prepare_scan(file)


def _open_conflicts(file: Workspace) -> int:
    from samenleven_desktop.services.exchange.status import open_conflicts

    return open_conflicts(file)


class FolderWatch(QObject):
    """`looked` is emitted when `lines`, `folder`, `fault` and `open_conflicts` are up to date."""

    looked = Signal()

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.folder: Path | None = None
        self.lines: list[FolderLine] = []
        self.fault: SamenlevenError | None = None
        self.open_conflicts = 0
        self._allowance: CpuAllowance | None = None
        self._notifier = QFileSystemWatcher(self)
        self._slow, self._settle = QTimer(self), QTimer(self)
        self._slow.setInterval(SLOW_MS)
        self._settle.setInterval(SETTLE_MS)
        self._settle.setSingleShot(True)
        self._slow.timeout.connect(self.look)
        self._settle.timeout.connect(self.look)
        self._notifier.directoryChanged.connect(lambda _: self._settle.start())
        self._notifier.fileChanged.connect(lambda _: self._settle.start())

    @property
    def new(self) -> list[FolderLine]:
        """The files that are not applied yet."""
        return [one for one in self.lines if one.new]

    @property
    def waiting(self) -> int:
        """The number of items that need the user: new files and open conflicts."""
        return len(self.new) + self.open_conflicts

    def start(self) -> None:
        """Called when a work file is opened."""
        self._slow.start()
        self.look()

    def stop(self) -> None:
        """Called when no work file is open any more."""
        self._slow.stop()
        self._settle.stop()
        self._watch_folder(None)
        self.folder, self.lines, self.fault, self.open_conflicts = None, [], None, 0

    def look(self) -> None:
        """Scans the folder: the work file is queried on the read worker, the files are read in the file worker pool."""
        if self._runner.workspace is None:
            return
        self.count()
        self._runner.on_read(_folder_to_scan, then=self._scan, owner=self, latest="folder", failed=self._fail)

    def count(self) -> None:
        """Updates only the number of conflicts; called after each change of the work file."""
        if self._runner.workspace is not None:
            self._runner.on_read(_open_conflicts, then=self._count, owner=self, latest="open-conflicts")

    def _count(self, number: int) -> None:
        if number != self.open_conflicts:
            self.open_conflicts = number
            self.looked.emit()

    def _scan(self, prepared: FolderScan | None) -> None:
        from samenleven_desktop.services.exchange.folder import CpuAllowance, scan_folder

        if self._runner.workspace is None:
            return
        self.folder = None if prepared is None else prepared.folder
        if prepared is None:
            self._watch_folder(None)
            self._show([])
            return
        before, file = tuple(self.lines), self._runner.workspace

        def show(lines: list[FolderLine]) -> None:
            # By now the work file may be locked, or another one open.
            if self._runner.workspace is file:
                self._show(lines)

        allowance = self._allowance = self._allowance or CpuAllowance()
        self._runner.free(lambda: scan_folder(prepared, before, allowance), then=show, owner=self, failed=self._fail)

    def _show(self, lines: list[FolderLine]) -> None:
        self.fault, self.lines = None, lines
        self._watch_folder(self.folder)
        copying = any(one.copying for one in lines)
        self._slow.setInterval(SOON_MS if copying else SLOW_MS)
        self.looked.emit()

    def _fail(self, error: SamenlevenError) -> None:
        self.fault, self.lines = error, []
        self._watch_folder(None)
        self.looked.emit()

    def _watch_folder(self, folder: Path | None) -> None:
        """Only for a folder that was just scanned: adding one on a lost network drive would block the window."""
        present = self._notifier.directories()
        wanted = [str(folder)] if folder is not None else []
        if present != wanted:
            if present:
                self._notifier.removePaths(present)
            if wanted:
                self._notifier.addPaths(wanted)
