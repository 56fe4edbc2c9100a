"""The process is killed while a coach types: at most five seconds are lost, and no file can be read."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.practice.make import make_practice
from samenleven_desktop.services.workfile.opening import open_any
from samenleven_desktop.storage.keys import KeyCost

ROOT = Path(__file__).resolve().parents[2]
AT_MOST_LOST = 5.0

TYPIST = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.first_window import Opening
from samenleven_desktop.ui.preferences import Preferences
qt = QApplication([])
qt.setQuitOnLastWindowClosed(False)
app = Application(Preferences(Path(sys.argv[2])), Opening(Path(sys.argv[1]), "nl", None, None, "light"))
number = 0
def type_word():
    global number
    number += 1
    QTest.keyClicks(app.shell.page("session").ui.report, f"kwetsbaarheid{number:04d} ")
    print(number, time.monotonic(), flush=True)
timer = QTimer()
timer.setInterval(120)
timer.timeout.connect(type_word)
def begin():
    app.navigator.open_session(None, None)
    QTimer.singleShot(400, timer.start)
app.ready.connect(begin)
app.start()
qt.exec()
"""


@pytest.mark.gui
def test_sigkill_while_typing_loses_at_most_five_seconds(tmp_path: Path) -> None:
    store = tmp_path / "oefen.oefendb"
    make_practice(store, None, cost=KeyCost(1, 8, 1))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    command = [sys.executable, "-c", TYPIST, str(store), str(tmp_path / "preferences.json")]
    typed: list[tuple[int, float]] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as child:
        assert child.stdout is not None
        began = time.monotonic()
        for line in child.stdout:
            number, moment = line.split()
            typed.append((int(number), float(moment)))
            if (moment and float(moment) - typed[0][1] > 8.0) or time.monotonic() - began > 60:
                break
        child.send_signal(signal.SIGKILL)
        child.wait()
    killed = typed[-1][1]
    old_enough = [number for number, moment in typed if moment < killed - AT_MOST_LOST]
    assert len(old_enough) > 10

    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"kwetsbaarheid" not in content, path
            assert "kwetsbaarheid".encode("utf-16-le") not in content, path

    workspace = open_any(store, Runtime())
    try:
        (draft,) = workspace.drafts_of("session:new")
    finally:
        workspace.close()
    kept = [int(number) for number in re.findall(r"kwetsbaarheid(\d+)", draft.content["report"])]
    assert kept[: len(old_enough)] == old_enough
    shutil.rmtree(tmp_path, ignore_errors=True)
