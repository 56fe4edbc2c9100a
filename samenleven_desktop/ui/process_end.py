"""Handles the ways in which the system ends the program: SIGTERM and similar signals, logging out, a lost display.

Python's signal handlers run only when the interpreter does, and Qt's event loop waits outside it; a socket wakes it.
"""

from __future__ import annotations

import logging
import signal
import socket
import sys
from collections.abc import Callable

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication, QSessionManager

logger = logging.getLogger(__name__)

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
_DISPLAY_GONE = ("The X11 connection broke", "The Wayland connection broke", "The Wayland connection experienced")
"""Messages that Qt logs right before it exits because the connection to the display is lost."""


class Endings(QObject):
    """`requested` is emitted for an orderly exit.

    `keep` is called if no further events will be handled: it has to save all input before it returns.
    """

    requested = Signal()

    def __init__(self, keep: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._keep = keep
        self._wake: tuple[socket.socket, socket.socket] | None = None

    def watch(self, application: QGuiApplication) -> None:
        """Installs the handlers; call once per process."""
        application.commitDataRequest.connect(self._on_commit_data_request)
        qInstallMessageHandler(self._on_qt_message)
        if sys.platform != "win32":
            self._watch_signals()

    def _watch_signals(self) -> None:
        ours, pythons = socket.socketpair()
        for end in (ours, pythons):
            end.setblocking(False)
        self._wake = ours, pythons
        signal.set_wakeup_fd(pythons.fileno(), warn_on_full_buffer=False)
        for name in _SIGNALS:
            signal.signal(getattr(signal, name), _ignore)
        notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._on_signal)

    def _on_signal(self) -> None:
        assert self._wake is not None
        received = self._wake[0].recv(64)
        if any(number in (getattr(signal, name) for name in _SIGNALS) for number in received):
            logger.info("asked to end by signal %s", received[0])
            # After the key presses that are already in the event queue.
            QTimer.singleShot(0, self, self.requested.emit)

    def _on_commit_data_request(self, _manager: QSessionManager) -> None:
        logger.info("the session ends")
        self._keep()

    def _on_qt_message(self, kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
        words = message or ""
        if words.startswith(_DISPLAY_GONE):
            logger.error("the display went away")
            self._keep()
        elif kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
            logger.error("Qt: %s", words)
        elif kind is QtMsgType.QtWarningMsg:
            logger.warning("Qt: %s", words)
        if sys.stderr is not None:
            sys.stderr.write(f"{words}\n")


def _ignore(_number: int, _frame: object) -> None:
    """The socket reports the signal; without a handler Python would end the process."""
