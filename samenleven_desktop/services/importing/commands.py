"""An import as one command: the commands that were previewed, in one transaction and one undo step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.services.core.command import AnyCommand, UnitOfWork
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.importing.preview import STOPPED

_STEP = 100


@dataclass(frozen=True)
class ImportRows:
    """Runs what a preview planned; gives how many commands. When `progress` says False all of it is left out."""

    file: str
    commands: tuple[AnyCommand, ...]
    progress: Callable[[int, int], bool] = field(default=lambda _done, _all: True, compare=False)

    name: ClassVar[str] = N_("Imported: {file}")

    def details(self) -> Mapping[str, object]:
        return {"file": self.file}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> int:
        for done, command in enumerate(self.commands):
            if done % _STEP == 0 and not self.progress(done, len(self.commands)):
                raise UserError(STOPPED)
            command.execute(unit, context)
        return len(self.commands)
