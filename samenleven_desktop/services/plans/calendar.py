"""Queries about the calendar of the plan: what must be submitted, by when, and how soon that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from samenleven_desktop.domain.plan_calendar import PlanDay, terms
from samenleven_desktop.services.core.query_context import QueryContext


def plan_days(context: QueryContext, ahead_days: int = 365) -> list[PlanDay]:
    """Returns application windows and reports of the plans in use: upcoming ones, and those just past."""
    found = [
        replace(one, plan=context.plan_words(plan.id))
        for plan in context.plans
        for one in terms(plan, context.today, ahead_days)
    ]
    return sorted(found, key=lambda one: (one.day or date.max, one.plan, one.year))
