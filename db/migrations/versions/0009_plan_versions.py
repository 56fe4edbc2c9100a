"""Versions of plans by their content: two versions of one plan may have the same name.

The primary key of `plan` becomes the hash of its content, with who made the version, when, and from which one;
`commitment.plan_hash` names the version a commitment was made under. It stays NULL in rows that exist: they name their
version by `plan_version`, as rows from older programs do. Self-contained: no import of models or helpers.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "new_plan",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("made_from", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", "hash", name="pk_plan"),
    )
    connection = op.get_bind()
    columns = "id, version, code, name, first_day, content, in_use"
    rows = connection.execute(sa.text(f"SELECT {columns} FROM plan")).mappings().all()
    values = ":id, :version, :code, :name, :first_day, :content, :in_use, :hash"
    put = sa.text(f"INSERT INTO new_plan ({columns}, hash) VALUES ({values})")
    for row in rows:
        connection.execute(put, {**row, "hash": _hash(row["content"])})
    op.drop_table("plan")
    op.rename_table("new_plan", "plan")
    op.execute("ALTER TABLE commitment ADD COLUMN plan_hash VARCHAR")


def _hash(content: str) -> str:
    """As in domain/plan_versions.py: values that are not known or empty do not count."""
    known = json.dumps(_known(json.loads(content)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(known.encode()).hexdigest()


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        found = {key: _known(one) for key, one in value.items()}
        return {key: one for key, one in found.items() if one is not None and one not in ("", [], {})}
    return [_known(one) for one in value] if isinstance(value, list) else value


def downgrade() -> None:
    op.execute("ALTER TABLE commitment DROP COLUMN plan_hash")
    op.execute("ALTER TABLE plan RENAME TO new_plan")
    op.create_table(
        "plan",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name="pk_plan"),
    )
    columns = "id, version, code, name, first_day, content, in_use"
    op.execute(f"INSERT OR REPLACE INTO plan ({columns}) SELECT {columns} FROM new_plan ORDER BY in_use")
    op.drop_table("new_plan")
