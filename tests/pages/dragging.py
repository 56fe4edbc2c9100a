"""The mouse of a person who drags a file from a folder over the window; events go in where the system puts them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_COPY, _LEFT, _NO_KEYS = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Dragged:
    """One file over one window."""

    def __init__(self, window: QWidget, path: Path) -> None:
        self._window, self._place = window, QPointF()
        self._data = QMimeData()
        self._data.setUrls([QUrl.fromLocalFile(str(path))])
        # As file managers give it.
        self._data.setText(path.as_uri())

    def over(self, place: QPointF | QWidget) -> bool:
        """Whether it may be dropped there."""
        if isinstance(place, QWidget):
            place = QPointF(place.mapTo(self._window, place.rect().center()))
        self._place = place
        target = self._window.windowHandle()
        enters = QDragEnterEvent(place, _COPY, self._data, _LEFT, _NO_KEYS)
        QApplication.sendEvent(target, enters)
        moves = QDragMoveEvent(place, _COPY, self._data, _LEFT, _NO_KEYS)
        moves.setAccepted(enters.isAccepted())
        QApplication.sendEvent(target, moves)
        return moves.isAccepted()

    def leave(self) -> None:
        QApplication.sendEvent(self._window.windowHandle(), QDragLeaveEvent())

    def drop(self) -> None:
        drops = QDropEvent(self._place, _COPY, self._data, _LEFT, _NO_KEYS)
        QApplication.sendEvent(self._window.windowHandle(), drops)
