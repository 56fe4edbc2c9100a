"""How the window and its lanes share one interpreter.

Only one thread runs Python at a time. Drawing a list goes in and out of Qt a few hundred times, and each time the
window has to ask a busy lane for its turn back: Python lets it wait 5 ms each time, and the window seems stuck.
See docs/decisions/0009-turns-of-the-window.md for the measurement.
"""

from __future__ import annotations

import gc
import sys
import threading

from PySide6.QtCore import QAbstractEventDispatcher

_LONGEST_WAIT = 0.00005
"""Seconds that a lane may go on after the window asked for its turn."""
_LONGEST_PAUSE = 0.05
"""Seconds that a lane stands aside at a time for a window that goes on being busy."""


def favour_the_window() -> None:
    """A lane gives way almost at once; while the window asks nothing, it works on undisturbed."""
    sys.setswitchinterval(_LONGEST_WAIT)


def set_aside() -> None:
    """What is alive now (libraries, pages) is there to stay: the collector of cycles walks it no more."""
    gc.freeze()


class Gate:
    """Open while the window has nothing to do. A lane passes it between two pieces of long work, so that the window
    answers a key or draws a page alone, and not in turns."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._open.set()
        self._for_good = False
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        dispatcher.aboutToBlock.connect(self._open.set)
        dispatcher.awake.connect(self._close)

    def give_way(self) -> None:
        """Waits, not for long, until the window has nothing to do."""
        self._open.wait(_LONGEST_PAUSE)

    def open_for_good(self) -> None:
        """The window ends, and waits itself for what is under way."""
        self._for_good = True
        self._open.set()

    def _close(self) -> None:
        if not self._for_good:
            self._open.clear()
