"""How far a colleague is behind on the changes made here."""

from __future__ import annotations

from sqlalchemy import Connection

from samenleven_desktop.domain.exchange import Vector


def behind(connection: Connection, known: Vector) -> tuple[int, str | None]:
    """Compares the dossiers a colleague follows with this file.

    Returns how many changes the colleague lacks, and the time (ISO) of the newest step here up to which nothing is
    missing; None if even the first is missing.
    """
    followed = sorted({scope for scope, _ in known})
    first: int | None = None
    lacking: set[int] = set()
    query = "SELECT change_seq FROM change_scope WHERE scope = ? AND device_id = ? AND number > ?"
    devices = "SELECT DISTINCT device_id FROM change_scope WHERE scope = ?"
    for scope in followed:
        for (device,) in connection.exec_driver_sql(devices, (scope,)).all():
            after = known.get((scope, device), 0)
            lacking |= {int(row[0]) for row in connection.exec_driver_sql(query, (scope, device, after))}
    first = min(lacking, default=None)
    until = (
        "SELECT max(made_at) FROM command_log WHERE id = (SELECT command_id FROM change WHERE seq < ? "
        "ORDER BY seq DESC LIMIT 1)"
    )
    limit = first if first is not None else 1 << 62
    moment = connection.exec_driver_sql(until, (limit,)).scalar()
    return len(lacking), None if moment is None else str(moment)
