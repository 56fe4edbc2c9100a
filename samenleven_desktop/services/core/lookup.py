"""Resolves what the user names (a code, a number, a plan) to the arguments of a query; unknown names raise UserError.

For the command line and the reports; the window selects from lists and does not need this.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.government import Government
from samenleven_desktop.domain.plan import ProjectYear
from samenleven_desktop.interchange.plan_reader import plan_from_json
from samenleven_desktop.services.core.query_context import QueryContext, YearRef
from samenleven_desktop.services.governments.queries import NO_SUCH_GOVERNMENT
from samenleven_desktop.storage.queries import reference

NO_PLAN_IN_USE = N_("No plan is in use in this work file. Take one in use, or name one.")


def in_plan(context: QueryContext, plan: str | None, year: int | None = None) -> QueryContext:
    """Returns the same view under another plan of this file, by code or id; None keeps the one that counts.

    A year that the plan does not have and exactly one other plan in use has makes that other plan count.
    """
    if plan is None:
        known_here = year is None or context.plan.year(year) is not None
        return context if known_here else context.within(context.plans.counting(context.today, year))
    if plan in (context.plan.code, context.plan.id):
        return replace(context, named=True)
    in_use = context.plans.with_id(plan)
    if in_use is not None:
        return replace(context, plan=in_use, named=True)
    known = reference.plans(context.view)
    found = next((one for one in known if plan in (one.code, one.id)), None)
    if found is None:
        codes = ", ".join(dict.fromkeys(one.code for one in known))
        raise UserError(
            N_("This work file has no plan {plan}. It knows: {codes}."), field="plan", plan=plan, codes=codes
        )
    return replace(context, plan=plan_from_json(found.content), named=True)


def project_year(context: QueryContext, number: int | None) -> ProjectYear:
    """Returns a project year of the plan by its number; without a number the current one."""
    found = context.plan.year_on(context.today) if number is None else context.plan.year(number)
    if found is None and not context.plan.years:
        raise UserError(NO_PLAN_IN_USE, field="year")
    if found is None:
        raise UserError(
            N_("{plan} has no project year {year}. Choose from {years}."),
            field="year",
            plan=context.plan.name,
            year=str(number),
            years=", ".join(str(year.number) for year in context.plan.years),
        )
    return found


def plan_and_year(context: QueryContext, year: YearRef, day: date) -> tuple[QueryContext, ProjectYear]:
    """Returns the plan and the project year that are meant; without a year, those that count on a day.

    A plan that was named stays, whatever the day.
    """
    if isinstance(year, str):
        return context.at(year)
    if year is None:
        if not context.named:
            context = context.within(context.plans.counting(day))
        return context, context.plan.year_on(day)
    if not context.named:
        context = in_plan(context, None, year)
    return context, project_year(context, year)


def action_number(context: QueryContext, number: int | None) -> int | None:
    """Checks that the plan has this action number; None stays None."""
    if number is None or any(action.number == number for action in context.plan.actions):
        return number
    numbers = [action.number for action in context.plan.actions]
    if not numbers:
        raise UserError(NO_PLAN_IN_USE, field="action")
    raise UserError(
        N_("{plan} has no action {action}. Choose from {first} to {last}."),
        field="action",
        plan=context.plan.name,
        action=str(number),
        first=str(min(numbers)),
        last=str(max(numbers)),
    )


def governments_with_code(context: QueryContext, code: str) -> list[Government]:
    """Returns every government that has or had a code (a merged city may keep its code), newest first."""
    tidy = code.strip()
    found = reference.governments_by_code(context.view, tidy) or reference.governments_by_code(
        context.view, tidy.upper()
    )
    if not found:
        raise UserError(NO_SUCH_GOVERNMENT, field="government", code=code)
    return found


def government_on(context: QueryContext, code: str, day: date) -> Government:
    """Returns the government that had a code on a day; if none did, the newest one that ever had it."""
    found = governments_with_code(context, code)
    return next((one for one in found if one.in_force(day)), found[0])
