"""Erasure: the rows that were permanently emptied, and the steps that can no longer be undone because of it.

Self-contained: no import of models or helpers of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("hlc", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_id", name="pk_erasure"),
    )
    op.execute("ALTER TABLE command_log ADD COLUMN sealed BOOLEAN DEFAULT 0 NOT NULL")
    op.execute("CREATE INDEX ix_change_deleted ON change (hlc) WHERE field = 'deleted_at' AND new IS NOT NULL")


def downgrade() -> None:
    op.execute("DROP INDEX ix_change_deleted")
    op.execute("ALTER TABLE command_log DROP COLUMN sealed")
    op.drop_table("erasure")
