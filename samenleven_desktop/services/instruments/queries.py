"""Queries about other instruments, and the days by which something must be handed in for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from samenleven_desktop.domain.agenda import AgendaItem, AgendaKind
from samenleven_desktop.domain.instrument import OPEN_STATES
from samenleven_desktop.domain.plan_calendar import PASSED_DAYS, PlanDay
from samenleven_desktop.readmodels.instruments import InstrumentLine
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import instruments as stored
from samenleven_desktop.storage.queries import sessions as work

_AHEAD_DAYS = 365


def list_instruments(
    context: QueryContext, governments: Collection[str] | None = None, action_id: str | None = None
) -> list[InstrumentLine]:
    """Returns instruments by government and name; of some governments (None: of all), of one action."""
    return stored.instruments(context.view, context.name_actions, governments, action_id)


def instruments_for(context: QueryContext, government_id: str) -> list[InstrumentLine]:
    """Returns the instruments of a government, then those of the partnership that it is in today."""
    around = {one for one, member in work.memberships(context.view, context.today) if member == government_id}
    found = list_instruments(context, [government_id, *sorted(around)])
    return sorted(found, key=lambda line: line.government_id != government_id)


def instrument_items(
    context: QueryContext, first: date, last: date, governments: Collection[str] | None
) -> list[AgendaItem]:
    """Returns the deadlines in a period that are still to be met; of some governments (None: of all)."""
    return [
        AgendaItem(
            line.deadline,
            AgendaKind.INSTRUMENT,
            line.government_name,
            line.name,
            record_id=line.id,
            government_id=line.government_id,
        )
        for line in list_instruments(context, governments)
        if line.deadline is not None and line.instrument_state in OPEN_STATES and first <= line.deadline <= last
    ]


def instrument_days(context: QueryContext, governments: Collection[str]) -> list[PlanDay]:
    """Returns the deadlines of the instruments of these governments: coming ones, and those just past."""
    first, last = context.today - timedelta(days=PASSED_DAYS), context.today + timedelta(days=_AHEAD_DAYS)
    return [
        PlanDay(
            context.today,
            "instrument",
            0,
            None,
            line.deadline,
            (line.document,) if line.document else (),
            note=line.note,
            about=f"{line.government_name} · {line.name}",
        )
        for line in list_instruments(context, governments)
        if line.deadline is not None and line.instrument_state in OPEN_STATES and first <= line.deadline <= last
    ]
