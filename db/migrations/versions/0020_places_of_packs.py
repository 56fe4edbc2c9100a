"""Places in streams know the pack they came in, so that taking it back removes them too.

Self-contained: no import of models or helpers.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("change_scope", sa.Column("arrived_in", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("change_scope", "arrived_in")
