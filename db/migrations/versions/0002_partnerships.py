"""Partnerships: second memberships kept from a project year, and official figures of origin entered by officers.

Self-contained: no import of models or helpers of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("partnership_member", sa.Column("kept_from_year", sa.Integer(), nullable=True))
    op.create_table(
        "official_figure",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("government_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name="fk_official_figure_government_id"),
        sa.PrimaryKeyConstraint("id", name="pk_official_figure"),
    )
    op.create_index("ix_official_figure_government_id", "official_figure", ["government_id"])


def downgrade() -> None:
    op.drop_index("ix_official_figure_government_id", table_name="official_figure")
    op.drop_table("official_figure")
    op.drop_column("partnership_member", "kept_from_year")
