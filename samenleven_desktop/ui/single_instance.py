"""Single-instance guard: a second launch forwards its arguments to the running window, which is raised.

A lock file shows whether a window is running, at no cost to start-up. The local socket is accessible to this user only;
QtNetwork is imported only to send a request, or after the first paint.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QThread

from samenleven_desktop.domain.errors import N_, EnvironmentFault
from samenleven_desktop.services.core.computer_files import make_private, make_private_folder

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

NO_ANSWER = N_("Samenleven is open already, but its window does not answer. Close it, or wait a moment and try again.")
LOCK = "venster.lock"
_TIMEOUT_MS = 8000
_SHOWN, _OTHER = b"shown\n", b"other\n"


@dataclass(frozen=True)
class LaunchRequest:
    """The arguments of a launch: a work file, a pack of a colleague, or none."""

    store: str | None = None
    pack: str | None = None


class OneWindow(QObject):
    """Guard for the only window of this user, with its lock in `folder`; `first` is True in its process."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = "samenleven-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]
        self._lock = QLockFile(str(folder / LOCK))
        # A lock is stale only when its process has ended, never because of its age.
        self._lock.setStaleLockTime(0)
        self._folder = folder
        self._server: QLocalServer | None = None
        self._answer: Callable[[LaunchRequest], bool] | None = None
        self.first = False

    def take(self) -> bool:
        """Acquires the lock; returns whether this is the first window.

        If no lock can be created, every window counts as the first.
        """
        try:
            make_private_folder(self._folder)
        except OSError:
            return True
        self.first = self._lock.tryLock(0) or self._take_leftover()
        if self.first:
            make_private(self._folder / LOCK)
        return self.first or self._lock.error() is not QLockFile.LockError.LockFailedError

    def _take_leftover(self) -> bool:
        """Removes a lock with the id of this very process: a killed process happened to have the same id."""
        holder = self._lock.getLockInfo()
        if not holder or os.getpid() not in holder:
            return False
        (self._folder / LOCK).unlink(missing_ok=True)
        return bool(self._lock.tryLock(0))

    def hand_over(self, request: LaunchRequest, patience_ms: int = _TIMEOUT_MS) -> bool:
        """Forwards the request to the first window; returns False if that window has another work file open.

        Raises EnvironmentFault if it does not answer.
        """
        _let_come_to_front()
        socket = self._connected(QDeadlineTimer(patience_ms))
        socket.write(json.dumps(asdict(request)).encode() + b"\n")
        socket.flush()
        while not socket.canReadLine():
            if not socket.waitForReadyRead(patience_ms):
                raise EnvironmentFault(NO_ANSWER)
        return bytes(socket.readLine().data()) == _SHOWN

    def _connected(self, limit: QDeadlineTimer) -> QLocalSocket:
        """Connects to the first window, with retries until the deadline, as it may still be starting."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket(self)
        while True:
            socket.connectToServer(self._name)
            if socket.waitForConnected(500):
                return socket
            if limit.hasExpired():
                raise EnvironmentFault(NO_ANSWER)
            QThread.msleep(50)

    def listen(self, answer: Callable[[LaunchRequest], bool]) -> None:
        """Starts to receive second launches; `answer` returns whether it accepted the request."""
        from PySide6.QtNetwork import QLocalServer

        if not self.first:
            return
        self._answer = answer
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        # Left by a killed process: we hold the lock, so nobody listens on it.
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)

    def close(self) -> None:
        """Releases the lock."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self.first:
            self._lock.unlock()
            self.first = False

    def _on_connection(self) -> None:
        assert self._server is not None
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(lambda: self._on_line(socket))
        if socket.canReadLine():
            self._on_line(socket)

    def _on_line(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine() or self._answer is None:
            return
        request = _read(bytes(socket.readLine().data()))
        socket.write(_SHOWN if request is not None and self._answer(request) else _OTHER)
        socket.flush()


def _read(line: bytes) -> LaunchRequest | None:
    try:
        given = json.loads(line)
    except ValueError:
        return None
    if not isinstance(given, dict):
        return None
    store, pack = given.get("store"), given.get("pack")
    return LaunchRequest(store if isinstance(store, str) else None, pack if isinstance(pack, str) else None)


def _let_come_to_front() -> None:
    """On Windows a program may raise its window only if the newly started process allows it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
