"""The matrix holds what the commitments hold, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.readmodels.matrix import WORST
from samenleven_desktop.services.kpi.matrix import kpi_matrix, target_totals
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import TODAY, WorkFile


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


@pytest.mark.parametrize("year", [1, 2, 3])
def test_every_commitment_stands_in_one_cell(workspace: Workspace, year: int) -> None:
    matrix = workspace.query(kpi_matrix, year, False)
    shown = [line for row in matrix.rows for cell in row.cells.values() for line in cell.lines]
    everything = workspace.query(list_commitments, year)
    assert sorted(line.id for line in shown) == sorted(line.id for line in everything)
    assert {number for number, _ in matrix.actions} == {line.action_number for line in everything}
    for row in matrix.rows:
        for number, cell in row.cells.items():
            assert {line.action_number for line in cell.lines} == {number}
            assert cell.state == min((line.state for line in cell.lines), key=WORST.index)
            counted = [line for line in cell.lines if line.state is not KpiState.JURY and line.confirmed]
            measured = [line for line in counted if line.last_entry is not None]
            assert (cell.confirmed or 0) == sum(line.confirmed or 0 for line in measured)
            assert cell.reached == sum(line.reached_to_date or 0 for line in measured)
            assert cell.unmeasured == len(counted) - len(measured)


def test_mine_are_those_that_are_assigned(workspace: Workspace) -> None:
    mine, everyone = workspace.query(kpi_matrix, 2, True), workspace.query(kpi_matrix, 2, False)
    assert {row.government_id for row in mine.rows} < {row.government_id for row in everyone.rows}
    assert sum(total.commitments for total in workspace.query(target_totals, 2, False)) == len(
        workspace.query(list_commitments, 2)
    )
