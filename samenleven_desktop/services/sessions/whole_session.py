"""A session with everything from its form, agreements and KPI rows included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samenleven_desktop.readmodels.core import AgreementLine, KpiEntryLine, SessionLine
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.people import queries as people
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.storage.queries import kpi as stored


@dataclass(frozen=True)
class WholeSession:
    """`entries` are the KPI rows of the session, except corrected ones."""

    line: SessionLine
    contact_ids: tuple[str, ...]
    colleague_ids: tuple[str, ...]
    agreements: tuple[AgreementLine, ...]
    entries: tuple[KpiEntryLine, ...]


def whole_session(context: QueryContext, session_id: str) -> WholeSession:
    """Raises UserError if the session was deleted or never existed."""
    line = support.session(context, session_id)
    contacts, colleagues = people.present(context, session_id)
    agreements = support.list_agreements(context, session_id=session_id)
    agreements.sort(key=lambda one: (one.done_on is not None, one.due or date.max, one.id))
    entries = kpi.list_entries(context, stored.commitments_of_session(context.view, session_id))
    mine = sorted(
        (one for one in entries if one.session_id == session_id and not one.corrected), key=lambda one: one.id
    )
    return WholeSession(line, tuple(contacts), tuple(colleagues), tuple(agreements), tuple(mine))
