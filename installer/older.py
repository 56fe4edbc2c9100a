"""The program as it was before the newest migration of the store: what an upgrade is tried from."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from installer import freeze  # noqa: E402

OLDER = ROOT / "build" / "older"
VERSION = "0.0.9"


def tree() -> Path:
    """The source of that program, taken from the history of this checkout."""
    added = ["git", "log", "-1", "--diff-filter=A", "--format=%H", "--", "db/migrations/versions"]
    newest = subprocess.run(added, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    if not newest:
        raise SystemExit("The history of this checkout does not reach back to before the newest migration.")
    archive = subprocess.run(["git", "archive", f"{newest}^"], cwd=ROOT, capture_output=True, check=True).stdout
    source = OLDER / "tree"
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        packed.extractall(source, filter="data")
    return source


def frozen() -> Path:
    """That program, frozen; made once."""
    folder = OLDER / freeze.NAME
    return folder if (OLDER / "files.txt").exists() else freeze.freeze(tree(), OLDER)


if __name__ == "__main__":
    print(frozen())
