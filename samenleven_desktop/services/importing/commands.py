"""An import as one command: everything that was previewed, in one transaction and one undo step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.import_preview import (
    Insert,
    NewFigure,
    NewSession,
    NewStimulus,
    PlannedChange,
    PlannedWrite,
)
from samenleven_desktop.services.core.command import UnitOfWork
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.importing.preview import STOPPED
from samenleven_desktop.storage.repositories import importing, partnerships, stimuli
from samenleven_desktop.storage.repositories import sessions as work

_STEP = 100


@dataclass(frozen=True)
class ImportRows:
    """Writes what a preview planned; gives how many records. When `progress` says False all of it is left out."""

    file: str
    deeds: tuple[PlannedWrite, ...]
    progress: Callable[[int, int], bool] = field(default=lambda _done, _all: True, compare=False)

    name: ClassVar[str] = N_("Imported: {file}")

    def details(self) -> Mapping[str, object]:
        return {"file": self.file}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> int:
        for done, deed in enumerate(self.deeds):
            if done % _STEP == 0 and not self.progress(done, len(self.deeds)):
                raise UserError(STOPPED)
            match deed:
                case Insert(table=table, values=values):
                    importing.insert(unit, table, values)
                case PlannedChange(table=table, row_id=row_id, values=values):
                    importing.change(unit, table, row_id, values)
                case NewSession(values=values, government_ids=governments, action_ids=actions):
                    session_id = work.add_session(unit, **values)
                    importing.link_new_session(unit, session_id, values, governments, actions)
                case NewStimulus(values=values, texts=texts):
                    stimuli.add_stimulus(unit, texts, **values)
                case NewFigure(government_id=government, year=year, value=value, source=source):
                    partnerships.note_official_figure(
                        unit, government, year, value=value, source=source, noted_on=context.today
                    )
        return len(self.deeds)
