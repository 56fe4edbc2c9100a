"""`samenleven report KIND`: asks for the data, has the PDF written, and puts it at --out whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from samenleven_desktop.cli.call import Call
from samenleven_desktop.cli.output import print_json, print_text
from samenleven_desktop.cli.parser import WrongUsage
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.language import Language
from samenleven_desktop.reports.data import CoachingReportData, SessionReportData
from samenleven_desktop.reports.document import Document
from samenleven_desktop.services import choosing, reports, support
from samenleven_desktop.services.output import check_target, write_file
from samenleven_desktop.services.reading import Reading
from samenleven_desktop.services.report_kinds import KINDS, OF_ONE, ReportWish, document_of, report_bytes

NO_WRITER = N_("A report cannot be written as {ending}. Name a file that ends in {endings}.")
NO_SUCH_SESSION = N_("There is no session {session}. The list of sessions shows their ids.")
SEVERAL_SESSIONS = N_("More than one session has an id that ends in {session}. Write more of it.")

_ENDINGS = (".pdf",)
_OF_MANY = ("stimulus-overview", *(kind for kind in KINDS if kind not in OF_ONE))
_ID_LENGTH = 36
_SHORTEST_END = 6


def report(call: Call) -> int:
    """Writes a report; nothing is asked of the work file when --out cannot be right."""
    options = call.options
    out: Path = options.out
    endings: tuple[str, ...] = (*_ENDINGS, ".xlsx") if options.kind.startswith("stimulus") else _ENDINGS
    if options.kind in KINDS:
        endings = (*_ENDINGS, ".xlsx", ".ods", ".csv")
    if out.suffix.lower() not in endings:
        raise UserError(NO_WRITER, field="out", ending=out.suffix or out.name, endings=", ".join(endings))
    check_target(out, call.store)
    needed = {"session": "session", **dict.fromkeys(_OF_MANY)}.get(options.kind, "government")
    if needed is not None and getattr(options, needed) is None:
        command = f"samenleven report {options.kind}"
        missing = call.language.text("This is missing: {names}.", names=f"--{needed}")
        raise WrongUsage(f"{missing} {call.language.text('See {command} --help.', command=command)}")
    language = Language(options.report_lang) if options.report_lang else call.language
    if options.kind.startswith("stimulus"):
        return _stimulus(call, language)
    if options.kind in KINDS:
        return _overview(call, language)
    with call.workspace() as workspace:
        data: CoachingReportData | SessionReportData = (
            workspace.query(_session, call) if options.kind == "session" else workspace.query(_coaching, call)
        )
    content = reports.pdf_of(data, language)
    write_file(out, content, call.store)
    if call.json:
        print_json({"kind": options.kind, "file": out.absolute(), "size": len(content), **_facts(data)})
    else:
        print_text(call.language.text("Report written: {file}", file=str(out)))
    return 0


def _stimulus(call: Call, language: Language) -> int:
    options = call.options
    with call.workspace() as workspace:
        government = None
        if options.kind == "stimulus-explanation":
            government = workspace.query(choosing.government_on, options.government, workspace.today).id
        year = workspace.query(choosing.project_year, options.year).number
        practice = workspace.practice_date is not None
        content = reports.stimulus_report(workspace, government, year, language, options.out.suffix.lower())
    write_file(options.out, content, call.store)
    if call.json:
        print_json(
            {
                "kind": options.kind,
                "file": options.out.absolute(),
                "size": len(content),
                "government": options.government,
                "year": year,
                "practice": practice,
            }
        )
    else:
        print_text(call.language.text("Report written: {file}", file=str(options.out)))
    return 0


def _overview(call: Call, language: Language) -> int:
    """A report of one government or of all of mine, in any format."""
    options = call.options
    with call.workspace() as workspace:
        government = None
        if options.government is not None:
            government = workspace.query(choosing.government_on, options.government, workspace.today).id
        wish = ReportWish(options.kind, government, options.year, options.period, not options.without_personal)
        document = workspace.query(_document, call, wish, language)
        practice = workspace.practice_date is not None
    content = report_bytes(document, options.out.suffix.lower())
    write_file(options.out, content, call.store)
    if call.json:
        facts = {"government": options.government, "year": options.year, "practice": practice}
        print_json({"kind": options.kind, "file": options.out.absolute(), "size": len(content), **facts})
    else:
        print_text(call.language.text("Report written: {file}", file=str(options.out)))
    return 0


def _document(reading: Reading, call: Call, wish: ReportWish, language: Language) -> Document:
    return document_of(choosing.in_plan(reading, call.plan), wish, language)


def _coaching(reading: Reading, call: Call) -> CoachingReportData:
    options = call.options
    reading = choosing.in_plan(reading, call.plan)
    period: tuple[date, date] | None = options.period
    if period is None:
        year = choosing.project_year(reading, options.year)
        period = year.start, year.end
    elif options.year is not None:
        choosing.project_year(reading, options.year)
    government = choosing.government_on(reading, options.government, min(period[1], reading.today))
    return reports.coaching_data(
        reading, government.id, *period, personal=not options.without_personal, year=options.year
    )


def _session(reading: Reading, call: Call) -> SessionReportData:
    """By its id, or by the last part of it, as long as that fits one session only."""
    reading = choosing.in_plan(reading, call.plan)
    wanted = str(call.options.session).lower()
    if len(wanted) >= _ID_LENGTH:
        return reports.session_data(reading, wanted)
    found = [line.id for line in support.list_sessions(reading) if line.id.endswith(wanted)]
    if not found or len(wanted) < _SHORTEST_END:
        raise UserError(NO_SUCH_SESSION, field="session", session=wanted)
    if len(found) > 1:
        raise UserError(SEVERAL_SESSIONS, field="session", session=wanted)
    return reports.session_data(reading, found[0])


def _facts(data: CoachingReportData | SessionReportData) -> dict[str, object]:
    if isinstance(data, SessionReportData):
        return {"session": data.session.id, "day": data.session.day, "practice": data.practice}
    return {
        "government": data.government_code,
        "year": data.year_number,
        "first": data.first,
        "last": data.last,
        "practice": data.practice,
    }
