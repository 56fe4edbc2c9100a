"""The query of the first page of a dossier: the dossier, and the work of every plan and of none around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.plan import Plan, ProjectYear
from samenleven_desktop.readmodels.core import Dossier, StateCounts
from samenleven_desktop.readmodels.visit import ContactCard, DossierPage, PlanWork, UnplannedWork, UntakenTarget
from samenleven_desktop.services.core.query_context import QueryContext, YearRef
from samenleven_desktop.services.governments.queries import dossier, dossier_days
from samenleven_desktop.services.instruments.queries import instruments_for
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.storage.queries import kpi as stored
from samenleven_desktop.storage.queries import offers, people
from samenleven_desktop.storage.queries import sessions as work

_ONE_DAY = timedelta(days=1)


def dossier_page(context: QueryContext, government_id: str, year: YearRef = None) -> DossierPage:
    """Returns the first page of a dossier, with the plan of this project year at hand. Raises UserError for an unknown
    id."""
    found = dossier(context, government_id, year)
    context, project_year = context.at(year)
    view, plan = context.view, context.plan
    both = [government_id, *([found.partnership_id] if found.partnership_id else [])]
    first, last = dossier_days(context, project_year)
    given, _, still_planned = work.session_totals(view, [government_id], first, last, context.today)
    held = [line for line in found.sessions if line.day <= context.today]
    planned = [line for line in found.sessions if line.day > context.today]
    return DossierPage(
        dossier=found,
        plan_name=plan.name,
        plan_actions=len(plan.actions),
        year_id=project_year.id,
        year_label=project_year.label,
        first=first,
        last=last,
        last_session=held[0] if held else None,
        next_session=planned[-1] if planned else None,
        contacts=tuple(ContactCard(*one) for one in people.to_call(view, government_id)),
        instruments=tuple(instruments_for(context, government_id)),
        untaken=_untaken(plan, project_year, found),
        other_plans=_other_plans(context, both),
        without_plan=_without_plan(context, government_id),
        session_count=given + still_planned,
        hidden_uses=offers.use_count(view, [government_id]) - len(found.offer_uses),
    )


def _untaken(plan: Plan, year: ProjectYear, found: Dossier) -> tuple[UntakenTarget, ...]:
    taken = {line.action_id for line in (*found.commitments, *found.partnership_commitments)}
    offered = [
        (action, next((target for target in action.targets if target.in_year(year.number) is not None), None))
        for action in plan.actions
        if action.id not in taken
    ]
    return tuple(
        UntakenTarget(target.id, action.number, action.short_title) for action, target in offered if target is not None
    )


def _other_plans(context: QueryContext, governments: Sequence[str]) -> tuple[PlanWork, ...]:
    """Returns the work under the other plans, running ones first, then the one that ended last.

    A plan that runs today is among them also if nothing was taken up.
    """
    newest: dict[str, int] = {}
    for plan_id, number in stored.years_with_work(context.view, governments):
        newest[plan_id] = max(number, newest.get(plan_id, number))
    running = {plan.id for plan in context.plans if plan.runs_on(context.today)}
    found = [
        _plan_work(context, plan, newest.get(plan_id), governments)
        for plan_id in newest.keys() | running
        if plan_id != context.plan.id
        for plan in (context.plan_with_id(plan_id),)
        if plan is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.last >= context.today, one.last), reverse=True))


def _plan_work(context: QueryContext, plan: Plan, number: int | None, governments: Sequence[str]) -> PlanWork:
    lines = [] if number is None else kpi.commitments_of_year(context, plan.id, number, governments)
    amounts = [line.amount_cents for line in lines if line.amount_cents is not None]
    in_use = context.plans.with_id(plan.id) is not None
    year = plan.year_on(context.today) if number is None else plan.year(number)
    return PlanWork(
        plan_id=plan.id,
        plan_name=plan.name,
        first=min(one.start for one in plan.years),
        last=max(one.end for one in plan.years),
        year_id=year.id if in_use and year is not None else "",
        year=number,
        years=len(plan.years),
        actions=len({line.action_id for line in lines}),
        reached=sum(line.state is KpiState.REACHED for line in lines),
        counted=StateCounts.of(line.state for line in lines).counted,
        amount_cents=sum(amounts) if amounts else None,
    )


def _without_plan(context: QueryContext, government_id: str) -> tuple[UnplannedWork, ...]:
    """Returns the work between the periods of the plans in use, and before and after them, the newest first."""
    found = []
    for first, last in reversed(_gaps(context)):
        given, minutes, planned = work.session_totals(context.view, [government_id], first, last, context.today)
        count = given + planned
        done = work.agreements_done(context.view, government_id, first, last)
        if count or done:
            found.append(UnplannedWork(first, last, count, minutes, done))
    return tuple(_closed(one, context.today) for one in found)


def _closed(one: UnplannedWork, today: date) -> UnplannedWork:
    return replace(one, last=max(today, one.first)) if one.last == date.max else one


def _gaps(context: QueryContext) -> list[tuple[date, date]]:
    """Returns the days that no period of a plan in use holds; date.min and date.max where a gap is open."""
    gaps, after = [], date.min
    for start, end in sorted((year.start, year.end) for _, year in context.plans.years()):
        if start > after:
            gaps.append((after, start - _ONE_DAY))
        after = max(after, end + _ONE_DAY)
    return [*gaps, (after, date.max)]
