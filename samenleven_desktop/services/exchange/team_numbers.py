"""Team numbers: where the targets stand and how much support there was, without persons and without words."""

from __future__ import annotations

from typing import Any

from samenleven_desktop.domain.government import Government
from samenleven_desktop.services.core.query_context import Reading
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.storage.queries import reference


def team_numbers(reading: Reading) -> dict[str, Any]:
    """Per government of mine and project year: each target with its numbers, sessions and minutes of support."""
    mine = sorted(support.assigned_ids(reading))
    names = reference.governments_by_id(reading.view, mine)
    return {
        "plan": reading.plan.id,
        "plan_version": reading.plan.version,
        "day": reading.today.isoformat(),
        "governments": [_government(reading, names[id_]) for id_ in mine if id_ in names],
    }


def _government(reading: Reading, government: Government) -> dict[str, Any]:
    years = []
    for year in reading.plan.years:
        lines = kpi.list_commitments(reading, year.number, [government.id])
        sessions = support.list_sessions(reading, government.id, year.start, min(year.end, reading.today))
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
                        "reached_to_date": line.reached_to_date,
                        "state": line.state.value,
                    }
                    for line in sorted(lines, key=lambda line: line.target_code)
                ],
                "sessions": len(sessions),
                "minutes": sum(line.minutes for line in sessions),
            }
        )
    return {"code": government.code, "name": government.name, "years": years}
