"""Queries about the calendar of the plan: what must be submitted, by when, and how soon that is."""

from __future__ import annotations

from samenleven_desktop.domain.plan_calendar import PlanDay, terms
from samenleven_desktop.services.core.query_context import QueryContext


def plan_days(context: QueryContext, ahead_days: int = 365) -> list[PlanDay]:
    """Returns application windows and reports of the plan in use: upcoming ones, and those just past."""
    return terms(context.plan, context.today, ahead_days)
