"""One folding for the search index and the question: the index is rebuilt with words that the program folded.

Self-contained: no import of models or helpers of the program. `folded_words` is an SQL function of every connection
(`storage/engine.py`). A change of what it returns needs another migration that rebuilds the index as this one does.
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

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
    _rebuild("folded_words({0})", "ascii")


def downgrade() -> None:
    _rebuild("{0}", "unicode61 remove_diacritics 2")


def _rebuild(indexed: str, tokenizer: str) -> None:
    """Drops the index and its triggers, and creates and fills them again; the numbers of the rows stay."""
    op.execute("DROP TABLE search_words")
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5(words, content='', contentless_delete=1, "
        f"tokenize='{tokenizer}', prefix='2 3')"
    )
    for kind, table, words, columns in _SEARCHED:
        for name in ("new", "changed", "deleted"):
            op.execute(f"DROP TRIGGER search_{table}_{name}")
        new = words.format("new")
        add = (
            f"INSERT INTO search_row (kind, record_id) SELECT '{kind}', new.id "
            f"WHERE new.deleted_at IS NULL AND trim({new}) != ''; "
            f"INSERT INTO search_words (rowid, words) SELECT number, {indexed.format(new)} FROM search_row "
            "WHERE record_id = new.id;"
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
        stored = indexed.format(words.format(table))
        op.execute(
            f"INSERT INTO search_words (rowid, words) SELECT number, {stored} FROM {table} "
            f"JOIN search_row ON record_id = {table}.id WHERE search_row.kind = '{kind}' ORDER BY number"
        )
