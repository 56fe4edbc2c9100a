"""How the window and its lanes share one interpreter.

Only one thread runs Python at a time. Drawing a list goes in and out of Qt a few hundred times, and each time the
window has to ask a busy lane for its turn back: Python lets it wait 5 ms each time, and the window seems stuck.
See docs/decisions/0009-turns-of-the-window.md for the measurement.
"""

from __future__ import annotations

import sys
import threading
import time

from PySide6.QtCore import QObject, Qt, Signal

_LONGEST_WAIT = 0.00005
"""Seconds that a lane may go on after the window asked for its turn."""
_LONGEST_PAUSE = 0.25
"""Seconds that a lane stands aside at a time for a window that goes on being busy."""


def favour_the_window() -> None:
    """A lane gives way almost at once; while the window asks nothing, it works on undisturbed."""
    sys.setswitchinterval(_LONGEST_WAIT)


_BETWEEN_NOTICES = 0.2


class Throttle:
    """Five times a second at most: each notice of progress is drawn at once, and more of them would pile up."""

    def __init__(self) -> None:
        self._next = 0.0

    def due(self) -> bool:
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + _BETWEEN_NOTICES
        return True


class GuiYield(QObject):
    """Where a lane lets the window go first, between two pieces of long work: it knocks, and goes on when the window
    has done all that it had to do before. So a key is answered and a page drawn alone, and not in turns."""

    _knocked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = False
        self._knocked.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def give_way(self) -> None:
        """Called on a lane; waits until the window answers, but never long."""
        if not self._open:
            answered = threading.Event()
            self._knocked.emit(answered)
            answered.wait(_LONGEST_PAUSE)

    def open_for_good(self) -> None:
        """The window ends, and waits itself for what is under way."""
        self._open = True

    def _answer(self, answered: threading.Event) -> None:
        answered.set()
