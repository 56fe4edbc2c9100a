"""A desktop of its own for the real program: a screen nobody sees, a window manager, a D-Bus bus, keys and pictures.

The program runs as a process of its own with a home folder of its own; nothing of it is replaced. Keys go in through
the X server by their place on the keyboard, and what is on the screen is read from the X server.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageChops, ImageGrab

from installer import trying
from tests.ui.buses import message_bus, send_signal

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "smoke"
TITLE = "^Samenleven$"
ENTER, F4 = "36", "70"
CARET = (4, 40)
_LOOK_S = 0.15


def digit(number: int) -> str:
    """The key code of a digit in the top row, whatever the layout puts on it."""
    return str(9 + number)


def until(condition: Callable[[], object], what: str, seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"waited {seconds:.0f} s for {what}"
        time.sleep(_LOOK_S)


def same(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures show the same; a caret that blinks makes no difference."""
    box = ImageChops.difference(one, other).getbbox()
    return box is None or (box[2] - box[0] <= CARET[0] and box[3] - box[1] <= CARET[1])


class Desk:
    """One screen with one bus, which is the session bus and the system bus at once."""

    def __init__(self, display: trying.Display, bus: str, home: Path) -> None:
        self._display, self._bus, self._home = display, bus, home

    def start(self, store: Path) -> Program:
        """The program on a work file, as its command starts it."""
        environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self._home),
            "DISPLAY": self._display.name,
            "DBUS_SESSION_BUS_ADDRESS": self._bus,
            "DBUS_SYSTEM_BUS_ADDRESS": self._bus,
            "QT_QPA_PLATFORM": "xcb",
        }
        complaints = (self._home / "stderr.txt").open("w")
        with complaints:
            process = subprocess.Popen(
                [sys.executable, "-m", "samenleven_desktop", "--store", str(store)],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stderr=complaints,
            )
        return Program(process, store, Path(complaints.name))

    def log(self) -> str:
        """The technical log of the program."""
        return (self._home / ".local/state/Samenleven/log/samenleven.log").read_text()

    def use_layout(self, layout: str) -> None:
        subprocess.run(["setxkbmap", layout], env={**os.environ, "DISPLAY": self._display.name}, check=True)

    def wait_for_window(self) -> None:
        until(lambda: self._display.windows(TITLE), "the window")

    def press(self, *keys: str) -> None:
        self._display.tool("xdotool", "key", "+".join(keys))

    def type(self, text: str) -> None:
        self._display.tool("xdotool", "type", "--delay", "20", text)

    def send_signal(self, service: str, path: str, interface: str, member: str, *arguments: str) -> None:
        send_signal(self._bus, service, path, interface, member, *arguments)

    def screen(self) -> Image.Image:
        return ImageGrab.grab(xdisplay=self._display.name).convert("RGB")

    def next_picture(self, before: Image.Image | None, what: str) -> Image.Image:
        """What stands on the screen once it differs from `before` and no longer changes."""
        last = self.screen()
        steady = 0

        def settled() -> bool:
            nonlocal last, steady
            now = self.screen()
            steady = steady + 1 if same(now, last) else 0
            last = now
            return steady >= 3 and (before is None or not same(now, before))

        until(settled, what)
        return last


class Program:
    """The running program and what it says."""

    def __init__(self, process: subprocess.Popen[bytes], store: Path, complaints: Path) -> None:
        self._process, self._store, self._complaints = process, store, complaints

    def has_file_open(self) -> bool:
        """Whether the process holds the work file; a locked one it does not."""
        assert self._process.poll() is None, self.complaints()
        descriptors = Path(f"/proc/{self._process.pid}/fd")
        return any(_target(one) == str(self._store) for one in descriptors.iterdir())

    def wait(self, seconds: float = 30) -> int | None:
        """The exit code; None when the program still runs after so many seconds."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def complaints(self) -> str:
        return self._complaints.read_text()

    def end(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


def _target(descriptor: Path) -> str:
    try:
        return str(descriptor.readlink())
    except FileNotFoundError:  # closed meanwhile
        return ""


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    """A desktop that is taken away when the block ends."""
    home, bus_folder = folder / "home", folder / "bus"
    home.mkdir()
    bus_folder.mkdir()
    with message_bus(bus_folder) as bus, trying.display("1440x900") as display:
        yield Desk(display, bus, home)
