"""Signals when the date changes while the window is open, or while the computer was asleep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

LOOK_MS = 30_000


class DayWatch(QObject):
    """`turned` is emitted within a minute of the change."""

    turned = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._today: Callable[[], date] | None = None
        self._seen: date | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(LOOK_MS)
        self.timer.timeout.connect(self.look)

    def start(self, today: Callable[[], date]) -> None:
        """Called when a work file is opened; `today` returns the date that counts as today for it."""
        self._today, self._seen = today, today()
        self.timer.start()

    def stop(self) -> None:
        self.timer.stop()
        self._today = None

    def look(self) -> None:
        if self._today is not None and (day := self._today()) != self._seen:
            self._seen = day
            self.turned.emit()
