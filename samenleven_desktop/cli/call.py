"""One call of the command line: what was asked, in which language, on which work file; and how that file opens."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import N_, EnvironmentFault
from samenleven_desktop.i18n.language import Language

if TYPE_CHECKING:
    from samenleven_desktop.services.workfile.workspace import Workspace

PASSPHRASE = "SAMENLEVEN_PASSPHRASE"
KEYRING_SECONDS = 5.0
NEEDS_PASSPHRASE = N_("{file} needs its passphrase: set {variable}, or start this command in a terminal.")


@dataclass(frozen=True)
class Call:
    """The options every command has, and the rest as argparse gave it."""

    options: Namespace
    language: Language

    @property
    def json(self) -> bool:
        return bool(getattr(self.options, "json", False))

    @property
    def today(self) -> date | None:
        day = getattr(self.options, "today", None)
        return day if isinstance(day, date) else None

    @property
    def plan(self) -> str | None:
        return getattr(self.options, "plan", None)

    @property
    def named_store(self) -> Path | None:
        """What --store said, or None."""
        return getattr(self.options, "store", None)

    @property
    def store(self) -> Path:
        """The work file that is meant: the named one, else the one of this user."""
        from samenleven_desktop.paths import default_store

        return self.named_store or default_store()

    @property
    def runtime(self) -> Runtime:
        return Runtime(day=self.today)

    @contextmanager
    def workspace(self) -> Iterator[Workspace]:
        """The open work file; closed when the block ends, however it ends."""
        opened = self._open()
        try:
            yield opened
        finally:
            opened.close()

    def _open(self) -> Workspace:
        """With the passphrase of the environment, else that of practice files, else the keyring, else by asking.

        The public passphrase of practice files is tried first because that costs a tenth of a second and no question.
        """
        from samenleven_desktop.services.practice.public import PRACTICE_PASSPHRASE
        from samenleven_desktop.services.safekeeping.passphrase_backoff import Attempts
        from samenleven_desktop.services.workfile.kept_key import recall_within
        from samenleven_desktop.services.workfile.opening import open_any
        from samenleven_desktop.services.workfile.workspace import open_workspace

        given, attempts = passphrase_given(), Attempts()
        if given is not None:
            return open_any(self.store, self.runtime, given, attempts=attempts)
        try:
            return open_workspace(self.store, self.runtime, PRACTICE_PASSPHRASE)
        except EnvironmentFault as fault:
            if fault.field != "passphrase":
                raise
        kept = recall_within(self.store, KEYRING_SECONDS)
        if kept is not None:
            try:
                return open_any(self.store, self.runtime, kept=kept)
            except EnvironmentFault as fault:
                if fault.field != "passphrase":
                    raise
        return open_any(self.store, self.runtime, self._ask(), attempts=attempts)

    def _ask(self) -> str:
        # getpass itself would fall back to reading a pipe, and show what it reads.
        if not sys.stdin.isatty():
            raise EnvironmentFault(NEEDS_PASSPHRASE, field="passphrase", file=self.store.name, variable=PASSPHRASE)
        return getpass.getpass(self.language.text("Passphrase of {file}: ", file=self.store.name))


def passphrase_given() -> str | None:
    """The passphrase in the environment; an empty variable counts as none."""
    return os.environ.get(PASSPHRASE) or None
