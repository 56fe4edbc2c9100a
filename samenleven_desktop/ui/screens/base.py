"""Base class of all screens: loads when first shown, becomes stale after changes, reloads at once if visible."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from samenleven_desktop.services.core.command import Done
    from samenleven_desktop.ui.context import UiContext


class Screen(QWidget):
    """A page of the window. Subclasses implement `reload`, which queries the runner and shows the result.

    By default every change of the work file makes the page stale: a page reads more tables than a list of names could
    reliably cover. Only a page that contains unsaved input lists the relevant tables in `concerns`.
    """

    concerns: ClassVar[tuple[str, ...] | None] = None
    """The tables whose changes make the content stale; None: all tables."""
    leaving = Signal()
    """The page is about to be removed: the connected slots must queue unsaved input for writing before they return."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._stale = True
        context.runner.changed.connect(self._on_runner_changed)
        context.runner.noted.connect(self._on_runner_noted)

    def reload(self) -> None:
        """Queries and shows the data; called when first shown and after relevant changes.

        A screen with several parts queries the visible part only, and another part when it is selected.
        """
        raise NotImplementedError

    def leave(self) -> None:
        """Emits `leaving`; called before the page is removed."""
        self.leaving.emit()

    def mark_stale(self) -> None:
        """Reloads now if visible, otherwise when shown next."""
        self._stale = True
        if self.isVisible():
            self._reload_once()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload_once()

    def _reload_once(self) -> None:
        if self._stale:
            self._stale = False
            self.reload()

    def _on_runner_changed(self, done: Done[object], initiator: QObject) -> None:
        if self.concerns is not None and not done.touches(*self.concerns):
            return
        if initiator is self:
            # It shows its own change itself; the rest is reloaded at the next showing, when a form starts empty.
            self._stale = self._stale or self.concerns is None
        else:
            self.mark_stale()

    def _on_runner_noted(self, owner: QObject) -> None:
        if self.concerns is not None:
            return
        if shiboken6.isValid(owner) and isinstance(owner, QWidget) and (owner is self or self.isAncestorOf(owner)):
            self._stale = True
        else:
            self.mark_stale()
