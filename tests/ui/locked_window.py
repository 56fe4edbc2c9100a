"""A window that opens a work file, shows its reports, locks and waits; `test_memory_after_lock` reads its memory.

`python -m tests.ui.locked_window STORE`; the passphrase comes on standard input and is typed as a person would. Says
`open` when the pages were shown and `locked` when the file is locked and the window at rest.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

# What a first report loads: see memory_victim.py.
import lxml.etree
import pikepdf
import reportlab.platypus
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import samenleven_desktop.reports.pdf
import samenleven_desktop.reports.tagging
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.sessions.queries import list_sessions
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.first_window import Opening
from samenleven_desktop.ui.preferences import Preferences
from samenleven_desktop.ui.screens.welcome.unlock_screen import UnlockScreen

LOADED = (lxml.etree, pikepdf, reportlab.platypus, samenleven_desktop.reports.pdf, samenleven_desktop.reports.tagging)
TODAY = date(2024, 3, 11)
SESSIONS = 2


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())
    os.read(0, 1)


def until(done: Callable[[], bool]) -> None:
    while not done():
        QTest.qWait(10)


def walk(application: Application) -> None:
    """Every page, the dossier with its sessions, and one session in its form."""
    shell, runner = application.shell, application.runner
    assert runner.workspace is not None
    government = runner.workspace.query(government_by_code, "12025").id
    for key in ("governments", "support", "offers", "kpis", "stimuli", "reports", "exchange", "settings", "start"):
        shell.show_page(key)
        until(lambda: runner.idle)
    application.navigator.open_dossier(government, SESSIONS)
    until(lambda: runner.idle)
    session = runner.workspace.query(list_sessions)[0].id
    application.navigator.open_session(session, government)
    until(lambda: runner.idle)


def main(store: str) -> int:
    qt = QApplication(sys.argv[:1])
    application = Application(Preferences(), Opening(Path(store), "nl", TODAY, None, "light"))
    opened: list[bool] = []
    application.ready.connect(lambda: opened.append(True))
    application.start()
    until(lambda: application.shell.current == "unlock")
    page = application.shell.page("unlock")
    assert isinstance(page, UnlockScreen)
    typed = bytearray(100)
    for place in range(os.readv(0, [typed])):
        QTest.keyClick(page.secret, chr(typed[place]))
    typed[:] = bytes(100)
    QTest.keyClick(page.secret, Qt.Key.Key_Return)
    del page
    until(lambda: bool(opened) and application.runner.idle)
    walk(application)
    say("open")
    application.lock()
    until(lambda: application.shell.current == "unlock" and application.runner.idle)
    # The memory is overwritten in a few turns of the event loop.
    QTest.qWait(500)
    until(lambda: application.runner.idle)
    say("locked")
    application.close()
    qt.quit()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
