"""One call of the command line: its arguments, language and work file; and opening that file."""

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
    """The options shared by all commands, and the others as parsed by argparse."""

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
        """Returns the path of --store, or None."""
        return getattr(self.options, "store", None)

    @property
    def store(self) -> Path:
        """Returns the work file to use: the one of --store, otherwise the user's own."""
        from samenleven_desktop.paths import default_store

        return self.named_store or default_store()

    @property
    def runtime(self) -> Runtime:
        return Runtime(day=self.today)

    @contextmanager
    def workspace(self) -> Iterator[Workspace]:
        """Opens the work file and always closes it at the end of the block."""
        opened = self._open()
        try:
            yield opened
        finally:
            opened.close()

    def _open(self) -> Workspace:
        """Tries the passphrase of the environment, then that of practice files, then the keyring, then prompts.

        The public passphrase of practice files comes early because it costs a tenth of a second and no prompt.
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
        return open_any(self.store, self.runtime, self._prompt(), attempts=attempts)

    def _prompt(self) -> str:
        # getpass would fall back to reading a pipe, and echo the input.
        if not sys.stdin.isatty():
            raise EnvironmentFault(NEEDS_PASSPHRASE, field="passphrase", file=self.store.name, variable=PASSPHRASE)
        return getpass.getpass(self.language.text("Passphrase of {file}: ", file=self.store.name))


def passphrase_given() -> str | None:
    """Returns the passphrase of the environment; an empty variable counts as unset."""
    return os.environ.get(PASSPHRASE) or None
