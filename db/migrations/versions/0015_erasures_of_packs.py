"""Erasures and redactions know the pack in which they came.

Self-contained: no import of models or helpers of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0013"


def upgrade() -> None:
    for table in ("erasure", "redaction"):
        op.add_column(table, sa.Column("arrived_in", sa.String(), nullable=True))


def downgrade() -> None:
    for table in ("erasure", "redaction"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN arrived_in")
