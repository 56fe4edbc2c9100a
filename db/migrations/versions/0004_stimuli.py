"""Stimuli: candidacies with their texts, the budget of a call as entered by the officer, outcomes that were seen.

Self-contained: no import of models or helpers of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "stimulus",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("government_id", sa.String(), nullable=False),
        sa.Column("project_year_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("action_number", sa.Integer(), nullable=True),
        sa.Column("linked_actions", sa.String(), nullable=False),
        sa.Column("learning_network", sa.Boolean(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name="fk_stimulus_government_id"),
        sa.ForeignKeyConstraint(["project_year_id"], ["project_year.id"], name="fk_stimulus_project_year_id"),
        sa.PrimaryKeyConstraint("id", name="pk_stimulus"),
    )
    op.create_index("ix_stimulus_government_id", "stimulus", ["government_id"])
    op.create_table(
        "stimulus_text",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stimulus_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["stimulus_id"], ["stimulus.id"], name="fk_stimulus_text_stimulus_id"),
        sa.PrimaryKeyConstraint("id", name="pk_stimulus_text"),
    )
    op.create_index("ix_stimulus_text_stimulus_id", "stimulus_text", ["stimulus_id"])
    op.create_table(
        "call_budget",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("project_year_id", sa.String(), nullable=False),
        sa.Column("available", sa.Boolean(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["project_year_id"], ["project_year.id"], name="fk_call_budget_project_year_id"),
        sa.PrimaryKeyConstraint("id", name="pk_call_budget"),
    )
    op.create_table(
        "seen_outcome",
        sa.Column("government_id", sa.String(), nullable=False),
        sa.Column("project_year_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("government_id", "project_year_id", "kind", name="pk_seen_outcome"),
    )


def downgrade() -> None:
    op.drop_table("seen_outcome")
    op.drop_table("call_budget")
    op.drop_table("stimulus_text")
    op.drop_table("stimulus")
