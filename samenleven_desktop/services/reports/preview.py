"""Queries of the report builder: the available choices, and the document for the current options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import GovernmentChoice, SessionLine
from samenleven_desktop.readmodels.people import ContactLine
from samenleven_desktop.reports.document import Document
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.reports.batch import batch_items, remembered
from samenleven_desktop.services.reports.kinds import document_of, plan_and_period
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.reports.sender import addressees
from samenleven_desktop.services.sessions import queries as support

SESSIONS_OFFERED = 300


@dataclass(frozen=True)
class Preview:
    """The result of the current options in the builder.

    The resolved options, the document (None: there is nothing to report), the sessions to choose from, and the
    governments that get a report each; the contacts to whom the report can be addressed.
    """

    request: ReportRequest
    document: Document | None
    sessions: tuple[SessionLine, ...] = ()
    governments: tuple[str, ...] = ()
    contacts: tuple[ContactLine, ...] = ()


def opening(context: QueryContext) -> tuple[list[GovernmentChoice], Mapping[str, object]]:
    """Returns the governments to choose from, and the choices made last time."""
    return choices(context), remembered(context)


def preview_report(
    context: QueryContext, request: ReportRequest, language: Language, each: bool, session_id: str | None
) -> Preview:
    """Returns the document to show.

    With `each` that of the first government; of sessions `session_id`, or the newest in the period.
    """
    if request.kind == "session":
        return _of_session(context, request, language, session_id)
    items = batch_items(context, request) if each else []
    if not items:
        ids = request.government_ids if REPORT_KINDS[request.kind].of_one and len(request.government_ids) == 1 else ()
        request, contacts = _addressed(context, request, ids)
        return Preview(request, document_of(context, request, language), contacts=contacts)
    request = replace(request, addressee_id=None)
    items = batch_items(context, request)
    return Preview(
        request, document_of(context, items[0].request, language), (), tuple(one.government for one in items)
    )


def _of_session(context: QueryContext, request: ReportRequest, language: Language, session_id: str | None) -> Preview:
    _, first, last, _ = plan_and_period(context, request)
    ids = request.government_ids or tuple(support.assigned_ids(context))
    offered = support.sessions_of(context, ids, first, last)[:SESSIONS_OFFERED]
    known = [line.id for line in offered]
    if session_id is not None and session_id not in known:
        offered, known = [support.session(context, session_id), *offered], [session_id, *known]
    chosen = session_id or (request.session_id if request.session_id in known else next(iter(known), None))
    request = replace(request, session_id=chosen)
    if chosen is None:
        return Preview(request, None, tuple(offered))
    request, contacts = _addressed(context, request, support.session(context, chosen).government_ids)
    return Preview(request, document_of(context, request, language), tuple(offered), contacts=contacts)


def _addressed(
    context: QueryContext, request: ReportRequest, government_ids: Sequence[str]
) -> tuple[ReportRequest, tuple[ContactLine, ...]]:
    """Returns the contacts to choose from, and the request without an addressee who is none of them."""
    contacts = tuple(addressees(context, government_ids)) if request.personal else ()
    if request.addressee_id not in [one.id for one in contacts]:
        request = replace(request, addressee_id=None)
    return request, contacts
