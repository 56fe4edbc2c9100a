"""Progress of a worker, shown by a widget that may be gone before the work ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from samenleven_desktop.ui.gil_scheduling import Throttle


class ProgressRelay(QObject):
    """Make it on the GUI thread, with a method of the widget that shows the progress, and call `report` on the worker.

    The job keeps the relay alive, so a worker never emits a signal of a widget that was deleted: a page is rebuilt when
    the language changes, and its work goes on. Qt drops what was reported once the widget is gone.
    """

    _reported = Signal(object)

    def __init__(self, show: Callable[[Any], None]) -> None:
        """`show` gets the values of `report` as one tuple."""
        super().__init__()
        self._throttle = Throttle()
        self._reported.connect(show)

    def report(self, *values: object) -> None:
        """At most five times a second; what comes in between is left out."""
        if self._throttle.due():
            self._reported.emit(values)

    def report_now(self, *values: object) -> None:
        self._reported.emit(values)
