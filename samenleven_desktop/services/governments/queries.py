"""Queries about governments: the list, finding one, and the complete dossier of one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.government import Government, GovernmentKind
from samenleven_desktop.domain.plan import ProjectYear
from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.readmodels.core import (
    AgreementLine,
    CommitmentLine,
    Dossier,
    GovernmentChoice,
    GovernmentLine,
    OfferUseLine,
    SessionLine,
    TimelineItem,
)
from samenleven_desktop.readmodels.handed_over import HandedOverLine
from samenleven_desktop.services.core.query_context import QueryContext, YearRef
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.kpi.money import money_of
from samenleven_desktop.services.offers import queries as offers
from samenleven_desktop.storage.queries import organisations, reference
from samenleven_desktop.storage.queries import sessions as work
from samenleven_desktop.storage.queries.handed_over import handed_over

NO_SUCH_GOVERNMENT = N_(
    "There is no government with code {code}. Use a NIS code, VGC, RAND or the code of a partnership or organisation."
)

_LAST_SESSIONS = 20
_TIMELINE_LENGTH = 14
_TIMELINE_KPIS = 3


def find_governments(context: QueryContext, words: str, limit: int = 12) -> list[GovernmentChoice]:
    """Returns governments with a name in which a word starts with `words`, or a code that does; mine first."""
    if not words.strip():
        return []
    mine = work.assigned(context.view, context.officer_id, context.today)
    found = [_choice(one, mine) for one in reference.find_governments(context.view, fold(words), limit * 3)]
    return sorted(found, key=lambda choice: not choice.mine)[:limit]


def government_by_code(context: QueryContext, code: str) -> Government:
    """Returns the government that has a code today, or else had it last. Raises UserError for an unknown code."""
    found = reference.governments_by_code(context.view, code)
    if not found:
        raise UserError(NO_SUCH_GOVERNMENT, field="government", code=code)
    return next((one for one in found if one.in_force(context.today)), found[0])


def choices(context: QueryContext) -> list[GovernmentChoice]:
    """Returns all governments in force today for selection, mine first."""
    mine = work.assigned(context.view, context.officer_id, context.today)
    found = [_choice(one, mine) for one in reference.all_governments(context.view) if one.in_force(context.today)]
    return sorted(found, key=lambda choice: (not choice.mine, sort_key(choice.name)))


def list_governments(context: QueryContext, year: YearRef = None, mine: bool = True) -> list[GovernmentLine]:
    """Returns the governments of this officer (or all with data in this file), by name, with state and last contact."""
    view = context.view
    context, project_year = context.at(year)
    assigned = work.assigned(view, context.officer_id, context.today)
    commitments: dict[str, list[CommitmentLine]] = defaultdict(list)
    for line in kpi.list_commitments(context, project_year.number):
        commitments[line.government_id].append(line)
    contacts = work.last_contacts(view, context.today)
    open_counts = work.agreement_counts(view, context.today)
    members: dict[str, list[str]] = defaultdict(list)
    within: dict[str, str] = {}
    for partnership_id, member_id in work.memberships(view, context.today):
        members[partnership_id].append(member_id)
        within[member_id] = partnership_id
    served = Counter(one for one, _ in organisations.serving(view, context.today))
    wanted = assigned if mine else assigned | commitments.keys() | contacts.keys() | open_counts.keys()
    found = reference.governments_by_id(view, wanted | set(within.values()))
    lines = [
        GovernmentLine(
            id=one.id,
            code=one.code,
            kind=one.kind,
            name=one.name,
            reference_region=one.reference_region,
            mine=one.id in assigned,
            member_count=len(members[one.id]) if one.kind is GovernmentKind.PARTNERSHIP else None,
            partnership=found[within[one.id]].name if one.id in within else None,
            states=kpi.count_states(commitments[one.id]),
            last_contact=contacts.get(one.id),
            open_agreements=open_counts.get(one.id, (0, 0))[0],
            late_agreements=open_counts.get(one.id, (0, 0))[1],
            served_count=served[one.id] if one.kind is GovernmentKind.ORGANISATION else None,
        )
        for one in found.values()
        if one.id in wanted
    ]
    return sorted(lines, key=lambda line: sort_key(line.name))


def dossier(context: QueryContext, government_id: str, year: YearRef = None) -> Dossier:
    """Returns all data for the first view of a government. Raises UserError for an unknown id."""
    context, project_year = context.at(year)
    view, plan = context.view, context.plan
    government = reference.government(view, government_id)
    pairs = work.memberships(view, context.today)
    partnership_id = next((one for one, member in pairs if member == government_id), None)
    member_ids = [member for one, member in pairs if one == government_id]
    around = reference.governments_by_id(view, [*member_ids, *([partnership_id] if partnership_id else [])])
    both = [government_id, *([partnership_id] if partnership_id else [])]
    lines = kpi.list_commitments(context, project_year.number, both)
    own = [line for line in lines if line.government_id == government_id]
    period = dossier_days(context, project_year)
    sessions = work.sessions(view, context.name_actions, [government_id], limit=_LAST_SESSIONS)
    agreements = work.agreements(view, context.today, [government_id], open_only=True)
    done = work.agreements(view, context.today, [government_id], done_only=True, limit=_TIMELINE_LENGTH)
    uses = offers.uses(context, [government_id], *period)
    mine = work.assigned(view, context.officer_id, context.today)
    return Dossier(
        government=_choice(government, mine),
        province=government.province,
        kbo=government.kbo,
        population=government.population,
        population_year=government.population_year,
        successor_name=_successor(context, government),
        applicant_name=reference.applicant_name(view, government_id),
        partnership_id=partnership_id,
        partnership_name=around[partnership_id].name if partnership_id else None,
        member_names=tuple(sorted(around[one].name for one in member_ids)),
        mentor_actions=_mentor_actions(context, government),
        year=project_year.number,
        commitments=tuple(own),
        partnership_commitments=tuple(line for line in lines if line.government_id != government_id),
        states=kpi.count_states(own),
        money=replace(
            money_of(context, own, uses), drawing_right_cents=plan.drawing_right(government.code, project_year.number)
        ),
        agreements=tuple(agreements),
        sessions=tuple(sessions),
        session_count=work.session_count(view, [government_id]),
        offer_uses=tuple(uses),
        tracks=tuple(work.tracks(view, [government_id])),
        timeline=_timeline(sessions, uses, own, done, handed_over(view, [government_id], _TIMELINE_LENGTH)),
    )


def dossier_days(context: QueryContext, year: ProjectYear) -> tuple[date, date]:
    """Returns the days of a dossier: those of the project year; today too if it is the year that counts today."""
    if year != context.plans.counting(context.today).year_on(context.today):
        return year.start, year.end
    return min(year.start, context.today), max(year.end, context.today)


def _choice(government: Government, mine: set[str]) -> GovernmentChoice:
    return GovernmentChoice(
        id=government.id,
        code=government.code,
        kind=government.kind,
        name=government.name,
        reference_region=government.reference_region,
        valid_until=government.valid_until,
        mine=government.id in mine,
    )


def _successor(context: QueryContext, government: Government) -> str | None:
    if government.successor_code is None or government.in_force(context.today):
        return None
    return government_by_code(context, government.successor_code).name


def _mentor_actions(context: QueryContext, government: Government) -> tuple[int, ...]:
    return tuple(sorted(m.action_number for m in context.plan.mentors if m.government_code == government.code))


def _timeline(
    sessions: Sequence[SessionLine],
    uses: Sequence[OfferUseLine],
    commitments: Sequence[CommitmentLine],
    agreements: Sequence[AgreementLine],
    reports: Sequence[HandedOverLine],
) -> tuple[TimelineItem, ...]:
    items = [TimelineItem(s.day, "session", s.id, s.form, s.report, minutes=s.minutes) for s in sessions]
    items += [TimelineItem(u.start, "offer", u.id, u.cost, u.offer_title, action=u.action) for u in uses]
    counted = sorted(((c.last_entry, c) for c in commitments if c.last_entry), key=lambda pair: pair[0], reverse=True)
    items += [
        TimelineItem(day, "kpi", c.id, c.unit or "", c.action_title, number=c.reached_to_date)
        for day, c in counted[:_TIMELINE_KPIS]
    ]
    items += [
        TimelineItem(a.done_on, "agreement_done", a.id, a.who, a.what) for a in agreements if a.done_on is not None
    ]
    items += [TimelineItem(r.handed_on, "handed_over", r.id, r.kind, r.handed_to or "") for r in reports]
    return tuple(sorted(items, key=lambda item: item.day, reverse=True)[:_TIMELINE_LENGTH])
