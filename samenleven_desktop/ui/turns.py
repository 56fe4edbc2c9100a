"""How the window and its lanes share one interpreter.

Only one thread runs Python at a time. Drawing a list goes in and out of Qt a few hundred times, and each time the
window has to ask a busy lane for its turn back: Python lets it wait 5 ms each time, and the window seems stuck.
See docs/decisions/0009-turns-of-the-window.md for the measurement.
"""

from __future__ import annotations

import gc
import sys

_LONGEST_WAIT = 0.00005
"""Seconds that a lane may go on after the window asked for its turn."""


def favour_the_window() -> None:
    """A lane gives way almost at once; while the window asks nothing, it works on undisturbed."""
    sys.setswitchinterval(_LONGEST_WAIT)


def set_aside() -> None:
    """What is alive now (libraries, pages) is there to stay: the collector of cycles walks it no more."""
    gc.freeze()
