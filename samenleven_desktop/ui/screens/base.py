"""What all screens share: load when shown, stale after every change, reload when shown or at once when visible."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from samenleven_desktop.ui.context import UiContext

if TYPE_CHECKING:
    from samenleven_desktop.services.core.command import Done


class Screen(QWidget):
    """A page of the window. Subclasses implement `reload`, which asks the runner and shows the answer.

    Every change of the file makes what is shown stale: what a page shows comes from more tables than a list of names
    would stay true for. Only a page that holds what is being typed names the tables that count in `concerns`.
    """

    concerns: ClassVar[tuple[str, ...] | None] = None
    """The tables whose changes make the content stale; None: all of them."""
    leaving = Signal()
    """The page goes away for good: what was typed must be on its way to disk when this returns."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._stale = True
        context.runner.changed.connect(self._on_runner_changed)
        context.runner.noted.connect(self._on_runner_noted)

    def reload(self) -> None:
        """Ask again and show; called when shown for the first time and when something it shows has changed. A screen
        of parts asks for the part that is looked at, and for another one when that is chosen."""
        raise NotImplementedError

    def leave(self) -> None:
        """The page goes away for good."""
        self.leaving.emit()

    def mark_stale(self) -> None:
        """Reload now when visible, else at the next showing."""
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
            # It shows what it did itself; the rest of the page follows at the next showing. A form begins anew then.
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
