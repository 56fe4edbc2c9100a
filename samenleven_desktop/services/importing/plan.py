"""What an import would do, row by row, before anything is written: a command for each row that comes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from samenleven_desktop.domain.import_preview import Fault, RowState
from samenleven_desktop.services.core.command import AnyCommand


@dataclass(frozen=True)
class PlannedRow:
    """A row of the file: its number as a spreadsheet shows it, what it is about, what becomes of it."""

    number: int
    label: str
    state: RowState
    command: AnyCommand | None = None
    fault: Fault | None = None
    before: tuple[tuple[str, object, object], ...] = ()
    """Of a changed row: (field, old, new)."""

    @property
    def id(self) -> int:
        """What makes it the same row when the file is planned anew."""
        return self.number


@dataclass(frozen=True)
class ImportPlan:
    """The whole preview of a file: every row under the header, empty rows left out."""

    kind: str
    file: str
    header: tuple[str, ...]
    rows: tuple[PlannedRow, ...]

    @cached_property
    def by_state(self) -> Mapping[RowState, tuple[PlannedRow, ...]]:
        """The rows by what becomes of them. Sorted out once, by whoever plans: a window has no time for 50,000 rows."""
        found: dict[RowState, list[PlannedRow]] = {state: [] for state in RowState}
        for row in self.rows:
            found[row.state].append(row)
        return {state: tuple(rows) for state, rows in found.items()}

    @cached_property
    def commands(self) -> tuple[AnyCommand, ...]:
        """What taking it over runs, in the order of the file."""
        return tuple(row.command for row in self.rows if row.command is not None)

    def counts(self) -> dict[RowState, int]:
        return {state: len(rows) for state, rows in self.by_state.items()}

    def rejected(self) -> tuple[PlannedRow, ...]:
        return self.by_state[RowState.REJECTED]

    def sorted_out(self) -> ImportPlan:
        """Itself, with all of this at hand."""
        assert len(self.by_state) == len(RowState)
        assert len(self.commands) <= len(self.rows)
        return self
