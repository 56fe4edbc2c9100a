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
from samenleven_desktop.ui.app import Application, Opening
from samenleven_desktop.ui.preferences import Preferences
qt = QApplication([])
qt.setQuitOnLastWindowClosed(False)
store, preferences = map(Path, sys.argv[1:3])
window = Application(Preferences(preferences), Opening(store, "nl", None, None, "light"))
def tell(moment):
    print(moment, *[name for name in sys.argv[3:] if name in sys.modules])
window.shell.first_painted.connect(lambda: tell("painted"))
window.ready.connect(lambda: tell("ready"))
window.ready.connect(window.close)
window.finished.connect(qt.quit)
window.start()
qt.exec()
"""
NOT_BEFORE_THE_PAINT = ("sqlalchemy", "sqlcipher3", "cryptography", "babel", "samenleven_desktop.domain.plan")
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
