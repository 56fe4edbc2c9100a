"""Tables around the work: contacts, attachments, own mentors and examples, saved filters, search.

Triggers keep the rows behind the search index (see db/migrations 0003).
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from samenleven_desktop.domain import fields
from samenleven_desktop.storage.models.base import Base, Tracked


class ContactRow(Tracked, Base):
    """A person at a government or an organisation; the name may be a role if no more is needed."""

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_government_id", "government_id"),)
    scope_columns = ("government_id",)
    personal = fields.CONTACT.personal
    government_id: Mapped[str | None] = mapped_column(ForeignKey("government.id"))
    organisation: Mapped[str | None]
    name: Mapped[str]
    role: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    note: Mapped[str | None]


class SessionContactRow(Tracked, Base):
    """A contact who was present at a session."""

    __tablename__ = "session_contact"
    __table_args__ = (
        Index("ix_session_contact_session_id", "session_id"),
        Index("ix_session_contact_contact_id", "contact_id"),
    )
    scope_parents = (("session_id", "support_session"),)
    session_id: Mapped[str] = mapped_column(ForeignKey("support_session.id"))
    contact_id: Mapped[str] = mapped_column(ForeignKey("contact.id"))


class SessionOfficerRow(Tracked, Base):
    """A colleague who attended a session together with the officer who recorded it."""

    __tablename__ = "session_officer"
    __table_args__ = (
        Index("ix_session_officer_session_id", "session_id"),
        Index("ix_session_officer_officer_id", "officer_id"),
    )
    scope_parents = (("session_id", "support_session"),)
    session_id: Mapped[str] = mapped_column(ForeignKey("support_session.id"))
    officer_id: Mapped[str] = mapped_column(ForeignKey("officer.id"))


class AttachmentRow(Tracked, Base):
    """A file in a dossier, or with the record named by `about_table` and `about_id`.

    Its content is stored once, by hash.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_government_id", "government_id"),
        Index("ix_attachment_about_id", "about_id"),
    )
    scope_columns = ("government_id",)
    personal = frozenset({"name"})
    government_id: Mapped[str | None] = mapped_column(ForeignKey("government.id"))
    about_table: Mapped[str | None]
    about_id: Mapped[str | None]
    name: Mapped[str]
    bytes: Mapped[int]
    sha256: Mapped[str]
    added_on: Mapped[date]


class HandedOverRow(Tracked, Base):
    """A report that left the program. Its very file is an attachment about this row, and can go while the row stays.

    `left_out` holds the sections that were left out, parted by spaces.
    """

    __tablename__ = "handed_over"
    __table_args__ = (Index("ix_handed_over_government_id", "government_id"),)
    scope_columns = ("government_id",)
    personal = fields.HANDED_OVER.personal
    government_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    report_kind: Mapped[str]
    handed_on: Mapped[date]
    handed_to: Mapped[str | None]
    period_first: Mapped[date | None]
    period_last: Mapped[date | None]
    session_id: Mapped[str | None] = mapped_column(ForeignKey("support_session.id"))
    report_language: Mapped[str]
    with_names: Mapped[bool]
    left_out: Mapped[str]


class AttachmentContentRow(Base):
    """Content by hash; not in the change log, because the hash identifies it completely."""

    __tablename__ = "attachment_content"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes]


class MentorRow(Tracked, Base):
    """A mentor government added by an officer, besides those of the plan file."""

    __tablename__ = "mentor"
    personal = fields.MENTOR.personal
    action_id: Mapped[str] = mapped_column(ForeignKey("action.id"))
    government_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    learning_network: Mapped[bool | None]
    note: Mapped[str | None]
    source: Mapped[str]


class ExampleRow(Tracked, Base):
    """An inspiring example added by an officer, besides those of the plan file."""

    __tablename__ = "example"
    personal = fields.EXAMPLE.personal
    action_id: Mapped[str] = mapped_column(ForeignKey("action.id"))
    government_id: Mapped[str | None] = mapped_column(ForeignKey("government.id"))
    title: Mapped[str]
    note: Mapped[str | None]
    source: Mapped[str]


class SavedFilterRow(Base):
    """A list filter saved by the officer under a name; `content` is JSON of the screen."""

    __tablename__ = "saved_filter"
    screen: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]


class SearchRow(Base):
    """Maps a row of the full-text index `search_words` to its record."""

    __tablename__ = "search_row"
    __table_args__ = (Index("ix_search_row_record_id", "record_id", unique=True),)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    record_id: Mapped[str]
