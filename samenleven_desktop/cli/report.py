"""`samenleven report KIND`: queries the document, has it written, and saves it to --out atomically."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from samenleven_desktop.cli.invocation import Call
from samenleven_desktop.cli.output import print_error, print_json, print_text
from samenleven_desktop.cli.parser import WrongUsage
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.long_texts import too_long_note
from samenleven_desktop.reports.document import Document
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.core import lookup
from samenleven_desktop.services.core.output_files import check_target, write_file
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.reports.kept_reports import keep_report
from samenleven_desktop.services.reports.kinds import (
    ENDINGS,
    document_of,
    plan_and_period,
    report_bytes,
    too_long_texts,
)
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.safekeeping.erasure import find_contact
from samenleven_desktop.services.sessions import queries as support

NO_WRITER = N_("A report cannot be written as {ending}. Name a file that ends in {endings}.")
NO_SUCH_SESSION = N_("There is no session {session}. The list of sessions shows their ids.")
SEVERAL_SESSIONS = N_("More than one session has an id that ends in {session}. Write more of it.")
NO_ACTION_HERE = N_("Only the sheet of an action is about one action.")

_ID_LENGTH = 36
_SHORTEST_END = 6


@dataclass(frozen=True)
class _Made:
    document: Document
    request: ReportRequest
    facts: dict[str, object]


def report(call: Call) -> int:
    """Writes a report; the work file is not queried if --out is invalid."""
    options = call.options
    out: Path = options.out
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        raise UserError(NO_WRITER, field="out", ending=out.suffix or out.name, endings=", ".join(ENDINGS))
    check_target(out, call.store)
    needed = "session" if options.kind == "session" else "government" if REPORT_KINDS[options.kind].of_one else None
    if needed is not None and not getattr(options, needed):
        command = f"samenleven report {options.kind}"
        missing = call.language.text("This is missing: {names}.", names=f"--{needed}")
        raise WrongUsage(f"{missing} {call.language.text('See {command} --help.', command=command)}")
    language = Language(options.report_lang) if options.report_lang else call.language
    with call.workspace() as workspace:
        made = workspace.query(_make, call, language)
        practice = workspace.practice_date is not None
        content = report_bytes(made.document, ending)
        write_file(out, content, call.store)
        if ending == ".pdf":
            keep_report(workspace, made.request, language.code, content)
    if call.json:
        about = {"kind": options.kind, "file": out.absolute(), "size": len(content)}
        print_json({**about, **made.facts, "practice": practice})
    else:
        print_text(call.language.text("Report written: {file}", file=str(out)))
    if (note := too_long_note(call.language, too_long_texts(made.document, ending), language)) is not None:
        print_error(note)
    return 0


def _make(context: QueryContext, call: Call, language: Language) -> _Made:
    options = call.options
    context = lookup.in_plan(context, call.plan, options.year)
    personal = not options.without_personal
    addressee = None if options.addressee is None else find_contact(context, options.addressee)
    without = REPORT_KINDS[options.kind].left_out - set(options.with_ or ()) | set(options.without or ())
    if options.kind == "session":
        session = _session(context, str(options.session).lower())
        request = ReportRequest(
            "session", session_id=session, personal=personal, without=without, addressee_id=addressee
        )
        facts: dict[str, object] = {"session": session, "day": support.session(context, session).day}
        return _Made(document_of(context, request, language), request, facts)
    if options.year is not None:
        lookup.project_year(context, options.year)
    request = ReportRequest(options.kind, (), options.year, options.period, personal, without)
    _, first, last, year = plan_and_period(context, request)
    if options.action is not None and options.kind != "action":
        raise UserError(NO_ACTION_HERE, field="action")
    codes: list[str] = options.government or []
    ids = tuple(lookup.government_on(context, code, min(last, context.today)).id for code in codes)
    request = replace(request, government_ids=ids, action_id=_action(context, options.action, request))
    request = replace(request, addressee_id=addressee)
    document = document_of(context, request, language)
    code = codes[0] if len(codes) == 1 else codes or None
    return _Made(document, request, {"government": code, "year": year.number, "first": first, "last": last})


def _action(context: QueryContext, number: int | None, request: ReportRequest) -> str | None:
    """Returns the action with a number in the plan of the report. Raises UserError if that plan does not have it."""
    if number is None:
        return None
    context = plan_and_period(context, request)[0]
    lookup.action_number(context, number)
    return context.plan.action(number).id


def _session(context: QueryContext, wanted: str) -> str:
    """Finds a session by its id, or by the end of the id if that is unique."""
    if len(wanted) >= _ID_LENGTH:
        return wanted
    found = [line.id for line in support.list_sessions(context) if line.id.endswith(wanted)]
    if not found or len(wanted) < _SHORTEST_END:
        raise UserError(NO_SUCH_SESSION, field="session", session=wanted)
    if len(found) > 1:
        raise UserError(SEVERAL_SESSIONS, field="session", session=wanted)
    return found[0]
