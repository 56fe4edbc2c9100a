"""A second start beside a window that hangs says so on the screen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.desk import until
from tests.desktop.display import ROOT, Display

pytestmark = pytest.mark.desktop
HOLD = """
import sys, time
from PySide6.QtCore import QCoreApplication
from samenleven_desktop.paths import user_data_dir
from samenleven_desktop.ui.single_instance import OneWindow
application = QCoreApplication([])
place = OneWindow(user_data_dir())
assert place.take()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_window_that_hangs_is_told_in_a_window(display: Display, tmp_path: Path) -> None:
    environment = display.environment | {"XDG_DATA_HOME": str(tmp_path)}
    hold = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment
    )
    assert hold.stdout is not None
    assert hold.stdin is not None
    assert hold.stdout.readline() == b"held\n"
    second = subprocess.Popen(
        [sys.executable, "-m", "samenleven_desktop"], cwd=ROOT, env=environment, stderr=subprocess.PIPE
    )
    try:

        def box() -> str:
            words = ["xdotool", "search", "--onlyvisible", "--name", "^Samenleven$"]
            return subprocess.run(words, env=environment, capture_output=True, text=True, check=False).stdout.strip()

        until(box, "the box that tells it")
        subprocess.run(["xdotool", "windowactivate", "--sync", box(), "key", "Return"], env=environment, check=True)
        assert second.wait(30) == 3
    finally:
        second.kill()
        second.wait()
        assert second.stderr is not None
        second.stderr.close()
        hold.stdin.close()
        hold.wait()
        hold.stdout.close()
