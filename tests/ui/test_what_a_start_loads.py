"""The frame is on screen before anything heavy is loaded, and *Start* before what other pages need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import WorkFile

pytestmark = pytest.mark.gui

# Tells what was loaded when the window was painted first, and when Start was up.
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from samenleven_desktop.ui.first_window import FirstWindow, Opening
from samenleven_desktop.ui.preferences import Preferences
qt = QApplication([])
qt.setQuitOnLastWindowClosed(False)
store, preferences = map(Path, sys.argv[1:3])
opening = Opening(store, "nl", None, None, "light")
first = FirstWindow(Preferences(preferences), opening)
def tell(moment):
    print(moment, *[name for name in sys.argv[3:] if name in sys.modules])
def go_on():
    global window
    tell("painted")
    from samenleven_desktop.ui.app import Application
    window = Application(first.preferences, opening, first)
    window.ready.connect(lambda: tell("ready"))
    window.ready.connect(window.close)
    window.finished.connect(qt.quit)
    window.start()
first.shell.first_painted.connect(go_on)
first.show()
qt.exec()
"""
NOT_BEFORE_THE_PAINT = (
    "sqlalchemy",
    "sqlcipher3",
    "cryptography",
    "babel",
    "samenleven_desktop.domain.plan",
    "samenleven_desktop.storage.keys",
    "samenleven_desktop.ui.app",
    "samenleven_desktop.ui.runner",
)
NOT_BEFORE_START = (
    "alembic",
    "nacl",
    "pikepdf",
    "python_calamine",
    "reportlab",
    "samenleven_desktop.services.exchange.apply_pack",
    "samenleven_desktop.ui.screens.dossier.screen",
    "samenleven_desktop.ui.screens.reports.screen",
    "xlsxwriter",
)


def test_a_start_loads_only_what_it_shows(practice_file: WorkFile, tmp_path: Path) -> None:
    words = [practice_file.path, tmp_path / "preferences.json"]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words, *NOT_BEFORE_THE_PAINT, *NOT_BEFORE_START],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    told = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()}
    assert told["painted"] == []
    assert set(told["ready"]) & set(NOT_BEFORE_START) == set()
    assert set(told["ready"]) >= {"sqlalchemy", "sqlcipher3"}


CLOSING = """
    window.ready.connect(window.close)
    window.shell.page_changed.connect(lambda key: key == "unlock" and window.close())
"""
IMPORTING = """
import importlib.abc, sys, threading
class Thread(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "sqlalchemy":
            print("thread", threading.current_thread() is threading.main_thread())
sys.meta_path.insert(0, Thread())
"""


@pytest.mark.parametrize("kind", ["practice", "locked"])
def test_the_libraries_of_the_store_are_loaded_on_a_worker(
    practice_file: WorkFile, work_file: WorkFile, tmp_path: Path, kind: str
) -> None:
    """Loading them takes a third of a second, in which a window would not answer."""
    file = practice_file if kind == "practice" else work_file
    program = IMPORTING + PROGRAM.replace("    window.ready.connect(window.close)", CLOSING)
    done = subprocess.run(
        [sys.executable, "-c", program, file.path, tmp_path / "preferences.json"],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith("thread")] == ["thread False"]


def test_a_part_that_cannot_be_imported_ends_the_start_with_its_error(tmp_path: Path) -> None:
    """Not a window that says *Openen ...* for ever."""
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['samenleven_desktop.ui.app'] = None\n")
    done = subprocess.run(
        [sys.executable, "-m", "samenleven_desktop"],
        capture_output=True,
        text=True,
        timeout=60,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]),
            "XDG_DATA_HOME": str(tmp_path / "data"),
            "XDG_STATE_HOME": str(tmp_path / "state"),
        },
    )
    assert done.returncode == 3
    assert "samenleven_desktop.ui.app" in done.stderr
    assert "Traceback" not in done.stderr
