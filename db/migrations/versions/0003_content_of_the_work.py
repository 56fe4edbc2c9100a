"""The whole content of the work: motivations, own offers, contacts, attachments, mentors, examples, filters, search.

Self-contained: no import of models or helpers of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_NEW_COLUMNS = (
    ("commitment", sa.Column("motivation", sa.String())),
    ("commitment", sa.Column("anchor_moments", sa.String())),
    ("offer", sa.Column("valid_from", sa.Date())),
    ("offer", sa.Column("valid_until", sa.Date())),
    ("offer", sa.Column("region", sa.String())),
    ("offer", sa.Column("overlays_id", sa.String())),
    ("follow_up", sa.Column("about_table", sa.String())),
    ("follow_up", sa.Column("about_id", sa.String())),
)

# The rows of full-text search: kind, table, the text of a row, and the columns whose change makes it stale.
_SEARCHED = (
    ("session", "support_session", "{0}.report", "report"),
    ("agreement", "follow_up", "{0}.what", "what"),
    (
        "offer",
        "offer",
        "{0}.title || ' ' || {0}.organisation || ' ' || coalesce({0}.note, '')",
        "title, organisation, note",
    ),
    ("use", "offer_use", "coalesce({0}.evaluation, '')", "evaluation"),
    (
        "contact",
        "contact",
        "{0}.name || ' ' || coalesce({0}.role, '') || ' ' || coalesce({0}.organisation, '') || ' ' || "
        "coalesce({0}.email, '') || ' ' || coalesce({0}.note, '')",
        "name, role, organisation, email, note",
    ),
    ("government", "government", "{0}.name || ' ' || {0}.code", "name, code"),
    ("track", "support_track", "{0}.title || ' ' || coalesce({0}.goal, '')", "title, goal"),
    (
        "commitment",
        "commitment",
        "coalesce({0}.note, '') || ' ' || coalesce({0}.motivation, '') || ' ' || coalesce({0}.anchor_moments, '')",
        "note, motivation, anchor_moments",
    ),
    ("attachment", "attachment", "{0}.name", "name"),
)


def upgrade() -> None:
    for table, column in _NEW_COLUMNS:
        op.add_column(table, column)
    _links("session_officer", "session_id", "support_session", "officer_id", "officer")
    op.create_table(
        "contact",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("government_id", sa.String(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name="fk_contact_government_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
    )
    op.create_index("ix_contact_government_id", "contact", ["government_id"])
    _links("session_contact", "session_id", "support_session", "contact_id", "contact")
    op.create_table(
        "attachment_content",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_attachment_content"),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("government_id", sa.String(), nullable=True),
        sa.Column("about_table", sa.String(), nullable=True),
        sa.Column("about_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name="fk_attachment_government_id"),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index("ix_attachment_government_id", "attachment", ["government_id"])
    op.create_index("ix_attachment_about_id", "attachment", ["about_id"])
    op.create_table(
        "mentor",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("government_id", sa.String(), nullable=False),
        sa.Column("learning_network", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name="fk_mentor_action_id"),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name="fk_mentor_government_id"),
        sa.PrimaryKeyConstraint("id", name="pk_mentor"),
    )
    op.create_table(
        "example",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("government_id", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name="fk_example_action_id"),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name="fk_example_government_id"),
        sa.PrimaryKeyConstraint("id", name="pk_example"),
    )
    op.create_table(
        "saved_filter",
        sa.Column("screen", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("screen", "name", name="pk_saved_filter"),
    )
    op.create_index("ix_offer_use_offer_id", "offer_use", ["offer_id"])
    op.create_index("ix_follow_up_about_id", "follow_up", ["about_id"], sqlite_where=sa.text("about_id IS NOT NULL"))
    op.create_index("ix_offer_overlays_id", "offer", ["overlays_id"], sqlite_where=sa.text("overlays_id IS NOT NULL"))
    _search()


def _links(name: str, left: str, left_table: str, right: str, right_table: str) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column(left, sa.String(), nullable=False),
        sa.Column(right, sa.String(), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint([left], [f"{left_table}.id"], name=f"fk_{name}_{left}"),
        sa.ForeignKeyConstraint([right], [f"{right_table}.id"], name=f"fk_{name}_{right}"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_{left}", name, [left])
    op.create_index(f"ix_{name}_{right}", name, [right])


def _search() -> None:
    """Creates one index over all text, kept up to date by triggers, so that undo, exchange and erasure always reach it.

    The index is contentless: it does not store the text again. Newest first is by descending number.
    """
    op.create_table(
        "search_row",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_search_row"),
    )
    op.create_index("ix_search_row_record_id", "search_row", ["record_id"], unique=True)
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5(words, content='', contentless_delete=1, "
        "tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
    )
    for kind, table, words, columns in _SEARCHED:
        new = words.format("new")
        add = (
            f"INSERT INTO search_row (kind, record_id) SELECT '{kind}', new.id "
            f"WHERE new.deleted_at IS NULL AND trim({new}) != ''; "
            f"INSERT INTO search_words (rowid, words) SELECT number, {new} FROM search_row WHERE record_id = new.id;"
        )
        away = (
            "DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); "
            "DELETE FROM search_row WHERE record_id = old.id;"
        )
        op.execute(f"CREATE TRIGGER search_{table}_new AFTER INSERT ON {table} BEGIN {add} END")
        op.execute(
            f"CREATE TRIGGER search_{table}_changed AFTER UPDATE OF {columns}, deleted_at ON {table} "
            f"BEGIN {away} {add} END"
        )
        op.execute(f"CREATE TRIGGER search_{table}_deleted AFTER DELETE ON {table} BEGIN {away} END")
        plain = words.format(table)
        op.execute(
            f"INSERT INTO search_row (kind, record_id) SELECT '{kind}', id FROM {table} "
            f"WHERE deleted_at IS NULL AND trim({plain}) != ''"
        )
        op.execute(
            f"INSERT INTO search_words (rowid, words) SELECT number, {plain} FROM {table} "
            f"JOIN search_row ON record_id = {table}.id WHERE search_row.kind = '{kind}'"
        )


def downgrade() -> None:
    for _kind, table, _words, _columns in _SEARCHED:
        for name in ("new", "changed", "deleted"):
            op.execute(f"DROP TRIGGER search_{table}_{name}")
    op.execute("DROP TABLE search_words")
    op.drop_table("search_row")
    op.drop_index("ix_offer_overlays_id", table_name="offer")
    op.drop_index("ix_follow_up_about_id", table_name="follow_up")
    op.drop_index("ix_offer_use_offer_id", table_name="offer_use")
    for table in ("saved_filter", "example", "mentor", "attachment", "attachment_content"):
        op.drop_table(table)
    for table in ("session_contact", "contact", "session_officer"):
        op.drop_table(table)
    for table, column in reversed(_NEW_COLUMNS):
        op.drop_column(table, column.name)
