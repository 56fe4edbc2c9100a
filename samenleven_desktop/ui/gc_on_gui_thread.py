"""Collects Python's garbage on the GUI thread only.

A cycle that holds a Qt object and is collected on a worker thread ends in a segmentation fault: shiboken visits and
releases the object there. So automatic collection, which runs on whatever thread allocates, is off while a window is
open. See docs/decisions/0025-garbage-on-the-gui-thread.md for the measurement.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

BUSY_MS, CALM_MS = 1_000, 30_000
"""The shortest interval between two checks, used while there is work, and the longest, used when idle."""


class GarbageCollector(QObject):
    """Collects young objects on a timer, and runs a full collection only when `quiet` returns True (the user is idle).

    The thresholds are Python's own (`gc.get_threshold`). One instance per process, owned by the application.
    """

    def __init__(self, quiet: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._quiet = quiet
        self._was_on = False
        self.timer = QTimer(self)
        self.timer.setInterval(BUSY_MS)
        self.timer.timeout.connect(self.collect_due)

    def start(self) -> None:
        self._was_on = gc.isenabled()
        gc.disable()
        self.timer.start()

    def stop(self) -> None:
        """Restores automatic collection; called when the window is closed and no worker runs any more."""
        self.timer.stop()
        if self._was_on:
            gc.enable()

    def wake(self) -> None:
        """Shortens the interval, because work was done."""
        if self.timer.interval() != BUSY_MS:
            self.timer.setInterval(BUSY_MS)

    def freeze_once(self) -> None:
        """Excludes the objects alive now, mostly imported modules, from all later collections, to make them fast.

        Only the first call in a process has an effect; call it while no data of a work file is loaded.
        """
        if gc.get_freeze_count() == 0:
            gc.collect()
            gc.freeze()

    def thaw(self) -> None:
        """Includes the excluded objects again: a window that was alive then is replaced, and must be collected."""
        gc.unfreeze()

    def collect_all(self) -> None:
        """Runs a full collection now; for times when nobody waits, such as after locking."""
        gc.collect()

    def collect_due(self) -> None:
        young, middle, old = gc.get_count()
        most_young, most_middle, most_old = gc.get_threshold()
        if old > most_old and self._quiet():
            gc.collect()
        elif young > most_young:
            gc.collect(1 if middle > most_middle else 0)
        else:
            self.timer.setInterval(min(self.timer.interval() * 2, CALM_MS))
