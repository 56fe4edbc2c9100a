"""Contacts with their sessions, who was present, and attachments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, or_, select

from samenleven_desktop.readmodels.people import AttachmentLine, ContactLine
from samenleven_desktop.storage.models import (
    AttachmentContentRow,
    AttachmentRow,
    ContactRow,
    GovernmentRow,
    SessionContactRow,
    SessionOfficerRow,
    SupportSessionRow,
    table_of,
)
from samenleven_desktop.storage.view import View

_CONTACT, _GOV, _SESSION = table_of(ContactRow), table_of(GovernmentRow), table_of(SupportSessionRow)
_PRESENT, _COLLEAGUE = table_of(SessionContactRow), table_of(SessionOfficerRow)
_FILE, _CONTENT = table_of(AttachmentRow), table_of(AttachmentContentRow)


def contacts(view: View, governments: Iterable[str] | None = None) -> list[ContactLine]:
    """Returns live contacts by name, without erased ones.

    With `governments`: contacts of these, and of organisations without a government. None: all.
    """
    query = _query().where(_CONTACT.c.deleted_at.is_(None), _CONTACT.c.name != "")
    if governments is not None:
        query = query.where(or_(_CONTACT.c.government_id.in_(list(governments)), _CONTACT.c.government_id.is_(None)))
    return _lines(view, query)


def to_call(view: View, government_id: str) -> list[tuple[str, str, str | None, str | None, str | None]]:
    """Returns id, name, role, e-mail and phone of the contacts of a government, by name."""
    query = (
        select(_CONTACT.c.id, _CONTACT.c.name, _CONTACT.c.role, _CONTACT.c.email, _CONTACT.c.phone)
        .where(_CONTACT.c.government_id == government_id, _CONTACT.c.deleted_at.is_(None), _CONTACT.c.name != "")
        .order_by(func.lower(_CONTACT.c.name), _CONTACT.c.id)
    )
    return [(one.id, one.name, one.role, one.email, one.phone) for one in view.connection.execute(query)]


def every_contact(view: View) -> list[ContactLine]:
    """Returns all contacts, including deleted ones and erased ones (without a name)."""
    return _lines(view, _query())


def _query() -> Select[Any]:
    return (
        select(
            _CONTACT,
            _GOV.c.name.label("government_name"),
            func.count(_SESSION.c.id).label("sessions"),
            func.max(_SESSION.c.day).label("last_seen"),
        )
        .outerjoin(_GOV, _GOV.c.id == _CONTACT.c.government_id)
        .outerjoin(_PRESENT, (_PRESENT.c.contact_id == _CONTACT.c.id) & _PRESENT.c.deleted_at.is_(None))
        .outerjoin(_SESSION, (_SESSION.c.id == _PRESENT.c.session_id) & _SESSION.c.deleted_at.is_(None))
        .group_by(_CONTACT.c.id)
        .order_by(func.lower(_CONTACT.c.name), _CONTACT.c.id)
    )


def _lines(view: View, query: Select[Any]) -> list[ContactLine]:
    return [
        ContactLine(
            id=row["id"],
            government_id=row["government_id"],
            government_name=row["government_name"],
            organisation=row["organisation"],
            name=row["name"],
            role=row["role"],
            email=row["email"],
            phone=row["phone"],
            note=row["note"],
            sessions=row["sessions"],
            last_seen=row["last_seen"],
        )
        for row in view.connection.execute(query).mappings()
    ]


def sessions_of(view: View, contact_ids: Iterable[str]) -> list[str]:
    """Returns live sessions at which one of these contacts was present."""
    query = (
        select(_PRESENT.c.session_id)
        .join(_SESSION, (_SESSION.c.id == _PRESENT.c.session_id) & _SESSION.c.deleted_at.is_(None))
        .where(_PRESENT.c.contact_id.in_(list(contact_ids)), _PRESENT.c.deleted_at.is_(None))
        .distinct()
    )
    return list(view.connection.execute(query).scalars())


def present(view: View, session_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the ids of the contacts and colleagues who were at a session."""
    contacts_ = select(_PRESENT.c.contact_id).where(
        _PRESENT.c.session_id == session_id, _PRESENT.c.deleted_at.is_(None)
    )
    colleagues = select(_COLLEAGUE.c.officer_id).where(
        _COLLEAGUE.c.session_id == session_id, _COLLEAGUE.c.deleted_at.is_(None)
    )
    return tuple(view.connection.execute(contacts_).scalars()), tuple(view.connection.execute(colleagues).scalars())


def attachments(view: View, government_id: str) -> list[AttachmentLine]:
    """Returns live attachments of a dossier, newest first, without erased ones."""
    query = (
        select(_FILE)
        .where(_FILE.c.government_id == government_id, _FILE.c.deleted_at.is_(None), _FILE.c.name != "")
        .order_by(_FILE.c.added_on.desc(), _FILE.c.id.desc())
    )
    return [
        AttachmentLine(row["id"], row["government_id"], row["name"], row["bytes"], row["sha256"], row["added_on"])
        for row in view.connection.execute(query).mappings()
    ]


def content(view: View, sha256: str) -> bytes | None:
    """Returns the bytes stored under a hash."""
    return view.connection.execute(select(_CONTENT.c.content).where(_CONTENT.c.sha256 == sha256)).scalar()
