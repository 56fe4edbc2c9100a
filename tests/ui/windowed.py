"""A process with the real window over a work file; a test starts it and reads the events it prints.

`python -m tests.ui.windowed STORE PASSPHRASE [WORDS]`. Prints `shown`, `ready`, `listening BUS`, `locked` and `closed`,
one a line, and closes itself when its standard input ends. With WORDS it opens a new session and types them into the
report, and prints `typed N` after each character.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.first_window import Opening
from samenleven_desktop.ui.preferences import Preferences
from samenleven_desktop.ui.process_end import Endings
from samenleven_desktop.ui.screens.session.screen import SessionScreen

ROOT = Path(__file__).resolve().parents[2]


def say(event: str) -> None:
    os.write(1, f"{event}\n".encode())


class Window:
    """The process, and the events it has told."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def until(self, *events: str, seconds: float = 60) -> None:
        """Reads until each of the events came; fails when the process ends or `seconds` pass before."""
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        missing = set(events)
        limit = threading.Timer(seconds, self.process.kill)
        limit.start()
        try:
            for line in self.process.stdout:
                missing.discard(line.strip())
                if not missing:
                    return
        finally:
            limit.cancel()
        raise AssertionError(f"ended before {missing}: {self.process.stderr.read()}")

    def close(self) -> int:
        """Ends the window as its owner would; gives the exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(30)


@contextmanager
def window_process(store: Path, passphrase: str, *words: str, **environment: str) -> Iterator[Window]:
    """The window in a process of its own; killed when the block ends before it did."""
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.windowed", str(store), passphrase, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | environment,
    )
    try:
        yield Window(started)
    finally:
        started.kill()
        started.wait()
        for pipe in (started.stdin, started.stdout, started.stderr):
            if pipe is not None:
                pipe.close()


class _InputEnd(QObject):
    """Tells on the GUI thread that standard input ended."""

    reached = Signal()

    def wait(self) -> None:
        sys.stdin.read()
        self.reached.emit()


class _Typist(QObject):
    """Types into the report of a new session, a character at a time."""

    def __init__(self, application: Application, words: str) -> None:
        super().__init__(application)
        self._application = application
        self._words = words
        self._typed = 0
        self._timer = QTimer(self)
        self._timer.setInterval(20)
        self._timer.timeout.connect(self._type)

    def begin(self) -> None:
        self._application.navigator.open_session(None, None)
        self._application.runner.idle_changed.connect(lambda idle: self._timer.start() if idle else None)

    def _type(self) -> None:
        if self._typed == len(self._words):
            self._timer.stop()
            return
        page = self._application.shell.page("session")
        assert isinstance(page, SessionScreen)
        QTest.keyClicks(page.ui.report, self._words[self._typed])
        self._typed += 1
        say(f"typed {self._typed}")


def main(store: str, passphrase: str, words: str = "") -> int:
    qt = QApplication(sys.argv[:1])
    application = Application(Preferences(), Opening(Path(store), "nl", None, passphrase, "light"))
    application.finished.connect(qt.quit)
    application.ready.connect(lambda: say("ready"))
    application.system_lock.listening.connect(lambda bus: say(f"listening {bus}"))
    application.shell.first_painted.connect(lambda: say("shown"))
    application.shell.page_changed.connect(lambda key: say("locked") if key == "unlock" else None)
    endings = Endings(application.keep_typed, application)
    endings.requested.connect(application.close)
    endings.watch(qt)
    if words:
        application.ready.connect(_Typist(application, words).begin)
    end = _InputEnd()
    end.reached.connect(application.close)
    threading.Thread(target=end.wait, daemon=True).start()
    QTimer.singleShot(0, application.start)
    code = qt.exec()
    say("closed")
    return code


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
