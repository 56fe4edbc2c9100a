"""How long each list of the window takes to query, for `bench.py`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

LISTS = (
    "governments",
    "sessions of the year",
    "agenda of a month",
    "follow-ups",
    "tracks",
    "offers with use",
    "uses of the year",
    "cost per organisation",
    "matrix",
    "sums per target",
    "entries of a target",
    "history of a dossier",
)


def lists(store: Path, passphrase: str, runs: int) -> dict[str, tuple[float, float, float]]:
    """Every list of the window: the median of its question in ms, and beside it how many statements it takes."""
    from datetime import date

    from sqlalchemy import event

    from samenleven_desktop.domain.agenda import month_of
    from samenleven_desktop.domain.clock import Runtime
    from samenleven_desktop.services.governments import queries as governments
    from samenleven_desktop.services.governments import whole_lists as listing
    from samenleven_desktop.services.kpi import matrix
    from samenleven_desktop.services.kpi import queries as kpi
    from samenleven_desktop.services.offers import queries as offers
    from samenleven_desktop.services.safekeeping import history
    from samenleven_desktop.services.sessions import agenda
    from samenleven_desktop.services.sessions import queries as support
    from samenleven_desktop.services.workfile.workspace import open_workspace

    workspace = open_workspace(store, Runtime(), passphrase)
    year = workspace.plan.year_on(workspace.today)
    mine = workspace.query(governments.list_governments)[0].id
    (target, *_) = [line.id for line in workspace.query(kpi.list_commitments, year.number)]
    first, last = month_of(workspace.today if isinstance(workspace.today, date) else year.start)
    asked: dict[str, Callable[[], object]] = {
        "governments": lambda: workspace.query(governments.list_governments),
        "sessions of the year": lambda: workspace.query(support.list_sessions, None, year.start, year.end, 300),
        "agenda of a month": lambda: workspace.query(agenda.agenda, first, last),
        "follow-ups": lambda: workspace.query(agenda.agreements_by_due),
        "tracks": lambda: workspace.query(support.list_tracks, None, True),
        "offers with use": lambda: workspace.query(offers.catalogue),
        "uses of the year": lambda: workspace.query(listing.list_uses, None, year.start, year.end, 300),
        "cost per organisation": lambda: workspace.query(offers.organisation_costs),
        "matrix": lambda: workspace.query(matrix.kpi_matrix),
        "sums per target": lambda: workspace.query(matrix.target_totals),
        "entries of a target": lambda: workspace.query(kpi.list_entries, [target]),
        "history of a dossier": lambda: workspace.query(history.list_history, mine),
    }
    assert tuple(asked) == LISTS
    found: dict[str, tuple[float, float, float]] = {}
    statements = [0]
    engine = workspace.store._engine
    event.listen(engine, "before_cursor_execute", lambda *_: statements.__setitem__(0, statements[0] + 1))
    for name, ask in asked.items():
        ask()
        statements[0] = 0
        ask()
        count = statements[0]
        taken = []
        for _ in range(runs):
            began = time.perf_counter()
            ask()
            taken.append((time.perf_counter() - began) * 1000)
        found[f"list: {name}, ms (statements)"] = (statistics.median(taken), 0.0, float(count))
    workspace.close()
    return found
