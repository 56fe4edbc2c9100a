"""What generated packs of a trusted colleague brought is shown by every page of the window, as any other work is."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QTabBar

from samenleven_desktop.services.governments.queries import list_governments
from samenleven_desktop.services.sessions.queries import list_sessions
from samenleven_desktop.ui.navigator import SafekeepingPart
from tests.builders import PASSPHRASE, TODAY, WorkFile
from tests.pages.shown import shown
from tests.pages.window import WindowPage
from tests.sync.test_generated_packs import play
from tests.ui.conftest import Open
from tests.ui.test_stale_pages import PAGES

pytestmark = pytest.mark.gui


def walk(window: WindowPage) -> int:
    """Opens every page, each part of it, and the dossiers, actions and sessions; returns how many lines they showed."""
    app, lines = window.application, 0
    navigator, ask = app.navigator, window.workspace.query
    assert app.context is not None

    def look(key: str) -> None:
        nonlocal lines
        window.settle()
        lines += len(shown(app.shell.page(key)))
        broken = [one for one in app.shell.findChildren(QDialog) if one.isVisible()]
        assert not broken, [window.texts(one) for one in broken]

    for key in PAGES:
        if key not in ("dossier", "action", "keeping"):
            page = app.shell.show_page(key)
            look(key)
            for tabs in page.findChildren(QTabBar):
                for place in range(tabs.count() if tabs.isVisible() else 0):
                    tabs.setCurrentIndex(place)
                    look(key)
    for line in ask(list_governments):
        if line.mine or line.member_count is not None:
            navigator.open_dossier(line.id)
            look("dossier")
            for tabs in app.shell.page("dossier").findChildren(QTabBar):
                for place in range(tabs.count() if tabs.isVisible() else 0):
                    tabs.setCurrentIndex(place)
                    look("dossier")
    for action in app.context.plan.actions:
        navigator.open_action(action.id)
        look("action")
    for session in ask(list_sessions)[:40]:
        navigator.open_session(session.id, None)
        look("session")
    for part in SafekeepingPart:
        navigator.open_safekeeping(part)
        look("keeping")
    return lines


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("seed", "packs"),
    [(20, 60), *(pytest.param(seed, 200, marks=pytest.mark.long) for seed in range(200, 205))],
)
def test_every_page_shows_it(open_window: Open, work_file: WorkFile, tmp_path: Path, seed: int, packs: int) -> None:
    play(work_file, tmp_path, packs, seed)
    path = tmp_path / "two" / "werk.samenlevendb"
    now = datetime.combine(TODAY, time(12), UTC)
    window = open_window(path, passphrase=PASSPHRASE, now=lambda: now)
    assert walk(window) > 2000
    assert QApplication.activePopupWidget() is None
