"""Signals when to lock: after some minutes without a key or a click, and when the system locks its screen."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from samenleven_desktop.optional import optional_service
from samenleven_desktop.ui.bus_signals import BusListener, BusSignal
from samenleven_desktop.ui.saver_command import SaverCommand

_INPUT = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}
# KDE uses the freedesktop name.
_DESKTOPS = ("freedesktop", "gnome", "xfce", "mate", "cinnamon")
_SAVERS = [BusSignal(f"org.{desktop}.ScreenSaver", "ActiveChanged") for desktop in _DESKTOPS]
_SESSION_MANAGER = [BusSignal("org.freedesktop.login1.Session", "Lock")]


class Idle(QObject):
    """`passed` is emitted once after the given number of minutes without input; 0 minutes disables it."""

    passed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.passed)
        self._application = application
        self._watching = False

    def watch(self, minutes: float) -> None:
        """Starts or restarts the timer."""
        self.stop()
        if minutes > 0:
            self._application.installEventFilter(self)
            self._watching = True
            self.timer.start(int(minutes * 60_000))

    def stop(self) -> None:
        self.timer.stop()
        if self._watching:
            self._application.removeEventFilter(self)
            self._watching = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self.timer.start()
        return False


class SystemLock(QObject):
    """`locked` is emitted when the screen of this computer is locked; never if the system does not report it."""

    locked = Signal()
    listening = Signal(str)
    """Emitted when a bus (SESSION or SYSTEM) has confirmed the subscription, or when the XScreenSaver COMMAND runs."""
    _lock_reported = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._filter: _WindowsSession | None = None
        self._listeners = [
            BusListener("SESSION", _SAVERS, self._on_saver_signal, partial(self.listening.emit, "SESSION")),
            BusListener(
                "SYSTEM",
                _SESSION_MANAGER,
                lambda *_: self._lock_reported.emit(),
                partial(self.listening.emit, "SYSTEM"),
            ),
        ]
        self._command = SaverCommand(self)
        self._command.locked.connect(self.locked)
        self._command.started.connect(lambda: self.listening.emit("COMMAND"))
        # Emitted on the thread of a listener, received on the GUI thread.
        self._lock_reported.connect(self.locked)

    def listen(self) -> None:
        """Subscribes to screen savers (session bus) and the session manager (system bus), and watches XScreenSaver."""
        if sys.platform.startswith("linux"):
            for listener in self._listeners:
                listener.start()
            self._command.listen()

    def stop(self) -> None:
        for listener in self._listeners:
            listener.stop()
        self._command.stop()

    def watch(self, window: QWidget) -> None:
        """Windows sends the message to a window, so each new window is registered."""
        if sys.platform == "win32":
            with optional_service("session messages of Windows"):
                self._filter = _WindowsSession(int(window.winId()), self.locked.emit)
                QApplication.instance().installNativeEventFilter(self._filter)  # type: ignore[union-attr]

    def _on_saver_signal(self, _signal: BusSignal, arguments: tuple[object, ...]) -> None:
        if arguments and arguments[0] is True:
            self._lock_reported.emit()


class _WindowsSession(QAbstractNativeEventFilter):
    """Filters the native message that Windows sends when the session is locked."""

    _CHANGE, _LOCK = 0x02B1, 0x7

    def __init__(self, window: int, on_locked: Any) -> None:
        super().__init__()
        import ctypes

        self._on_locked = on_locked
        ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, 0)  # type: ignore[attr-defined]

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        import ctypes.wintypes

        if QByteArray(kind).data() == b"windows_generic_MSG":
            found = ctypes.wintypes.MSG.from_address(int(message))
            if found.message == self._CHANGE and found.wParam == self._LOCK:
                self._on_locked()
        return False, 0
