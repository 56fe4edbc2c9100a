"""The one place where the window's parts are put together. Imports only what the first paint needs."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from samenleven_desktop.ui.app import Application
    from samenleven_desktop.ui.one_window import OneWindow, Wish

MEASURE = "SAMENLEVEN_MEASURE"
"""Set by `make bench`: the window tells when it was painted and when it had its data, and closes."""


def run_window(store: Path | None, language: str | None, today: date | None, pack: Path | None = None) -> int:
    """Opens the window and stays until it is closed; gives the exit code.

    A second start hands what it was asked for to the window that is open, and ends.
    """
    # Until the application's collector takes over (ui/garbage.py): imports make no garbage, only work for collections.
    gc.disable()
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from samenleven_desktop.paths import resources_dir, user_data_dir
    from samenleven_desktop.technical_log import log_thread_fault
    from samenleven_desktop.ui.app import Application, Opening
    from samenleven_desktop.ui.endings import Endings
    from samenleven_desktop.ui.one_window import OneWindow, Wish
    from samenleven_desktop.ui.portal import prefer_dialogs_of_the_desktop
    from samenleven_desktop.ui.preferences import Preferences
    from samenleven_desktop.ui.turns import favour_the_window

    prefer_dialogs_of_the_desktop()
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Samenleven")
    qt.setDesktopFileName("samenleven")
    qt.setWindowIcon(QIcon(str(resources_dir() / "brand" / "samenleven.svg")))
    qt.setQuitOnLastWindowClosed(False)
    place = OneWindow(user_data_dir())
    wish = Wish(str(store.resolve()) if store else None, str(pack.resolve()) if pack else None)
    if not place.take() and _handed_over(place, wish, language):
        _leave_at_once()
    opening = Opening(store, language, today, os.environ.get("SAMENLEVEN_PASSPHRASE"), pack=pack)
    application = Application(Preferences(), opening)
    application.finished.connect(qt.quit)
    application.finished.connect(place.close)
    if os.environ.get(MEASURE):
        _tell_times(application)
    favour_the_window()
    endings = Endings(application.keep_typed, application)
    endings.requested.connect(application.close)
    endings.watch(qt)
    sys.excepthook = application.on_unexpected
    threading.excepthook = log_thread_fault
    application.start()
    QTimer.singleShot(0, application, lambda: place.listen(application.arrivals.take))
    return int(qt.exec())


def _handed_over(place: OneWindow, wish: Wish, code: str | None) -> bool:
    """Whether the first window took the wish. One that hangs is told in a window: a double click has no terminal."""
    from samenleven_desktop.domain.errors import EnvironmentFault
    from samenleven_desktop.language import Language
    from samenleven_desktop.ui.dialogs.no_answer import tell_no_answer
    from samenleven_desktop.ui.preferences import Preferences

    try:
        return place.hand_over(wish)
    except EnvironmentFault as error:
        language = Language(code or Preferences().language)
        tell_no_answer(language, language.error(error))
        raise


def _leave_at_once() -> NoReturn:
    """The end of a start that found a window and holds nothing itself. Taking Qt and Python apart is left out: under
    Windows PySide now and then fell over in it, and the person would be told that the program stopped working."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _tell_times(application: Application) -> None:
    """Two moments of the system's steady clock, so that who started the process can count from its start."""
    marks: list[float] = []
    application.shell.first_painted.connect(lambda: marks.append(time.monotonic()))

    def ready() -> None:
        sys.stdout.write(f"{marks[0]} {time.monotonic()}\n")
        application.close()

    application.ready.connect(ready)
