"""What the coach of the trial has in the home folder: a work file with work in it, and what a colleague sent.

The work is that of a practice file, but the file counts as a real one: it has a passphrase of its own and locks.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from installer import freeze

ROOT = Path(__file__).resolve().parents[3]
PASSPHRASE = "een lange zin voor de proef"
WORK, COLLEAGUE = "werk.samenlevendb", "collega.samenlevendb"
CARD, PACK, PLAIN = "kaart van een collega.samenlevenkaart", "van een collega.samenleven", "oefen.oefendb"


def make_given(home: Path) -> None:
    """Work file, practice file, and a card and a pack of a colleague who has the coach's card."""
    code = (
        "from pathlib import Path; from installer.debian.session.given import make; import sys; make(Path(sys.argv[1]))"
    )
    freeze.must([sys.executable, "-c", code, str(home)], {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"})


def make(home: Path) -> None:
    from samenleven_desktop.domain.clock import Surroundings
    from samenleven_desktop.services.practice import PRACTICE_DATE, fill, make_practice
    from samenleven_desktop.services.workfile.workspace import create_workspace

    for name, seed in ((WORK, 1), (COLLEAGUE, 2)):
        surroundings = Surroundings(day=PRACTICE_DATE)
        workspace = create_workspace(home / name, PASSPHRASE, surroundings)
        fill(workspace, 1, seed)
        workspace.close()
    make_practice(home / PLAIN, None)
    mine = home / "mijn kaart.samenlevenkaart"
    _cli(home / WORK, "identity", "card", "--out", str(mine))
    _cli(home / COLLEAGUE, "identity", "card", "--out", str(home / CARD))
    _cli(home / COLLEAGUE, "identity", "trust", str(mine), "--yes")
    _cli(home / COLLEAGUE, "pack", "make", "--to", str(mine), "--out", str(home / PACK))


def _cli(store: Path, *words: str) -> str:
    command = [sys.executable, "-m", "samenleven_desktop", *words, "--store", str(store)]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "SAMENLEVEN_PASSPHRASE": PASSPHRASE}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stdout}{done.stderr}")
    return done.stdout
