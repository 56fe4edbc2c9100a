"""Tells when to lock: after some minutes without a key or a click, and when the system locks its screen."""

from __future__ import annotations

import sys
import threading
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from samenleven_desktop.optional import optional_service
from samenleven_desktop.ui.bus_probe import session_bus_answers, system_bus_answers

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

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._filter: _WindowsSession | None = None

    def listen(self) -> None:
        """From now on, on Linux. On a thread of its own: a bus that hangs would stop the window for 25 seconds."""
        if sys.platform.startswith("linux"):
            threading.Thread(target=self._connect, name="screen-lock-signals", daemon=True).start()

    def watch(self, window: QWidget) -> None:
        """On Windows the system tells the window, so each new window is registered."""
        if sys.platform == "win32":
            with optional_service("session messages of Windows"):
                self._filter = _WindowsSession(int(window.winId()), self.locked.emit)
                QApplication.instance().installNativeEventFilter(self._filter)  # type: ignore[union-attr]

    def _connect(self) -> None:
        """The screen savers of the desktop on the session bus, and the session manager on the system bus."""
        with optional_service("screen lock signals"):
            from PySide6.QtDBus import QDBusConnection

            # The slot as text: PySide6 6.12 refuses the bytes that its own stub asks for.
            active, lock = SLOT("on_active_changed(bool)"), SLOT("on_lock()")
            if session_bus_answers() and isValid(self):
                session = QDBusConnection.sessionBus()
                for service, path in _SAVERS:
                    session.connect(service, path, service, "ActiveChanged", self, active)  # type: ignore[call-overload]
            if system_bus_answers() and isValid(self):
                name = "org.freedesktop.login1"
                QDBusConnection.systemBus().connect(name, "", f"{name}.Session", "Lock", self, lock)  # type: ignore[call-overload]

    @Slot(bool)
    def on_active_changed(self, active: bool) -> None:
        if active:
            self.locked.emit()

    @Slot()
    def on_lock(self) -> None:
        self.locked.emit()


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
