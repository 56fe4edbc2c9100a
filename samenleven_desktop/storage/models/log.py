"""The change log and related tables. These are not tracked themselves.

`command_log` has a row per command (one transaction, one undo step); `change` a row per changed field, or one per new
row; `change_scope` numbers each change within each dossier it belongs to, per device. Append-only, except for the marks
on `command_log` that record undo, and for erasure, which removes personal values.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from samenleven_desktop.storage.models.base import Base


class Meta(Base):
    """Facts about this file: ids of store and device, current officer, practice date. Untracked: per file."""

    __tablename__ = "meta"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class CommandLog(Base):
    """`sealed`: something it wrote has been erased since, so it can no longer be undone."""

    __tablename__ = "command_log"
    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    device_id: Mapped[str]
    officer_id: Mapped[str | None]
    made_at: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    details: Mapped[str]
    reverts: Mapped[str | None]
    reverted_by: Mapped[str | None]
    sealed: Mapped[bool] = mapped_column(server_default=sql("0"))


class Change(Base):
    """`field` is NULL for a new row (then `new` holds all its values); values are JSON. `hlc`: domain/clock.py.

    `replaces` lists as `device:number`, separated by spaces, the changes that were known here when this one was made:
    the one whose value it overwrote, for a deletion the last of each field, for a settled conflict all that it settles.
    `arrived_in` is the step that imported it from a pack, NULL for changes made here.
    """

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_device_number", "device_id", "number", unique=True),
        Index("ix_change_row_id_field", "row_id", "field"),
        Index("ix_change_command_id", "command_id"),
        Index("ix_change_arrived_in", "arrived_in", sqlite_where=sql("arrived_in IS NOT NULL")),
        Index("ix_change_deleted", "hlc", sqlite_where=sql("field = 'deleted_at' AND new IS NOT NULL")),
    )
    seq: Mapped[int] = mapped_column(primary_key=True)
    device_id: Mapped[str]
    number: Mapped[int]
    officer_id: Mapped[str | None]
    hlc: Mapped[int]
    command_id: Mapped[str] = mapped_column(ForeignKey("command_log.id"))
    table_name: Mapped[str]
    row_id: Mapped[str]
    field: Mapped[str | None]
    old: Mapped[str | None]
    new: Mapped[str | None]
    replaces: Mapped[str | None]
    arrived_in: Mapped[str | None]


class ChangeScope(Base):
    """The position of a change in a device's stream of a dossier.

    `device_id` is the device of the stream: when a device links an existing row to a dossier, its stream also gets the
    earlier changes, whoever made them. `arrived_in` is the step that imported the place from a pack, NULL for places
    made here and for those that came before migration 0020.
    """

    __tablename__ = "change_scope"
    __table_args__ = (Index("ix_change_scope_change_seq", "change_seq"), {"sqlite_with_rowid": False})
    scope: Mapped[str] = mapped_column(primary_key=True)
    device_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    change_seq: Mapped[int] = mapped_column(ForeignKey("change.seq"))
    arrived_in: Mapped[str | None]


class Erasure(Base):
    """A row whose personal values were permanently removed.

    Holds none of them; overrides every change of that row, is included in packs, and is applied again after a restore.
    `hlc` and `device_id`: when and where it was requested. `arrived_in` is the step that imported it from a pack.
    """

    __tablename__ = "erasure"
    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)
    device_id: Mapped[str]
    hlc: Mapped[int]
    made_at: Mapped[str]
    arrived_in: Mapped[str | None]


class Draft(Base):
    """Unsaved form input. Untracked: a draft is no record until the form is saved."""

    __tablename__ = "draft"
    form: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[str]
