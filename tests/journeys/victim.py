"""A process that works in a work file until it is killed; `test_killed_at_random` starts it and reads what it says.

`python -m tests.journeys.victim` imports the program once and forks a worker for every line it is given:
`PATH<tab>SEED<tab>STEP<tab>AT`. The worker does STEP once and then goes on writing (after `apply` it waits, so that
the file can be compared). What it says is safe on disk at that moment: `begin`, `+words` (written), `-words` (undone),
`erased name`, `applied`, and `done EVENTS SECONDS` of the step.
With AT it kills itself at the AT-th call that Python makes within the step: the same place on every machine.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

# Loaded before the fork: no round should be spent on imports.
import alembic.config
import alembic.migration
import alembic.operations
import alembic.script

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.exchange import received_packs
from samenleven_desktop.services.exchange.apply_pack import apply_pack
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.safekeeping.workspace_file import back_up, put_back
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import PASSPHRASE, TODAY

LOADED = (alembic.config, alembic.migration, alembic.operations, alembic.script, received_packs)
PACK = "collega.samenleven"
STEPS = ("write", "undo", "backup", "restore", "erase", "migrate", "apply")


def say(words: str) -> None:
    """One write, so that a line is whole or not there."""
    os.write(1, (words + "\n").encode())


def measured(step: Callable[[], object], at: int | None) -> None:
    """Does the step; says when it begins, and at its end how many calls it made in how much time."""
    calls = 0

    def count(_frame: object, _event: str, _what: object) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)

    say("begin")
    began = time.monotonic()
    sys.setprofile(count)
    step()
    sys.setprofile(None)
    say(f"done {calls} {time.monotonic() - began}")


class Worker:
    def __init__(self, path: Path, seed: int) -> None:
        self.path, self.seed, self.number = path, seed, 0
        self.file: Workspace | None = None

    def open(self) -> Workspace:
        if self.file is None:
            self.file = open_workspace(self.path, Runtime(day=TODAY), PASSPHRASE)
            self.mechelen = self.file.query(government_by_code, "12025").id
        return self.file

    def write(self, *, undone: bool = False) -> str:
        """Acknowledged once `run` came back, unless it is to be undone at once."""
        self.number += 1
        words = f"afspraak {self.seed} {self.number}"
        self.open().run(AddAgreement(self.mechelen, Party.COACH, words, TODAY))
        if not undone:
            say("+" + words)
        return words

    def prepared(self, step: str) -> Callable[[], object]:
        """What is needed is there; the step itself is still to be done."""
        if step == "migrate":
            return self.open
        file = self.open()
        if step == "apply":
            return lambda: (apply_pack(file, self.path.parent / PACK), say("applied"))
        if step == "undo":
            words = self.write(undone=True)
            return lambda: (file.undo(), say("-" + words))
        if step == "backup":
            return lambda: back_up(file)
        if step == "restore":
            made = back_up(file).backup.path
            return lambda: put_back(file, made)
        if step == "erase":
            name = f"Kwetsbaar Persoon{self.seed:04}"
            contact = file.run(AddContact(ContactContent(name, self.mechelen))).result
            file.run(AddAgreement(self.mechelen, Party.COACH, f"bellen met {name}", TODAY))
            back_up(file)
            return lambda: (file.run(EraseContact(contact)), say(f"erased Persoon{self.seed:04}"))
        return self.write

    def work(self, step: str, at: int | None) -> None:
        measured(self.prepared(step), at)
        if step == "apply":
            signal.pause()
        while True:
            self.write()


def main() -> None:
    for line in sys.stdin:
        path, seed, step, at = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            say(f"pid {os.getpid()}")
            try:
                Worker(Path(path), int(seed)).work(step, int(at) if at else None)
            except BaseException as error:  # noqa: BLE001 - whatever it is, the test reads it
                say(f"!{type(error).__name__}: {error}".replace("\n", " "))
            os._exit(1)
        os.waitpid(child, 0)
        say("end")


if __name__ == "__main__":
    main()
