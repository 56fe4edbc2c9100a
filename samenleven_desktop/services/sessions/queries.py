"""Queries about support: sessions, agreements, tracks, and the choices in the session form."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.readmodels.core import (
    AgreementLine,
    CommitmentLine,
    OfferChoice,
    SessionLine,
    SessionOptions,
    SessionTotals,
    TrackChoice,
)
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.storage.queries import applicants, offers, reference
from samenleven_desktop.storage.queries import sessions as work

WITHOUT_CONTACT_DAYS = 60


def list_sessions(
    context: QueryContext,
    government_id: str | None = None,
    first: date | None = None,
    last: date | None = None,
    limit: int | None = None,
    mine: bool = False,
) -> list[SessionLine]:
    """Returns sessions, newest first; of one government or of all of mine, in a period."""
    governments = None if government_id is None else [government_id]
    if mine:
        governments = list(work.assigned(context.view, context.officer_id, context.today))
    return work.sessions(context.view, context.name_actions, governments, first, last, limit=limit)


def sessions_of(context: QueryContext, government_ids: Sequence[str], first: date, last: date) -> list[SessionLine]:
    """Returns the sessions of a period with any of these governments, without duplicates, newest first."""
    return work.sessions(context.view, context.name_actions, government_ids, first, last)


def totals(context: QueryContext, first: date, last: date, mine: bool = False) -> SessionTotals:
    """Returns the given and the planned sessions in a period, of all or of my governments, and how many lie outside.

    The one count of sessions: Start, lists and reports use it, or the rows that it counts.
    """
    governments = work.assigned(context.view, context.officer_id, context.today) if mine else None
    given, minutes, planned = work.session_totals(context.view, governments, first, last, context.today)
    return SessionTotals(given, minutes, planned, work.session_count(context.view, governments) - given - planned)


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
    """Returns the commitments, tracks and last session of these governments, also through partnerships and
    organisations."""
    around = applicants.around(context.view, government_ids, day)
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
