"""The rows of each list of records (i18n/record_lists.py): of one government, of one project year, or all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samenleven_desktop.domain.advice import KnownExample
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.domain.period import Period, PeriodKind
from samenleven_desktop.domain.stimulus import Outcome, StimulusState
from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.readmodels.core import (
    AgreementLine,
    CommitmentLine,
    GovernmentLine,
    KpiEntryLine,
    OfferUseLine,
    SessionLine,
    TrackChoice,
)
from samenleven_desktop.readmodels.instruments import InstrumentLine
from samenleven_desktop.readmodels.lists import MentorLine, PartnershipLine
from samenleven_desktop.readmodels.organisations import OrganisationLine, ServiceLine
from samenleven_desktop.readmodels.people import ContactLine
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments import queries as governments
from samenleven_desktop.services.governments import whole_lists as listing
from samenleven_desktop.services.instruments.queries import list_instruments
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.offers import advice
from samenleven_desktop.services.offers import queries as offers
from samenleven_desktop.services.organisations import queries as organisations
from samenleven_desktop.services.people import queries as people
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.services.stimuli import queries as stimuli


@dataclass(frozen=True)
class ListRequest:
    """The options of a list: one government (its code and ids), one project year, also those without work."""

    code: str | None = None
    ids: tuple[str, ...] | None = None
    year: int | None = None
    period: tuple[date | None, date | None] = (None, None)
    everything: bool = False

    def holds(self, day: date | None) -> bool:
        """Returns whether a day lies in the period; without a period every row is meant, also one without a day."""
        if day is None:
            return self.period == (None, None)
        return Period(PeriodKind.DAYS, *self.period).holds(day)

    def of(self, government_id: str) -> bool:
        return self.ids is None or government_id in self.ids


@dataclass(frozen=True)
class StimulusListRow:
    """A stimulus without its conditions, which `samenleven stimulus` prints; `id` is that of the candidacy."""

    year: int
    government_code: str
    government_name: str
    kind: str
    kind_name: str
    outcome: Outcome
    state: StimulusState | None
    amount_cents: int | None
    amount_typed: bool
    id: str | None
    action_number: int | None = None
    linked_actions: tuple[int, ...] = ()
    learning_network: bool | None = None
    decided_on: date | None = None
    note: str | None = None


def _governments(context: QueryContext, request: ListRequest) -> Sequence[GovernmentLine]:
    ask = listing.all_governments if request.everything else _with_work
    return [line for line in ask(context, request.year) if request.of(line.id)]


def _with_work(context: QueryContext, year: int | None) -> list[GovernmentLine]:
    return governments.list_governments(context, year, mine=False)


def _stimuli(context: QueryContext, request: ListRequest) -> Sequence[StimulusListRow]:
    """Returns the stimuli of the governments with work in this file, in one project year (default: the current)."""
    year = request.year or context.year().number
    wanted = request.ids if request.ids is not None else [line.id for line in _governments(context, request)]
    records = {one.id: one for one in stimuli.candidacies(context)}
    return [_stimulus(one, records) for one in stimuli.stimuli(context, year, wanted)]


def _stimulus(line: stimuli.StimulusLine, records: Mapping[str, stimuli.Candidacy]) -> StimulusListRow:
    record = records.get(line.record_id or "")
    return StimulusListRow(
        line.year,
        line.government_code,
        line.government_name,
        line.kind,
        line.kind_name,
        line.outcome,
        line.state,
        line.amount_cents,
        line.amount_typed,
        line.record_id,
        line.action_number,
        line.linked_actions,
        record.learning_network if record else None,
        record.decided_on if record else None,
        record.note if record else None,
    )


def _sessions(context: QueryContext, request: ListRequest) -> Sequence[SessionLine]:
    return listing.sessions_of_year(context, request.ids, *request.period)


def _offers(context: QueryContext, _request: ListRequest) -> Sequence[OfferLine]:
    return offers.list_offers(context)


def _uses(context: QueryContext, request: ListRequest) -> Sequence[OfferUseLine]:
    first, last = request.period
    return listing.list_uses(context, request.ids, first or date.min, last or date.max)


def _commitments(context: QueryContext, request: ListRequest) -> Sequence[CommitmentLine]:
    found = kpi.list_commitments(context, request.year, request.ids)
    return sorted(found, key=lambda line: (sort_key(line.government_name), line.year))


def _entries(context: QueryContext, request: ListRequest) -> Sequence[KpiEntryLine]:
    found = listing.entries_of(context, _commitments(context, request))
    # A year means the commitments of that year, whatever the day of the entry; a period means days.
    return found if request.year is not None else [line for line in found if request.holds(line.day)]


def _follow_ups(context: QueryContext, request: ListRequest) -> Sequence[AgreementLine]:
    return [
        line
        for line in support.list_agreements(context)
        if request.of(line.government_id) and (request.holds(line.due) or request.holds(line.done_on))
    ]


def _partnerships(context: QueryContext, request: ListRequest) -> Sequence[PartnershipLine]:
    """With a government: returns that partnership itself, or those it is or was a member of."""
    return [
        line
        for line in listing.list_partnerships(context)
        if request.of(line.id) or any(request.of(member.government_id) for member in line.members)
    ]


def _organisations(context: QueryContext, request: ListRequest) -> Sequence[OrganisationLine]:
    """With a government: returns that organisation itself, or those that serve or served it."""
    return [
        line
        for line in organisations.list_organisations(context)
        if request.of(line.id) or any(request.of(one.government_id) for one in line.services)
    ]


def _services(context: QueryContext, request: ListRequest) -> Sequence[ServiceLine]:
    return organisations.services(context, request.ids)


def _mentors(context: QueryContext, request: ListRequest) -> Sequence[MentorLine]:
    return [
        line for line in listing.list_mentors(context) if request.code is None or request.code == line.government_code
    ]


def _examples(context: QueryContext, _request: ListRequest) -> Sequence[KnownExample]:
    return sorted(advice.known_examples(context), key=lambda line: (line.action_number, sort_key(line.title)))


def _instruments(context: QueryContext, request: ListRequest) -> Sequence[InstrumentLine]:
    """With a period: those with a deadline or a last day in it."""
    return [
        line
        for line in list_instruments(context, request.ids)
        if request.holds(line.deadline) or (line.end is not None and request.holds(line.end))
    ]


def _tracks(context: QueryContext, request: ListRequest) -> Sequence[TrackChoice]:
    first, last = request.period
    return [
        line
        for line in support.list_tracks(context)
        if request.of(line.government_id)
        and (last is None or line.start <= last)
        and (first is None or line.end is None or line.end >= first)
    ]


def _contacts(context: QueryContext, request: ListRequest) -> Sequence[ContactLine]:
    return [line for line in people.list_contacts(context) if request.ids is None or line.government_id in request.ids]


@dataclass(frozen=True)
class RecordQuery:
    """Asks for the rows of a list; `line` is their class."""

    line: type[Any]
    ask: Callable[[QueryContext, ListRequest], Sequence[Any]]


RECORDS: Mapping[str, RecordQuery] = {
    "governments": RecordQuery(GovernmentLine, _governments),
    "sessions": RecordQuery(SessionLine, _sessions),
    "offers": RecordQuery(OfferLine, _offers),
    "uses": RecordQuery(OfferUseLine, _uses),
    "commitments": RecordQuery(CommitmentLine, _commitments),
    "entries": RecordQuery(KpiEntryLine, _entries),
    "follow-ups": RecordQuery(AgreementLine, _follow_ups),
    "stimuli": RecordQuery(StimulusListRow, _stimuli),
    "partnerships": RecordQuery(PartnershipLine, _partnerships),
    "organisations": RecordQuery(OrganisationLine, _organisations),
    "services": RecordQuery(ServiceLine, _services),
    "mentors": RecordQuery(MentorLine, _mentors),
    "examples": RecordQuery(KnownExample, _examples),
    "instruments": RecordQuery(InstrumentLine, _instruments),
    "tracks": RecordQuery(TrackChoice, _tracks),
    "contacts": RecordQuery(ContactLine, _contacts),
}


def kind_of(row: object) -> str | None:
    """Returns the kind of list that has such rows; None for rows that are no records."""
    return next((kind for kind, one in RECORDS.items() if type(row) is one.line), None)


def by_reference(context: QueryContext, kind: str) -> dict[str, Any]:
    """Returns every record of a kind by its id."""
    if kind == "stimuli":
        records = {one.id: one for one in stimuli.candidacies(context)}
        of_year: dict[int, set[str]] = {}
        for one in records.values():
            of_year.setdefault(one.year, set()).add(one.government_id)
        lines = [line for year, wanted in of_year.items() for line in stimuli.stimuli(context, year, wanted)]
        found = [_stimulus(line, records) for line in lines]
    else:
        found = list(RECORDS[kind].ask(context, ListRequest()))
    return {one.id: one for one in found if one.id is not None}
