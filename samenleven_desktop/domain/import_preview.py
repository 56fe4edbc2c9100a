"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class RowState(StrEnum):
    """What becomes of a row of the file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Insert:
    """A new row of a table."""

    table: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class PlannedChange:
    """Other values for a row that is there."""

    table: str
    row_id: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class NewSession:
    """A session with the governments and actions (ids) it belongs to."""

    values: Mapping[str, object]
    government_ids: tuple[str, ...]
    action_ids: tuple[str, ...]


@dataclass(frozen=True)
class NewFigure:
    """An official figure: it takes the place of an earlier one of the same year."""

    government_id: str
    year: int
    value: int
    source: str


@dataclass(frozen=True)
class NewStimulus:
    """A candidacy with its texts by code."""

    values: Mapping[str, object]
    texts: Mapping[str, str]


PlannedWrite = Insert | PlannedChange | NewSession | NewFigure | NewStimulus


@dataclass(frozen=True)
class Fault:
    """Why a row cannot come in: a catalogue sentence with values, at the column (its header in the file).

    `proposal` is a government (name, id) that may have been meant; it is never taken without being told to.
    """

    column: str
    sentence: str
    values: Mapping[str, object]
    proposal: tuple[str, str] | None = None
    words: str = ""


@dataclass(frozen=True)
class PlannedRow:
    """A row of the file: its number as a spreadsheet shows it, what it is about, what becomes of it."""

    number: int
    label: str
    state: RowState
    deed: PlannedWrite | None = None
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
    def _deeds(self) -> tuple[PlannedWrite, ...]:
        return tuple(row.deed for row in self.rows if row.deed is not None)

    def counts(self) -> dict[RowState, int]:
        return {state: len(rows) for state, rows in self.by_state.items()}

    def deeds(self) -> tuple[PlannedWrite, ...]:
        return self._deeds

    def rejected(self) -> tuple[PlannedRow, ...]:
        return self.by_state[RowState.REJECTED]

    def sorted_out(self) -> ImportPlan:
        """Itself, with all of this at hand."""
        assert len(self.by_state) == len(RowState)
        assert len(self.deeds()) <= len(self.rows)
        return self
