"""The reports beside those of a session, a coaching period and the stimuli, gathered by the queries of the lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.rows import AgreementLine, CommitmentLine, OfferUseLine, SessionLine
from samenleven_desktop.interchange.tables.writing import Table as Sheet
from samenleven_desktop.interchange.tables.writing import TableColumn, write_table
from samenleven_desktop.language import Language
from samenleven_desktop.reports.document import Checklist, Document, Heading, ProgressCell, Table
from samenleven_desktop.reports.handing import DossierParts, handover_document, motivation_document
from samenleven_desktop.reports.overviews import (
    Frame,
    activity_document,
    kpi_document,
    offers_document,
    week_document,
)
from samenleven_desktop.services import agenda, choosing, kpi, offers, people, support
from samenleven_desktop.services.reading import Reading
from samenleven_desktop.storage.queries import reference

KINDS = ("kpi", "offers", "activity", "week", "handover", "motivation")
OF_ONE = ("handover", "motivation")
NEEDS_GOVERNMENT = N_("Say of which government this report is.")
MINE = N_("My governments")


@dataclass(frozen=True)
class ReportWish:
    """What is asked: a kind of `KINDS`, one government (None: all of mine), a project year, a period, and whether
    names and words of persons may be in it."""

    kind: str
    government_id: str | None = None
    year: int | None = None
    period: tuple[date, date] | None = None
    personal: bool = True


def document_of(reading: Reading, wish: ReportWish, language: Language) -> Document:
    """The document of a kind. Raises UserError when a government is needed and none is named."""
    if wish.kind in OF_ONE and wish.government_id is None:
        raise UserError(NEEDS_GOVERNMENT, field="government")
    project_year = choosing.project_year(reading, wish.year)
    first, last = wish.period or (project_year.start, project_year.end)
    if wish.kind == "week" and wish.period is None:
        first = reading.today - timedelta(days=reading.today.weekday())
        last = first + timedelta(days=6)
    mine = sorted(support.assigned_ids(reading))
    ids = [wish.government_id] if wish.government_id else mine
    name = reference.government(reading.view, wish.government_id).name if wish.government_id else language.text(MINE)
    frame = Frame(reading.plan.name, name, first, last, reading.today, reading.practice)
    if wish.kind == "kpi":
        return kpi_document(frame, _commitments(reading, project_year.number, ids), language)
    if wish.kind == "offers":
        titles = {action.number: action.short_title for action in reading.plan.actions}
        used = offers.uses(reading, ids, first, last)
        return offers_document(frame, offers.list_offers(reading), used, titles, language)
    if wish.kind == "activity":
        held = _sessions(reading, ids, first, min(last, reading.today), wish.personal)
        return activity_document(frame, held, _agreements(reading, ids, wish.personal), language)
    if wish.kind == "week":
        found = agenda.agenda(reading, first, last)
        items = [one for one in found.items if wish.government_id in (None, one.government_id)]
        late = [one for one in _agreements(reading, ids, wish.personal) if one.late]
        if not wish.personal:
            items = [replace(one, detail="") for one in items]
        return week_document(frame, items, late, language)
    lines = _commitments(reading, project_year.number, ids)
    sessions = _sessions(reading, ids, first, last, wish.personal)
    uses = offers.uses(reading, ids, first, last)
    if wish.kind == "handover":
        return handover_document(frame, _dossier(reading, wish, lines, sessions, uses), language)
    by_action: dict[int, list[SessionLine]] = defaultdict(list)
    for line in sessions:
        for action in line.action_numbers:
            by_action[action].append(line)
    by_commitment: dict[str, list[OfferUseLine]] = defaultdict(list)
    for use in uses:
        by_commitment[use.commitment_id or ""].append(use)
    return motivation_document(frame, [line for line in lines if _short(line)], by_action, by_commitment, language)


def report_bytes(document: Document, ending: str) -> bytes:
    """The document as .pdf, or its tables as .xlsx, .ods or .csv. Raises UserError for another ending."""
    if ending == ".pdf":
        from samenleven_desktop.reports.pdf import write_pdf

        return write_pdf(document)
    if ending == ".xlsx":
        from samenleven_desktop.reports.xlsx import write_xlsx

        return write_xlsx(document)
    return write_table(_sheet(document), ending)


def _sheet(document: Document) -> Sheet:
    """All tables of a document under one another, each under its heading and its head."""
    rows: list[tuple[str, ...]] = []
    for block in document.blocks:
        match block:
            case Heading(text=text):
                rows += [(), (text,)]
            case Table(columns=heads, rows=lines):
                rows.append(tuple(head.header for head in heads))
                rows += [tuple(_words(cell) for cell in line) for line in lines]
            case Checklist(items=items):
                rows += [("x" if done else "", text, remark) for done, text, remark in items]
            case _:
                continue
    width = max((len(row) for row in rows), default=1)
    columns = tuple(TableColumn(document.title if place == 0 else "") for place in range(width))
    filled = tuple((*row, *("",) * (width - len(row))) for row in rows)
    return Sheet(document.title, columns, filled, (("", document.source),))


def _words(cell: str | ProgressCell) -> str:
    return cell.words if isinstance(cell, ProgressCell) else cell


def _commitments(reading: Reading, year: int, ids: Sequence[str]) -> list[CommitmentLine]:
    found = kpi.list_commitments(reading, year, list(ids))
    return sorted(found, key=lambda line: (line.government_name, line.action_number, line.target_code))


def _sessions(reading: Reading, ids: Sequence[str], first: date, last: date, personal: bool) -> list[SessionLine]:
    """Each session once, however many of the governments were there."""
    found: dict[str, SessionLine] = {}
    for id_ in ids:
        for line in support.list_sessions(reading, id_, first, last):
            found[line.id] = line if personal else replace(line, report="", officer=None)
    return sorted(found.values(), key=lambda line: (line.day, line.start_minute, line.id))


def _agreements(reading: Reading, ids: Sequence[str], personal: bool) -> list[AgreementLine]:
    wanted = set(ids)
    found = [line for line in support.list_agreements(reading) if line.government_id in wanted]
    return found if personal else [replace(line, what="–") for line in found]


def _dossier(
    reading: Reading,
    wish: ReportWish,
    lines: Sequence[CommitmentLine],
    sessions: Sequence[SessionLine],
    uses: Sequence[OfferUseLine],
) -> DossierParts:
    assert wish.government_id is not None
    known = people.list_contacts(reading, [wish.government_id]) if wish.personal else []
    return DossierParts(
        commitments=tuple(lines),
        sessions=tuple(reversed(sessions)),
        agreements=tuple(_agreements(reading, [wish.government_id], wish.personal)),
        tracks=tuple(support.list_tracks(reading, wish.government_id)),
        uses=tuple(uses),
        contacts=tuple(one for one in known if one.government_id is not None),
    )


def _short(line: CommitmentLine) -> bool:
    """Whether a motivation would be asked: a counted target below its confirmed number."""
    if line.state is KpiState.JURY or not line.confirmed:
        return False
    reached = line.final_reached if line.final_reached is not None else line.reached_to_date
    return reached < line.confirmed
