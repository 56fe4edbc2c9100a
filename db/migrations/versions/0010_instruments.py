"""Other instruments: subsidies and calls besides the plan's that pay for an action of a government.

Also an index for the sessions about one action. Self-contained: no import of models or helpers of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_WORDS = "new.name || ' ' || coalesce(new.giver, '') || ' ' || coalesce(new.note, '')"
_FORGET = (
    "DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); "
    "DELETE FROM search_row WHERE record_id = old.id;"
)
_NOTE = (
    "INSERT INTO search_row (kind, record_id) SELECT 'instrument', new.id "
    f"WHERE new.deleted_at IS NULL AND trim({_WORDS}) != ''; "
    f"INSERT INTO search_words (rowid, words) SELECT number, folded_words({_WORDS}) "
    "FROM search_row WHERE record_id = new.id;"
)


def upgrade() -> None:
    op.create_table(
        "instrument",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("government_id", sa.String(), nullable=False),
        sa.Column("action_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("giver", sa.String(), nullable=True),
        sa.Column("instrument_state", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name="fk_instrument_action_id"),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name="fk_instrument_government_id"),
        sa.PrimaryKeyConstraint("id", name="pk_instrument"),
    )
    op.create_index("ix_instrument_government_id", "instrument", ["government_id"])
    op.create_index("ix_instrument_action_id", "instrument", ["action_id"])
    op.create_index("ix_session_action_action_id", "session_action", ["action_id"])
    op.execute(f"CREATE TRIGGER search_instrument_new AFTER INSERT ON instrument BEGIN {_NOTE} END")
    op.execute(
        "CREATE TRIGGER search_instrument_changed AFTER UPDATE OF name, giver, note, deleted_at ON instrument "
        f"BEGIN {_FORGET} {_NOTE} END"
    )
    op.execute(f"CREATE TRIGGER search_instrument_deleted AFTER DELETE ON instrument BEGIN {_FORGET} END")


def downgrade() -> None:
    op.execute("DELETE FROM search_words WHERE rowid IN (SELECT number FROM search_row WHERE kind = 'instrument')")
    op.execute("DELETE FROM search_row WHERE kind = 'instrument'")
    op.drop_table("instrument")
    op.drop_index("ix_session_action_action_id", "session_action")
