"""Tries the installed .deb on a whole desktop: XFCE, D-Bus, keyring, CUPS, an AZERTY keyboard, everything in Dutch.

    sudo make trial-session
    sudo python installer/debian/session/run.py --again --only printing keyring    these steps, in what the last left

Installs the package of dist/ in a Debian of its own (desk.py), walks the program there as an ordinary user (walk.py),
and removes the package. Pictures: build/session/pictures. Needs debootstrap, and root for that Debian.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from installer import freeze, trying  # noqa: E402
from installer.debian import build, clean  # noqa: E402
from installer.debian.session import desk  # noqa: E402
from installer.debian.session.given import PASSPHRASE, make_given  # noqa: E402
from installer.trying import Failed, prove  # noqa: E402

TRIAL = Path("/srv/trial")
PICTURES = desk.PLACE / "pictures"


def main() -> int:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise SystemExit("A Debian with a desktop can only be made by root: sudo make trial-session")
    parser = argparse.ArgumentParser(description="Tries the installed package on a whole desktop.")
    parser.add_argument("--only", nargs="*", default=[], help="these steps alone")
    parser.add_argument("--again", action="store_true", help="in what the last trial left")
    parser.add_argument("--display", default="71", help="the number of the display")
    options = parser.parse_args()
    trying.need("debootstrap", "unshare", "dpkg-deb")
    # Its own processes too: the desktop sees no others, and all of them end with the trial.
    clean.in_own_namespace("--pid", "--fork", "--kill-child")
    trial = Trial(options.only, options.display, options.again)
    try:
        return trying.carry_out([trial.prepare, trial.install, trial.services, trial.walk, trial.remove])
    finally:
        trial.end()


class Trial:
    """One desktop; each step leans on the ones before it."""

    def __init__(self, only: list[str], display: str, again: bool) -> None:
        self._only, self._display, self._again = only, display, again
        self._processes: list[subprocess.Popen[str]] = []

    def prepare(self) -> str:
        """A Debian with XFCE and an ordinary user."""
        if not self._again:
            desk.prepare()
        desk.mount()
        return "xfce4-session " + desk.must("dpkg-query", "-W", "-f", "${Version}", "xfce4-session")

    def install(self) -> str:
        """The package installs, and the user has a work file and what a colleague sent."""
        self._bring_steps()
        if self._again:
            return "as the last trial left it"
        package = ROOT / "dist" / f"samenleven_{freeze.version_of(ROOT)}_{build.architecture()}.deb"
        prove(package.exists(), f"there is no {package.name} yet: make installer-deb")
        shutil.copyfile(package, desk.ROOT / "tmp/new.deb")
        desk.must("apt-get", "-qq", "-y", "install", "--no-install-recommends", "/tmp/new.deb")
        make_given(desk.ROOT / str(desk.HOME)[1:])
        desk.must("chown", "-R", f"{desk.USER}:{desk.USER}", str(desk.HOME))
        return desk.must("dpkg-query", "-W", "-f", "${Version}", "samenleven")

    def services(self) -> str:
        """CUPS with a PDF printer runs."""
        desk.start_services(self._processes)
        return desk.must("lpstat", "-e").strip()

    def walk(self) -> None:
        """The program works on the desktop."""
        inner = ["python3", "-m", "installer.debian.session.walk", *self._only]
        where = f"cd {TRIAL} && exec dbus-run-session -- {' '.join(inner)}"
        more = {
            "DISPLAY": f":{self._display}",
            "PYTHONUNBUFFERED": "1",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "TRIAL_PASSPHRASE": PASSPHRASE,
        }
        socket = desk.ROOT / f"tmp/.X11-unix/X{self._display}"
        socket.unlink(missing_ok=True)
        server = ["Xvnc", more["DISPLAY"], "-geometry", "1920x1080", "-depth", "24", "-SecurityTypes", "None"]
        server += ["-localhost", "-rfbport", "-1", "-nolisten", "tcp", "-ac"]
        self._processes.append(desk.coach(*server, more=more, quiet=True))
        trying.until(socket.exists, "the display")
        done = desk.coach("sh", "-c", where, more=more)
        self._processes.append(done)
        code = done.wait()
        self._bring_pictures()
        prove(code == 0, f"see the lines above, {PICTURES} and {desk.LOG}")

    def remove(self) -> str:
        """The package goes, and the work stays."""
        if self._only:
            return "left for the next trial"
        desk.must("dpkg", "--purge", "samenleven")
        prove(not (desk.ROOT / "usr/lib/samenleven").exists(), "nothing of the program is left")
        prove((desk.ROOT / str(desk.HOME)[1:] / "werk.samenlevendb").exists(), "the work file is there")
        return "program removed, work file there"

    def end(self) -> None:
        desk.stop_services(self._processes)

    def _bring_steps(self) -> None:
        """The steps and what they share, for the Python of that Debian."""
        shutil.rmtree(desk.ROOT / str(TRIAL)[1:], ignore_errors=True)
        inside = desk.ROOT / str(TRIAL)[1:] / "installer"
        shutil.copytree(Path(__file__).parent, inside / "debian/session", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copyfile(trying.__file__, inside / "trying.py")

    def _bring_pictures(self) -> None:
        shutil.rmtree(PICTURES, ignore_errors=True)
        shutil.copytree(desk.ROOT / str(desk.HOME)[1:] / "pictures", PICTURES)


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except Failed as failed:
        raise SystemExit(str(failed)) from None
