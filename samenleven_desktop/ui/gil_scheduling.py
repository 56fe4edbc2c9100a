"""Keeps the GUI responsive while worker threads hold the GIL.

Only one thread runs Python at a time. Drawing a list enters and leaves Qt a few hundred times, and each time the GUI
thread has to request the GIL from a busy worker. By default Python lets it wait 5 ms each time, so the window seems
stuck. See docs/decisions/0009-turns-of-the-window.md for the measurement.
"""

from __future__ import annotations

import sys
import threading
import time

from PySide6.QtCore import QObject, Qt, Signal

_SWITCH_INTERVAL = 0.00005
"""The GIL switch interval in seconds: how long a worker may go on after the GUI thread requested the GIL."""
_YIELD_TIMEOUT = 0.25
"""The maximum time in seconds that a worker waits for a busy GUI thread, per yield."""


def favour_the_window() -> None:
    """Shortens the GIL switch interval, so that the GUI thread gets the GIL back within 50 µs.

    An idle GUI thread does not slow workers down.
    """
    sys.setswitchinterval(_SWITCH_INTERVAL)


_PROGRESS_INTERVAL = 0.2


class Throttle:
    """Limits progress signals to five per second: each is drawn at once, and more would pile up in the event queue."""

    def __init__(self) -> None:
        self._next = 0.0

    def due(self) -> bool:
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + _PROGRESS_INTERVAL
        return True


class GuiYield(QObject):
    """Lets a worker yield to the GUI thread between two pieces of long work.

    Posts an event to the GUI thread and waits until the queue before it is processed. So a key press or a repaint is
    handled in one go, not in GIL time slices.
    """

    _yield_requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._disabled = False
        self._yield_requested.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def give_way(self) -> None:
        """Called on a worker; blocks until the GUI thread answers, at most 250 ms."""
        if not self._disabled:
            answered = threading.Event()
            self._yield_requested.emit(answered)
            answered.wait(_YIELD_TIMEOUT)

    def open_for_good(self) -> None:
        """Disables yielding when the window closes; it waits for running work itself."""
        self._disabled = True

    def _answer(self, answered: threading.Event) -> None:
        answered.set()
