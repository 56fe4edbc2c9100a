"""Queries about support: sessions, agreements, tracks, the choices in the session form, and the Start screen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.period import opening
from samenleven_desktop.readmodels.core import (
    AgreementLine,
    CommitmentLine,
    OfferChoice,
    SessionLine,
    SessionOptions,
    SessionTotals,
    TrackChoice,
)
from samenleven_desktop.readmodels.start import AttentionItem, StartSummary, WeekItem
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.instruments.queries import instrument_days
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.plans.calendar import plan_days
from samenleven_desktop.storage.queries import offers, reference
from samenleven_desktop.storage.queries import sessions as work

WITHOUT_CONTACT_DAYS = 60
WEEK_DAYS = 7
_LATE, _ATTENTION, _RECENT = 50, 16, 6
# Worst first: shown on Start, where there is room for a few only.
_ORDER = (KpiState.AT_RISK, KpiState.BEHIND, KpiState.NO_ENTRY)


def list_sessions(
    context: QueryContext,
    government_id: str | None = None,
    first: date | None = None,
    last: date | None = None,
    limit: int | None = None,
) -> list[SessionLine]:
    """Returns sessions, newest first; of one government, in a period."""
    governments = None if government_id is None else [government_id]
    return work.sessions(context.view, context.name_actions, governments, first, last, limit=limit)


def sessions_of(context: QueryContext, government_ids: Sequence[str], first: date, last: date) -> list[SessionLine]:
    """Returns the sessions of a period with any of these governments, without duplicates, newest first."""
    return work.sessions(context.view, context.name_actions, government_ids, first, last)


def totals(context: QueryContext, first: date, last: date) -> SessionTotals:
    """Returns the number of sessions in a period, planned ones included, and how many lie outside it."""
    count, minutes, _ = work.session_totals(context.view, None, first, last)
    return SessionTotals(count, minutes, work.session_count(context.view) - count)


def session(context: QueryContext, session_id: str) -> SessionLine:
    """Raises UserError if it was deleted or never existed."""
    found = work.sessions(context.view, context.name_actions, session_id=session_id)
    if not found:
        raise UserError(N_("This session is no longer there."))
    return found[0]


def list_agreements(
    context: QueryContext, government_id: str | None = None, open_only: bool = False, session_id: str | None = None
) -> list[AgreementLine]:
    governments = None if government_id is None else [government_id]
    return work.agreements(context.view, context.today, governments, open_only, session_id)


def list_tracks(context: QueryContext, government_id: str | None = None, mine: bool = False) -> list[TrackChoice]:
    """Returns tracks of one government, of mine, or of all; newest first."""
    governments = None if government_id is None else [government_id]
    if mine:
        governments = list(work.assigned(context.view, context.officer_id, context.today))
    return work.tracks(context.view, governments)


def session_options(
    context: QueryContext, government_ids: Sequence[str], day: date, session_id: str | None = None
) -> SessionOptions:
    """Returns the commitments, tracks and last session of these governments, through partnerships too."""
    around = set(government_ids)
    around |= {one for one, member in work.memberships(context.view, day) if member in around}
    earlier = (
        work.sessions(context.view, context.name_actions, government_ids, last=day, limit=2) if government_ids else []
    )
    previous = next((line for line in earlier if line.id != session_id), None)
    agreed = work.agreements(context.view, context.today, session_id=previous.id) if previous else []
    return SessionOptions(
        commitments=tuple(_alive_on(context, around, day)),
        tracks=tuple(work.tracks(context.view, government_ids)),
        previous=previous,
        previous_agreements=tuple(agreed),
    )


def _alive_on(context: QueryContext, governments: Collection[str], day: date) -> list[CommitmentLine]:
    """Returns the commitments for which a session of a day may bring KPI entries, by plan and action.

    They are those of every plan in use with a period that holds the day; if there is none, of the period that counts.
    """
    plans = [plan for plan in context.plans if plan.runs_on(day)] or [context.plans.counting(day)]
    found = []
    for plan in plans:
        lines = kpi.list_commitments(context, plan.year_on(day).id or 0, governments)
        found += [replace(line, plan=context.plan_words(line.plan_id)) for line in lines]
    return sorted(found, key=lambda line: (line.plan != "", line.plan, line.action_number))


def offer_choices(context: QueryContext) -> list[OfferChoice]:
    return [
        OfferChoice(line.id, line.title, line.organisation, line.cost, line.action_ids)
        for line in offers.offers(context.view)
    ]


def list_officers(context: QueryContext) -> list[tuple[str, str, str | None]]:
    """Returns id, label and region of each officer in this file."""
    return reference.officers(context.view)


def officer_label(context: QueryContext) -> str | None:
    """Returns the label of the current officer; None before one was chosen."""
    return next((label for id_, label, _ in reference.officers(context.view) if id_ == context.officer_id), None)


def assigned_ids(context: QueryContext) -> set[str]:
    """Returns the governments assigned to the current officer today."""
    return work.assigned(context.view, context.officer_id, context.today)


def start_summary(context: QueryContext) -> StartSummary:
    """Returns all data of the start screen from one query: my governments, in the current project year.

    What is about days covers the period that opens first, which always holds today.
    """
    year = context.year()
    mine = work.assigned(context.view, context.officer_id, context.today)
    contacts = work.last_contacts(context.view, context.today)
    first, last = opening(context.plans, context.today).days
    count, minutes, months = work.session_totals(context.view, mine, first, min(context.today, last))
    upcoming = work.agreements(context.view, context.today, mine, open_only=True)
    late = sum(line.late for line in upcoming)
    since = context.today - timedelta(days=WITHOUT_CONTACT_DAYS)
    commitments = kpi.list_commitments(context, year.number, mine)
    attention = sorted(
        (line for line in commitments if line.state in _ORDER),
        key=lambda line: (_ORDER.index(line.state), line.reached_to_date / (line.confirmed or 1)),
    )
    every = [year for _, year in context.plans.years()]
    days = [(d.due, d.kind) for y in every for d in y.deadlines if d.due and d.due >= context.today]
    days += [
        (y.submission_closes, "submission")
        for y in every
        if y.submission_closes and y.submission_closes >= context.today
    ]
    deadline = min(days, default=None)
    return StartSummary(
        today=context.today,
        year=year.number,
        year_label=year.label,
        taken_up=bool(commitments),
        plan_name=context.plan.name,
        plan_runs=context.plan.runs_on(context.today),
        dates_known=any(year.deadlines or year.submission_closes for year in every),
        government_count=len(mine),
        states=kpi.count_states(commitments),
        session_count=count,
        session_minutes=minutes,
        without_contact=sum(contacts.get(one, date.min) < since for one in mine),
        without_contact_days=WITHOUT_CONTACT_DAYS,
        open_agreements=len(upcoming),
        late_agreements=late,
        next_due=next((line.due for line in upcoming if line.due and line.due >= context.today), None),
        week=_week(context, mine, upcoming),
        attention=tuple(
            AttentionItem(
                line.government_id,
                line.government_name,
                line.action,
                line.action_title,
                line.state,
                line.reached_to_date,
                line.confirmed,
            )
            for line in attention[:_ATTENTION]
        ),
        recent_sessions=tuple(
            work.sessions(context.view, context.name_actions, mine, last=context.today, limit=_RECENT)
        ),
        deadline=deadline[0] if deadline else None,
        deadline_kind=deadline[1] if deadline else None,
        terms=tuple(
            sorted(
                [*plan_days(context), *instrument_days(context, mine)],
                key=lambda one: (one.day or date.max, one.plan, one.year, one.about),
            )
        ),
        sessions_per_month=tuple(months),
    )


def _week(context: QueryContext, mine: set[str], open_agreements: Sequence[AgreementLine]) -> tuple[WeekItem, ...]:
    """Sorts today first, then overdue items, then the next seven days, so that arrears never hide today's items."""
    today, last = context.today, context.today + timedelta(days=WEEK_DAYS)
    late = [line for line in open_agreements if line.late]
    near = [line for line in open_agreements if line.due is not None and today <= line.due <= last]
    items = [
        WeekItem(
            day=line.due or today,
            minute=None,
            record_id=line.id,
            government_id=line.government_id,
            government_names=(line.government_name,),
            text=line.what,
            form=None,
            who=line.who,
            late=line.late,
        )
        for line in (*late[:_LATE], *near)
    ]
    items += [
        WeekItem(
            day=line.day,
            minute=line.start_minute,
            record_id=line.id,
            government_id=line.government_ids[0] if line.government_ids else "",
            government_names=line.government_names,
            text=line.track_title or "",
            form=line.form,
            who=None,
            late=False,
        )
        for line in work.sessions(context.view, context.name_actions, mine, first=today, last=last)
    ]
    return tuple(
        sorted(items, key=lambda item: (item.day != today, not item.late, item.day, item.minute or 0, item.text))
    )
