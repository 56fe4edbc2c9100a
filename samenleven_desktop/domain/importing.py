"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


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
class Change:
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


Deed = Insert | Change | NewSession | NewFigure | NewStimulus


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
    deed: Deed | None = None
    fault: Fault | None = None
    before: tuple[tuple[str, object, object], ...] = ()
    """Of a changed row: (field, old, new)."""


@dataclass(frozen=True)
class ImportPlan:
    """The whole preview of a file: every row under the header, empty rows left out."""

    kind: str
    file: str
    header: tuple[str, ...]
    rows: tuple[PlannedRow, ...]

    def counts(self) -> dict[RowState, int]:
        found = Counter(row.state for row in self.rows)
        return {state: found[state] for state in RowState}

    def deeds(self) -> tuple[Deed, ...]:
        return tuple(row.deed for row in self.rows if row.deed is not None)

    def rejected(self) -> tuple[PlannedRow, ...]:
        return tuple(row for row in self.rows if row.state is RowState.REJECTED)
