"""Organisations: applicants of the call for organisations, the governments they serve, and the offers they make.

An organisation is a row of `government` (kind `organisation`), as a partnership is: whatever names an applicant or a
dossier names that table. Self-contained: no import of models or helpers of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("government", sa.Column("organisation_kind", sa.String(), nullable=True))
    op.add_column("government", sa.Column("page", sa.String(), nullable=True))
    op.add_column("offer", sa.Column("organisation_id", sa.String(), nullable=True))
    op.create_table(
        "organisation_service",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("government_id", sa.String(), nullable=False),
        sa.Column("target_id", sa.String(), nullable=True),
        sa.Column("target_value", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["government.id"], name="fk_organisation_service_organisation_id"),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name="fk_organisation_service_government_id"),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_organisation_service_target_id"),
        sa.PrimaryKeyConstraint("id", name="pk_organisation_service"),
    )
    op.create_index("ix_organisation_service_organisation_id", "organisation_service", ["organisation_id"])
    op.create_index("ix_organisation_service_government_id", "organisation_service", ["government_id"])


def downgrade() -> None:
    op.drop_table("organisation_service")
    op.drop_column("offer", "organisation_id")
    op.drop_column("government", "page")
    op.drop_column("government", "organisation_kind")
