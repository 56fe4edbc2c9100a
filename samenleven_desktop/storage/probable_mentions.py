"""Places that may name an erased person without the whole name: found for the preview, struck when the user says so.

Built on `SearchPattern.probable` (domain/person_pattern.py). The certain names are the work of `erasure`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select, update

from samenleven_desktop.domain.person_pattern import SearchPattern, strings_in
from samenleven_desktop.storage import erasure
from samenleven_desktop.storage.models import TRACKED, Change, CommandLog, Draft, SavedFilterRow, Tracked, table_of

_CHANGE, _COMMAND = table_of(Change), table_of(CommandLog)
_DRAFT, _FILTER = table_of(Draft), table_of(SavedFilterRow)


def probable_mentions(
    connection: Connection, words: SearchPattern, *, but: Iterable[str] = ()
) -> list[erasure.Mention]:
    """Returns places that may name one of the persons: texts of rows, now or earlier, steps, drafts, saved filters.

    `text` is without the certain names. Such a place keeps its text unless it is given to `strike`.
    """
    likely, skipped = words.probable(), set(but)
    if not likely:
        return []
    found: dict[erasure.Place, erasure.Mention] = {}
    for place, value in _all_texts(connection, likely):
        left = words.without(value)
        shown = place[1] not in skipped and (place[0], place[2]) not in erasure.DERIVED
        if place not in found and shown and likely.found(left):
            found[place] = erasure.Mention(*place, left)
    return list(found.values())


def _all_texts(connection: Connection, likely: SearchPattern) -> Iterable[tuple[erasure.Place, str]]:
    """Returns all texts that can name a person with their places; of the log and other JSON only what is `likely`."""
    for table_name, model in TRACKED.items():
        for row_id, column, text in erasure.texts_of(connection, table_name, model):
            yield (table_name, row_id, column), text
    log = select(_CHANGE.c.table_name, _CHANGE.c.row_id, _CHANGE.c.field, _CHANGE.c.old, _CHANGE.c.new)
    for table_name, row_id, field, *sides in connection.execute(log.where(erasure.text_like())):
        if table_name in TRACKED and any(map(likely.found_in_json, sides)):
            for made in erasure.logged_values(field, *sides):
                for column in made.keys() & erasure.text_columns(table_name):
                    if isinstance(made[column], str):
                        yield (table_name, row_id, column), str(made[column])
    for command_id, details in connection.execute(select(_COMMAND.c.id, _COMMAND.c.details)):
        if likely.found_in_json(details):
            yield ("command_log", command_id, "details"), " ".join(strings_in(json.loads(details)))
    for form, content in connection.execute(select(_DRAFT.c.form, _DRAFT.c.content)):
        yield ("draft", form, "content"), " ".join(strings_in(json.loads(bytes(content))))
    for row in connection.execute(select(_FILTER)).mappings():
        content = " ".join(strings_in(json.loads(row["content"])))
        yield ("saved_filter", row["screen"], row["name"]), f"{row['name']} {content}"


def values_without(
    connection: Connection, places: Iterable[erasure.Place], words: SearchPattern
) -> list[tuple[type[Tracked], str, dict[str, object]]]:
    """Returns the new values of these places in rows: (model, row, column and value)."""
    likely = words.probable()
    found: list[tuple[type[Tracked], str, dict[str, object]]] = []
    for table_name, row_id, column in _with_derived(places):
        if table_name in TRACKED:
            table = table_of(TRACKED[table_name])
            text = connection.execute(select(table.c[column]).where(table.c.id == row_id)).scalar()
            if isinstance(text, str):
                found.append((TRACKED[table_name], row_id, {column: likely.without(text)}))
    return found


def _with_derived(places: Iterable[erasure.Place]) -> list[erasure.Place]:
    """Adds the columns that are made from the chosen ones."""
    chosen = list(places)
    return chosen + [
        (table_name, row_id, derived)
        for table_name, row_id, column in chosen
        for (table, derived), source in erasure.DERIVED.items()
        if (table, source) == (table_name, column)
    ]


def strike(connection: Connection, words: SearchPattern, places: Iterable[erasure.Place]) -> None:
    """Removes the persons from log, steps, drafts and saved filters; in `places` also what may be their names.

    The rows themselves are changed by the unit of work.
    """
    likely, chosen = words.probable(), _with_derived(places)
    for table_name, row_id, field in chosen:
        # By name, so before the certain names go from it.
        if table_name == "saved_filter":
            erasure.strike_filters(connection, (_FILTER.c.screen == row_id) & (_FILTER.c.name == field), words, likely)
    erasure.strike_from_log(connection, words)
    for table_name, row_id, field in chosen:
        if table_name == "draft":
            erasure.strike_drafts(connection, likely, _DRAFT.c.form == row_id)
        elif table_name == "command_log":
            erasure.strike_details(connection, likely, _COMMAND.c.id == row_id)
        elif table_name != "saved_filter":
            _strike_field(connection, likely, (table_name, row_id, field))


def _strike_field(connection: Connection, words: SearchPattern, place: erasure.Place) -> None:
    table_name, row_id, field = place
    struck = []
    for change in connection.execute(erasure.log_of(table_name, row_id)).mappings().all():
        if change["field"] not in (None, field):
            continue
        sides = {side: _struck_in(words, field, change, side) for side in ("old", "new")}
        if any(sides[side] != change[side] for side in sides):
            connection.execute(update(_CHANGE).where(_CHANGE.c.seq == change["seq"]).values(**sides))
            struck.append(int(change["seq"]))
    erasure.note_redactions(connection, struck)
    erasure.seal(connection, select(_CHANGE.c.command_id).where(_CHANGE.c.seq.in_(struck)))


def _struck_in(words: SearchPattern, field: str, change: Mapping[Any, Any], side: str) -> str | None:
    if change[side] is None or change["field"] is not None:
        return None if change[side] is None else words.without_in_json(change[side])
    made = json.loads(change[side])
    if not isinstance(made.get(field), str) or not words.found(made[field]):
        return str(change[side])
    return json.dumps({**made, field: words.without(made[field])}, ensure_ascii=False, separators=(",", ":"))
