"""All kinds of reports: from options to a document, and from a document to a file.

Window, command line and batch all use this module, so that preview, saved file and print are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.government import Government
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.plan import ProjectYear
from samenleven_desktop.domain.text import sort_key
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.long_texts import long_texts_note
from samenleven_desktop.interchange.tables.writer import OutputTable as Sheet
from samenleven_desktop.interchange.tables.writer import TableColumn, write_table
from samenleven_desktop.readmodels.core import AgreementLine, CommitmentLine, OfferUseLine, SessionLine
from samenleven_desktop.reports.coaching import coaching_blocks
from samenleven_desktop.reports.document import Block, Checklist, Document, Heading, Table, cell_words, texts
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
from samenleven_desktop.services.core import lookup
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.offers import advice
from samenleven_desktop.services.offers import queries as offers
from samenleven_desktop.services.people import queries as people
from samenleven_desktop.services.reports import data as reports
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


@dataclass(frozen=True)
class ReportWish:
    """The options of a report: the id of one of `REPORT_KINDS`; governments (none: all of mine) or a session; a project
    year (None: that in which the period ends) and a period (None: that year); sections left out (None: the default
    of the kind); whether names and texts of persons may be included."""

    kind: str
    government_ids: tuple[str, ...] = ()
    year: int | None = None
    period: tuple[date, date] | None = None
    personal: bool = True
    without: frozenset[str] | None = None
    session_id: str | None = None


@dataclass(frozen=True)
class _Asked:
    """The options resolved for this file and day; `then` is the context as of the last day of the period."""

    wish: ReportWish
    reading: QueryContext
    then: QueryContext
    year: ProjectYear
    governments: tuple[Government, ...]
    frame: ReportHeader
    language: Language
    without: frozenset[str]

    @property
    def ids(self) -> list[str]:
        return [one.id for one in self.governments]


def document_of(context: QueryContext, wish: ReportWish, language: Language) -> Document:
    """Returns the document of a kind. Raises UserError if its subject cannot be determined."""
    if wish.without is None:
        wish = replace(wish, without=REPORT_KINDS[wish.kind].left_out)
    if wish.kind == "session":
        if wish.session_id is None:
            raise UserError(NEEDS_SESSION, field="session")
        data = reports.session_data(context, wish.session_id, wish.personal)
        return session_document(data, language, wish.without or ())
    asked = _asked(context, wish, language)
    frame, text = asked.frame, language.text
    year = text("project year {n}", n=str(asked.year.number))
    subtitle = None if REPORT_KINDS[wish.kind].of_a_period else f"{frame.about} · {year} · {frame.period(language)}"
    if not REPORT_KINDS[wish.kind].of_one:
        many = _MANY[wish.kind](asked)
        contents = wish.kind == "kpi" and len(asked.governments) > _NAMED
        return frame.document(text(REPORT_KINDS[wish.kind].title), language, many, subtitle, _filter(asked), contents)
    make = partial(_ONE[wish.kind], asked)
    if len(asked.governments) == 1:
        blocks = make(asked.governments[0])
    else:
        blocks = as_chapters([(one.name, make(one)) for one in asked.governments])
    title = text(REPORT_KINDS[wish.kind].title)
    if wish.kind == "coaching" and len(asked.governments) == 1:
        title = text("Coaching report {name}", name=frame.about)
        subtitle = text("Project year {n} · {period}", n=asked.year.number, period=frame.period(language))
    contents = len(asked.governments) > 1
    return frame.document(title, language, blocks, subtitle, _filter(asked), contents)


def _asked(context: QueryContext, wish: ReportWish, language: Language) -> _Asked:
    first, last, year = period_of(context, wish)
    mine = support.assigned_ids(context)
    if REPORT_KINDS[wish.kind].of_one and not wish.government_ids and not mine:
        raise UserError(NEEDS_GOVERNMENT, field="government")
    if wish.government_ids:
        found = [reference.government(context.view, id_) for id_ in dict.fromkeys(wish.government_ids)]
    else:
        found = list(reference.governments_by_id(context.view, mine).values())
    governments = tuple(sorted(found, key=lambda one: (sort_key(one.name), one.code)))
    if not wish.government_ids:
        about = language.text(MINE, n=language.number(len(governments)))
    elif len(governments) > _NAMED:
        about = language.plural("{n} government", "{n} governments", len(governments))
    else:
        about = language.listing([one.name for one in governments])
    frame = ReportHeader(context.plan.name, about, first, last, context.today, context.practice)
    then = replace(context, today=min(last, context.today))
    return _Asked(wish, context, then, year, governments, frame, language, wish.without or frozenset())


def period_of(context: QueryContext, wish: ReportWish) -> tuple[date, date, ProjectYear]:
    """Returns the first and last day of a report, and its project year. Raises UserError."""
    if wish.period is not None:
        first, last = wish.period
        end = reports.last_day(context, first, last)
        year = lookup.project_year(replace(context, today=end), wish.year)
    else:
        year = lookup.project_year(context, wish.year)
        first, last = year.start, year.end
        if wish.kind == "week":
            first = context.today - timedelta(days=context.today.weekday())
            last = first + timedelta(days=6)
        end = reports.last_day(context, first, last)
    # The agenda looks ahead; all other reports end today at the latest.
    return first, last if wish.kind == "week" else end, year


def _filter(asked: _Asked) -> str:
    """Returns what is needed to make the same report again: government codes, if few, and the project year."""
    words = ""
    if asked.wish.government_ids and len(asked.governments) <= _NAMED:
        words += f" ({', '.join(one.code for one in asked.governments)})"
    if not REPORT_KINDS[asked.wish.kind].of_a_period:
        words += f", {asked.language.text('project year {n}', n=str(asked.year.number))}"
    return words


# Of one government


def _coaching(asked: _Asked, government: Government) -> list[Block]:
    first, last = asked.frame.first, asked.frame.last
    data = reports.coaching_data(asked.reading, government.id, first, last, asked.wish.personal, asked.year.number)
    return coaching_blocks(data, asked.language, asked.without)


def _explanation(asked: _Asked, government: Government) -> list[Block]:
    found = map(reports.on_paper, stimuli(asked.then, asked.year.number, [government.id]))
    return explanation_blocks(list(found), asked.reading.plan.sources, asked.language, asked.without)


def _handover(asked: _Asked, government: Government) -> list[Block]:
    reading, personal = asked.reading, asked.wish.personal
    known = people.list_contacts(reading, [government.id]) if personal else []
    dossier = DossierParts(
        commitments=tuple(_commitments(asked, [government.id])),
        sessions=tuple(reversed(_sessions(asked, [government.id]))),
        agreements=tuple(_agreements(asked, [government.id])),
        tracks=tuple(support.list_tracks(reading, government.id)),
        uses=tuple(offers.uses(reading, [government.id], asked.frame.first, asked.frame.last)),
        contacts=tuple(one for one in known if one.government_id is not None),
        day=asked.then.today,
    )
    return handover_blocks(dossier, asked.language, asked.without)


def _motivation(asked: _Asked, government: Government) -> list[Block]:
    by_action: dict[int, list[SessionLine]] = defaultdict(list)
    for line in _sessions(asked, [government.id]):
        for action in line.action_numbers:
            by_action[action].append(line)
    by_commitment: dict[str, list[OfferUseLine]] = defaultdict(list)
    for use in offers.uses(asked.reading, [government.id], asked.frame.first, asked.frame.last):
        by_commitment[use.commitment_id or ""].append(use)
    lines = [line for line in _commitments(asked, [government.id]) if _short(line)]
    return motivation_blocks(lines, by_action, by_commitment, asked.language)


# Of several governments together


def _kpi(asked: _Asked) -> list[Block]:
    return kpi_blocks(_commitments(asked, asked.ids), _regions(asked), asked.then.today, asked.language, asked.without)


def _overview(asked: _Asked) -> list[Block]:
    found = map(reports.on_paper, stimuli(asked.then, asked.year.number, asked.ids))
    return overview_blocks(list(found), asked.language)


def _offers(asked: _Asked) -> list[Block]:
    reading = asked.reading
    paper = OffersOnPaper(
        offers=tuple(offers.list_offers(reading)),
        uses=tuple(offers.uses(reading, asked.ids, asked.frame.first, asked.frame.last)),
        titles={action.number: action.short_title for action in reading.plan.actions},
        mentors=tuple(advice.known_mentors(reading)),
        examples=tuple(advice.known_examples(reading)),
        pages=reading.plan.sources,
    )
    return offers_blocks(paper, asked.language, asked.without)


def _activity(asked: _Asked) -> list[Block]:
    held, agreed = _sessions(asked, asked.ids), _agreements(asked, asked.ids)
    without = asked.without if asked.wish.personal else asked.without | {SectionKind.OFFICERS}
    # A session may be with a government outside the selection: it has a region too.
    return activity_blocks(asked.frame, held, agreed, _regions(asked, held), asked.language, without)


def _week(asked: _Asked) -> list[Block]:
    reading, wish = asked.reading, asked.wish
    only = asked.ids if wish.government_ids else None
    items = agenda.agenda(reading, asked.frame.first, asked.frame.last, only=only).items
    if not wish.personal:
        items = tuple(replace(one, detail="") if one.kind == "agreement" else one for one in items)
    late = [one for one in _agreements(asked, asked.ids) if one.late]
    return week_blocks(items, late, asked.language, asked.without)


_ONE: dict[str, Callable[[_Asked, Government], list[Block]]] = {
    "coaching": _coaching,
    "stimulus-explanation": _explanation,
    "handover": _handover,
    "motivation": _motivation,
}
_MANY: dict[str, Callable[[_Asked], list[Block]]] = {
    "kpi": _kpi,
    "stimulus-overview": _overview,
    "offers": _offers,
    "activity": _activity,
    "week": _week,
}


def report_file(workspace: Workspace, wish: ReportWish, language: Language, ending: str = ".pdf") -> bytes:
    """Returns the finished file in the language of the report, which may differ from that of the screen."""
    return report_bytes(workspace.query(document_of, wish, language), ending)


def report_bytes(document: Document, ending: str) -> bytes:
    """Returns the document as .pdf, or its tables as .xlsx, .ods or .csv. Raises UserError for another ending."""
    if ending == ".pdf":
        from samenleven_desktop.reports.pdf import write_pdf

        return write_pdf(document)
    if ending == ".xlsx":
        from samenleven_desktop.reports.xlsx import write_xlsx

        return write_xlsx(document)
    return write_table(_sheet(document), ending)


def note_of(document: Document, ending: str) -> str | None:
    """Returns a sentence for the user if texts of the report are too long for a cell; None for a PDF."""
    return None if ending == ".pdf" else long_texts_note(Language(document.language), texts(document), ending)


def _sheet(document: Document) -> Sheet:
    """Returns all tables of a document one below the other, each with its heading and header row."""
    rows: list[tuple[str, ...]] = []
    for block in document.blocks:
        match block:
            case Heading(text=text):
                rows += [(), (text,)]
            case Table(columns=heads, rows=lines):
                rows.append(tuple(head.header for head in heads))
                rows += [tuple(cell_words(cell) for cell in line) for line in lines]
            case Checklist(items=items):
                rows += [("x" if done else "", text, remark) for done, text, remark in items]
            case _:
                continue
    width = max((len(row) for row in rows), default=1)
    columns = tuple(TableColumn(document.title if place == 0 else "") for place in range(width))
    filled = tuple((*row, *("",) * (width - len(row))) for row in rows)
    return Sheet(document.title, columns, filled, Language(document.language), (("", document.source),))


def _commitments(asked: _Asked, ids: Sequence[str]) -> list[CommitmentLine]:
    found = kpi.list_commitments(asked.then, asked.year.number, list(ids))
    return sorted(found, key=lambda line: (sort_key(line.government_name), line.action_number, line.target_code))


def _sessions(asked: _Asked, ids: Sequence[str]) -> list[SessionLine]:
    """Returns each session once, however many of the governments attended, oldest first."""
    found = support.sessions_of(asked.reading, ids, asked.frame.first, asked.frame.last)
    kept = found if asked.wish.personal else map(reports.without_words, found)
    return sorted(kept, key=lambda line: (line.day, line.start_minute, line.id))


def _agreements(asked: _Asked, ids: Sequence[str]) -> list[AgreementLine]:
    wanted = set(ids)
    found = [line for line in support.list_agreements(asked.reading) if line.government_id in wanted]
    return found if asked.wish.personal else list(map(reports.without_what, found))


def _regions(asked: _Asked, sessions: Sequence[SessionLine] = ()) -> dict[str, str | None]:
    known = {one.id: one.reference_region for one in asked.governments}
    others = {id_ for line in sessions for id_ in line.government_ids if id_ not in known}
    return known | {id_: one.reference_region for id_, one in _named(asked.reading, others).items()}


def _named(context: QueryContext, ids: set[str]) -> dict[str, Government]:
    return reference.governments_by_id(context.view, ids) if ids else {}


def _short(line: CommitmentLine) -> bool:
    """Returns whether a motivation would be required: a counted target below its confirmed number."""
    if line.state is KpiState.JURY or not line.confirmed:
        return False
    reached = line.final_reached if line.final_reached is not None else line.reached_to_date
    return reached < line.confirmed
