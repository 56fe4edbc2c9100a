"""The technical log: a rotating file in the user's state folder with events, never with the value of a record.

It has versions, timings, names of commands and code locations of errors. Modules log through
`logging.getLogger(__name__)` and pass no value entered by a user. Only `start_log` configures the handlers.
"""

from __future__ import annotations

import io
import logging
import os
import platform
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from samenleven_desktop import __version__
from samenleven_desktop.paths import log_file

ROOT = "samenleven_desktop"
_LARGEST = 512 * 1024
_KEPT = 4

logger = logging.getLogger(ROOT)


class _PrivateFile(RotatingFileHandler):
    """A rotating log that only its owner can read; a log that cannot be written never stops the program."""

    def _open(self) -> io.TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:
        """On a full disk or a missing folder this line is lost and the program continues."""


class _Format(logging.Formatter):
    """One line per record; exceptions are written as code locations, without the message: it may contain a value."""

    def formatException(self, ei: object) -> str:
        assert isinstance(ei, tuple)
        return fault_places(ei[1])


def start_log(debug: bool = False) -> Path | None:
    """Directs the log to its file; returns the path, or None if the file cannot be written.

    With `debug` everything is written, also to standard error.
    """
    stop_log()
    logger.setLevel(logging.DEBUG if debug else logging.INFO)
    logger.propagate = False
    form = _Format("%(asctime)s %(levelname)s %(process)d %(threadName)s %(name)s: %(message)s")
    path: Path | None = log_file()
    assert path is not None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler: logging.Handler = _PrivateFile(path, maxBytes=_LARGEST, backupCount=_KEPT)
    except OSError:
        path = None
        handler = logging.NullHandler()
    handlers = [handler]
    if debug and sys.stderr is not None:
        handlers.append(logging.StreamHandler())
    for one in handlers:
        one.setFormatter(form)
        logger.addHandler(one)
    logger.info(
        "start: version %s, Python %s, %s %s", __version__, platform.python_version(), sys.platform, platform.machine()
    )
    return path


def stop_log() -> None:
    """Closes the log file and detaches it."""
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def log_parts() -> list[Path]:
    """Returns the existing log file and its rotated parts, newest first."""
    newest = log_file()
    parts = [newest, *(newest.with_name(f"{newest.name}.{number}") for number in range(1, _KEPT + 1))]
    return [part for part in parts if part.is_file()]


def fault_places(error: BaseException | None) -> str:
    """Returns type and code locations of an exception and its causes.

    Messages are left out, because they may contain a record's value.
    """
    lines: list[str] = []
    while error is not None:
        lines.append(type(error).__name__)
        lines += [_place(frame) for frame in traceback.extract_tb(error.__traceback__)]
        error = error.__cause__
    return "\n".join(lines)


def _place(frame: traceback.FrameSummary) -> str:
    _, inside, rest = frame.filename.rpartition(ROOT)
    return f"  {rest.lstrip('/' + os.sep) if inside else Path(frame.filename).name}:{frame.lineno} {frame.name}"


def log_thread_fault(arguments: threading.ExceptHookArgs) -> None:
    """`threading.excepthook` of the window."""
    logger.error("unexpected in a thread: %s", fault_places(arguments.exc_value))
