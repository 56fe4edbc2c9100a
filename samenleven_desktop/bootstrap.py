"""Composition root of the window. Imports only what the first paint needs."""

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
    from PySide6.QtWidgets import QApplication

    from samenleven_desktop.ui.app import Application
    from samenleven_desktop.ui.first_window import FirstWindow, Opening
    from samenleven_desktop.ui.single_instance import LaunchRequest, OneWindow

MEASURE = "SAMENLEVEN_MEASURE"
"""Set by `make bench`: the window reports when it was painted and when its data was shown, and closes."""


def run_window(store: Path | None, language: str | None, today: date | None, pack: Path | None = None) -> int:
    """Runs the window until it is closed; returns the exit code.

    A second launch forwards its arguments to the running window and exits.
    """
    # Until the application's collector takes over (ui/gc_on_gui_thread.py): imports create no garbage.
    gc.disable()
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from samenleven_desktop.paths import resources_dir, user_data_dir
    from samenleven_desktop.ui.desktop_portal import prefer_dialogs_of_the_desktop
    from samenleven_desktop.ui.first_window import FirstWindow, Opening
    from samenleven_desktop.ui.preferences import Preferences
    from samenleven_desktop.ui.single_instance import LaunchRequest, OneWindow

    prefer_dialogs_of_the_desktop()
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Samenleven")
    qt.setDesktopFileName("samenleven")
    qt.setWindowIcon(QIcon(str(resources_dir() / "brand" / "samenleven.svg")))
    qt.setQuitOnLastWindowClosed(False)
    place = OneWindow(user_data_dir())
    request = LaunchRequest(str(store.resolve()) if store else None, str(pack.resolve()) if pack else None)
    if not place.take() and _handed_over(place, request, language):
        _leave_at_once()
    opening = Opening(store, language, today, os.environ.get("SAMENLEVEN_PASSPHRASE"), pack=pack)
    first = FirstWindow(Preferences(), opening)
    running: list[Application] = []
    """Keeps the controller alive."""
    faults: list[Exception] = []

    def go_on() -> None:
        """The window is on screen: now the rest of the program is imported."""
        painted = time.monotonic()
        try:
            running.append(_start(qt, place, first, opening))
            if os.environ.get(MEASURE):
                _tell_times(running[0], painted)
        except Exception as error:  # noqa: BLE001 - raised again when the event loop has ended
            faults.append(error)
            qt.exit()  # `quit` would first ask the window to close, which without a controller it does not

    first.shell.first_painted.connect(go_on)
    first.show()
    code = int(qt.exec())
    if faults:
        raise faults[0]
    return code


def _start(qt: QApplication, place: OneWindow, first: FirstWindow, opening: Opening) -> Application:
    """Gives the window on screen its controller, and opens the work file."""
    from PySide6.QtCore import QTimer

    from samenleven_desktop.technical_log import log_thread_fault
    from samenleven_desktop.ui.app import Application
    from samenleven_desktop.ui.gil_scheduling import favour_the_window
    from samenleven_desktop.ui.process_end import Endings

    application = Application(first.preferences, opening, first)
    application.finished.connect(qt.quit)
    application.finished.connect(place.close)
    favour_the_window()
    endings = Endings(application.keep_typed, application)
    endings.requested.connect(application.close)
    endings.watch(qt)
    sys.excepthook = application.on_unexpected
    threading.excepthook = log_thread_fault
    application.start()
    QTimer.singleShot(0, application, lambda: place.listen(application.arrivals.take))
    return application


def _handed_over(place: OneWindow, request: LaunchRequest, code: str | None) -> bool:
    """Returns whether the running window accepted the request.

    If it hangs, a dialog reports it: a double click has no terminal.
    """
    from samenleven_desktop.domain.errors import EnvironmentFault
    from samenleven_desktop.i18n.language import Language
    from samenleven_desktop.ui.dialogs.no_answer import tell_no_answer
    from samenleven_desktop.ui.preferences import Preferences

    try:
        return place.hand_over(request)
    except EnvironmentFault as error:
        language = Language(code or Preferences().language)
        tell_no_answer(language, language.error(error))
        raise


def _leave_at_once() -> NoReturn:
    """Exits without tearing down Qt and Python, for a launch that found a running window and holds no resources.

    PySide occasionally crashes at shutdown on Windows, and the user would be told that the program stopped working.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _tell_times(application: Application, painted: float) -> None:
    """Writes two times of the monotonic system clock, so that the parent process can measure from its start."""

    def ready() -> None:
        sys.stdout.write(f"{painted} {time.monotonic()}\n")
        application.close()

    application.ready.connect(ready)
