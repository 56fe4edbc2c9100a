"""Tells when to lock: after some minutes without a key or a click, and when the system locks its screen."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

_INPUT = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}
_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)


class Idle(QObject):
    """`passed` is emitted once when nobody typed or clicked for so many minutes; 0 minutes: never."""

    passed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.passed)
        self._application = application
        self._watching = False

    def watch(self, minutes: float) -> None:
        """From now on, anew."""
        self.stop()
        if minutes > 0:
            self._application.installEventFilter(self)
            self._watching = True
            self._timer.start(int(minutes * 60_000))

    def stop(self) -> None:
        self._timer.stop()
        if self._watching:
            self._application.removeEventFilter(self)
            self._watching = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._timer.start()
        return False


class SystemLock(QObject):
    """`locked` is emitted when the screen of this computer locks; silent where the system does not tell."""

    locked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._filter: _WindowsSession | None = None
        if sys.platform == "win32":
            self._filter = _WindowsSession(int(window.winId()), self.locked.emit)
            QApplication.instance().installNativeEventFilter(self._filter)  # type: ignore[union-attr]
        elif sys.platform.startswith("linux"):
            self._listen()

    def _listen(self) -> None:
        """The screen savers of the desktop on the session bus, and the session manager on the system bus."""
        from PySide6.QtDBus import QDBusConnection

        session, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
        if session.isConnected():
            for service, path in _SAVERS:
                session.connect(service, path, service, "ActiveChanged", self, _slot("on_active_changed(bool)"))
        if system.isConnected():
            name = "org.freedesktop.login1"
            system.connect(name, "", f"{name}.Session", "Lock", self, _slot("on_lock()"))

    @Slot(bool)
    def on_active_changed(self, active: bool) -> None:
        if active:
            self.locked.emit()

    @Slot()
    def on_lock(self) -> None:
        self.locked.emit()


def _slot(signature: str) -> str:
    """A slot as D-Bus wants it named."""
    return SLOT(signature)


class _WindowsSession(QAbstractNativeEventFilter):
    """The message by which Windows says that the session locks."""

    _CHANGE, _LOCK = 0x02B1, 0x7

    def __init__(self, window: int, tell: Any) -> None:
        super().__init__()
        import ctypes

        self._tell = tell
        ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, 0)  # type: ignore[attr-defined]

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        import ctypes.wintypes

        if QByteArray(kind).data() == b"windows_generic_MSG":
            found = ctypes.wintypes.MSG.from_address(int(message))
            if found.message == self._CHANGE and found.wParam == self._LOCK:
                self._tell()
        return False, 0
