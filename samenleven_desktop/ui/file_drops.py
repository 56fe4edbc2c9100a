"""Files dragged over the window: each drop target shows, during the drag, what it would do with them.

Packs and contact cards of colleagues are always handled by the window, wherever they are dropped. A file is never
dropped as text.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

EXCHANGED = (".samenleven", ".samenlevenkaart")
_OVER = (QEvent.Type.DragEnter, QEvent.Type.DragMove)
_EDITORS = (QLineEdit, QPlainTextEdit, QTextEdit)


def local_files(dragged: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]


def exchanged(dragged: QMimeData) -> list[Path]:
    """Returns packs and contact cards of colleagues."""
    return [path for path in local_files(dragged) if path.suffix.lower() in EXCHANGED]


def own_files(dragged: QMimeData) -> list[Path]:
    """Returns all files, or none if one of them is handled by the window."""
    return [] if exchanged(dragged) else local_files(dragged)


class DropPlace(QObject):
    """Accepts files dropped on a widget, and shows a label over it during the drag."""

    def __init__(
        self,
        widget: QWidget,
        words: str,
        then: Callable[[list[Path]], object],
        wanted: Callable[[QMimeData], list[Path]] = own_files,
    ) -> None:
        super().__init__(widget)
        self._widget, self._then, self._wanted = widget, then, wanted
        self._overlay = QLabel(words, widget)
        self._overlay.setObjectName("dropsign")
        self._overlay.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._overlay.setWordWrap(True)
        self._overlay.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._overlay.hide()
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    @property
    def shows(self) -> str:
        """The text shown over the widget now."""
        return self._overlay.text() if self._overlay.isVisible() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _OVER and isinstance(event, QDragMoveEvent):
            return self._over(event)
        if event.type() == QEvent.Type.DragLeave:
            self._overlay.hide()
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._overlay.hide()
            paths = self._wanted(event.mimeData())
            if paths:
                event.acceptProposedAction()
                self._then(paths)
                return True
        return False

    def _over(self, event: QDragMoveEvent) -> bool:
        if not self._wanted(event.mimeData()):
            event.ignore()
            return True
        event.acceptProposedAction()
        self._overlay.setGeometry(self._widget.rect().adjusted(8, 8, -8, -8))
        self._overlay.show()
        self._overlay.raise_()
        return True


class NoFilesAsText(QObject):
    """Event filter of a window: Qt's text fields would insert the path of a dropped file."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (*_OVER, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return False
        if not local_files(event.mimeData()) or not self._over_text(event):
            return False
        event.ignore()
        if exchanged(event.mimeData()):
            # Sent to the window, past the field.
            QCoreApplication.sendEvent(self._window, event)
        return True

    def _over_text(self, event: QDropEvent) -> bool:
        under: QWidget | None = self._window.childAt(event.position().toPoint())
        while under is not None:
            if isinstance(under, _EDITORS):
                return True
            under = under.parentWidget()
        return False
