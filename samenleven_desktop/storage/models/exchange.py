"""Colleagues, and the packs sent and received.

Untracked: each file has its own view, except `redaction`, which is included in packs like erasure markers.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from samenleven_desktop.storage.models.base import Base


class IdentityRow(Base):
    """The officer's own keys (one row): Ed25519 seed for signing, age identity for decryption."""

    __tablename__ = "identity"
    id: Mapped[int] = mapped_column(primary_key=True)
    signing_key: Mapped[bytes]
    age_identity: Mapped[str]
    made_at: Mapped[str]


class ColleagueRow(Base):
    """A colleague whose fingerprint words were compared; `label` is a role.

    Revoked: nothing is sent or accepted any more.
    """

    __tablename__ = "colleague"
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    officer_id: Mapped[str | None]
    verify_key: Mapped[bytes]
    recipient: Mapped[str]
    trusted_at: Mapped[str]
    revoked_at: Mapped[str | None]


class PeerKnownRow(Base):
    """The number up to which a colleague had a device's changes in a dossier.

    According to that colleague's newest pack. `sealed`: up to where they can prove it.
    """

    __tablename__ = "peer_known"
    __table_args__ = ({"sqlite_with_rowid": False},)
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    device_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    sealed: Mapped[int] = mapped_column(server_default=sql("0"))


class PackLogRow(Base):
    """A pack that was made (out: one row per recipient) or applied (in).

    `number` counts the packs of the sending device to that colleague. `command_id` is the step that applied it.
    `authors`: the other authors whose work came along, as JSON.
    """

    __tablename__ = "pack_log"
    __table_args__ = (
        Index("ix_pack_log_fingerprint", "fingerprint", "direction"),
        CheckConstraint("direction IN ('in', 'out')", name="direction"),
    )
    seq: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[str]
    direction: Mapped[str]
    fingerprint: Mapped[str]
    device_id: Mapped[str]
    number: Mapped[int]
    profile: Mapped[str]
    file_name: Mapped[str]
    changes: Mapped[int]
    made_at: Mapped[str]
    done_at: Mapped[str]
    command_id: Mapped[str | None]
    authors: Mapped[str | None]


class ConflictRow(Base):
    """Concurrent values; derived from the log.

    `heads` are the changes (`device:number`) or, for a double, the rows. `kept_at`: the officer chose to keep both
    rows.
    """

    __tablename__ = "conflict"
    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    heads: Mapped[str]
    found_at: Mapped[str]
    kept_at: Mapped[str | None]


class WaitingRow(Base):
    """A row of the log that cannot be inserted yet, because its parent has not arrived."""

    __tablename__ = "waiting_row"
    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)
    needs_table: Mapped[str]
    needs_id: Mapped[str]


class RedactionRow(Base):
    """What is left of a change (`device:number`) or of the values of a command (its id) after an erasure.

    `arrived_in` is the step that applied the pack in which it came, or whose erasure made it.
    """

    __tablename__ = "redaction"
    ref: Mapped[str] = mapped_column(primary_key=True)
    old: Mapped[str | None]
    new: Mapped[str | None]
    arrived_in: Mapped[str | None]


class TeamNumbersRow(Base):
    """The newest team numbers of a colleague, as JSON; displayed, never merged."""

    __tablename__ = "team_numbers"
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[str]
    content: Mapped[str]


class DeviceBindingRow(Base):
    """Signed by a person: this device is mine, and works under this officer ('' for none).

    `since`: changes up to this number may have gone to colleagues without proof. Travels in packs.
    """

    __tablename__ = "device_binding"
    device_id: Mapped[str] = mapped_column(primary_key=True)
    officer_id: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    since: Mapped[int]
    label: Mapped[str]
    verify_key: Mapped[str]
    recipient: Mapped[str]
    signature: Mapped[str]


class StreamSealRow(Base):
    """The signature of the owner of a device over the places `first` to `last` of its stream in a dossier.

    `salts` has 16 bytes per place, zeros where something was erased. `checked`: compared with the log.
    """

    __tablename__ = "stream_seal"
    __table_args__ = (Index("ix_stream_seal_device_id", "device_id", "scope", "first", "last", unique=True),)
    seq: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str]
    device_id: Mapped[str]
    first: Mapped[int]
    last: Mapped[int]
    signature: Mapped[bytes]
    salts: Mapped[bytes]
    checked: Mapped[bool]


class SealedHashRow(Base):
    """A hash under a seal that cannot be computed from the log any more, or not yet.

    `kind`: `content` (of a change from which something was erased) or `place` (of a place that is not here). Triggers
    on `change` and `command_log` write the first kind, whatever code erases.
    """

    __tablename__ = "sealed_hash"
    __table_args__ = (
        CheckConstraint("kind IN ('content', 'place')", name="kind"),
        {"sqlite_with_rowid": False},
    )
    seal_seq: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[bytes]
