"""Queries over all governments of a project year: the matrix, and the sums per target."""

from __future__ import annotations

from collections import defaultdict

from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.readmodels.core import CommitmentLine
from samenleven_desktop.readmodels.lists import TargetTotal
from samenleven_desktop.readmodels.matrix import Matrix, MatrixRow, cell_of
from samenleven_desktop.services.core.query_context import QueryContext, YearRef
from samenleven_desktop.services.governments import whole_lists as listing
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.storage.queries import sessions as work


def kpi_matrix(context: QueryContext, year: YearRef = None, mine: bool = True) -> Matrix:
    """Returns my governments (or all with commitments) against the actions of their commitments, as of today."""
    context, project_year = context.at(year)
    groups: dict[tuple[str, str], dict[int, list[CommitmentLine]]] = defaultdict(lambda: defaultdict(list))
    for line in _lines(context, project_year.number, mine):
        groups[line.government_id, line.government_name][line.action_number].append(line)
    rows = [
        MatrixRow(id_, name, {number: cell_of(id_, number, lines) for number, lines in sorted(actions.items())})
        for (id_, name), actions in groups.items()
    ]
    taken_up = {number for row in rows for number in row.cells}
    day = min(context.today, project_year.end)
    return Matrix(
        year=project_year.number,
        day=day,
        expected_percent=100 * project_year.elapsed_days(day) // project_year.days,
        actions=tuple((one.number, one.short_title) for one in context.plan.actions if one.number in taken_up),
        rows=tuple(sorted(rows, key=lambda row: sort_key(row.government_name))),
    )


def target_totals(context: QueryContext, year: YearRef = None, mine: bool = True) -> list[TargetTotal]:
    """Returns each target of the year, summed over my governments (or over all)."""
    context, project_year = context.at(year)
    return listing.totals_of(context, _lines(context, project_year.number, mine))


def _lines(context: QueryContext, year: int, mine: bool) -> list[CommitmentLine]:
    governments = work.assigned(context.view, context.officer_id, context.today) if mine else None
    return kpi.list_commitments(context, year, governments)
