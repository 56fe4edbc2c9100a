"""Undo and redo of what was typed in the grids of a draft plan: it is no saved step, so the window does not know it.

As in a text field (docs/decisions/0010-undo-by-focus.md): a grid keeps the keys while there is something to undo or
redo,
so that one Ctrl+Z too many never takes back what was saved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent

from samenleven_desktop.interchange.plan_draft import DraftRow
from samenleven_desktop.ui.field_undo import is_redo, is_undo

Rows = Mapping[str, tuple[DraftRow, ...]]
_MOST = 200


class GridSteps(QObject):
    """Filters the keys of the grids. `present` returns the lines of all grids as they are now."""

    restored = Signal(object)
    """The lines of all grids as they were."""

    def __init__(self, present: Callable[[], Rows], parent: QObject) -> None:
        super().__init__(parent)
        self._present = present
        self._before: list[Rows] = []
        self._after: list[Rows] = []

    def note(self, before: Rows) -> None:
        """Notes the lines before something was typed."""
        self._before = [*self._before[1 - _MOST :], before]
        self._after.clear()

    def forget(self) -> None:
        self._before.clear()
        self._after.clear()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or not (self._before or self._after):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and (is_undo(event) or is_redo(event)):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and (is_undo(event) or is_redo(event)):
            source, other = (self._before, self._after) if is_undo(event) else (self._after, self._before)
            if source:
                other.append(self._present())
                self.restored.emit(source.pop())
            return True
        return False
