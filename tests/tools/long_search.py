"""Plays merge histories by the thousand, in parts that can be stopped and continued.

python -m tests.tools.long_search --histories 20000 [--size 100] [--jobs 2] [--state build/long-search.json]

Each part plays its own histories (tests/sync/test_merge_machine.py), the same at every run of its number, in a process
of its own. The state file holds the seconds of each part that held, and what a part that failed said; started again,
the search goes on with what is missing. Exit code 1: a part failed. Put its history in
tests/sync/test_conflicts_converge.py.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

STEPS = 30
COMMAND = ("-m", "tests.tools.long_search")


def play(part: int, histories: int) -> None:
    """Plays the histories of one part; raises what the machine raises."""
    from tests.sync.test_merge_machine import Teams, in_memory, make_small_file, run

    with tempfile.TemporaryDirectory(dir=in_memory()) as place, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        for name in ("XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, place)
        teams = Teams(make_small_file(Path(place) / "small.samenlevendb"), Path(place))
        try:
            run(teams, patch, histories, part, STEPS)
        finally:
            teams.close()


def search(histories: int, size: int, jobs: int, state: Path) -> int:
    """Plays the parts that the state file does not have yet; returns how many failed."""
    known: dict[str, Any] = {"size": size, "held": {}, "failed": {}}
    if state.exists():
        known = json.loads(state.read_text())
        if known["size"] != size:
            raise SystemExit(f"{state} is of parts of {known['size']} histories")
    parts = -(-histories // size)
    state.parent.mkdir(parents=True, exist_ok=True)
    for part, seconds, said in _run(_missing(parts, known), size, jobs):
        known["failed" if said else "held"][str(part)] = said or round(seconds, 1)
        beside = state.with_name(state.name + ".new")
        beside.write_text(json.dumps(known, indent=1))
        beside.replace(state)
        spent = sum(known["held"].values())
        print(f"part {part}: {'FAILED' if said else 'held'} in {seconds:.0f} s; "
              f"{size * len(known['held'])} histories held in {spent:.0f} s of processes", flush=True)  # fmt: skip
    for part, said in known["failed"].items():
        print(f"--- part {part}\n{said}")
    return len(known["failed"])


def _missing(parts: int, known: dict[str, Any]) -> Iterator[int]:
    return (part for part in range(1000, 1000 + parts) if str(part) not in known["held"] | known["failed"])


def _run(parts: Iterator[int], size: int, jobs: int) -> Iterator[tuple[int, float, str]]:
    """Yields (part, seconds, what a failing one said) as they end."""
    running: dict[int, tuple[subprocess.Popen[bytes], float, Any]] = {}
    try:
        while True:
            while len(running) < jobs and (part := next(parts, None)) is not None:
                said = tempfile.TemporaryFile()  # noqa: SIM115 - closed when its process has ended
                process = subprocess.Popen(
                    [sys.executable, *COMMAND, "--size", str(size), "--part", str(part)],
                    stdout=said,
                    stderr=subprocess.STDOUT,
                )
                running[part] = (process, time.monotonic(), said)
            if not running:
                return
            time.sleep(0.2)
            for part, (process, began, said) in list(running.items()):
                if process.poll() is not None:
                    del running[part]
                    said.seek(0)
                    words = said.read().decode(errors="replace")[-8000:] if process.returncode else ""
                    said.close()
                    yield part, time.monotonic() - began, words
    finally:
        for process, _, said in running.values():
            process.terminate()
            process.wait()
            said.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=20_000)
    parser.add_argument("--size", type=int, default=100, help="histories in a part")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--state", type=Path, default=Path("build/long-search.json"))
    parser.add_argument("--part", type=int, help="only this part, in this process")
    options = parser.parse_args()
    if options.part is not None:
        play(options.part, options.size)
        return 0
    return 1 if search(options.histories, options.size, options.jobs, options.state) else 0


if __name__ == "__main__":
    sys.exit(main())
