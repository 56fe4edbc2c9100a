"""The matrix of governments and actions of a project year, as rows for screen, command line and reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.readmodels.core import CommitmentLine

# Worst first: the state shown in a cell with several targets.
WORST = (
    KpiState.AT_RISK,
    KpiState.BEHIND,
    KpiState.NO_ENTRY,
    KpiState.ON_COURSE,
    KpiState.REACHED,
    KpiState.JURY,
    KpiState.NOT_GRANTED,
)


@dataclass(frozen=True)
class MatrixCell:
    """The commitments of one government for one action.

    `reached` and `confirmed` are the sums of its counted targets that have a measurement (`confirmed` None: there are
    none); `unmeasured` is the number of the others, which the percentage leaves out. `state` is that of the target that
    needs most attention.
    """

    government_id: str
    action_number: int
    lines: tuple[CommitmentLine, ...]
    reached: int
    confirmed: int | None
    state: KpiState
    unmeasured: int = 0

    @property
    def share(self) -> float | None:
        return self.reached / self.confirmed if self.confirmed else None


@dataclass(frozen=True)
class MatrixRow:
    government_id: str
    government_name: str
    cells: dict[int, MatrixCell]


@dataclass(frozen=True)
class Matrix:
    """The matrix of one project year.

    `actions` are (number, short title) of those with at least one commitment; `expected_percent` is the share of the
    year that has passed on `day`, rounded down.
    """

    year: int
    day: date
    expected_percent: int
    actions: tuple[tuple[int, str], ...]
    rows: tuple[MatrixRow, ...]


def cell_of(government_id: str, action_number: int, lines: Sequence[CommitmentLine]) -> MatrixCell:
    """Adds up the measured targets of one action; those a jury judges or that were not granted are not counted."""
    counted = [line for line in lines if line.state is not KpiState.JURY and line.confirmed]
    measured = [line for line in counted if line.reached_to_date is not None]
    return MatrixCell(
        government_id=government_id,
        action_number=action_number,
        lines=tuple(lines),
        reached=sum(line.reached_to_date or 0 for line in measured),
        confirmed=sum(line.confirmed or 0 for line in measured) or None,
        state=min((line.state for line in lines), key=WORST.index),
        unmeasured=len(counted) - len(measured),
    )
