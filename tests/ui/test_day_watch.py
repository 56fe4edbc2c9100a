"""Midnight and sleep while the window is open: what leans on today follows, what is being written stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.first_window import Opening
from samenleven_desktop.ui.preferences import Preferences
from tests.builders import PASSPHRASE, WorkFile
from tests.pages.screens import SupportPage
from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui
EVENING = datetime(2024, 3, 11, 22, 50, tzinfo=UTC)  # 23:50 in Belgium


class Clock:
    def __init__(self) -> None:
        self.moment = EVENING

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    import time

    monkeypatch.setenv("TZ", "Europe/Brussels")
    time.tzset()
    return Clock()


@pytest.fixture
def window(qtbot: QtBot, work_file: WorkFile, tmp_path: Path, clock: Clock) -> WindowPage:
    opening = Opening(work_file.path, "nl", None, PASSPHRASE, "light", now=clock.now)
    application = Application(Preferences(tmp_path / "preferences.json"), opening)
    with qtbot.waitSignal(application.ready, timeout=20_000):
        application.start()
    page = WindowPage(application, qtbot)
    page.settle()
    yield page  # type: ignore[misc]
    with qtbot.waitSignal(application.finished, timeout=20_000):
        application.shell.close()
    application.deleteLater()


@pytest.mark.parametrize("later", [timedelta(minutes=11), timedelta(days=3)], ids=["midnight", "three days of sleep"])
def test_start_agenda_and_new_sessions_follow_the_day(window: WindowPage, clock: Clock, later: timedelta) -> None:
    assert "11 maart 2024" in window.texts()
    clock.moment += later
    day = (clock.moment + timedelta(hours=1)).date()
    window.application.day_watch.look()
    window.settle()
    words = f"{day.day} maart 2024"
    window.until(lambda: words in window.texts())
    assert SupportPage(window).screen.context.today == day
    window.application.navigator.open_session(None, None)
    window.settle()
    assert window.session.screen.ui.day.text() == f"{day:%d-%m-%Y}"


def test_what_is_being_written_stays_as_it_is(window: WindowPage, clock: Clock) -> None:
    window.application.navigator.open_session(None, None)
    window.settle()
    screen = window.session.screen
    screen.ui.report.setFocus()
    QTest.keyClicks(screen.ui.report, "Gesprek van gisteravond")
    clock.moment += timedelta(minutes=11)
    window.application.day_watch.look()
    window.settle()
    assert window.session.screen is screen
    assert screen.ui.report.toPlainText() == "Gesprek van gisteravond"
    assert screen.ui.day.text() == "11-03-2024"
    window.open_page("start")
    window.until(lambda: "12 maart 2024" in window.texts())


def test_the_clock_is_looked_at_at_least_once_a_minute(window: WindowPage) -> None:
    timer = window.application.day_watch.timer
    assert timer.isActive()
    assert timer.interval() <= 60_000
