"""Keeps a window inside the available screens: initial size, last geometry, and when a screen is removed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from samenleven_desktop.ui.geometry import USUAL_FRAME, WindowPlace, first_place, fitted


class StaysInside(QObject):
    """Owned by the window; leaves a maximized window to the system."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        # Runs after the system has moved the window itself, or once the size of its frame is known.
        self._fit_timer = QTimer(self)
        self._fit_timer.setSingleShot(True)
        self._fit_timer.setInterval(0)
        self._fit_timer.timeout.connect(self.fit)
        window.setGeometry(first_place(window.screen().availableGeometry()))
        window.installEventFilter(self)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        # Methods, not lambdas: Qt disconnects methods when this window is destroyed.
        application.screenRemoved.connect(self._fit_later)
        application.screenAdded.connect(self._on_screen_added)
        for screen in QGuiApplication.screens():
            screen.availableGeometryChanged.connect(self._fit_later)

    def place(self) -> WindowPlace:
        """Returns the current geometry, to restore it later."""
        large = self._window.isMaximized() or self._window.isFullScreen()
        return WindowPlace.of(self._window.normalGeometry() if large else self._window.geometry(), maximized=large)

    def go_to(self, kept: WindowPlace) -> None:
        """Restores the last geometry, or the nearest one on an available screen."""
        self._window.setGeometry(self._fitted(kept.rect))
        if kept.maximized:
            self._window.setWindowState(Qt.WindowState.WindowMaximized)

    def fit(self) -> None:
        """Moves the window back inside if it is partly outside."""
        window = self._window
        if not window.isVisible() or window.isMaximized() or window.isFullScreen() or window.isMinimized():
            return
        place = self._fitted(window.geometry())
        if place != window.geometry():
            window.setGeometry(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Show:
            self._fit_timer.start()
        return super().eventFilter(watched, event)

    def _on_screen_added(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._fit_later)

    def _fit_later(self, _what: object) -> None:
        self._fit_timer.start()

    def _fitted(self, rect: QRect) -> QRect:
        handle = self._window.windowHandle()
        frame = handle.frameMargins() if handle is not None else QMargins()
        rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        return fitted(rect, rooms, USUAL_FRAME if frame.isNull() else frame)
