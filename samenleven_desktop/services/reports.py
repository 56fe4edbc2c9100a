"""Fills reports with what the queries give, and has them written. A report says nothing that a query cannot repeat.

`coaching_data` and `session_data` are queries; `pdf_of` needs no work file and may run anywhere. ReportLab is only
imported when a report is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from samenleven_desktop.domain import money
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.rows import AgreementLine, CommitmentLine, Money, OfferUseLine, SessionLine
from samenleven_desktop.language import Language
from samenleven_desktop.reports.coaching import coaching_document
from samenleven_desktop.reports.data import CoachingReportData, SessionReportData
from samenleven_desktop.reports.session import session_document
from samenleven_desktop.reports.stimulus import StimulusOnPaper, StimulusReportData
from samenleven_desktop.services import choosing, kpi, offers, support
from samenleven_desktop.services.reading import Reading
from samenleven_desktop.services.stimuli import stimuli
from samenleven_desktop.services.workspace import Workspace
from samenleven_desktop.storage.queries import listing, reference, work

PERIOD_BACKWARD = N_("The period ends before it begins.")


def coaching_data(
    reading: Reading, government_id: str, first: date, last: date, personal: bool = True, year: int | None = None
) -> CoachingReportData:
    """A government or partnership from `first` to `last`, at the latest to today; KPIs as they stood on that day.

    The commitments are those of project year `year`, or of the year in which the period ends; they are the same as
    `kpi.list_commitments` gives on the last day. Without `personal` no word stays that could be about a person:
    report texts and the words of agreements.
    """
    if last < first:
        raise UserError(PERIOD_BACKWARD, field="period")
    # What lies after today was not yet so: a running project year is reported up to today.
    last = max(min(last, reading.today), first)
    then = replace(reading, today=last)
    project_year = choosing.project_year(then, year)
    government = reference.government(reading.view, government_id)
    commitments = sorted(
        kpi.list_commitments(then, project_year.number, [government_id]),
        key=lambda line: (line.action_number, line.target_code),
    )
    sessions = work.sessions(reading.view, [government_id], first, last)
    _, minutes, months = work.session_totals(reading.view, [government_id], first, last)
    agreements = _agreements_of(then, government_id, first, last)
    uses = offers.uses(reading, [government_id], first, last)
    return CoachingReportData(
        government_name=government.name,
        government_code=government.code,
        region=government.reference_region,
        plan_name=reading.plan.name,
        year_label=project_year.label,
        year_number=project_year.number,
        first=first,
        last=last,
        today=reading.today,
        commitments=tuple(commitments),
        sessions=tuple(sessions if personal else map(_without_words, sessions)),
        session_minutes=minutes,
        months=tuple(_every_month(dict(months), first, last)),
        agreements=tuple(agreements if personal else (replace(line, what="–") for line in agreements)),
        offer_uses=tuple(uses if personal else (replace(use, evaluation=None) for use in uses)),
        money=_money(reading, commitments, uses),
        practice=reading.practice,
    )


def session_data(reading: Reading, session_id: str) -> SessionReportData:
    """One session with its agreements and KPI entries. Raises UserError when it is not there."""
    line = support.session(reading, session_id)
    titles = {action.number: action.short_title for action in reading.plan.actions}
    counted = listing.session_commitments(reading.view, session_id)
    entries = [entry for entry in kpi.list_entries(reading, counted) if entry.session_id == session_id]
    return SessionReportData(
        plan_name=reading.plan.name,
        session=line,
        action_titles=tuple(titles[number] for number in line.action_numbers if number in titles),
        agreements=tuple(support.list_agreements(reading, session_id=session_id)),
        entries=tuple(entries),
        today=reading.today,
        practice=reading.practice,
    )


def pdf_of(data: CoachingReportData | SessionReportData, language: Language) -> bytes:
    """The finished file in the language of the report, which need not be that of the screen."""
    from samenleven_desktop.reports.pdf import write_pdf

    if isinstance(data, CoachingReportData):
        return write_pdf(coaching_document(data, language))
    return write_pdf(session_document(data, language))


def coaching_pdf(
    workspace: Workspace,
    government_id: str,
    first: date,
    last: date,
    language: Language,
    personal: bool = True,
    year: int | None = None,
) -> bytes:
    """The coaching report as PDF; see `coaching_data`."""
    return pdf_of(workspace.query(coaching_data, government_id, first, last, personal, year), language)


def session_pdf(workspace: Workspace, session_id: str, language: Language) -> bytes:
    """The session report as PDF."""
    return pdf_of(workspace.query(session_data, session_id), language)


def _agreements_of(reading: Reading, government_id: str, first: date, last: date) -> list[AgreementLine]:
    """Agreements as they stood on the last day: open ones by date, then those that were done in the period."""
    later = {line.id for line in work.sessions(reading.view, [government_id], first=last) if line.day > last}
    found = []
    for line in support.list_agreements(reading, government_id):
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


def _without_words(line: SessionLine) -> SessionLine:
    return replace(line, report="", officer=None)


def _every_month(counts: dict[date, int], first: date, last: date) -> Iterable[tuple[date, int]]:
    """Each month of the period with its sessions: a month without any is a fact too."""
    month = first.replace(day=1)
    while month <= last:
        yield month, counts.get(month, 0)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _money(reading: Reading, commitments: Sequence[CommitmentLine], uses: Sequence[OfferUseLine]) -> Money:
    granted = sum(line.amount_cents or 0 for line in commitments)
    advance, balance = money.advance_and_balance(granted, reading.plan.money_rules)
    return Money(
        granted_cents=granted,
        own_cents=money.own_contribution(granted, reading.plan.money_rules),
        advance_cents=advance,
        balance_cents=balance,
        paid_offers_cents=sum(use.price_cents or 0 for use in uses),
        paid_from_subsidy_cents=sum(use.price_cents or 0 for use in uses if use.paid_from == "subsidy"),
    )


def stimulus_data(reading: Reading, government_id: str | None, year: int | None = None) -> StimulusReportData:
    """The stimuli of one government with their reasons, or (None) of mine in short."""
    project_year = reading.year(year)
    found = stimuli(reading, project_year.number, None if government_id is None else [government_id])
    name = None if government_id is None else reference.government(reading.view, government_id).name
    return StimulusReportData(
        name=name,
        year_number=project_year.number,
        year_label=project_year.label,
        plan_name=reading.plan.name,
        today=reading.today,
        practice=reading.practice,
        lines=tuple(
            StimulusOnPaper(
                line.government_name,
                line.kind_name,
                line.outcome,
                line.state,
                line.amount_cents,
                line.amount_typed,
                line.conditions,
            )
            for line in found
        ),
        sources=reading.plan.sources,
    )


def stimulus_report(
    workspace: Workspace, government_id: str | None, year: int | None, language: Language, ending: str = ".pdf"
) -> bytes:
    """The explanation for a government, or the overview of mine, as PDF or (.xlsx) as a spreadsheet."""
    from samenleven_desktop.reports.stimulus import stimulus_document

    document = stimulus_document(workspace.query(stimulus_data, government_id, year), language)
    if ending == ".xlsx":
        from samenleven_desktop.reports.xlsx import write_xlsx

        return write_xlsx(document)
    from samenleven_desktop.reports.pdf import write_pdf

    return write_pdf(document)
