"""How the coach judges a condition of a stimulus for a government. Self-contained: no import of models or helpers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "condition_judgement",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("government_id", sa.String(), nullable=False),
        sa.Column("project_year_id", sa.String(), nullable=False),
        sa.Column("stimulus_kind", sa.String(), nullable=False),
        sa.Column("condition_code", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name="fk_condition_judgement_government_id"),
        sa.ForeignKeyConstraint(
            ["project_year_id"], ["project_year.id"], name="fk_condition_judgement_project_year_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_condition_judgement"),
    )
    op.create_index("ix_condition_judgement_project_year_id", "condition_judgement", ["project_year_id"])


def downgrade() -> None:
    op.drop_table("condition_judgement")
