"""From what a person names (a code, a number, a plan) to what a query takes; an unknown one is a UserError.

The window chooses from lists and needs none of this; the command line and the reports do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.government import Government
from samenleven_desktop.domain.plan import ProjectYear
from samenleven_desktop.interchange.plan_file import plan_from_json
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments.queries import NO_SUCH_GOVERNMENT
from samenleven_desktop.storage.queries import listing, reference


def in_plan(context: QueryContext, plan: str | None) -> QueryContext:
    """The same view under another plan of this file, named by its code or id; None keeps the one in use."""
    if plan is None or plan in (context.plan.code, context.plan.id):
        return context
    known = listing.plans(context.view)
    found = next((one for one in known if plan in (one.code, one.id)), None)
    if found is None:
        codes = ", ".join(dict.fromkeys(one.code for one in known))
        raise UserError(
            N_("This work file has no plan {plan}. It knows: {codes}."), field="plan", plan=plan, codes=codes
        )
    return replace(context, plan=plan_from_json(found.content))


def project_year(context: QueryContext, number: int | None) -> ProjectYear:
    """A project year of the plan by its number; without a number the one of today."""
    found = context.plan.year_on(context.today) if number is None else context.plan.year(number)
    if found is None:
        raise UserError(
            N_("{plan} has no project year {year}. Choose from {years}."),
            field="year",
            plan=context.plan.name,
            year=str(number),
            years=", ".join(str(year.number) for year in context.plan.years),
        )
    return found


def action_number(context: QueryContext, number: int | None) -> int | None:
    """The number of an action that the plan has; None stays None."""
    if number is None or any(action.number == number for action in context.plan.actions):
        return number
    numbers = [action.number for action in context.plan.actions]
    raise UserError(
        N_("{plan} has no action {action}. Choose from {first} to {last}."),
        field="action",
        plan=context.plan.name,
        action=str(number),
        first=str(min(numbers)),
        last=str(max(numbers)),
    )


def governments_with_code(context: QueryContext, code: str) -> list[Government]:
    """Every government that carries a code or once did (a merged city may keep its code), the newest first."""
    tidy = code.strip()
    found = reference.governments_by_code(context.view, tidy) or reference.governments_by_code(
        context.view, tidy.upper()
    )
    if not found:
        raise UserError(NO_SUCH_GOVERNMENT, field="government", code=code)
    return found


def government_on(context: QueryContext, code: str, day: date) -> Government:
    """The government that carried a code on a day; when none did, the newest that ever had it."""
    found = governments_with_code(context, code)
    return next((one for one in found if one.in_force(day)), found[0])
