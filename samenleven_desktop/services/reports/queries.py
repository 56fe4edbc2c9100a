"""Collects the data of reports from the queries. A report contains only what a query returns.

Each function here is a query for one report of one government or session; `services.reports.kinds` chooses among them
and has the documents rendered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.readmodels.core import AgreementLine, SessionLine
from samenleven_desktop.reports.data import CoachingReportData, SessionReportData, StimulusOnPaper
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.instruments.queries import instruments_for
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.kpi.money import money_of
from samenleven_desktop.services.offers import queries as offers
from samenleven_desktop.services.organisations.queries import services
from samenleven_desktop.services.people import queries as people
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.services.stimuli.queries import StimulusLine, stimuli
from samenleven_desktop.storage.queries import kpi as stored
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.queries import sessions as work

PERIOD_BACKWARD = N_("The period ends before it begins.")


def coaching_data(
    context: QueryContext, government_id: str, first: date, last: date, personal: bool = True, year: int | None = None
) -> CoachingReportData:
    """Returns the data of a government or partnership from `first` to `last`, at most until today; KPIs as of that day.

    The commitments are those of project year `year`, or of the year in which the period ends; they equal the result of
    `kpi.list_commitments` on the last day. Without `personal` all text that could be about a person is removed: report
    texts and the texts of agreements.
    """
    last = last_day(context, first, last)
    then = replace(context, today=last)
    project_year = then.year(year)
    government = reference.government(context.view, government_id)
    commitments = sorted(
        kpi.list_commitments(then, project_year.number, [government_id]),
        key=lambda line: (line.action_number, line.target_code),
    )
    sessions = work.sessions(context.view, context.name_actions, [government_id], first, last)
    agreements = _agreements_of(then, government_id, first, last)
    uses = offers.uses(context, [government_id], first, last)
    return CoachingReportData(
        government_name=government.name,
        government_code=government.code,
        region=government.reference_region,
        plan_name=context.plan.name,
        year_label=project_year.label,
        first=first,
        last=last,
        today=context.today,
        commitments=tuple(commitments),
        sessions=tuple(sessions if personal else map(without_words, sessions)),
        session_minutes=sum(line.minutes for line in sessions),
        months=tuple(_every_month(sessions, first, last)),
        agreements=tuple(agreements if personal else map(without_agreement_text, agreements)),
        offer_uses=tuple(uses if personal else (replace(use, evaluation=None) for use in uses)),
        money=money_of(context, commitments, uses),
        stimuli=tuple(map(on_paper, stimuli(then, project_year.number, [government_id]))),
        tracks=tuple(support.list_tracks(context, government_id)),
        contacts=tuple(
            one for one in people.list_contacts(context, [government_id]) if personal and one.government_id is not None
        ),
        practice=context.practice,
        instruments=tuple(instruments_for(then, government_id)),
        services=tuple(one for one in services(then, [government_id]) if one.holds_between(first, last)),
        government_id=government_id,
        pays=context.plan.pays_governments or any(line.amount_cents for line in commitments),
    )


def session_data(context: QueryContext, session_id: str, personal: bool = True) -> SessionReportData:
    """Returns one session with its agreements and KPI entries. Raises UserError if it does not exist."""
    line = support.session(context, session_id)
    counted = stored.session_commitments(context.view, session_id)
    entries = [entry for entry in kpi.list_entries(context, counted) if entry.session_id == session_id]
    agreements = support.list_agreements(context, session_id=session_id)
    return SessionReportData(
        plan_name=context.plan.name,
        session=line if personal else without_words(line),
        action_titles=tuple(one.title for one in line.actions if one.title),
        agreements=tuple(agreements if personal else map(without_agreement_text, agreements)),
        entries=tuple(entries),
        today=context.today,
        practice=context.practice,
    )


def last_day(context: QueryContext, first: date, last: date) -> date:
    """Limits the period to today: a running project year is reported up to today. Raises UserError."""
    if last < first:
        raise UserError(PERIOD_BACKWARD, field="period")
    return max(min(last, context.today), first)


def without_words(line: SessionLine) -> SessionLine:
    """Returns a session without its texts and its author."""
    return replace(line, report="", officer=None)


def without_agreement_text(line: AgreementLine) -> AgreementLine:
    return replace(line, what="–")


def on_paper(line: StimulusLine) -> StimulusOnPaper:
    return StimulusOnPaper(
        line.government_name,
        line.kind_name,
        line.outcome,
        line.state,
        line.amount_cents,
        line.amount_typed,
        line.conditions,
    )


def _agreements_of(context: QueryContext, government_id: str, first: date, last: date) -> list[AgreementLine]:
    """Returns agreements as of the last day: open ones by date, then those done in the period."""
    later = {
        line.id
        for line in work.sessions(context.view, context.name_actions, [government_id], first=last)
        if line.day > last
    }
    found = []
    for line in support.list_agreements(context, government_id):
        if line.session_id in later or (line.done_on is not None and line.done_on < first):
            continue
        if line.done_on is not None and line.done_on > last:
            line = replace(line, done_on=None, late=line.due is not None and line.due < last)
        found.append(line)
    still_open = [line for line in found if line.done_on is None]
    done = [line for line in found if line.done_on is not None]
    return [
        *sorted(still_open, key=lambda line: (line.due is None, line.due or last)),
        *sorted(done, key=lambda line: line.done_on or last, reverse=True),
    ]


def _every_month(sessions: Sequence[SessionLine], first: date, last: date) -> Iterable[tuple[date, int]]:
    """Returns each month of the period with its sessions, including months without any."""
    month = first.replace(day=1)
    while month <= last:
        yield month, sum(line.day.replace(day=1) == month for line in sessions)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
