"""`samenleven list KIND`: complete lists, filtered by cells. The filter matches every value of a row, as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samenleven_desktop.cli import table_columns
from samenleven_desktop.cli.invocation import Call
from samenleven_desktop.cli.kpi import COMMITMENT_COLUMNS
from samenleven_desktop.cli.list_request import ListRequest
from samenleven_desktop.cli.output import TextColumn, plain, print_json, print_text, table
from samenleven_desktop.domain.advice import KnownExample
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.domain.stimulus import Outcome, StimulusState
from samenleven_desktop.domain.text import fold
from samenleven_desktop.i18n.labels import COSTS, OUTCOMES, PARTIES, PAYERS, STIMULUS_STATES, UNCOUNTED
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.list_columns import SESSIONS
from samenleven_desktop.readmodels.core import (
    AgreementLine,
    CommitmentLine,
    GovernmentLine,
    KpiEntryLine,
    OfferUseLine,
    SessionLine,
    TrackChoice,
)
from samenleven_desktop.readmodels.lists import MentorLine, PartnershipLine
from samenleven_desktop.readmodels.people import ContactLine
from samenleven_desktop.services.core import lookup
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments import lists as listing
from samenleven_desktop.services.governments import queries as governments
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.offers import advice
from samenleven_desktop.services.offers import queries as offers
from samenleven_desktop.services.people import queries as people
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.services.stimuli import queries as stimuli


@dataclass(frozen=True)
class ListKind:
    """A list: its query, its columns, and the options it supports."""

    title: str
    ask: Callable[[QueryContext, ListRequest], Sequence[Any]]
    columns: Sequence[TextColumn]
    options: frozenset[str] = frozenset({"government", "year"})


@dataclass(frozen=True)
class Found:
    """The rows of a list with date and officer, and whether it is practice data."""

    rows: list[Any]
    today: date
    practice: bool
    officer: str | None


def list_kind(call: Call) -> int:
    """Prints a list as a table, or as one JSON document with the rows under the name of the kind."""
    options, kind = call.options, KINDS[call.options.kind]
    found = rows_of(call, kind)
    rows, today, practice = found.rows, found.today, found.practice
    name = options.kind.replace("-", "_")
    if call.json:
        print_json({"kind": name, "today": today, "practice": practice, "count": len(rows), name: rows})
        return 0
    language = call.language
    if practice:
        print_text(language.text("Practice file, invented figures"))
    if rows:
        print_text(table(language, kind.columns, rows))
    print_text(language.plural("{n} line", "{n} lines", len(rows)))
    if not rows and options.kind == "governments" and not options.all:
        print_text(language.text("With --all you also see the governments without work in this file."))
    return 0


def rows_of(call: Call, kind: ListKind) -> Found:
    """Returns the requested rows. Raises UserError for options that this list does not support."""
    options = call.options
    if options.year is not None and options.period is not None:
        raise UserError(N_("Name a project year or a period, not both."), field="period")
    for name in ("government", "year", "period"):
        if getattr(options, name) is not None and name not in kind.options:
            raise UserError(
                N_("--{option} means nothing for the list {kind}."), field=name, option=name, kind=options.kind
            )
    with call.workspace() as workspace:
        today, practice = workspace.today, workspace.practice_date is not None
        rows, officer = workspace.query(_query, call, kind), workspace.query(support.officer_label)
    if options.filter:
        rows = [row for row in rows if _holds(options.filter, row, kind.columns, call.language)]
    return Found(rows, today, practice, officer)


def _query(context: QueryContext, call: Call, kind: ListKind) -> list[Any]:
    options = call.options
    context = lookup.in_plan(context, call.plan, options.year)
    year = None if options.year is None else lookup.project_year(context, options.year)
    code = options.government
    request = ListRequest(
        code=code,
        ids=None if code is None else tuple(one.id for one in lookup.governments_with_code(context, code)),
        year=None if year is None else year.number,
        period=options.period or ((None, None) if year is None else (year.start, year.end)),
        everything=options.all,
    )
    return list(kind.ask(context, request))


def _holds(wanted: str, row: object, columns: Sequence[TextColumn], language: Language) -> bool:
    """Returns whether every word occurs in the row: in its codes and texts, or in the table cells."""
    shown = [column.cell(language, row) for column in columns]
    everywhere = fold(" ".join([*shown, *_texts(plain(row))]))
    return all(word in everywhere for word in fold(wanted).split())


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


# The lists


def _governments(context: QueryContext, request: ListRequest) -> Sequence[GovernmentLine]:
    ask = listing.all_governments if request.everything else _with_work
    return [line for line in ask(context, request.year) if request.of(line.id)]


@dataclass(frozen=True)
class StimulusListRow:
    """A stimulus without its conditions, which `samenleven stimulus` prints."""

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


def _stimuli(context: QueryContext, request: ListRequest) -> Sequence[StimulusListRow]:
    """Returns the stimuli of the governments with work in this file, in one project year (default: the current)."""
    year = request.year or context.year().number
    wanted = request.ids if request.ids is not None else [line.id for line in _governments(context, request)]
    return [
        StimulusListRow(
            one.year,
            one.government_code,
            one.government_name,
            one.kind,
            one.kind_name,
            one.outcome,
            one.state,
            one.amount_cents,
            one.amount_typed,
            one.record_id,
        )
        for one in stimuli.stimuli(context, year, wanted)
    ]


def _with_work(context: QueryContext, year: int | None) -> list[GovernmentLine]:
    return governments.list_governments(context, year, mine=False)


def _sessions(context: QueryContext, request: ListRequest) -> Sequence[SessionLine]:
    return listing.sessions_of_year(context, request.ids, *request.period)


def _offers(context: QueryContext, _wish: ListRequest) -> Sequence[OfferLine]:
    return offers.list_offers(context)


def _uses(context: QueryContext, request: ListRequest) -> Sequence[OfferUseLine]:
    first, last = request.period
    return listing.list_uses(context, request.ids, first or date.min, last or date.max)


def _commitments(context: QueryContext, request: ListRequest) -> Sequence[CommitmentLine]:
    found = kpi.list_commitments(context, request.year, request.ids)
    return sorted(found, key=lambda line: (fold(line.government_name), line.year))


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


def _mentors(context: QueryContext, request: ListRequest) -> Sequence[MentorLine]:
    return [
        line for line in listing.list_mentors(context) if request.code is None or request.code == line.government_code
    ]


def _examples(context: QueryContext, _wish: ListRequest) -> Sequence[KnownExample]:
    return sorted(advice.known_examples(context), key=lambda line: (line.action_number, fold(line.title)))


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


def _members(line: PartnershipLine, *, now: bool) -> str:
    return ", ".join(member.government_name for member in line.members if (member.until is None) is now)


_DAYS = frozenset({"government", "year", "period"})
KINDS: dict[str, ListKind] = {
    "governments": ListKind(
        N_("Governments"),
        _governments,
        [
            table_columns.free(N_("code"), lambda row: row.code),
            table_columns.free(N_("name"), lambda row: row.name),
            table_columns.coded(N_("kind"), table_columns.GOVERNMENT_KINDS, lambda row: row.kind),
            table_columns.free(N_("region"), lambda row: row.reference_region),
            table_columns.free(N_("partnership"), lambda row: row.partnership),
            table_columns.number(N_("reached"), lambda row: row.states.reached),
            table_columns.number(N_("on course"), lambda row: row.states.on_course),
            table_columns.number(N_("behind"), lambda row: row.states.behind),
            table_columns.number(N_("at risk"), lambda row: row.states.at_risk),
            table_columns.number(N_("no entry yet"), lambda row: row.states.no_entry),
            table_columns.number(N_("jury"), lambda row: row.states.jury),
            table_columns.day(N_("last contact"), lambda row: row.last_contact),
            table_columns.number(N_("open"), lambda row: row.open_agreements),
            table_columns.number(N_("late"), lambda row: row.late_agreements),
        ],
    ),
    "sessions": ListKind(
        N_("Sessions"),
        _sessions,
        [table_columns.of(one) for one in SESSIONS.command_line],
        _DAYS,
    ),
    "offers": ListKind(
        N_("Offers"),
        _offers,
        [
            table_columns.free(N_("organisation"), lambda row: row.organisation, 40),
            table_columns.free(N_("title"), lambda row: row.title, 50),
            table_columns.coded(N_("cost"), COSTS, lambda row: row.cost),
            table_columns.amount(N_("price"), lambda row: row.price_cents),
            TextColumn(
                N_("actions"),
                lambda lang, row: lang.text("all actions") if row.all_actions else ", ".join(row.actions),
            ),
        ],
        frozenset(),
    ),
    "uses": ListKind(
        N_("Offers in use"),
        _uses,
        [
            table_columns.day(N_("start"), lambda row: row.start),
            table_columns.day(N_("end"), lambda row: row.end),
            table_columns.free(N_("government"), lambda row: row.government_name),
            table_columns.free(N_("offer"), lambda row: row.offer_title, 40),
            table_columns.coded(N_("cost"), COSTS, lambda row: row.cost),
            table_columns.free(N_("action"), lambda row: row.action),
            table_columns.amount(N_("price"), lambda row: row.price_cents),
            table_columns.coded(N_("paid from"), PAYERS, lambda row: row.paid_from),
            table_columns.number(N_("expected"), lambda row: row.expected_units),
            table_columns.number(N_("real"), lambda row: row.real_units),
        ],
        _DAYS,
    ),
    "commitments": ListKind(
        N_("Commitments"),
        _commitments,
        [table_columns.number(N_("year"), lambda row: row.year), *COMMITMENT_COLUMNS],
    ),
    "entries": ListKind(
        N_("KPI entries"),
        _entries,
        [
            table_columns.day(N_("date"), lambda row: row.day),
            table_columns.free(N_("government"), lambda row: row.government_name),
            table_columns.free(N_("member"), lambda row: row.member_name),
            table_columns.free(N_("action"), lambda row: row.action),
            table_columns.free(N_("target"), lambda row: row.target_label, 36),
            table_columns.coded(N_("kind"), table_columns.ENTRY_KINDS, lambda row: row.kind),
            table_columns.number(N_("number"), lambda row: row.units),
            table_columns.coded(N_("does not count"), UNCOUNTED, lambda row: row.uncounted),
            table_columns.free(N_("note"), lambda row: row.note, 40),
        ],
        _DAYS,
    ),
    "follow-ups": ListKind(
        N_("Agreements"),
        _follow_ups,
        [
            table_columns.day(N_("by"), lambda row: row.due),
            table_columns.free(N_("government"), lambda row: row.government_name),
            table_columns.coded(N_("who"), PARTIES, lambda row: row.who),
            table_columns.free(N_("what"), lambda row: row.what, 60),
            table_columns.day(N_("done on"), lambda row: row.done_on),
            TextColumn(N_("late"), lambda lang, row: lang.text("late") if row.late else ""),
        ],
        frozenset({"government", "period"}),
    ),
    "stimuli": ListKind(
        N_("Stimuli"),
        _stimuli,
        [
            table_columns.number(N_("year"), lambda row: row.year),
            table_columns.free(N_("code"), lambda row: row.government_code),
            table_columns.free(N_("government"), lambda row: row.government_name),
            table_columns.free(N_("stimulus"), lambda row: row.kind_name),
            table_columns.coded(N_("outcome"), OUTCOMES, lambda row: row.outcome),
            table_columns.coded(N_("state"), STIMULUS_STATES, lambda row: row.state),
            table_columns.amount(N_("amount"), lambda row: row.amount_cents),
        ],
    ),
    "partnerships": ListKind(
        N_("Partnerships"),
        _partnerships,
        [
            table_columns.free(N_("code"), lambda row: row.code),
            table_columns.free(N_("name"), lambda row: row.name),
            table_columns.free(N_("region"), lambda row: row.reference_region),
            table_columns.free(N_("applicant"), lambda row: row.applicant_name),
            table_columns.free(N_("members"), lambda row: _members(row, now=True)),
            table_columns.free(N_("earlier members"), lambda row: _members(row, now=False)),
        ],
        frozenset({"government"}),
    ),
    "mentors": ListKind(
        N_("Mentor governments"),
        _mentors,
        [
            table_columns.number(N_("action"), lambda row: row.action_number),
            table_columns.free(N_("title"), lambda row: row.action_title, 50),
            table_columns.free(N_("code"), lambda row: row.government_code),
            table_columns.free(N_("name"), lambda row: row.government_name),
            table_columns.known(N_("learning network"), lambda row: row.learning_network),
        ],
        frozenset({"government"}),
    ),
    "examples": ListKind(
        N_("Inspiring examples"),
        _examples,
        [
            table_columns.number(N_("action"), lambda row: row.action_number),
            table_columns.free(N_("title"), lambda row: row.title, 60),
            table_columns.free(N_("note"), lambda row: row.note, 50),
            table_columns.free(N_("source"), lambda row: row.source, 40),
        ],
        frozenset(),
    ),
    "tracks": ListKind(
        N_("Tracks"),
        _tracks,
        [
            table_columns.free(N_("government"), lambda row: row.government_name),
            table_columns.free(N_("title"), lambda row: row.title, 40),
            table_columns.day(N_("start"), lambda row: row.start),
            table_columns.day(N_("end"), lambda row: row.end),
            table_columns.number(N_("sessions"), lambda row: row.sessions),
            table_columns.number(N_("planned minutes"), lambda row: row.planned_minutes),
            table_columns.number(N_("used minutes"), lambda row: row.used_minutes),
        ],
        frozenset({"government"}),
    ),
    "contacts": ListKind(
        N_("Contacts"),
        _contacts,
        [
            table_columns.free(N_("name"), lambda row: row.name),
            table_columns.free(N_("function"), lambda row: row.role),
            table_columns.free(N_("government"), lambda row: row.government_name),
            table_columns.free(N_("organisation"), lambda row: row.organisation),
            table_columns.free(N_("e-mail"), lambda row: row.email),
            table_columns.free(N_("phone number"), lambda row: row.phone),
            table_columns.day(N_("last seen"), lambda row: row.last_seen),
        ],
        frozenset({"government"}),
    ),
}
