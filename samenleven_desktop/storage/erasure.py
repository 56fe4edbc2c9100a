"""Erasure: permanently removes the personal values of rows from tables, log, drafts and texts that name the person.

Works on any connection to a work file, also on a backup with an older schema. The remaining marker records that
something was erased, never what. Pages and search index are cleaned by `vacuum`, outside the transaction.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, insert, or_, select, true, update
from sqlalchemy import text as sql

from samenleven_desktop.domain.person_pattern import SearchPattern
from samenleven_desktop.storage.models import (
    TRACKED,
    Change,
    CommandLog,
    Draft,
    Erasure,
    RedactionRow,
    SavedFilterRow,
    Tracked,
    table_of,
)

_CHANGE, _COMMAND, _ERASURE = table_of(Change), table_of(CommandLog), table_of(Erasure)
_REDACTION = table_of(RedactionRow)
_DRAFT, _FILTER = table_of(Draft), table_of(SavedFilterRow)
# The columns that identify a person; a function or an organisation does not.
_IDENTIFYING = {"contact": ("name", "email", "phone")}

# Table, row and field of a text; for a draft its form, for a saved filter its screen and name.
Place = tuple[str, str, str]
# (table, column) -> the column that it is made from: struck along with it, and not shown apart.
DERIVED = {("government", "search_name"): "name"}
UNTRACKED_PLACES = ("draft", "saved_filter", "command_log")
Redaction = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Marker:
    """Records that a row was erased, when and on which device, without its data. For `hlc` see domain/clock.py."""

    table_name: str
    row_id: str
    device_id: str
    hlc: int
    made_at: str


@dataclass(frozen=True)
class Mention:
    """A text of another row that names the person."""

    table_name: str
    row_id: str
    field: str
    text: str


def markers(connection: Connection) -> list[Marker]:
    """Returns all markers of a work file; none if its schema is older than erasure."""
    if not _columns(connection, "erasure"):
        return []
    # Not the columns that only this file has: a backup may be older than they are.
    query = select(*(_ERASURE.c[name] for name in Marker.__dataclass_fields__)).order_by(_ERASURE.c.hlc)
    return [Marker(**row) for row in connection.execute(query).mappings()]


def put_markers(connection: Connection, found: Iterable[Marker], arrived_in: str | None = None) -> None:
    """Adds markers; existing ones stay as they are. `arrived_in`: the step that applied the pack that has them."""
    if not _columns(connection, "erasure"):
        return
    came = {} if arrived_in is None else {"arrived_in": arrived_in}
    rows = [vars(one) | came for one in found]
    if rows:
        connection.execute(insert(_ERASURE).prefix_with("OR IGNORE"), rows)


def blank(model: type[Tracked], column: str) -> str | None:
    """Returns the value of a personal column after erasure."""
    return None if table_of(model).c[column].nullable else ""


def bare_row(model: type[Tracked]) -> dict[str, object]:
    """Returns a row of blank values, for columns that the logged insert lacks: after an erasure, the personal ones."""
    names = table_of(model).columns.keys()
    return {name: blank(model, name) if name in model.personal else None for name in names}


def words_of(connection: Connection, rows: Iterable[tuple[str, str]]) -> SearchPattern:
    """Returns the names by which the persons of these rows are or were known, from rows and log.

    A name that only repeats the function ("diensthoofd") does not count as a name.
    """
    found: set[str] = set()
    roles: set[str] = set()
    for table_name, row_id in rows:
        fields = _IDENTIFYING.get(table_name)
        if fields is None:
            continue
        table = table_of(TRACKED[table_name])
        for row in connection.execute(select(table).where(table.c.id == row_id)).mappings():
            found |= {str(row[name]) for name in fields if row[name]}
            roles |= {str(row["role"])} if row["role"] else set()
        log = select(_CHANGE.c.field, _CHANGE.c.old, _CHANGE.c.new).where(_CHANGE.c.row_id == row_id)
        for change in connection.execute(log):
            for made in logged_values(*change):
                found |= {str(made[name]) for name in fields if made.get(name)}
                roles |= {str(made["role"])} if made.get("role") else set()
    return SearchPattern(found - roles)


def names_in(table_name: str, field: str | None, old: str | None, new: str | None) -> list[str]:
    """Returns the identifying words in a logged change."""
    fields = _IDENTIFYING.get(table_name, ())
    return [
        str(made[name])
        for made in logged_values(field, old, new)
        for name in fields
        if made.get(name) and made[name] != made.get("role")
    ]


def logged_values(field: str | None, old: str | None, new: str | None) -> list[Mapping[str, object]]:
    """Returns (column, value) pairs from both the old and the new value of a change."""
    found = [json.loads(one) for one in (old, new) if one is not None]
    return found if field is None else [{field: value} for value in found]


def mentions(connection: Connection, words: SearchPattern, *, but: Iterable[str] = ()) -> list[Mention]:
    """Returns texts in officers' rows, deleted ones included, that name one of the persons; skips the rows `but`."""
    if not words:
        return []
    skipped = set(but)
    return [
        Mention(table_name, row_id, column, value)
        for table_name, model in TRACKED.items()
        for row_id, column, value in texts_of(connection, table_name, model)
        if row_id not in skipped and words.found(value)
    ]


def empty_rows(connection: Connection, rows: Sequence[tuple[str, str]]) -> None:
    """Clears the personal columns of these rows and their values in the log; seals the steps that wrote them."""
    for table_name, row_id in rows:
        model = TRACKED.get(table_name)
        if model is not None:
            known = _columns(connection, table_name)
            values = {name: blank(model, name) for name in model.personal if name in known}
            if values:
                table = table_of(model)
                connection.execute(update(table).where(table.c.id == row_id).values(**values))
        lost = []
        for change in connection.execute(log_of(table_name, row_id)).mappings().all():
            old, new = emptied(table_name, change["field"], change["old"], change["new"])
            if (old, new) != (change["old"], change["new"]):
                connection.execute(update(_CHANGE).where(_CHANGE.c.seq == change["seq"]).values(old=old, new=new))
                lost.append(int(change["seq"]))
        note_redactions(connection, lost)
        seal(connection, select(_CHANGE.c.command_id).where(_CHANGE.c.row_id == row_id))


def strike_from_rows(connection: Connection, words: SearchPattern) -> None:
    """Removes the words from texts in place, without a change in the log: for backups and restored files."""
    for one in mentions(connection, words):
        table = table_of(TRACKED[one.table_name])
        values = {one.field: words.without(one.text)}
        connection.execute(update(table).where(table.c.id == one.row_id).values(**values))


def strike_from_log(connection: Connection, words: SearchPattern) -> None:
    """Removes the words from the log, the names of steps, drafts and saved filters."""
    if not words:
        return
    struck, commands = [], set()
    query = select(
        _CHANGE.c.seq, _CHANGE.c.command_id, _CHANGE.c.table_name, _CHANGE.c.field, _CHANGE.c.old, _CHANGE.c.new
    )
    for seq, command_id, table, field, old, new in connection.execute(query.where(text_like())):
        if words.found_in_json(old) or words.found_in_json(new):
            left = {side: struck_value(words, table, field, value) for side, value in (("o", old), ("n", new))}
            if left != {"o": old, "n": new}:
                struck.append({"at": seq, **left})
                commands.add(command_id)
    if struck:
        put = update(_CHANGE).where(_CHANGE.c.seq == bindparam("at")).values(old=bindparam("o"), new=bindparam("n"))
        connection.execute(put, struck)
        note_redactions(connection, [int(str(one["at"])) for one in struck])
    if _columns(connection, "command_log") >= {"sealed"}:
        for command_id in commands:
            connection.execute(update(_COMMAND).where(_COMMAND.c.id == command_id).values(sealed=True))
    strike_details(connection, words, true())
    strike_drafts(connection, words, true())
    strike_filters(connection, true(), words)


def strike_details(connection: Connection, words: SearchPattern, which: ColumnElement[bool]) -> None:
    """Removes the words from the details of steps."""
    for command_id, details in connection.execute(select(_COMMAND.c.id, _COMMAND.c.details).where(which)).all():
        if words.found_in_json(details):
            left = words.without_in_json(details)
            connection.execute(update(_COMMAND).where(_COMMAND.c.id == command_id).values(details=left))
            if _columns(connection, "redaction"):
                put_redactions(connection, [{"ref": command_id, "old": None, "new": left}])


def strike_drafts(connection: Connection, words: SearchPattern, which: ColumnElement[bool]) -> None:
    """Removes the words from drafts."""
    for form, content in connection.execute(select(_DRAFT.c.form, _DRAFT.c.content).where(which)).all():
        present = bytes(content).decode()
        if words.found_in_json(present):
            clean = words.without_in_json(present).encode()
            connection.execute(update(_DRAFT).where(_DRAFT.c.form == form).values(content=clean))


def strike_filters(connection: Connection, which: ColumnElement[bool], *patterns: SearchPattern) -> None:
    """Removes the words from saved filters and their names; names that become equal get a number."""
    if not _columns(connection, "saved_filter"):
        return
    for row in connection.execute(select(_FILTER).where(which)).mappings().all():
        clean = {"name": row["name"], "content": row["content"]}
        for words in patterns:
            clean = {"name": words.without(clean["name"]), "content": words.without_in_json(clean["content"])}
        if clean != {"name": row["name"], "content": row["content"]}:
            place = (_FILTER.c.screen == row["screen"]) & (_FILTER.c.name == row["name"])
            if clean["name"] != row["name"]:
                clean["name"] = _free_filter_name(connection, row["screen"], clean["name"])
            connection.execute(update(_FILTER).where(place).values(**clean))


def _free_filter_name(connection: Connection, screen: str, wanted: str) -> str:
    taken = set(connection.execute(select(_FILTER.c.name).where(_FILTER.c.screen == screen)).scalars())
    numbered = (wanted if number == 1 else f"{wanted} {number}" for number in itertools.count(1))
    return next(name for name in numbered if name not in taken)


def note_redactions(connection: Connection, seqs: Sequence[int]) -> None:
    """Stores what is left of these changes: a colleague may still have the originals (docs/pack-format.md)."""
    if not _columns(connection, "redaction"):
        return
    listed = json.dumps(list(seqs))
    query = (
        "SELECT device_id || ':' || number AS ref, old, new FROM change WHERE seq IN (SELECT value FROM json_each(?))"
    )
    put_redactions(connection, [dict(row) for row in connection.exec_driver_sql(query, (listed,)).mappings()])


def put_redactions(connection: Connection, rows: Sequence[Mapping[str, object]]) -> None:
    """Stores what is left of changes (`device:number`) or of the details of steps; redactions travel in packs."""
    if rows:
        connection.execute(insert(_REDACTION).prefix_with("OR REPLACE"), [dict(row) for row in rows])


def newest_redaction(connection: Connection) -> int:
    """Returns the place of the newest redaction, for `note_origin`."""
    return int(connection.exec_driver_sql("SELECT max(rowid) FROM redaction").scalar() or 0)


def note_origin(connection: Connection, after: int, arrived_in: str) -> None:
    """Records that the redactions after this place came in a pack, or were made by its erasures."""
    put = "UPDATE redaction SET arrived_in = ? WHERE rowid > ?"
    connection.exec_driver_sql(put, (arrived_in, after))


def redactions(connection: Connection, *, of_packs: bool = True) -> list[Redaction]:
    """Returns what is left of the redacted changes and steps: (ref, old, new); not `of_packs`: without theirs."""
    if not _columns(connection, "redaction"):
        return []
    query = select(_REDACTION.c.ref, _REDACTION.c.old, _REDACTION.c.new)
    if not of_packs:
        query = query.where(_REDACTION.c.arrived_in.is_(None))
    return [(ref, old, new) for ref, old, new in connection.execute(query)]


def _redact(connection: Connection, left: Iterable[Redaction]) -> None:
    """Applies redactions to a copy: to its log, and to rows that still hold the text of such a change."""
    known = {ref: (old, new) for ref, old, new in left}
    listed = json.dumps(list(known))
    query = (
        "SELECT seq, table_name, row_id, field, old, new, device_id || ':' || number AS ref FROM change "
        "WHERE device_id || ':' || number IN (SELECT value FROM json_each(?)) ORDER BY seq"
    )
    for change in connection.exec_driver_sql(query, (listed,)).mappings().all():
        old, new = known[change["ref"]]
        if (change["old"], change["new"]) == (old, new):
            continue
        columns = _columns(connection, change["table_name"]) & text_columns(change["table_name"])
        both = (logged_values(change["field"], None, side) for side in (change["new"], new))
        for before, after in zip(*both, strict=False):
            for column in columns & before.keys() & after.keys():
                if isinstance(before[column], str) and before[column] != after[column]:
                    table = table_of(TRACKED[change["table_name"]])
                    same = (table.c.id == change["row_id"]) & (table.c[column] == before[column])
                    connection.execute(update(table).where(same).values({column: after[column]}))
        connection.execute(update(_CHANGE).where(_CHANGE.c.seq == change["seq"]).values(old=old, new=new))
    details = [{"at": ref, "n": new} for ref, (_, new) in known.items() if ":" not in ref and new is not None]
    if details:
        put = update(_COMMAND).where(_COMMAND.c.id == bindparam("at")).values(details=bindparam("n"))
        connection.execute(put, details)


def text_columns(table_name: str) -> frozenset[str]:
    """Returns the columns of a table that may name a person; none if the table is not of an officer's work."""
    model = TRACKED.get(table_name)
    return frozenset() if model is None else model.personal | model.public_texts


def erase_in_copy(
    connection: Connection, found: Sequence[Marker], words: SearchPattern, left: Sequence[Redaction] = ()
) -> None:
    """Applies to a backup or a restored file what was erased since it was made: rows, texts, log, markers.

    `left` are the redactions of the work file. Drafts and saved filters of a copy are of no use any more, so that
    they also lose what only may be the person.
    """
    rows = [(one.table_name, one.row_id) for one in found if _columns(connection, one.table_name)]
    everything = SearchPattern([*words.all, *words_of(connection, rows).all])
    put_markers(connection, found)
    empty_rows(connection, [(one.table_name, one.row_id) for one in found])
    strike_from_rows(connection, everything)
    strike_from_log(connection, everything)
    _redact(connection, left)
    strike_drafts(connection, everything.probable(), true())
    strike_filters(connection, true(), everything.probable())
    purge_contents(connection, rows)


def purge_contents(connection: Connection, rows: Iterable[tuple[str, str]]) -> None:
    """Deletes the content of the erased attachments among the rows, unless another attachment uses it."""
    erased = [{"id": row_id} for table_name, row_id in rows if table_name == "attachment"]
    if not erased:
        return
    connection.execute(
        sql(
            "DELETE FROM attachment_content WHERE sha256 = (SELECT sha256 FROM attachment WHERE id = :id)"
            " AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = attachment_content.sha256 AND a.id != :id"
            " AND a.deleted_at IS NULL)"
        ),
        erased,
    )


def vacuum(driver_connection: Any) -> None:
    """Removes erased text from free pages, the write-ahead log and merged parts of the search index.

    Takes a bare driver connection outside any transaction.
    """
    if driver_connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_words'").fetchone():
        driver_connection.execute("INSERT INTO search_words (search_words) VALUES ('optimize')")
    driver_connection.execute("VACUUM")
    driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def texts_of(connection: Connection, table_name: str, model: type[Tracked]) -> Iterable[tuple[str, str, str]]:
    """Yields (row, column, text) of the columns of officers' rows that may name a person."""
    names = sorted(text_columns(table_name) & _columns(connection, table_name))
    if not names:
        return
    table = table_of(model)
    own = select(_CHANGE.c.row_id).where(_CHANGE.c.table_name == table_name, _CHANGE.c.field.is_(None))
    query = select(table.c.id, *(table.c[name] for name in names)).where(table.c.id.in_(own))
    for row_id, *values in connection.execute(query):
        yield from ((row_id, name, value) for name, value in zip(names, values, strict=True) if value)


def log_of(table_name: str, row_id: str) -> Any:
    """Returns the query of a row's changes."""
    return select(_CHANGE.c.seq, _CHANGE.c.field, _CHANGE.c.old, _CHANGE.c.new).where(
        _CHANGE.c.row_id == row_id, _CHANGE.c.table_name == table_name
    )


def emptied(table_name: str, field: str | None, old: str | None, new: str | None) -> tuple[str | None, str | None]:
    """Returns what the log keeps (old, new) of a change to an erased row.

    A column that only a newer version knows may be personal, so it is removed too. For a table that only a newer
    version knows, the redactions come from that version.
    """
    model = TRACKED.get(table_name)
    if model is None:
        return old, new
    stays = set(table_of(model).c.keys()) - model.personal
    if field is not None:
        return (old, new) if field in stays else (None, None)
    made = json.loads(new or "{}")
    kept = {name: value for name, value in made.items() if name in stays}
    return old, new if kept == made else json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def struck_value(words: SearchPattern, table_name: str, field: str | None, value: str | None) -> str | None:
    """Returns a logged value without the words; codes, days and ids stay, in a table that this version knows."""
    if value is None or field in _no_texts(table_name):
        return value
    if field is not None or not _no_texts(table_name):
        return words.without_in_json(value)
    made = json.loads(value)
    kept = {name: one for name, one in made.items() if name in _no_texts(table_name)}
    left = json.loads(words.without_in_json(json.dumps(made))) | kept
    return value if left == made else json.dumps(left, ensure_ascii=False, separators=(",", ":"))


def _no_texts(table_name: str) -> set[str]:
    model = TRACKED.get(table_name)
    return set() if model is None else set(table_of(model).c.keys()) - text_columns(table_name)


def text_like() -> Any:
    """Returns the condition that a change has a text."""
    return or_(_CHANGE.c.old.like('%"%'), _CHANGE.c.new.like('%"%'))


def seal(connection: Connection, command_ids: Any) -> None:
    """Marks steps as no longer to be undone."""
    if "sealed" in _columns(connection, "command_log"):
        connection.execute(update(_COMMAND).where(_COMMAND.c.id.in_(command_ids)).values(sealed=True))


def _columns(connection: Connection, table_name: str) -> set[str]:
    """Returns the columns of a table in this file; none if the table does not exist."""
    return {str(row[1]) for row in connection.exec_driver_sql(f"PRAGMA table_info({table_name})")}
