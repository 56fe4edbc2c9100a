"""A real small file system, and filling it to the last byte."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


def small_file_system(place: Path) -> Iterator[Path]:
    """A file system of a few megabytes at `place`; only root can make one."""
    if not hasattr(os, "getuid") or os.getuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can make a small file system")
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=7m", "tmpfs", str(place)], check=False)
    if made.returncode != 0:
        pytest.skip("this system does not let root mount a file system")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path) -> Path:
    """Takes the last byte; gives the file that took it."""
    big = place / "film.mp4"
    with contextlib.suppress(OSError), big.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    with contextlib.suppress(OSError), big.open("ab", buffering=0) as file:
        while True:
            file.write(b"x")
    return big
