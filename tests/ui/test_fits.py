"""Windows, popups and dialogs on small screens, each screen in a process of its own; and where a window comes back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMargins, QObject, QRect, QSize

from samenleven_desktop.ui.geometry import WindowPlace, beside, first_place, fitted
from samenleven_desktop.ui.preferences import Preferences
from tests.pages.window import WindowPage

ROOT = Path(__file__).parent.parent.parent
FRAME = QMargins(2, 30, 2, 2)
SMALL, WIDE = QRect(0, 0, 1366, 728), QRect(1366, 0, 1920, 1080)


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720)], ids=["1366x768", "1280x720"])
@pytest.mark.parametrize("scale", ["1", "1.5"])
def test_everything_lies_inside_the_screen(tmp_path: Path, size: tuple[int, int], scale: str) -> None:
    screen = {"name": "small", "x": 0, "y": 0, "width": size[0], "height": size[1], "logicalDpi": 96,
              "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip
    (tmp_path / "screen.json").write_text(json.dumps({"screens": [screen]}))
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screen.json'}",
        "QT_SCALE_FACTOR": scale,
    }
    inside = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:randomly", "-p", "no:cacheprovider"]
    ran = subprocess.run(
        [*inside, "tests/ui/inside_screen.py"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=280
    )
    told = [line for line in ran.stdout.splitlines() if "propagateSizeHints" not in line]
    assert ran.returncode == 0, "\n".join(told)[-6000:]


def test_the_first_size_is_that_of_the_screen() -> None:
    assert first_place(QRect(0, 0, 1920, 1080)).size() == QSize(1440, 900)
    assert SMALL.contains(first_place(SMALL))
    assert first_place(SMALL).height() < SMALL.height() - 30, "the title bar has room"


def test_a_window_of_a_screen_that_went_away_comes_to_one_that_is_there() -> None:
    far = QRect(1500, 40, 1200, 800)
    assert fitted(far, [SMALL, WIDE], FRAME) == far
    moved = fitted(far, [SMALL], FRAME)
    assert SMALL.marginsRemoved(FRAME).contains(moved)
    assert moved.size() == QSize(1200, 696)
    assert fitted(far, [], FRAME) == far


def test_a_popup_goes_above_where_there_is_no_room_below() -> None:
    anchor = QRect(1300, 700, 90, 20)
    place = beside(anchor, QSize(340, 300), SMALL)
    assert place.bottom() < anchor.top()
    assert SMALL.contains(place)
    assert SMALL.contains(beside(QRect(10, 300, 90, 20), QSize(340, 2000), SMALL))


def test_the_place_is_remembered_and_a_damaged_one_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    kept = Preferences(path)
    kept.window = WindowPlace(10, 20, 1000, 700, True)
    kept.save()
    assert Preferences(path).window == WindowPlace(10, 20, 1000, 700, True)
    for wrong in (
        {"x": 1},
        {"x": 1, "y": 1, "width": 0, "height": 5},
        "here",
        {"x": 10**9, "y": 0, "width": 5, "height": 5},
    ):
        path.write_text(json.dumps({"window": wrong}))
        assert Preferences(path).window is None


class _Resizes(QObject):
    """Counts how often a page is given another size."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.number += event.type() == QEvent.Type.Resize
        return False


def test_no_size_of_the_window_changes_the_size_of_a_page_without_end(window: WindowPage) -> None:
    """A page that was just too high, with buttons that wrapped when the scroll bar came, ended in a stack overflow."""
    shell = window.application.shell
    shell.setMinimumSize(1, 1)
    window.search("mechelen")
    page = shell.page("dossier")
    for part in range(8):
        window.dossier.screen.ui.tabs.setCurrentIndex(part)
        window.settle()
        resizes = _Resizes()
        page.installEventFilter(resizes)
        for width in range(820, 1000, 6):
            for height in (420, 470, 520, 570, 620):
                resizes.number = 0
                shell.resize(width, height)
                assert resizes.number < 20, (part, width, height)
        page.removeEventFilter(resizes)
