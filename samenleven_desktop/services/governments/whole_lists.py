"""Full lists for the command line and for totals: governments, partnerships, mentors, uses, sessions, KPI entries.

Callers filter by text themselves; each result is limited to one project year or government.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.kpi import Reached, kpi_state
from samenleven_desktop.domain.sums import known_sum
from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.readmodels.core import (
    CommitmentLine,
    GovernmentLine,
    KpiEntryLine,
    OfferUseLine,
    SessionLine,
    StateCounts,
)
from samenleven_desktop.readmodels.lists import MentorLine, PartnershipLine, TargetTotal
from samenleven_desktop.services.core.query_context import QueryContext, YearRef
from samenleven_desktop.services.governments import queries as governments
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.offers import advice
from samenleven_desktop.services.offers import queries as offers
from samenleven_desktop.storage.queries import applicants, organisations, reference
from samenleven_desktop.storage.queries import partnerships as stored
from samenleven_desktop.storage.queries import sessions as work


def all_governments(context: QueryContext, year: YearRef = None) -> list[GovernmentLine]:
    """Returns every government in force today or with data in this file, by name, with its state in a year."""
    lines = {line.id: line for line in governments.list_governments(context, year, mine=False)}
    served = Counter(one for one, _ in organisations.serving(context.view, context.today))
    members = Counter(partnership for partnership, _ in work.memberships(context.view, context.today))
    for one in reference.all_governments(context.view):
        if one.id in lines or not one.in_force(context.today):
            continue
        partnership = one.kind is GovernmentKind.PARTNERSHIP
        lines[one.id] = GovernmentLine(
            id=one.id,
            code=one.code,
            kind=one.kind,
            name=one.name,
            reference_region=one.reference_region,
            mine=False,
            member_count=members[one.id] if partnership else None,
            partnership=None,
            states=StateCounts(),
            last_contact=None,
            open_agreements=0,
            late_agreements=0,
            served_count=served[one.id] if one.kind is GovernmentKind.ORGANISATION else None,
        )
    return sorted(lines.values(), key=lambda line: sort_key(line.name))


def list_partnerships(context: QueryContext) -> list[PartnershipLine]:
    return stored.partnership_lines(context.view)


def list_mentors(context: QueryContext) -> list[MentorLine]:
    """Returns the mentor governments of the plan and those that officers added, by action and name."""
    lines = [
        MentorLine(
            action_number=mentor.action_number,
            action_title=context.plan.action(mentor.action_number).short_title,
            government_code=mentor.government_code,
            government_name=mentor.name,
            learning_network=mentor.learning_network,
            note=mentor.note,
            source=mentor.source,
            id=mentor.id,
        )
        for mentor in advice.known_mentors(context)
    ]
    return sorted(lines, key=lambda line: (line.action_number, sort_key(line.government_name)))


def list_uses(
    context: QueryContext,
    government_ids: Collection[str] | None,
    first: date = date.min,
    last: date = date.max,
    limit: int | None = None,
) -> list[OfferUseLine]:
    """Returns offers in use, newest first; of these governments (None: of all), in a period."""
    return offers.uses(context, None if government_ids is None else list(government_ids), first, last, limit=limit)


def sessions_of_year(
    context: QueryContext, government_ids: Collection[str] | None, first: date | None = None, last: date | None = None
) -> list[SessionLine]:
    """Returns sessions, newest first; with one of these governments (None: with any), in a period."""
    return work.sessions(context.view, context.name_actions, government_ids, first, last)


def entries_of(context: QueryContext, commitments: Sequence[CommitmentLine]) -> list[KpiEntryLine]:
    """Returns the ledger rows of these commitments, newest first, corrected ones included."""
    return kpi.list_entries(context, [line.id for line in commitments])


def totals_of(context: QueryContext, commitments: Sequence[CommitmentLine]) -> list[TargetTotal]:
    """Returns the commitments of one or more project years, summed per year and target, by year, action and target."""
    groups: dict[tuple[str, int, int, str], list[CommitmentLine]] = {}
    for line in commitments:
        groups.setdefault((line.plan_id, line.year, line.action_number, line.target_code), []).append(line)
    members: dict[tuple[str, int], dict[str, set[str]]] = {}
    found = []
    for (plan_id, number, *_), group in sorted(groups.items()):
        within = context.within(context.plan_with_id(plan_id) or context.plan)
        if (plan_id, number) not in members:
            members[plan_id, number] = _members(within, number)
        found.append(_total(within, group, members[plan_id, number]))
    return found


def _members(context: QueryContext, year: int) -> dict[str, set[str]]:
    """Returns applicant -> the governments that it applies for, today or on the nearest day of the project year."""
    project_year = context.year(year)
    found: dict[str, set[str]] = {}
    day = max(min(context.today, project_year.end), project_year.start)
    for applicant, government in applicants.applying_for(context.view, day):
        found.setdefault(applicant, set()).add(government)
    return found


def _total(context: QueryContext, lines: Sequence[CommitmentLine], members: dict[str, set[str]]) -> TargetTotal:
    first = lines[0]
    year = context.year(first.year)
    # Reach without a confirmed number would make the others look better than they are, one without a measurement worse.
    counted = [line for line in lines if line.confirmed] or lines
    judged = [line for line in counted if line.reached_to_date is not None]
    reached_judged = known_sum([line.reached_to_date for line in judged])
    judged_confirmed = known_sum([line.confirmed for line in judged or counted])
    reached = Reached(reached_judged or 0, reached_judged is not None, None, None)
    state = kpi_state(
        context.target(first.target_id),
        year,
        context.plan.kpi_rules_in(first.year),
        judged_confirmed,
        reached,
        min(context.today, year.end),
    )
    return TargetTotal(
        action_number=first.action_number,
        action_title=first.action_title,
        target_id=first.target_id,
        target_code=first.target_code,
        target_label=first.target_label,
        target_kind=first.target_kind,
        unit=first.unit,
        year=first.year,
        commitments=len(lines),
        governments=len(set().union(*(members.get(line.government_id, {line.government_id}) for line in lines))),
        existing_reach=sum(line.existing_reach for line in lines),
        requested=known_sum([line.requested for line in lines]),
        confirmed=known_sum([line.confirmed for line in lines]),
        interim_reached=known_sum([line.interim_reached for line in lines]),
        final_reached=known_sum([line.final_reached for line in lines]),
        reached_to_date=known_sum([line.reached_to_date for line in lines]),
        expected_today=known_sum([line.expected_today for line in lines]),
        state=state,
        states=kpi.count_states(lines),
        amount_cents=known_sum([line.amount_cents for line in lines]),
        judged_reached=reached_judged,
        judged_confirmed=judged_confirmed,
        judged_expected=known_sum([line.expected_today for line in judged]),
        unmeasured=len(counted) - len(judged),
        without_amount=sum(line.amount_unknown for line in lines),
    )
