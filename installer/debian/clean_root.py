"""Follows the README in a clean Debian 12 with git, Debian's python3 and make: `make run`, then `make test`.

    sudo make test-clean-root
    sudo python installer/debian/clean_root.py --tests tests/domain tests/ui/test_start_screen.py    only these tests

Tries what is committed. Needs debootstrap and root. What the commands say is kept in build/clean-root/log.txt.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from installer import freeze, trying  # noqa: E402
from installer.debian import clean  # noqa: E402
from installer.trying import Failed, prove  # noqa: E402

PLACE = ROOT / "build" / "clean-root"
CLEAN, LOG = PLACE / "root", PLACE / "log.txt"
CHECKOUT = Path("/root/samenleven")
CERTIFICATES = Path("/root/certificates.pem")
# More than fifty scenes, each light and dark.
FEWEST_PICTURES = 100
MOST_LINES = 12


def main() -> int:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise SystemExit("A clean Debian can only be made by root: sudo make test-clean-root")
    parser = argparse.ArgumentParser(description="Follows the README in a clean Debian.")
    parser.add_argument("--tests", nargs="*", default=[], help="only these tests instead of all")
    options = parser.parse_args()
    trying.need("debootstrap", "unshare", "git")
    clean.in_own_namespace()
    PLACE.mkdir(parents=True, exist_ok=True)
    LOG.write_text("")
    trial = Trial(options.tests)
    return trying.carry_out(
        [trial.prepare, trial.make_run, trial.pictures, trial.make_run_again, trial.nothing_changed, trial.make_test]
    )


class Trial:
    """One clean Debian with a clone of this checkout; each step leans on the ones before it."""

    def __init__(self, tests: list[str]) -> None:
        self._tests = tests

    def prepare(self) -> str:
        """A clean Debian with git, make, python3 and a clone."""
        clean.copy_to(CLEAN)
        freeze.must(["mount", "-t", "proc", "proc", str(CLEAN / "proc")])
        freeze.must(["mount", "-t", "tmpfs", "tmpfs", str(CLEAN / "dev/shm")])
        self._bring_certificates()
        self._must("apt-get", "-qq", "update")
        self._must("apt-get", "-qq", "-y", "install", "--no-install-recommends", "git", "make", "python3")
        target = CLEAN / str(CHECKOUT)[1:]
        freeze.must(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(target)])
        return self._must("python3", "--version").strip()

    def make_run(self) -> str:
        """make run makes pictures, in few words."""
        said = self._must("make", "run").strip()
        prove(len(said.splitlines()) <= MOST_LINES, f"{len(said.splitlines())} lines, see {LOG}")
        prove("This plugin does not support" not in said, "what the offscreen platform lacks is not told")
        return f"{len(said.splitlines())} lines"

    def pictures(self) -> str:
        """The pictures and the report are there."""
        # That no English sentence stands in them is part of the tour itself: it fails on one.
        folder = self._checkout() / "build/tour"
        found = list(folder.glob("*.png"))
        prove(len(found) >= FEWEST_PICTURES, f"{len(found)} pictures")
        prove((folder / "coachingsrapport.pdf").read_bytes().startswith(b"%PDF"), "the report is a PDF")
        return f"{len(found)} pictures"

    def make_run_again(self) -> str:
        """A second make run only says where they are."""
        picture = next((self._checkout() / "build/tour").glob("*.png"))
        before = picture.stat().st_mtime_ns
        said = self._must("make", "run").strip()
        prove(picture.stat().st_mtime_ns == before and "build/tour" in said, said)
        return said.splitlines()[0]

    def nothing_changed(self) -> None:
        """The checkout is as it was cloned."""
        told = self._must("git", "status", "--porcelain").strip()
        prove(not told, told)

    def make_test(self) -> str:
        """make test passes."""
        if self._tests:
            words = [
                ".venv/bin/python",
                "-m",
                "pytest",
                "-q",
                "-n",
                "2",
                "-m",
                "not long and not desktop",
                *self._tests,
            ]
            said = self._must("env", "QT_QPA_PLATFORM=offscreen", *words)
        else:
            said = self._must("make", "test")
        told = re.findall(r"^\d+ passed.*$", said, re.MULTILINE)
        prove(told and "failed" not in told[-1] and "error" not in told[-1], f"see {LOG}")
        return str(told[-1])

    # How it is done

    def _bring_certificates(self) -> None:
        """Where this computer reaches the package index through certificates of its own, those."""
        own = Path(os.environ.get("PIP_CERT", ""))
        if own.is_file():
            # Not in their usual place: Debian writes that anew when ca-certificates is installed.
            shutil.copyfile(own, CLEAN / str(CERTIFICATES)[1:])

    def _checkout(self) -> Path:
        return CLEAN / str(CHECKOUT)[1:]

    def _environment(self) -> dict[str, str]:
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": "/root"}
        if (CLEAN / str(CERTIFICATES)[1:]).exists():
            environment["PIP_CERT"] = str(CERTIFICATES)
        return environment

    def _must(self, *words: str) -> str:
        """Runs a command in the checkout, or in / while there is none; gives what it said. Fails when it fails."""
        folder = CHECKOUT if self._checkout().exists() else Path("/")
        # chroot has no option for the folder to start in on Debian 12.
        inside = ["sh", "-c", f'cd {folder} && exec "$@"', "sh", *words]
        with LOG.open("a+", encoding="utf-8") as log:
            log.write(f"$ {' '.join(words)}\n")
            log.flush()
            begin = log.tell()
            done = subprocess.run(
                ["chroot", str(CLEAN), *inside],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                check=False,
            )
            log.seek(begin)
            said = log.read()
        prove(done.returncode == 0, f"{' '.join(words)} ended with {done.returncode}, see {LOG}\n{said[-2000:]}")
        return said


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except Failed as failed:
        raise SystemExit(str(failed)) from None
