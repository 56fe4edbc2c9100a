"""Writes contacts and attachments inside a unit of work; attachment content is stored by hash, outside the log."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.dialects.sqlite import insert

from samenleven_desktop.storage.models import AttachmentContentRow, AttachmentRow, ContactRow, HandedOverRow, table_of
from samenleven_desktop.storage.recycle_bin import deleted_by
from samenleven_desktop.storage.repositories.work import alive, check_government
from samenleven_desktop.storage.unit_of_work import UnitOfWork
from samenleven_desktop.storage.view import View

_FILE, _CONTENT = table_of(AttachmentRow), table_of(AttachmentContentRow)


def add_contact(unit: UnitOfWork, **values: object) -> str:
    """Raises UserError if its government does not exist."""
    _check_place(unit, values)
    return unit.insert(ContactRow, **values)


def change_contact(unit: UnitOfWork, contact_id: str, **values: object) -> None:
    alive(unit, ContactRow, contact_id)
    _check_place(unit, values)
    unit.retype(ContactRow, contact_id, **values)


def _check_place(unit: UnitOfWork, values: Mapping[str, object]) -> None:
    if values["government_id"] is not None:
        check_government(unit, str(values["government_id"]))


def delete_contact(unit: UnitOfWork, contact_id: str) -> None:
    alive(unit, ContactRow, contact_id)
    unit.delete(ContactRow, contact_id)


def add_attachment(unit: UnitOfWork, content: bytes, **values: object) -> str:
    """Adds the row, and stores the content once under its hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    unit.connection.execute(insert(_CONTENT).values(sha256=sha256, content=content).on_conflict_do_nothing())
    return unit.insert(AttachmentRow, sha256=sha256, bytes=len(content), **values)


def add_handed_over(unit: UnitOfWork, name: str, content: bytes, **values: object) -> str:
    """Adds the row of a report that left the program, and its very file as an attachment about it."""
    check_government(unit, str(values["government_id"]))
    kept = unit.insert(HandedOverRow, **values)
    add_attachment(
        unit,
        content,
        government_id=values["government_id"],
        about_table=HandedOverRow.__tablename__,
        about_id=kept,
        name=name,
        added_on=values["handed_on"],
    )
    return kept


def handed_over_with(unit: UnitOfWork, rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Returns the rows (table, id) of the reports of which one of these attachments is the file."""
    ids = [row_id for table_name, row_id in rows if table_name == _FILE.name]
    query = select(_FILE.c.about_id).where(_FILE.c.id.in_(ids), _FILE.c.about_table == HandedOverRow.__tablename__)
    return [(HandedOverRow.__tablename__, row_id) for row_id in unit.connection.execute(query).scalars()]


def delete_attachment(unit: UnitOfWork, attachment_id: str) -> None:
    """Deletes the attachment; its content stays as long as the deletion can be undone (`purge_contents`)."""
    alive(unit, AttachmentRow, attachment_id)
    unit.delete(AttachmentRow, attachment_id)


def purge_contents(view: View, limit: int) -> int:
    """Deletes contents used by no attachment that is live or was deleted after step `limit`; returns their number."""
    kept = select(_FILE.c.id).where(
        _FILE.c.sha256 == _CONTENT.c.sha256, or_(_FILE.c.deleted_at.is_(None), ~deleted_by(_FILE.c.id, limit))
    )
    return view.connection.execute(delete(_CONTENT).where(~exists(kept.correlate(_CONTENT)))).rowcount
