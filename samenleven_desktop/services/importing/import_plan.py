"""The preview of an import, row by row, before anything is written: a command for each imported row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from samenleven_desktop.domain.import_preview import Fault, PersonQuestion, RowState
from samenleven_desktop.services.core.command import AnyCommand


@dataclass(frozen=True)
class PlannedRow:
    """A row of the file: its number as in a spreadsheet, its subject, and its state."""

    number: int
    label: str
    state: RowState
    command: AnyCommand | None = None
    fault: Fault | None = None
    more_faults: tuple[Fault, ...] = ()
    """Other cells of a rejected row that cannot be read."""
    before: tuple[tuple[str, object, object], ...] = ()
    """For a changed row: (field, old, new)."""
    question: PersonQuestion | None = None
    also: AnyCommand | None = None
    """What the same record needs besides `command`."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        return (() if self.fault is None else (self.fault,)) + self.more_faults

    @property
    def id(self) -> int:
        """Identifies the same row when the file is planned again."""
        return self.number


@dataclass(frozen=True)
class ImportPlan:
    """The complete preview of a file: every row under the header, without empty rows."""

    kind: str
    file: str
    header: tuple[str, ...]
    rows: tuple[PlannedRow, ...]

    @cached_property
    def by_state(self) -> Mapping[RowState, tuple[PlannedRow, ...]]:
        """Rows grouped by state. Cached on the worker thread; too slow for the GUI thread with 50,000 rows."""
        found: dict[RowState, list[PlannedRow]] = {state: [] for state in RowState}
        for row in self.rows:
            found[row.state].append(row)
        return {state: tuple(rows) for state, rows in found.items()}

    @cached_property
    def commands(self) -> tuple[AnyCommand, ...]:
        """The commands that the import runs, in the order of the file."""
        both = ((row.command, row.also) for row in self.rows)
        return tuple(command for pair in both for command in pair if command is not None)

    def counts(self) -> dict[RowState, int]:
        return {state: len(rows) for state, rows in self.by_state.items()}

    @cached_property
    def questions(self) -> tuple[PlannedRow, ...]:
        """The rows about which something is asked."""
        return tuple(row for row in self.rows if row.question is not None)

    @cached_property
    def undecided(self) -> tuple[PlannedRow, ...]:
        """The rows whose question was not answered."""
        return tuple(row for row in self.questions if row.question and row.question.answer is None)

    def rejected(self) -> tuple[PlannedRow, ...]:
        return self.by_state[RowState.REJECTED]

    def sorted_out(self) -> ImportPlan:
        """Returns itself, with the cached groups computed."""
        assert len(self.by_state) == len(RowState)
        assert len(self.undecided) <= len(self.rows)
        assert len(self.commands) <= 2 * len(self.rows)
        return self
