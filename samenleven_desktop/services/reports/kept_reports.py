"""Keeps reports that are saved or printed, and compares a kept one with what the same report says today."""

from __future__ import annotations

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.handed_over import HandedOverLine
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.people.queries import attachment_content, list_contacts
from samenleven_desktop.services.reports.batch import file_name
from samenleven_desktop.services.reports.handed_over import KeepHandedOver, handed_over_pdf, list_handed_over
from samenleven_desktop.services.reports.kinds import document_of, plan_and_period, report_bytes
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.queries import reference


def keep_report(workspace: Workspace, request: ReportRequest, language: str, pdf: bytes) -> Done[tuple[str, ...]]:
    """Keeps a report that was saved or printed, if it is one for a government and this file is not kept yet."""
    command = workspace.query(_to_keep, request, language, pdf)
    return Done("", (), ()) if command is None else workspace.run(command)


def _to_keep(context: QueryContext, request: ReportRequest, language: str, pdf: bytes) -> KeepHandedOver | None:
    kind = REPORT_KINDS[request.kind]
    if request.session_id is not None and request.kind == "session":
        line = support.session(context, request.session_id)
        ids, first, last = line.government_ids, line.day, line.day
    elif kind.of_one and not kind.own and len(request.government_ids) == 1:
        ids = request.government_ids
        _, first, last, _ = plan_and_period(context, request)
    else:
        return None
    addressee = request.addressee_id if request.personal else None
    contact = next((one for one in list_contacts(context) if one.id == addressee), None)
    to = None if contact is None else ", ".join(filter(None, (contact.name, contact.role)))
    kept = [one for one in list_handed_over(context, ids) if one.handed_on == context.today]
    same = {
        one.government_id
        for one in kept
        if one.kind == request.kind
        and one.handed_to == to
        and one.file is not None
        and attachment_content(context, one.file) == pdf
    }
    left = tuple(one for one in ids if one not in same)
    if not left:
        return None
    about = ", ".join(sorted(one.name for one in reference.governments_by_id(context.view, ids).values()))
    without = kind.left_out if request.without is None else request.without
    return KeepHandedOver(
        left,
        request.kind,
        language,
        pdf,
        f"{file_name(request.kind, about, Language(language))} {context.today.isoformat()}.pdf",
        first,
        last,
        request.session_id if request.kind == "session" else None,
        to,
        request.personal,
        tuple(without),
    )


def then_and_now(context: QueryContext, line: HandedOverLine) -> tuple[str, str]:
    """Returns the words of a report as it was handed over, and as the same report reads today.

    A period that ran until the day of the report now runs until today.
    """
    from samenleven_desktop.reports.pdf_text import pdf_text

    _, before = handed_over_pdf(context, line.id)
    period = None
    if line.session_id is None and line.first is not None and line.last is not None:
        period = line.first, context.today if line.last == line.handed_on else line.last
    request = ReportRequest(
        line.kind,
        () if line.session_id else (line.government_id,),
        period=period,
        personal=line.with_names,
        without=line.left_out,
        session_id=line.session_id,
    )
    now = report_bytes(document_of(context, request, Language(line.language)), ".pdf")
    return pdf_text(before), pdf_text(now)
