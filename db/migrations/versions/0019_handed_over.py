"""Reports that left the program: what, about which days, to whom and when. The file itself is an attachment.

Self-contained: no import of models or helpers.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "handed_over",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("government_id", sa.String(), nullable=False),
        sa.Column("report_kind", sa.String(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("handed_to", sa.String(), nullable=True),
        sa.Column("period_first", sa.Date(), nullable=True),
        sa.Column("period_last", sa.Date(), nullable=True),
        sa.Column("session_id", sa.String(), nullable=True),
        sa.Column("report_language", sa.String(), nullable=False),
        sa.Column("with_names", sa.Boolean(), nullable=False),
        sa.Column("left_out", sa.String(), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name="fk_handed_over_government_id"),
        sa.ForeignKeyConstraint(["session_id"], ["support_session.id"], name="fk_handed_over_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_handed_over"),
    )
    op.create_index("ix_handed_over_government_id", "handed_over", ["government_id"])


def downgrade() -> None:
    op.drop_table("handed_over")
