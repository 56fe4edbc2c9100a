"""A clean Debian 12 to try things in: made once by debootstrap (build/debian/base), copied for each trial. Needs root.

What a trial mounts in it is mounted in a namespace of that process alone (`in_own_namespace`), so it is gone when the
trial ends, however it ends.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from installer import freeze
from installer.trying import prove

PLACE = Path(__file__).resolve().parents[2] / "build" / "debian"
BASE = PLACE / "base"
SUITE = "bookworm"
_APART = "SAMENLEVEN_TRIAL_APART"


def in_own_namespace(*more: str) -> None:
    """Starts this command anew where its mounts are its own; returns in the new process only. `more`: what else
    `unshare` takes apart."""
    if not os.environ.get(_APART):
        words = ["unshare", "--mount", "--propagation", "private", *more, sys.executable, *sys.argv]
        os.execvpe("unshare", words, {**os.environ, _APART: "1"})


def copy_to(root: Path) -> None:
    """A Debian with nothing but the base, at `root`, in place of what stood there."""
    if not (BASE / "etc/debian_version").exists():
        _make_base()
    shutil.rmtree(root, ignore_errors=True)
    freeze.must(["cp", "-a", "--reflink=auto", str(BASE), str(root)])
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")


def _make_base() -> None:
    print("Making a clean Debian (once) ...", flush=True)
    making = PLACE / "making"
    for folder in (BASE, making):
        shutil.rmtree(folder, ignore_errors=True)
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / "debootstrap.log").open("w") as log:
        command = ["debootstrap", "--variant=minbase", SUITE, str(making), _mirror()]
        made = subprocess.run(command, stdout=log, stderr=log, check=False)
    prove(made.returncode == 0, f"debootstrap: see {log.name}")
    making.rename(BASE)


def _mirror() -> str:
    """The archive that this computer itself takes its packages from."""
    done = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(CODENAME) $(REPO_URI)"], capture_output=True, text=True, check=True
    )
    for line in done.stdout.splitlines():
        codename, _, address = line.partition(" ")
        if codename == SUITE:
            return address
    raise SystemExit(f"This computer takes no packages of {SUITE}; the trial needs that archive.")
