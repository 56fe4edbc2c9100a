"""Start-up of the installed program beside the run from source: from the start of the process, in the same run.

Needs the frozen program (`make installer-deb`, or `installer/freeze.py`); says so where there is none. Prints a table
and writes JSON; fails nothing.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = Path("/usr/bin/samenleven")
FROZEN = ROOT / "build" / "frozen" / "samenleven" / "samenleven"
RUNS = 7


def main() -> int:
    program = INSTALLED if INSTALLED.exists() else FROZEN
    if not program.exists():
        print("start of the installed program: not measured, there is none (make installer-deb)")
        return 0
    environment = {**os.environ, "SAMENLEVEN_MEASURE": "1"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    source = [sys.executable, "-m", "samenleven_desktop"]
    with tempfile.TemporaryDirectory() as folder:
        environment["XDG_DATA_HOME"] = folder
        store = str(Path(folder) / "start.oefendb")
        subprocess.run([*source, "practice", "--store", store], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "samenleven_desktop")], check=False)
        runs: dict[str, list[tuple[float, float]]] = {"source": [], "installed": []}
        # By turns, so that what else the computer does weighs on both; the first of each fills the caches.
        for number in range(RUNS + 1):
            for name, words in (("source", source), ("installed", [str(program)])):
                measured = start([*words, "--store", store], environment)
                if number:
                    runs[name].append(measured)
    rows = {}
    for at, what in enumerate(("first paint", "Start with its data")):
        ours, yardstick = (statistics.median(run[at] for run in runs[name]) * 1000 for name in ("installed", "source"))
        rows[f"installed: {what}"] = (ours, yardstick, ours / yardstick)
        print(f"  installed: {what:33} {ours:9.1f}  yardstick {yardstick:8.1f}  ratio {ours / yardstick:5.2f}")
    out = ROOT / "build" / "bench-start.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(rows, indent=1))
    return 0


def start(words: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds from the start of the process to its first paint and to its data."""
    began = time.monotonic()
    done = subprocess.run(words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    painted, ready = map(float, done.stdout.split())
    return painted - began, ready - began


if __name__ == "__main__":
    raise SystemExit(main())
