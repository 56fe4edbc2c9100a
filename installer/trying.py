"""What the trials of both installers share: steps that are told with their time, and a screen of their own (Xvfb)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PICTURES = Path(__file__).resolve().parent.parent / "build" / "installer-pictures"


class Failed(Exception):
    """Something of the trial did not come out as it must."""


def prove(holds: object, what: str) -> None:
    if not holds:
        raise Failed(what)


def need(*programs: str) -> None:
    """Ends the trial when a program of the test desk is missing."""
    missing = [one for one in programs if shutil.which(one) is None]
    if missing:
        raise SystemExit(f"This trial needs {', '.join(missing)} on this computer.")


def carry_out(steps: list[Callable[[], str | None]]) -> int:
    """Runs the steps in order, one line each; stops at the first that fails. Gives the exit code."""
    began = time.monotonic()
    for step in steps:
        name, start = (step.__doc__ or step.__name__).strip().splitlines()[0].rstrip("."), time.monotonic()
        try:
            told = step()
        except Failed as failed:
            print(f"FAILS  {name}: {failed}", flush=True)
            return 1
        print(f"ok     {name} ({time.monotonic() - start:.0f} s){f': {told}' if told else ''}", flush=True)
    print(f"All {len(steps)} steps in {time.monotonic() - began:.0f} s", flush=True)
    return 0


def until(condition: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Waits for a condition; fails with what was waited for."""
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            raise Failed(f"waited {seconds:.0f} s for {what}")
        time.sleep(0.1)


class Display:
    """A screen nobody sees, with a window manager."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._environment = {**os.environ, "DISPLAY": name}

    def tool(self, *words: str) -> str:
        done = subprocess.run(words, env=self._environment, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def windows(self, title: str, *, visible: bool = True) -> list[str]:
        only = ["--onlyvisible"] if visible else []
        return self.tool("xdotool", "search", *only, "--name", title).split()

    def wait_for(self, title: str, seconds: float = 90) -> str:
        until(lambda: self.windows(title), f"a window called {title}", seconds)
        return self.windows(title)[-1]

    def picture(self, name: str, least: int = 1) -> Path:
        """What stands on the screen once it no longer changes, as build/installer-pictures/NAME.png; fails when it
        never has `least` colours: an empty window has a few hundred, a page with text more."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}.png"
        with tempfile.TemporaryDirectory() as folder:
            before = b""
            for number in range(60):
                shot = Path(folder) / f"{number}.png"
                self.tool("scrot", str(shot))
                now = pixels(shot)
                if now == before and colours(shot) >= least:
                    break
                before = now
                time.sleep(1)
            shutil.copyfile(shot, path)
            if colours(path) < least:
                raise Failed(f"{path} shows no page: {colours(path)} colours")
        return path


def pixels(path: Path) -> bytes:
    from PIL import Image

    with Image.open(path) as image:
        return image.convert("RGB").tobytes()


def colours(path: Path) -> int:
    """How many colours a picture has: a window with text has hundreds, an empty or black one a few."""
    from PIL import Image

    with Image.open(path) as image:
        return len(image.convert("RGB").getcolors(1 << 24) or [])


@contextmanager
def x_server(size: str = "1600x1000") -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """An X server without a monitor: its process and the name of its display.

    It stays as it is when its last client leaves; otherwise a short command that ends before the window manager has
    connected resets the server, and the window manager does not start.
    """
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-ac", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        name = told.readline().strip()
    try:
        prove(name, "Xvfb does not start")
        yield server, f":{name}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def display(size: str = "1600x1000") -> Iterator[Display]:
    """A screen with a window manager that is ready."""
    with x_server(size) as (_, name):
        screen = Display(name)
        manager = subprocess.Popen(
            ["openbox"], env={**os.environ, "DISPLAY": name}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            until(lambda: screen.tool("xdotool", "get_num_desktops") not in {"", "0"}, "the window manager", 20)
            yield screen
        finally:
            manager.terminate()
            manager.wait()


def stop(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.exit("Shared by installer/debian/test.py and installer/windows/test.py.")
