"""The data of the start screen, from one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from samenleven_desktop.domain.government import Followed, GovernmentKind
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.period import opening
from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.readmodels.core import AgreementLine, CommitmentLine, SessionLine
from samenleven_desktop.readmodels.start import AttentionItem, FirstSteps, GovernmentAttention, StartSummary, WeekItem
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.instruments.queries import instrument_days
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.plans.calendar import plan_days
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.services.sessions.queries import WITHOUT_CONTACT_DAYS
from samenleven_desktop.storage.queries import kpi as stored
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.queries import sessions as work

WEEK_DAYS = 7
_RECENT = 6
_ORDER = (KpiState.AT_RISK, KpiState.BEHIND, KpiState.NO_ENTRY)
"""Worst first."""


def start_summary(context: QueryContext) -> StartSummary:
    """Returns all data of the start screen: my governments, in the current project year.

    What is about days covers the period that opens first, which always holds today.
    """
    year = context.year()
    mine = work.assigned(context.view, context.officer_id, context.today)
    kinds = {one.id: one.kind for one in reference.governments_by_id(context.view, mine).values()}
    contacts = work.last_contacts(context.view, context.today)
    first, last = opening(context.plans, context.today).days
    held = support.totals(context, first, last, mine=True)
    agreements = work.agreements(context.view, context.today, mine, open_only=True)
    late = [_agreement(line, context.today) for line in agreements if line.late]
    since = context.today - timedelta(days=WITHOUT_CONTACT_DAYS)
    commitments = kpi.list_commitments(context, year.number, mine)
    every = [year for _, year in context.plans.years()]
    return StartSummary(
        today=context.today,
        year=year.number,
        year_label=year.label,
        taken_up=bool(commitments),
        plan_name=context.plan.name,
        plan_runs=context.plan.runs_on(context.today),
        dates_known=any(year.deadlines or year.submission_closes for year in every),
        followed=Followed.of(kinds.values()),
        states=kpi.count_states(commitments),
        session_count=held.given,
        session_minutes=held.minutes,
        without_contact=Followed.of(kind for one, kind in kinds.items() if contacts.get(one, date.min) < since),
        without_contact_days=WITHOUT_CONTACT_DAYS,
        open_agreements=len(agreements),
        late_agreements=len(late),
        late=tuple(sorted(late, key=lambda item: item.day)),
        week=_week(context, mine, agreements),
        attention=_attention(commitments, kinds),
        recent_sessions=tuple(
            work.sessions(context.view, context.name_actions, mine, last=context.today, limit=_RECENT)
        ),
        terms=tuple(
            sorted(
                [*plan_days(context), *instrument_days(context, mine)],
                key=lambda one: (one.day or date.max, one.plan, one.year, one.about),
            )
        ),
        first_steps=_first_steps(context, mine),
    )


def _first_steps(context: QueryContext, mine: set[str]) -> FirstSteps | None:
    if work.any_session(context.view):
        return None
    return FirstSteps(governments=bool(mine), brought_in=stored.any_commitment(context.view))


def _attention(
    commitments: Iterable[CommitmentLine], kinds: Mapping[str, GovernmentKind]
) -> tuple[GovernmentAttention, ...]:
    """Groups the targets that need attention by government: most urgent state first, then the lowest share."""
    found: dict[str, list[AttentionItem]] = defaultdict(list)
    for line in commitments:
        if line.state in _ORDER:
            found[line.government_id].append(
                AttentionItem(
                    line.government_id,
                    line.government_name,
                    line.action,
                    line.action_title,
                    line.state,
                    line.reached_to_date,
                    line.confirmed,
                )
            )
    groups = [
        GovernmentAttention(
            government_id, items[0].government_name, kinds[government_id], tuple(sorted(items, key=_urgency))
        )
        for government_id, items in found.items()
    ]

    def rank(group: GovernmentAttention) -> tuple[int, int, float, str]:
        state, share = _urgency(group.worst)
        as_bad = sum(item.state is group.worst.state for item in group.items)
        return state, -as_bad, share, sort_key(group.government_name)

    return tuple(sorted(groups, key=rank))


def _urgency(item: AttentionItem) -> tuple[int, float]:
    return _ORDER.index(item.state), (item.reached or 0) / (item.confirmed or 1)


def _agreement(line: AgreementLine, today: date) -> WeekItem:
    return WeekItem(
        day=line.due or today,
        minute=None,
        end_minute=None,
        record_id=line.id,
        government_id=line.government_id,
        government_names=(line.government_name,),
        text=line.what,
        form=None,
        who=line.who,
        late=line.late,
    )


def _session(line: SessionLine) -> WeekItem:
    return WeekItem(
        day=line.day,
        minute=line.start_minute,
        end_minute=line.end_minute,
        record_id=line.id,
        government_id=line.government_ids[0] if line.government_ids else "",
        government_names=line.government_names,
        text=line.track_title or "",
        form=line.form,
        who=None,
        late=False,
    )


def _week(context: QueryContext, mine: set[str], agreements: Iterable[AgreementLine]) -> tuple[WeekItem, ...]:
    """Returns agreements and sessions of today and the next seven days together, in order of time."""
    today, last = context.today, context.today + timedelta(days=WEEK_DAYS)
    near = [line for line in agreements if line.due is not None and today <= line.due <= last]
    planned = work.sessions(context.view, context.name_actions, mine, first=today, last=last)
    # A session of today with a report was held: there is nothing left to prepare.
    ahead = [line for line in planned if line.day > today or not line.report.strip()]
    items = [*(_agreement(line, today) for line in near), *(_session(line) for line in ahead)]
    return tuple(sorted(items, key=lambda item: (item.day, item.minute or 0, item.text)))
