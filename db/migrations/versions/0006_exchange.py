"""Exchange with colleagues: own keys, colleagues and what they have received, packs, conflicts, queued rows,
redactions.

Two officers may each commit a government to the same target before they exchange: the index on commitments is no longer
unique, the commands check it. Self-contained: no import of models or helpers of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_ALIVE = sa.text("deleted_at IS NULL")
_COMMITMENT = ["applicant_id", "project_year_id", "target_id"]


def upgrade() -> None:
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("signing_key", sa.LargeBinary(), nullable=False),
        sa.Column("age_identity", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
    )
    op.create_table(
        "colleague",
        sa.Column("fingerprint", sa.String(), primary_key=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String()),
        sa.Column("verify_key", sa.LargeBinary(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("trusted_at", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.String()),
    )
    op.create_table(
        "peer_known",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", "scope", "device_id", name="pk_peer_known"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pack_log",
        sa.Column("seq", sa.Integer(), primary_key=True),
        sa.Column("pack_id", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("done_at", sa.String(), nullable=False),
        sa.Column("command_id", sa.String()),
        sa.CheckConstraint("direction IN ('in', 'out')", name="ck_pack_log_direction"),
    )
    op.create_index("ix_pack_log_fingerprint", "pack_log", ["fingerprint", "direction"])
    op.create_table(
        "conflict",
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("heads", sa.String(), nullable=False),
        sa.Column("found_at", sa.String(), nullable=False),
        sa.Column("kept_at", sa.String()),
        sa.PrimaryKeyConstraint("table_name", "row_id", "field", name="pk_conflict"),
    )
    op.create_table(
        "waiting_row",
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("needs_table", sa.String(), nullable=False),
        sa.Column("needs_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_id", name="pk_waiting_row"),
    )
    op.create_table(
        "redaction",
        sa.Column("ref", sa.String(), primary_key=True),
        sa.Column("old", sa.String()),
        sa.Column("new", sa.String()),
    )
    op.create_table(
        "team_numbers",
        sa.Column("fingerprint", sa.String(), primary_key=True),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
    )
    op.execute("ALTER TABLE change ADD COLUMN arrived_in VARCHAR")
    op.create_index("ix_change_arrived_in", "change", ["arrived_in"], sqlite_where=sa.text("arrived_in IS NOT NULL"))
    op.drop_index("uq_commitment_applicant_year_target", "commitment")
    op.create_index("ix_commitment_applicant_year_target", "commitment", _COMMITMENT, sqlite_where=_ALIVE)


def downgrade() -> None:
    op.drop_index("ix_commitment_applicant_year_target", "commitment")
    op.create_index("uq_commitment_applicant_year_target", "commitment", _COMMITMENT, unique=True, sqlite_where=_ALIVE)
    op.drop_index("ix_change_arrived_in", "change")
    op.execute("ALTER TABLE change DROP COLUMN arrived_in")
    op.drop_index("ix_pack_log_fingerprint", "pack_log")
    for table in (
        "team_numbers",
        "redaction",
        "waiting_row",
        "conflict",
        "pack_log",
        "peer_known",
        "colleague",
        "identity",
    ):
        op.drop_table(table)
