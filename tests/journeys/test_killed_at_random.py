"""The process is killed a hundred times while it writes, undoes, backs up, restores, erases and migrates: nothing
acknowledged is lost.

Each step is first measured in this very run, in calls and in time, so that no machine is too slow or too fast. Then
half of the kills fall at a random call of the step, half at a random moment of the time it takes, wherever that is.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.safekeeping.backups import rescue
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.sessions.queries import list_agreements
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.backup import backup_dir, existing
from samenleven_desktop.storage.keys import key_file_path
from tests.builders import PASSPHRASE, TODAY, WorkFile
from tests.raw_pages import decrypted

ROOT = Path(__file__).resolve().parents[2]
RELEASED = ROOT / "tests" / "data" / "released" / "0001" / "werk.samenlevendb"
KILLS = {"write": 24, "undo": 12, "backup": 16, "restore": 18, "erase": 16}
KILLS_OF_MIGRATION = 14

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")


@dataclass
class Round:
    """What a worker said until it was killed."""

    said: list[str]

    @property
    def done(self) -> bool:
        return self._last("done ") is not None

    @property
    def cut(self) -> bool:
        """Whether the step was under way."""
        return "begin" in self.said and not self.done

    @property
    def measure(self) -> tuple[int, float]:
        """Calls and seconds of a step that came to its end."""
        found = self._last("done ")
        assert found is not None, self.said
        calls, seconds = found.split()
        return int(calls), float(seconds)

    def words(self, sign: str) -> set[str]:
        return {one.removeprefix(sign) for one in self.said if one.startswith(sign)}

    def _last(self, sign: str) -> str | None:
        return next((one.removeprefix(sign) for one in self.said if one.startswith(sign)), None)


class Server:
    """Starts workers (tests/journeys/victim.py), kills them, and tells what they acknowledged."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.victim"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
        )
        self._seed = 0

    def to_the_end(self, path: Path, step: str) -> Round:
        """Killed when the step has just been done."""
        return self._round(path, step, until="done ")

    def at_call(self, path: Path, step: str, call: int) -> Round:
        """Killed at this call of the step; when it made fewer, once it is done."""
        return self._round(path, step, call=call, until="done ")

    def after(self, path: Path, step: str, seconds: float) -> Round:
        """Killed so long after the step began, whatever it is doing then."""
        return self._round(path, step, until="begin", delay=seconds)

    def _round(self, path: Path, step: str, until: str, call: int | None = None, delay: float = 0) -> Round:
        self._seed += 1
        stdin, stdout = _pipe(self._process.stdin), _pipe(self._process.stdout)
        stdin.write(f"{path}\t{self._seed}\t{step}\t{call or ''}\n")
        stdin.flush()
        said: list[str] = []
        while not said or said[-1] != "end":
            line = stdout.readline().strip()
            assert line, said
            said.append(line)
            if line.startswith("pid "):
                child = int(line.removeprefix("pid "))
            elif line.startswith(until):
                time.sleep(delay)
                os.kill(child, signal.SIGKILL)
        assert not [one for one in said if one.startswith("!")], said
        return Round(said)

    def close(self) -> None:
        _pipe(self._process.stdin).close()
        self._process.wait()
        _pipe(self._process.stdout).close()


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.mark.parametrize("step", KILLS)
def test_nothing_acknowledged_is_lost(server: Server, work_file: WorkFile, step: str) -> None:
    path = work_file.path
    first = server.to_the_end(path, step)
    rounds = [first]
    written, erased = first.words("+"), first.words("erased ")
    for kill in kills(server, path, step, first, KILLS[step] - 1):
        rounds.append(kill)
        written |= kill.words("+")
        erased |= kill.words("erased ")
        sound(path, written, kill.words("-"))
    assert any(one.cut for one in rounds)
    assert any(one.done for one in rounds)
    if step == "erase":
        assert traces(path, erased) == []


def test_a_migration_that_is_killed_is_made_again(server: Server, tmp_path: Path) -> None:
    first = server.to_the_end(released_copy(tmp_path / "first"), "migrate")
    rounds = [first]
    for number in range(1, KILLS_OF_MIGRATION):
        path = released_copy(tmp_path / str(number))
        kill = next(kills(server, path, "migrate", first, 1, number))
        rounds.append(kill)
        # A migration that came to its end leaves the backup that the first round proved.
        sound(path, kill.words("+"), with_backup=kill.cut)
    assert any(one.cut for one in rounds)
    assert any(one.done for one in rounds)


def kills(server: Server, path: Path, step: str, first: Round, number: int, seed: int = 0) -> Iterator[Round]:
    """Rounds that are killed at random moments of a step, alternately by calls and by time."""
    chance = random.Random(f"{step} {seed}")
    calls, seconds = first.measure
    for at in range(seed, seed + number):
        if at % 2:
            yield server.at_call(path, step, chance.randint(1, calls * 9 // 10))
        else:
            yield server.after(path, step, chance.uniform(0, seconds))


def released_copy(folder: Path) -> Path:
    folder.mkdir()
    for path in (RELEASED, key_file_path(RELEASED)):
        shutil.copy(path, folder / path.name)
    return folder / RELEASED.name


def opened(path: Path) -> Workspace:
    return open_workspace(path, Runtime(day=TODAY), PASSPHRASE)


def sound(path: Path, written: set[str], undone: Set[str] = frozenset(), *, with_backup: bool = True) -> None:
    """The file opens, holds what was acknowledged, is clean; and its newest good backup can take its place."""
    workspace = opened(path)
    try:
        held = {one.what for one in workspace.query(list_agreements)}
        assert written <= held
        assert not undone & held
        assert not [one for one in check_health(workspace) if one.code != "backup"]
    finally:
        workspace.close()
    backups = existing(path)
    if backups and with_backup:
        copy = path.parent / "proef"
        shutil.rmtree(copy, ignore_errors=True)
        moved = copy / path.name
        backup_dir(moved).mkdir(parents=True)
        for one in backups[:2]:
            for file in (one.path, key_file_path(one.path)):
                if file.exists():
                    shutil.copy(file, backup_dir(moved) / file.name)
        rescue(moved, Runtime(day=TODAY), PASSPHRASE)
        opened(moved).close()
        shutil.rmtree(copy)


def traces(path: Path, names: set[str]) -> list[tuple[str, str]]:
    """Where an erased name still stands, in any byte of the work file and its backups after decryption."""
    workspace = opened(path)
    key = workspace.store._key
    workspace.close()
    assert names
    return [
        (file.name, name)
        for file in [path, *(one.path for one in existing(path))]
        for name in names
        if name.encode() in decrypted(file, key)
    ]
