"""No list asks the store once per row: the same statement comes back only for another plan, year or half of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments import whole_lists
from samenleven_desktop.services.governments.map import area_map
from samenleven_desktop.services.governments.queries import list_governments
from samenleven_desktop.services.governments.visit import dossier_page
from samenleven_desktop.services.kpi import matrix
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.offers import queries as offers
from samenleven_desktop.services.practice.make import PRACTICE_PASSPHRASE
from samenleven_desktop.services.sessions import agenda
from samenleven_desktop.services.sessions import queries as sessions
from samenleven_desktop.services.start.start_summary import start_summary
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace

MOST = 3


@pytest.fixture
def workspace(filled: Path) -> Iterator[Workspace]:
    opened = open_workspace(filled, Runtime(), PRACTICE_PASSPHRASE)
    yield opened
    opened.close()


def dossier(context: QueryContext) -> object:
    return dossier_page(context, list_governments(context)[0].id)


def commitments(context: QueryContext) -> object:
    return list_commitments(context, context.plan.year_on(context.today).number)


def uses(context: QueryContext) -> object:
    year = context.plan.year_on(context.today)
    return whole_lists.list_uses(context, None, year.start, year.end, 300)


@pytest.mark.parametrize(
    "ask",
    [
        start_summary,
        list_governments,
        dossier,
        commitments,
        matrix.kpi_matrix,
        matrix.target_totals,
        area_map,
        uses,
        offers.catalogue,
        offers.organisation_costs,
        sessions.list_sessions,
        sessions.list_tracks,
        agenda.agreements_by_due,
    ],
    ids=lambda ask: ask.__name__,
)
def test_no_statement_is_asked_for_each_row(workspace: Workspace, ask: Callable[[QueryContext], Any]) -> None:
    seen: Counter[str] = Counter()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen[statement] += 1

    def noted(context: QueryContext) -> object:
        event.listen(context.view.connection, "before_cursor_execute", note)
        try:
            return ask(context)
        finally:
            event.remove(context.view.connection, "before_cursor_execute", note)

    assert workspace.query(noted)
    assert seen
    assert {statement: times for statement, times in seen.items() if times > MOST} == {}
