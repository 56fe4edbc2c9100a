"""A display with a window manager and a D-Bus session, for tests that start the program in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

NEEDED = ("Xvfb", "openbox", "xdotool", "setxkbmap", "xmodmap", "dbus-run-session")
ROOT = Path(__file__).parents[2]


@dataclass
class Display:
    """One X server; `run` starts a module of the tests on it and waits for its end."""

    name: str
    home: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "DBUS_", "XDG_"))}
        data = {"XDG_DATA_HOME": str(self.home / "data"), "XDG_CONFIG_HOME": str(self.home / "config")}
        own = {
            "DISPLAY": self.name,
            "QT_QPA_PLATFORM": "xcb",
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home),
        }
        return kept | data | own | self.more

    def run(self, module: str, *words: str, seconds: int = 240) -> str:
        """What the module wrote; its errors fail the test that asked for it."""
        command = ["dbus-run-session", "--", sys.executable, "-m", module, *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=seconds, check=False
        )
        assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        return done.stdout


def need(*programs: str) -> None:
    """A missing program fails where the smoke was asked for (`make smoke`), else the test is skipped."""
    missing = [one for one in programs if shutil.which(one) is None]
    if missing and os.environ.get("SAMENLEVEN_SMOKE"):
        pytest.fail(f"not installed: {', '.join(missing)}; python installer/bootstrap.py --tests installs them")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


@pytest.fixture(scope="module")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Display]:
    need(*NEEDED)
    home = tmp_path_factory.mktemp("home")
    home.chmod(0o700)
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb does not start"
    made = Display(f":{number}", home)
    manager = subprocess.Popen(["openbox"], env=made.environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        yield made
    finally:
        for process in (manager, server):
            process.terminate()
        deadline = time.monotonic() + 10
        for process in (manager, server):
            process.wait(timeout=max(1, deadline - time.monotonic()))
