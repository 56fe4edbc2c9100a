"""Team numbers: the state of the targets and the amount of support, without persons and without free text."""

from __future__ import annotations

from typing import Any

from samenleven_desktop.domain.government import Government
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.readmodels.core import CommitmentLine
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.storage.queries import reference


def team_numbers(context: QueryContext) -> dict[str, Any]:
    """Returns each target with its numbers, sessions and minutes of support, per assigned government and year."""
    mine = sorted(support.assigned_ids(context))
    names = reference.governments_by_id(context.view, mine)
    return {
        "plan": context.plan.id,
        "plan_version": context.plan.version,
        "day": context.today.isoformat(),
        "governments": [_government(context, names[id_]) for id_ in mine if id_ in names],
    }


def _government(context: QueryContext, government: Government) -> dict[str, Any]:
    years = []
    for year in context.plan.years:
        lines = kpi.list_commitments(context, year.number, [government.id])
        sessions = support.list_sessions(context, government.id, year.start, min(year.end, context.today))
        years.append(
            {
                "year": year.number,
                "targets": [
                    {
                        "code": line.target_code,
                        "existing_reach": line.existing_reach,
                        "requested": line.requested,
                        "confirmed": line.confirmed,
                        "interim_reached": line.interim_reached,
                        "final_reached": line.final_reached,
                        **_reach(line),
                    }
                    for line in sorted(lines, key=lambda line: line.target_code)
                ],
                "sessions": len(sessions),
                "minutes": sum(line.minutes for line in sessions),
            }
        )
    return {"code": government.code, "name": government.name, "years": years}


def _reach(line: CommitmentLine) -> dict[str, Any]:
    """Returns reach and state as every version of the program reads them.

    Earlier versions expect a number where there is no entry, and know no state *not granted*; a confirmed number of 0
    says as much.
    """
    reached = line.existing_reach if line.reached_to_date is None else line.reached_to_date
    state = KpiState.NO_ENTRY if line.state is KpiState.NOT_GRANTED else line.state
    return {"reached_to_date": reached, "state": state.value}
