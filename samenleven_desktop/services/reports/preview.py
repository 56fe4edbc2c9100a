"""Queries of the report builder: the available choices, and the document for the current options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import GovernmentChoice, SessionLine
from samenleven_desktop.reports.document import Document
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.reports.batch import batch_items, remembered
from samenleven_desktop.services.reports.kinds import ReportRequest, document_of, plan_and_period
from samenleven_desktop.services.sessions import queries as support

SESSIONS_OFFERED = 300


@dataclass(frozen=True)
class Preview:
    """The result of the current options in the builder.

    The resolved options, the document (None: there is nothing to report), the sessions to choose from, and the
    governments that get a report each.
    """

    request: ReportRequest
    document: Document | None
    sessions: tuple[SessionLine, ...] = ()
    governments: tuple[str, ...] = ()


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
        return Preview(request, document_of(context, request, language))
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
    document = None if chosen is None else document_of(context, request, language)
    return Preview(request, document, tuple(offered))
