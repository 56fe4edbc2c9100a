"""Pictures of every screen in build/tour, made anew only when the program or its resources changed since the last.

python installer/pictures.py
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "build" / "tour"
STAMP = PICTURES / "stamp"
SOURCES = ("samenleven_desktop", "resources", "db")


def main() -> int:
    state = fingerprint()
    if STAMP.exists() and STAMP.read_text() == state:
        print(f"No display, and nothing changed: the pictures of every screen are in {PICTURES}.")
        print("Make them anew with: make tour")
        return 0
    print("No display: making pictures of every screen instead ...", flush=True)
    STAMP.unlink(missing_ok=True)
    command = [sys.executable, "-m", "samenleven_desktop", "tour", "--out", str(PICTURES)]
    code = subprocess.run(command, check=False).returncode
    if code == 0:
        STAMP.write_text(state)
    return code


def fingerprint() -> str:
    """Of all files that a picture depends on, and of the Python that draws it."""
    total = hashlib.sha256(sys.version.encode())
    for path in sources():
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(path.read_bytes())
    total.update((ROOT / "requirements.lock").read_bytes())
    return total.hexdigest()


def sources() -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


if __name__ == "__main__":
    raise SystemExit(main())
