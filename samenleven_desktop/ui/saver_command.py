"""Watches XScreenSaver, which uses no message bus: its own command prints when the screen is blanked or locked."""

from __future__ import annotations

import shutil

from PySide6.QtCore import QObject, QProcess, Signal

COMMAND = "xscreensaver-command"
_LOCKING = ("BLANK", "LOCK")
_END_MS = 500


class SaverCommand(QObject):
    """`locked` is emitted for both events; never if XScreenSaver is not installed or not running."""

    locked = Signal()
    started = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None

    def listen(self) -> None:
        program = shutil.which(COMMAND)
        if program is None:
            return
        self._process = QProcess(self)
        # Its diagnostics do not belong on our standard error.
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.started.connect(self.started)
        self._process.start(program, ["-watch"])

    def stop(self) -> None:
        if self._process is not None:
            self._process.readyReadStandardOutput.disconnect(self._read)
            self._process.kill()
            self._process.waitForFinished(_END_MS)
            self._process = None

    def _read(self) -> None:
        assert self._process is not None
        while self._process.canReadLine():
            line = bytes(self._process.readLine().data()).decode(errors="replace")
            if line.startswith(_LOCKING):
                self.locked.emit()
