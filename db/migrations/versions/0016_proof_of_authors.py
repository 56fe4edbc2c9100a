"""Proof of who wrote what: which devices are whose, and signatures over their streams (docs/pack-format.md).

Two triggers keep a change provable when something is erased from it. Self-contained: no import of models or helpers of
the program; the functions `content_hashes` and `without_salts` are given to every connection (storage/engine.py).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_SEALED = (
    "FROM change c JOIN change_scope p ON p.change_seq = c.seq AND p.device_id = c.device_id "
    "JOIN stream_seal s ON s.device_id = p.device_id AND s.scope = p.scope AND p.number BETWEEN s.first AND s.last "
)
_SALT = "substr(s.salts, (p.number - s.first) * 16 + 1, 16)"


def _keep(old: str, new: str, details: str, which: str) -> str:
    return (
        "INSERT OR IGNORE INTO sealed_hash (seal_seq, number, kind, hash) "
        f"SELECT s.seq, p.number, 'content', content_hashes({_SALT}, c.field, {old}, {new}, {details}) "
        f"{_SEALED} WHERE {which} AND {_SALT} != zeroblob(16); "
        "UPDATE stream_seal SET salts = without_salts(salts, (SELECT group_concat(p.number - s.first) "
        f"{_SEALED} WHERE {which} AND s.seq = stream_seal.seq)) WHERE seq IN (SELECT s.seq {_SEALED} WHERE {which});"
    )


def upgrade() -> None:
    op.create_table(
        "device_binding",
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("verify_key", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("device_id", "officer_id", name="pk_device_binding"),
    )
    op.create_table(
        "stream_seal",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("salts", sa.LargeBinary(), nullable=False),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_stream_seal"),
    )
    op.create_index("ix_stream_seal_device_id", "stream_seal", ["device_id", "scope", "first", "last"], unique=True)
    op.create_table(
        "sealed_hash",
        sa.Column("seal_seq", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('content', 'place')", name="ck_sealed_hash_kind"),
        sa.PrimaryKeyConstraint("seal_seq", "number", "kind", name="pk_sealed_hash"),
        sqlite_with_rowid=False,
    )
    op.execute("ALTER TABLE peer_known ADD COLUMN sealed INTEGER DEFAULT 0 NOT NULL")
    op.execute("ALTER TABLE pack_log ADD COLUMN authors VARCHAR")
    details = "(SELECT details FROM command_log WHERE id = OLD.command_id)"
    op.execute(
        "CREATE TRIGGER change_redacted AFTER UPDATE OF old, new ON change "
        "WHEN OLD.old IS NOT NEW.old OR OLD.new IS NOT NEW.new "
        f"BEGIN {_keep('OLD.old', 'OLD.new', details, 'c.seq = OLD.seq')} END"
    )
    op.execute(
        "CREATE TRIGGER step_redacted AFTER UPDATE OF details ON command_log WHEN OLD.details IS NOT NEW.details "
        f"BEGIN {_keep('c.old', 'c.new', 'OLD.details', 'c.command_id = OLD.id')} END"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER step_redacted")
    op.execute("DROP TRIGGER change_redacted")
    op.execute("ALTER TABLE pack_log DROP COLUMN authors")
    op.execute("ALTER TABLE peer_known DROP COLUMN sealed")
    op.drop_table("sealed_hash")
    op.drop_table("stream_seal")
    op.drop_table("device_binding")
