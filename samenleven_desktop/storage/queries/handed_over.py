"""Reports that left the program, with the attachment that holds the very file of each."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from samenleven_desktop.readmodels.handed_over import HandedOverLine
from samenleven_desktop.readmodels.people import AttachmentLine
from samenleven_desktop.storage.models import AttachmentRow, GovernmentRow, HandedOverRow, table_of
from samenleven_desktop.storage.view import View

_KEPT, _FILE, _GOV = table_of(HandedOverRow), table_of(AttachmentRow), table_of(GovernmentRow)


def handed_over(
    view: View, government_ids: Iterable[str] | None = None, limit: int | None = None
) -> list[HandedOverLine]:
    """Returns the newest first; of these governments, or of all."""
    query = (
        select(
            _KEPT,
            _GOV.c.name.label("government_name"),
            _FILE.c.id.label("file_id"),
            _FILE.c.name.label("file_name"),
            _FILE.c.bytes,
            _FILE.c.sha256,
            _FILE.c.added_on,
        )
        .join(_GOV, _GOV.c.id == _KEPT.c.government_id)
        .outerjoin(
            _FILE,
            (_FILE.c.about_id == _KEPT.c.id) & (_FILE.c.about_table == _KEPT.name) & _FILE.c.deleted_at.is_(None),
        )
        .where(_KEPT.c.deleted_at.is_(None))
        .order_by(_KEPT.c.handed_on.desc(), _KEPT.c.id.desc())
        .limit(limit)
    )
    if government_ids is not None:
        query = query.where(_KEPT.c.government_id.in_(list(government_ids)))
    return [
        HandedOverLine(
            id=row["id"],
            government_id=row["government_id"],
            government_name=row["government_name"],
            kind=row["report_kind"],
            handed_on=row["handed_on"],
            handed_to=row["handed_to"],
            first=row["period_first"],
            last=row["period_last"],
            session_id=row["session_id"],
            language=row["report_language"],
            with_names=row["with_names"],
            left_out=frozenset(row["left_out"].split()),
            file=None
            if row["file_id"] is None
            else AttachmentLine(
                row["file_id"],
                row["government_id"],
                row["file_name"],
                row["bytes"],
                row["sha256"],
                row["added_on"],
            ),
        )
        for row in view.connection.execute(query).mappings()
    ]
