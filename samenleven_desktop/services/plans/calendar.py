"""Questions about the calendar of the plan: what must be handed in, by when, and how near that is."""

from __future__ import annotations

from samenleven_desktop.domain.plan_calendar import PlanDay, terms
from samenleven_desktop.services.core.query_context import QueryContext


def plan_days(context: QueryContext, ahead_days: int = 365) -> list[PlanDay]:
    """Windows for applications and reports of the plan in use: the coming ones, and those that have just passed."""
    return terms(context.plan, context.today, ahead_days)
