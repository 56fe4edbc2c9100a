"""All kinds of reports: from the options of the user to a document, and from a document to a file.

Used by the window, the command line and batches, so that the preview equals what is saved and printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.government import Followed, Government
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.plan import ProjectYear, calendar_year
from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.i18n.government_labels import followed_words
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.long_texts import count_too_long
from samenleven_desktop.interchange.tables.writer import write_table
from samenleven_desktop.readmodels.core import AgreementLine, CommitmentLine, OfferUseLine, SessionLine
from samenleven_desktop.readmodels.organisations import ServiceLine
from samenleven_desktop.reports.action import action_blocks
from samenleven_desktop.reports.coaching import coaching_blocks
from samenleven_desktop.reports.document import Block, Document, texts
from samenleven_desktop.reports.handover import DossierParts, handover_blocks, motivation_blocks
from samenleven_desktop.reports.overviews import (
    OffersOnPaper,
    activity_blocks,
    kpi_blocks,
    offers_blocks,
    week_blocks,
)
from samenleven_desktop.reports.report_kinds import REPORT_KINDS, SectionKind
from samenleven_desktop.reports.session import session_document
from samenleven_desktop.reports.stimulus import explanation_blocks, overview_blocks
from samenleven_desktop.reports.template import ReportHeader, as_chapters
from samenleven_desktop.reports.visit import visit_blocks
from samenleven_desktop.services.actions.queries import action_pages
from samenleven_desktop.services.core import lookup
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.instruments.queries import list_instruments
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.offers import advice
from samenleven_desktop.services.offers import queries as offers
from samenleven_desktop.services.organisations.queries import services
from samenleven_desktop.services.people import queries as people
from samenleven_desktop.services.reports import queries as reports
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.reports.sender import with_sender
from samenleven_desktop.services.reports.sheet import sheet_of
from samenleven_desktop.services.sessions import agenda
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.services.stimuli.queries import stimuli
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.queries import reference

ENDINGS = (".pdf", ".xlsx", ".ods", ".csv")
NEEDS_GOVERNMENT = N_("Say of which government this report is.")
NEEDS_SESSION = N_("Say of which session this report is.")
MINE = N_("My governments ({n})")
_NAMED = 3
_ABOUT_DAYS = ("coaching", "visit", "handover", "motivation", "offers", "activity", "action")


@dataclass(frozen=True)
class _Resolved:
    """A request resolved for this file and today; `then` is the context as of the last day of the period."""

    request: ReportRequest
    context: QueryContext
    then: QueryContext
    year: ProjectYear
    governments: tuple[Government, ...]
    frame: ReportHeader
    language: Language
    without: frozenset[str]

    @property
    def ids(self) -> list[str]:
        return [one.id for one in self.governments]


def document_of(context: QueryContext, request: ReportRequest, language: Language) -> Document:
    """Returns the document of a kind, with its sender. Raises UserError if its subject cannot be determined."""
    return with_sender(_document(context, request, language), context, request, language)


def _document(context: QueryContext, request: ReportRequest, language: Language) -> Document:
    if request.without is None:
        request = replace(request, without=REPORT_KINDS[request.kind].left_out)
    if request.kind == "session":
        if request.session_id is None:
            raise UserError(NEEDS_SESSION, field="session")
        data = reports.session_data(context, request.session_id, request.personal)
        return session_document(data, language, request.without or ())
    if request.kind == "action":
        return _action_document(context, request, language)
    resolved = _resolve(context, request, language)
    frame, text = resolved.frame, language.text
    year = _year_words(resolved, language)
    subtitle = None if REPORT_KINDS[request.kind].of_a_period else f"{frame.about} · {year} · {frame.period(language)}"
    if not REPORT_KINDS[request.kind].of_one:
        many = _MANY[request.kind](resolved)
        contents = request.kind == "kpi" and len(resolved.governments) > _NAMED
        return frame.document(
            text(REPORT_KINDS[request.kind].title), language, many, subtitle, _filter(resolved), contents
        )
    make = partial(_ONE[request.kind], resolved)
    if len(resolved.governments) == 1:
        blocks = make(resolved.governments[0])
    else:
        blocks = as_chapters([(one.name, make(one)) for one in resolved.governments])
    title = text(REPORT_KINDS[request.kind].title)
    if request.kind == "coaching" and len(resolved.governments) == 1:
        title = text("Coaching report {name}", name=frame.about)
        subtitle = f"{year[:1].upper()}{year[1:]} · {frame.period(language)}"
    contents = len(resolved.governments) > 1
    return frame.document(title, language, blocks, subtitle, _filter(resolved), contents)


def _action_document(context: QueryContext, request: ReportRequest, language: Language) -> Document:
    """Returns the sheet of an action, under the plan it belongs to; without an action a chapter for each of the plan.

    Raises UserError if no plan of this file has the action.
    """
    plan = context.plan if request.action_id is None else context.plan_of_action(request.action_id)
    if plan is None:
        raise UserError(N_("No plan in this file has this action."), field="action")
    if request.action_id is not None:
        # A year of another plan means nothing here; its days do.
        if isinstance(request.year, str) and all(request.year != year.id for year in plan.years):
            days = context.at(request.year)[1]
            request = replace(request, year=None, period=request.period or (days.start, days.end))
        context = replace(context.within(plan), named=True)
    resolved = _resolve(context, request, language)
    frame, context = resolved.frame, resolved.context
    chosen = [one for one in context.plan.actions if request.action_id in (None, one.id)]
    pages = action_pages(context, chosen, resolved.ids, (frame.first, frame.last))
    blocks = [action_blocks(page, language, resolved.without, request.personal) for page in pages]
    names = [f"{one.number} {one.short_title}" for one in chosen]
    if len(pages) == 1:
        document = frame.document(names[0], language, blocks[0], None, _filter(resolved))
        return replace(document, about=names[0])
    title = language.text("Action sheets")
    return frame.document(
        title, language, as_chapters(list(zip(names, blocks, strict=True))), None, _filter(resolved), contents=True
    )


def _year_words(resolved: _Resolved, language: Language) -> str:
    """Returns project year 2; with the plan if this file has several in use."""
    context = resolved.context
    if not context.plan.years:
        return language.text("No plan in use")
    words = language.text("project year {n}", n=str(resolved.year.number))
    if len(context.plan.years) == 1:
        return f"{context.plan.short_name} {resolved.year.label}"
    return f"{context.plan.short_name}, {words}" if len(context.plans.in_use) > 1 else words


def _resolve(context: QueryContext, request: ReportRequest, language: Language) -> _Resolved:
    context, first, last, year = plan_and_period(context, request)
    request = replace(request, year=year.number)
    mine = support.assigned_ids(context)
    if REPORT_KINDS[request.kind].of_one and not request.government_ids and not mine:
        raise UserError(NEEDS_GOVERNMENT, field="government")
    if request.government_ids:
        found = [reference.government(context.view, id_) for id_ in dict.fromkeys(request.government_ids)]
    else:
        found = list(reference.governments_by_id(context.view, mine).values())
    governments = tuple(sorted(found, key=lambda one: (sort_key(one.name), one.code)))
    if not request.government_ids:
        about = language.text(MINE, n=language.number(len(governments)))
    elif len(governments) > _NAMED:
        about = followed_words(language, Followed.of(one.kind for one in governments))
    else:
        about = language.listing([one.name for one in governments])
    frame = ReportHeader(
        context.plan.name or language.text("No plan in use"), about, first, last, context.today, context.practice
    )
    then = replace(context, today=min(last, context.today))
    return _Resolved(request, context, then, year, governments, frame, language, request.without or frozenset())


def plan_and_period(context: QueryContext, request: ReportRequest) -> tuple[QueryContext, date, date, ProjectYear]:
    """Returns the plan at hand, the first and last day of a report, and its project year. Raises UserError.

    Without a year, the plan that counts on the last day of the period; without a period either, and with no plan that
    runs today, the calendar year for reports that are about days.
    """
    if request.period is not None:
        first, last = request.period
        end = reports.last_day(context, first, last)
        context, year = lookup.plan_and_year(context, request.year, end)
    else:
        context, year = lookup.plan_and_year(context, request.year, context.today)
        first, last = year.start, year.end
        if request.year is None and not first <= context.today <= last and request.kind in _ABOUT_DAYS:
            whole = calendar_year(context.today)
            first, last = whole.start, whole.end
        if request.kind == "week":
            first = context.today - timedelta(days=context.today.weekday())
            last = first + timedelta(days=6)
        end = reports.last_day(context, first, last)
    # The agenda covers the future; every other report ends today.
    return context, first, last if request.kind == "week" else end, year


def _filter(resolved: _Resolved) -> str:
    """Returns the filter that reproduces the report: codes of the governments, if few, and the project year."""
    words = ""
    if resolved.request.government_ids and len(resolved.governments) <= _NAMED:
        words += f" ({', '.join(one.code for one in resolved.governments)})"
    if not REPORT_KINDS[resolved.request.kind].of_a_period:
        words += f", {_year_words(resolved, resolved.language)}"
    return words


# Reports of one government


def _coaching(resolved: _Resolved, government: Government) -> list[Block]:
    first, last = resolved.frame.first, resolved.frame.last
    data = reports.coaching_data(
        resolved.context, government.id, first, last, resolved.request.personal, resolved.year.number
    )
    return coaching_blocks(data, resolved.language, resolved.without)


def _explanation(resolved: _Resolved, government: Government) -> list[Block]:
    found = map(reports.on_paper, stimuli(resolved.then, resolved.year.number, [government.id]))
    return explanation_blocks(list(found), resolved.context.plan.sources, resolved.language, resolved.without)


def _handover(resolved: _Resolved, government: Government) -> list[Block]:
    context, personal = resolved.context, resolved.request.personal
    known = people.list_contacts(context, [government.id]) if personal else []
    dossier = DossierParts(
        commitments=tuple(_commitments(resolved, [government.id])),
        sessions=tuple(reversed(_sessions(resolved, [government.id]))),
        agreements=tuple(_agreements(resolved, [government.id])),
        tracks=tuple(support.list_tracks(context, government.id)),
        uses=tuple(offers.uses(context, [government.id], resolved.frame.first, resolved.frame.last)),
        contacts=tuple(one for one in known if one.government_id is not None),
        day=resolved.then.today,
        instruments=tuple(list_instruments(context, [government.id])),
        services=tuple(one for one in services(resolved.then, [government.id]) if one.present),
        government_id=government.id,
    )
    return handover_blocks(dossier, resolved.language, resolved.without)


def _visit(resolved: _Resolved, government: Government) -> list[Block]:
    context = resolved.context
    data = reports.coaching_data(
        context,
        government.id,
        resolved.frame.first,
        resolved.frame.last,
        resolved.request.personal,
        resolved.year.number,
    )
    known = sorted(support.sessions_of(context, [government.id], date.min, date.max), key=lambda one: one.day)
    held = [one for one in known if one.day <= context.today]
    last = next(reversed(held), None)
    if last is not None and not resolved.request.personal:
        last = reports.without_words(last)
    planned = next((one for one in known if one.day > context.today), None)
    return visit_blocks(data, last, planned, resolved.language, resolved.without)


def _motivation(resolved: _Resolved, government: Government) -> list[Block]:
    by_action: dict[str, list[SessionLine]] = defaultdict(list)
    for line in _sessions(resolved, [government.id]):
        for action in line.actions:
            by_action[action.id].append(line)
    by_commitment: dict[str, list[OfferUseLine]] = defaultdict(list)
    for use in offers.uses(resolved.context, [government.id], resolved.frame.first, resolved.frame.last):
        by_commitment[use.commitment_id or ""].append(use)
    lines = [line for line in _commitments(resolved, [government.id]) if _short(line)]
    return motivation_blocks(lines, by_action, by_commitment, resolved.language)


# Reports of several governments together


def _kpi(resolved: _Resolved) -> list[Block]:
    return kpi_blocks(
        _commitments(resolved, resolved.ids),
        _regions(resolved),
        resolved.then.today,
        resolved.language,
        resolved.without,
        _target_values(resolved),
    )


def _target_values(resolved: _Resolved) -> list[ServiceLine]:
    """Returns the services with a target of the plan of the report, in its period."""
    first, last, plan = resolved.frame.first, resolved.frame.last, resolved.context.plan
    found = services(resolved.then, resolved.ids)
    return [one for one in found if one.target_id and plan.has_target(one.target_id) and one.holds_between(first, last)]


def _overview(resolved: _Resolved) -> list[Block]:
    found = map(reports.on_paper, stimuli(resolved.then, resolved.year.number, resolved.ids))
    return overview_blocks(list(found), resolved.language)


def _offers(resolved: _Resolved) -> list[Block]:
    context = resolved.context
    paper = OffersOnPaper(
        offers=tuple(offers.list_offers(context)),
        uses=tuple(offers.uses(context, resolved.ids, resolved.frame.first, resolved.frame.last)),
        titles={action.number: action.short_title for action in context.plan.actions},
        mentors=tuple(advice.known_mentors(context)),
        examples=tuple(advice.known_examples(context)),
        pages=context.plan.sources,
    )
    return offers_blocks(paper, resolved.language, resolved.without)


def _activity(resolved: _Resolved) -> list[Block]:
    held, agreed = _sessions(resolved, resolved.ids), _agreements(resolved, resolved.ids)
    without = resolved.without if resolved.request.personal else resolved.without | {SectionKind.OFFICERS}
    # A session may be with a government outside the selection: it has a region too.
    return activity_blocks(resolved.frame, held, agreed, _regions(resolved, held), resolved.language, without)


def _week(resolved: _Resolved) -> list[Block]:
    context, request = resolved.context, resolved.request
    only = resolved.ids if request.government_ids else None
    items = agenda.agenda(context, resolved.frame.first, resolved.frame.last, only=only).items
    if not request.personal:
        items = tuple(replace(one, detail="") if one.kind in ("agreement", "instrument") else one for one in items)
    late = [one for one in _agreements(resolved, resolved.ids) if one.late]
    return week_blocks(items, late, resolved.language, resolved.without)


_ONE: dict[str, Callable[[_Resolved, Government], list[Block]]] = {
    "coaching": _coaching,
    "stimulus-explanation": _explanation,
    "handover": _handover,
    "motivation": _motivation,
    "visit": _visit,
}
_MANY: dict[str, Callable[[_Resolved], list[Block]]] = {
    "kpi": _kpi,
    "stimulus-overview": _overview,
    "offers": _offers,
    "activity": _activity,
    "week": _week,
}


def report_file(workspace: Workspace, request: ReportRequest, language: Language, ending: str = ".pdf") -> bytes:
    """Returns the file in the language of the report, which may differ from that of the screen."""
    return report_bytes(workspace.query(document_of, request, language), ending)


def report_bytes(document: Document, ending: str) -> bytes:
    """Returns the document as .pdf, or its tables as .xlsx, .ods or .csv. Raises UserError for another extension."""
    if ending == ".pdf":
        from samenleven_desktop.reports.pdf import write_pdf

        return write_pdf(document)
    if ending == ".xlsx":
        from samenleven_desktop.reports.xlsx import write_xlsx

        return write_xlsx(document)
    return write_table(sheet_of(document), ending)


def too_long_texts(document: Document, ending: str) -> int:
    """Returns how many texts of the report are too long for a cell of this format; 0 for a PDF."""
    return count_too_long(texts(document), ending)


def _commitments(resolved: _Resolved, ids: Sequence[str]) -> list[CommitmentLine]:
    found = kpi.list_commitments(resolved.then, resolved.year.number, list(ids))
    return sorted(found, key=lambda line: (sort_key(line.government_name), line.action_number, line.target_code))


def _sessions(resolved: _Resolved, ids: Sequence[str]) -> list[SessionLine]:
    """Returns each session once, even if several of the governments were present, oldest first."""
    found = support.sessions_of(resolved.context, ids, resolved.frame.first, resolved.frame.last)
    kept = found if resolved.request.personal else map(reports.without_words, found)
    return sorted(kept, key=lambda line: (line.day, line.start_minute, line.id))


def _agreements(resolved: _Resolved, ids: Sequence[str]) -> list[AgreementLine]:
    wanted = set(ids)
    found = [line for line in support.list_agreements(resolved.context) if line.government_id in wanted]
    return found if resolved.request.personal else list(map(reports.without_agreement_text, found))


def _regions(resolved: _Resolved, sessions: Sequence[SessionLine] = ()) -> dict[str, str | None]:
    known = {one.id: one.reference_region for one in resolved.governments}
    others = {id_ for line in sessions for id_ in line.government_ids if id_ not in known}
    return known | {id_: one.reference_region for id_, one in _named(resolved.context, others).items()}


def _named(context: QueryContext, ids: set[str]) -> dict[str, Government]:
    return reference.governments_by_id(context.view, ids) if ids else {}


def _short(line: CommitmentLine) -> bool:
    """Returns whether a motivation may be required: a counted target below its confirmed number."""
    if line.state is KpiState.JURY or not line.confirmed:
        return False
    reached = line.final_reached if line.final_reached is not None else line.reached_to_date
    return (reached or 0) < line.confirmed
