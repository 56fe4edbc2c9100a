"""The real window over a real practice file; a test that leaves a thread, a timer or a window behind fails."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.screen import PLATFORM

os.environ["QT_QPA_PLATFORM"] = PLATFORM

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from samenleven_desktop.domain.clock import utc_now
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.first_window import Opening
from samenleven_desktop.ui.preferences import Preferences
from samenleven_desktop.ui.theme import Theme
from tests.pages.window import WindowPage
from tests.ui.grid_desk import Desk

Open = Callable[..., WindowPage]


@pytest.fixture(scope="session", autouse=True)
def _empty_clipboard() -> Iterator[None]:
    """The offscreen platform deletes the content of its clipboard after the interpreter has ended, and crashes."""
    yield
    if QApplication.instance() is not None:
        QApplication.clipboard().clear()


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Opens windows; closes them as a person would and looks what is left."""
    opened: list[Application] = []
    before = set(threading.enumerate())

    def make(
        store: Path,
        language: str | None = "nl",
        passphrase: str | None = None,
        ready: bool = True,
        keyring_ms: int | None = None,
        settle: bool = True,
        now: Callable[[], datetime] = utc_now,
    ) -> WindowPage:
        preferences = Preferences(tmp_path / "preferences.json")
        application = Application(preferences, Opening(store, language, None, passphrase, "light", now=now))
        if keyring_ms is not None:
            application.keyring.opening_ms = keyring_ms
        opened.append(application)
        if ready:
            with qtbot.waitSignal(application.ready, timeout=20_000):
                application.start()
        else:
            application.start()
        window = WindowPage(application, qtbot)
        if settle:
            window.settle()
        return window

    yield make
    for application in opened:
        if not application.runner.is_closed:
            with qtbot.waitSignal(application.finished, timeout=20_000):
                application.shell.close()
    qtbot.waitUntil(lambda: set(threading.enumerate()) <= before, timeout=10_000)
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert not left, left
    timers = [timer for app in opened for timer in app.findChildren(QTimer) if timer.isActive()]
    assert not timers
    for application in opened:
        application.shell.deleteLater()
        application.deleteLater()


@pytest.fixture
def window(open_window: Open, filled: Path) -> WindowPage:
    """The window on the practice file, Start shown."""
    return open_window(filled)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    Theme("light").apply(qapp)
    yield Desk(qtbot)
    QApplication.clipboard().clear()
