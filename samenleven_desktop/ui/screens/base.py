"""What all screens share: load when shown, reload when concerned, stale while hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from samenleven_desktop.ui.context import UiContext

if TYPE_CHECKING:
    from samenleven_desktop.services.command import Done


class Screen(QWidget):
    """A page of the window. `concerns` names the tables whose changes make its content stale.

    Subclasses implement `reload`, which asks the runner and shows the answer.
    """

    concerns: ClassVar[tuple[str, ...]] = ()
    leaving = Signal()
    """The page goes away for good: what was typed must be on its way to disk when this returns."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._stale = True
        context.runner.changed.connect(self._on_runner_changed)

    def reload(self) -> None:
        """Ask again and show; called when shown for the first time and when something it shows has changed."""
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
        if initiator is not self and done.touches(*self.concerns):
            self.mark_stale()
