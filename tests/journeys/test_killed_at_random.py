"""The process is killed a hundred times while it writes, migrates, backs up and restores: nothing acknowledged is lost.

One small server process imports the program once and forks a worker for each round; the worker says on a pipe what is
safe on disk, and is killed at a random moment.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from samenleven_desktop.domain.clock import Surroundings
from samenleven_desktop.services.backups import rescue
from samenleven_desktop.services.support import list_agreements
from samenleven_desktop.services.workspace import open_workspace
from samenleven_desktop.storage.backup import existing
from samenleven_desktop.storage.keys import key_file_path
from tests.builders import PASSPHRASE, TODAY, WorkFile

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 100
LONGEST = 0.45

WORKER = """
import os, random, sys
from pathlib import Path
from samenleven_desktop.domain.clock import Surroundings
from samenleven_desktop.domain.rows import Party
from samenleven_desktop.services.commands.dossier import AddAgreement
from samenleven_desktop.services.governments import government_by_code
from samenleven_desktop.services.workspace import open_workspace
from samenleven_desktop.storage import backup, migrate, restore
from tests.builders import PASSPHRASE, TODAY
import alembic.config, alembic.migration, alembic.operations, alembic.script

def say(words):
    os.write(1, (words + "\\n").encode())

def work(path, seed):
    chance = random.Random(seed)
    file = open_workspace(path, Surroundings(day=TODAY), PASSPHRASE)
    say("open")
    mechelen = file.query(government_by_code, "12025").id
    number = 0
    while True:
        step = chance.choice(("write", "write", "write", "undo", "backup", "restore", "erase"))
        if step == "write":
            words = f"afspraak {seed} {number}"
            number += 1
            file.run(AddAgreement(mechelen, Party.COACH, words, TODAY))
            say("+" + words)
        elif step == "undo" and number:
            file.run(AddAgreement(mechelen, Party.COACH, "weg", TODAY))
            file.undo()
        elif step == "backup":
            file.back_up()
        elif step == "restore":
            file.put_back(file.back_up().backup.path)
        elif step == "erase":
            from samenleven_desktop.services.commands.erasing import EraseContact
            from samenleven_desktop.services.commands.people import AddContact, ContactContent
            contact = file.run(AddContact(ContactContent(f"Iemand Nummer{seed}", mechelen))).result
            file.run(EraseContact(contact))

for line in sys.stdin:
    path, seed = line.rsplit(" ", 1)
    child = os.fork()
    if child == 0:
        try:
            work(Path(path), int(seed))
        except BaseException as error:
            say(f"!{type(error).__name__}: {error}".replace("\\n", " "))
        os._exit(1)
    say(f"pid {child}")
    os.waitpid(child, 0)
    say("end")
"""


class Server:
    """Starts workers, kills them, and tells what they acknowledged."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            [sys.executable, "-c", WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=ROOT,
        )

    def round(self, path: Path, seed: int, delay: float) -> list[str]:
        """What a worker said until it was killed, `delay` seconds after it was forked."""
        stdin, stdout = _pipe(self._process.stdin), _pipe(self._process.stdout)
        stdin.write(f"{path} {seed}\n")
        stdin.flush()
        said: list[str] = []
        while not said or not said[-1].startswith("pid "):
            said.append(stdout.readline().strip())
        time.sleep(delay)
        os.kill(int(said.pop().removeprefix("pid ")), signal.SIGKILL)
        while not said or said[-1] != "end":
            said.append(stdout.readline().strip())
        return said[:-1]

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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
def test_nothing_acknowledged_is_lost_in_a_hundred_kills(server: Server, work_file: WorkFile, tmp_path: Path) -> None:
    chance = random.Random(20261123)
    acknowledged: set[str] = set()
    opened = 0
    for seed in range(ROUNDS // 2):
        said = server.round(work_file.path, seed, chance.uniform(0.02, LONGEST))
        assert not [one for one in said if one.startswith("!")], said
        opened += "open" in said
        acknowledged |= {one[1:] for one in said if one.startswith("+")}
        sound(work_file.path, acknowledged)
    assert opened > ROUNDS // 4
    assert len(acknowledged) > ROUNDS // 4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
def test_a_migration_that_is_killed_is_made_again(server: Server, tmp_path: Path) -> None:
    chance = random.Random(7)
    released = ROOT / "tests" / "data" / "released" / "0001" / "werk.samenlevendb"
    migrated = 0
    for seed in range(1000, 1000 + ROUNDS // 2):
        folder = tmp_path / str(seed)
        folder.mkdir()
        path = folder / released.name
        shutil.copy(released, path)
        shutil.copy(key_file_path(released), key_file_path(path))
        said = server.round(path, seed, chance.uniform(0.01, LONGEST))
        assert not [one for one in said if one.startswith("!")], said
        migrated += "open" in said
        sound(path, {one[1:] for one in said if one.startswith("+")})
    assert 0 < migrated < ROUNDS // 2


def sound(path: Path, acknowledged: set[str]) -> None:
    """The file opens, holds what was acknowledged, is clean; and its newest good backup can take its place."""
    workspace = open_workspace(path, Surroundings(day=TODAY), PASSPHRASE)
    try:
        held = {one.what for one in workspace.query(list_agreements)}
        assert acknowledged <= held
        assert not [one for one in workspace.check() if one.code != "backup"]
    finally:
        workspace.close()
    if existing(path):
        copy = path.parent / "proef"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        moved = copy / path.name
        shutil.copytree(path.with_name(path.name + "-backups"), moved.with_name(path.name + "-backups"))
        rescue(moved, Surroundings(day=TODAY), PASSPHRASE)
        open_workspace(moved, Surroundings(day=TODAY), PASSPHRASE).close()
