"""Queries about other instruments, and the days by which something must be handed in for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from samenleven_desktop.domain.instrument import OPEN_STATES
from samenleven_desktop.domain.plan_calendar import PASSED_DAYS, PlanDay
from samenleven_desktop.readmodels.instruments import InstrumentLine
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import instruments as stored

_AHEAD_DAYS = 365


def list_instruments(
    context: QueryContext, governments: Collection[str] | None = None, action_id: str | None = None
) -> list[InstrumentLine]:
    """Returns instruments by government and name; of some governments (None: of all), of one action."""
    return stored.instruments(context.view, context.name_actions, governments, action_id)


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
