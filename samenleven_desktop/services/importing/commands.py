"""An import as one command: runs the previewed commands in one transaction and one undo step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import ClassVar

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.services.core.command import AnyCommand, UnitOfWork
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.importing.preview import STOPPED
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry

_STEP = 100


@dataclass(frozen=True)
class ImportRows:
    """Runs the commands of a preview; returns their number. If `progress` returns False, everything is rolled back."""

    file: str
    commands: tuple[AnyCommand, ...]
    progress: Callable[[int, int], bool] = field(default=lambda _done, _all: True, compare=False)

    name: ClassVar[str] = N_("Imported: {file}")

    def details(self) -> Mapping[str, object]:
        return {"file": self.file}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> int:
        for done in range(0, len(self.commands), _STEP):
            if not self.progress(done, len(self.commands)):
                raise UserError(STOPPED)
            for kind, same in groupby(self.commands[done : done + _STEP], type):
                if kind is AddKpiEntry:
                    AddKpiEntry.execute_all([one for one in same if isinstance(one, AddKpiEntry)], unit)
                else:
                    for command in same:
                        command.execute(unit, context)
        return len(self.commands)
