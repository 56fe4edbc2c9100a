"""Checks the erasures and redactions of a pack: only what the program itself erases, and nothing beside it.

A redaction belongs to an erasure. It may only take away: personal values of an erased row, and from other texts the
words by which the erased persons are known. Where a person is not known here, few and short words may go.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from samenleven_desktop.domain.errors import N_, Phrase
from samenleven_desktop.domain.exchange import Bundle, PackedChange, PackedRedaction
from samenleven_desktop.domain.field_merge import DELETED
from samenleven_desktop.domain.ids import is_shipped
from samenleven_desktop.domain.person_pattern import ERASED, SearchPattern
from samenleven_desktop.domain.record_schema import NAME_PATTERN, SCHEMA
from samenleven_desktop.domain.value_rule import UUID
from samenleven_desktop.storage import erasure
from samenleven_desktop.storage.exchange.value_validation import Misfit
from samenleven_desktop.storage.models import TRACKED

_NOT_ERASABLE = N_("a record of this kind is not erased as long as it is not deleted.")
_NO_PERSON = N_("a record of this kind holds nothing that is erased.")
_NO_ROW = N_("what is erased names no record.")
_WITHOUT_ERASURE = N_("something was taken out of it without a person being erased.")
_MORE_THAN_ERASED = N_("more was taken out of it than what was erased.")
_NOT_YET = N_("something would be taken out of what you have still to write.")
# Of a person who is not known here: the longest word, and how many different ones.
_LONGEST_WORD, _MOST_WORDS = 60, 20
_IN = "IN (SELECT value FROM json_each(?))"
_PERSON = "contact"

RowAt = tuple[str, str]
Sides = tuple[str | None, str | None]


def first_excess(connection: Connection, bundle: Bundle) -> Misfit | None:
    """Returns the first erasure or redaction that goes further than erasing does; None if there is none."""
    known = {(one.table_name, one.row_id) for one in erasure.markers(connection)}
    for one in bundle.erasures:
        if (one.table_name, one.row_id) not in known:
            why = _fault_of_erasure(connection, bundle, one.table_name, one.row_id)
            if why is not None:
                return Misfit(one.table_name, "", Phrase(why))
    here = _redactions_here(connection, bundle)
    new = [one for one in bundle.redactions if merged(one, here.get(one.ref)) != here.get(one.ref)]
    if not new:
        return None
    erased = known | {(one.table_name, one.row_id) for one in bundle.erasures}
    return _Redactions(connection, bundle, erased, here).first_excess(new)


def merged(one: PackedRedaction, here: Sides | None) -> Sides:
    """Merges their redaction of a change with ours; the result does not depend on the order."""
    return (one.old, one.new) if here is None else (_of_both(one.old, here[0]), _of_both(one.new, here[1]))


def takes_away_little(change: PackedChange, left: Sides, *, erased: bool) -> bool:
    """Returns whether a redaction that was here first may be applied to this change: to an erased row, or a few words.

    The names are not known any more.
    """
    for before, after in ((change.old, left[0]), (change.new, left[1])):
        lost = _lost(change.table_name, change.field, before, after, erased=erased)
        if lost is None or not (erased or all(_is_short(*one) for one in lost)):
            return False
    return True


def _is_short(piece: str, text: str) -> bool:
    return len(piece) <= _LONGEST_WORD and (len(piece) <= len(text) // 2 or len(text) <= _LONGEST_WORD)


def _of_both(one: str | None, other: str | None) -> str | None:
    """Keeps what neither side removed; texts that differ are replaced by the erasure mark."""
    if one == other or one is None or other is None:
        return one if one == other else None
    left, right = json.loads(one), json.loads(other)
    if isinstance(left, dict) and isinstance(right, dict):
        both = {key: left[key] if left[key] == right[key] else ERASED for key in left if key in right}
        return json.dumps(dict(sorted(both.items())), ensure_ascii=False, separators=(",", ":"))
    return json.dumps(ERASED)


def _fault_of_erasure(connection: Connection, bundle: Bundle, table_name: str, row_id: str) -> str | None:
    rules = SCHEMA.get(table_name)
    if rules is None:
        return None if re.fullmatch(NAME_PATTERN, table_name) else _NO_ROW
    if not re.fullmatch(UUID, row_id) or is_shipped(row_id):
        return _NO_ROW
    if not rules.may_be_erased(deleted=True):
        return _NO_PERSON
    if rules.may_be_erased(deleted=False) or _is_deleted(connection, bundle, table_name, row_id):
        return None
    return _NOT_ERASABLE


def _is_deleted(connection: Connection, bundle: Bundle, table_name: str, row_id: str) -> bool:
    """Returns whether a row was ever deleted, according to this file or to the pack, or is not here at all."""
    if any((one.row_id, one.field) == (row_id, DELETED) and one.new is not None for one in bundle.changes):
        return True
    query = "SELECT 1 FROM change WHERE row_id = ? AND field = 'deleted_at' AND new IS NOT NULL LIMIT 1"
    if connection.exec_driver_sql(query, (row_id,)).first() is not None:
        return True
    made = any(one.row_id == row_id and one.field is None for one in bundle.changes)
    there = connection.exec_driver_sql(f"SELECT 1 FROM {table_name} WHERE id = ?", (row_id,))
    return not made and there.first() is None


def _redactions_here(connection: Connection, bundle: Bundle) -> dict[str, Sides]:
    listed = json.dumps([one.ref for one in bundle.redactions])
    query = f"SELECT ref, old, new FROM redaction WHERE ref {_IN}"
    return {ref: (old, new) for ref, old, new in connection.exec_driver_sql(query, (listed,))}


class _Redactions:
    """The changes and steps that redactions are about, the words of the erased persons, and how much may go."""

    def __init__(self, connection: Connection, bundle: Bundle, erased: set[RowAt], here: Mapping[str, Sides]) -> None:
        self._connection = connection
        self._here = here
        self._erased = erased
        self._given = {f"{one.device_id}:{one.number}": one for one in bundle.changes}
        self._steps = {one.id: one.details for one in bundle.commands}
        names = [
            name
            for one in bundle.changes
            if (one.table_name, one.row_id) in erased
            for name in erasure.names_in(one.table_name, one.field, one.old, one.new)
        ]
        known = SearchPattern([*erasure.words_of(connection, [one for one in erased if one[0] in TRACKED]).all, *names])
        self._patterns = (known, known.probable()) if known else ()
        people = {row_id for table_name, row_id in erased if table_name == _PERSON}
        listed = json.dumps(sorted(people))
        named = connection.exec_driver_sql(f"SELECT id FROM contact WHERE name != '' AND id {_IN}", (listed,)).all()
        self._words_left = _MOST_WORDS * (len(people) - len(named))
        self._words: set[str] = set()
        row = connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'device_id'").first()
        self._device = str(row[0]) if row else ""
        last = "SELECT max(number) FROM change WHERE device_id = ?"
        self._last = int(connection.exec_driver_sql(last, (self._device,)).scalar() or 0)

    def first_excess(self, redactions: list[PackedRedaction]) -> Misfit | None:
        changes = self._changes_here([one.ref for one in redactions])
        for one in redactions:
            device, _, number = one.ref.rpartition(":")
            if not device:
                found = self._excess_of_step(one)
            elif device == self._device and int(number) > self._last:
                found = Misfit("command_log", "", Phrase(_NOT_YET))
            else:
                change = changes.get(one.ref) or self._given.get(one.ref)
                known = self._here.get(one.ref)
                found = None if change is None else self._excess(change, merged(one, known), again=known is not None)
            if found is not None:
                return found
        return None

    def _excess(self, change: PackedChange, left: Sides, *, again: bool) -> Misfit | None:
        """Judges what is left of a change; `again`: words were struck from it before, and are not known any more."""
        if left == (change.old, change.new):
            return None
        at, field = (change.table_name, change.row_id), change.field
        if not self._erased:
            return Misfit(change.table_name, field or "", Phrase(_WITHOUT_ERASURE))
        for before, after in ((change.old, left[0]), (change.new, left[1])):
            lost = _lost(change.table_name, field, before, after, erased=at in self._erased)
            if lost is None or not (again or at in self._erased or self._were_erased(lost)):
                return Misfit(change.table_name, field or "", Phrase(_MORE_THAN_ERASED))
        return None

    def _excess_of_step(self, one: PackedRedaction) -> Misfit | None:
        row = self._connection.exec_driver_sql("SELECT details FROM command_log WHERE id = ?", (one.ref,)).first()
        before = str(row[0]) if row else self._steps.get(one.ref)
        if before is None or one.new is None or json.loads(before) == json.loads(one.new):
            return None
        if not self._erased:
            return Misfit("command_log", "", Phrase(_WITHOUT_ERASURE))
        lost = _lost_of(json.loads(before), json.loads(one.new))
        fits = lost is not None and self._were_erased(lost)
        return None if fits else Misfit("command_log", "", Phrase(_MORE_THAN_ERASED))

    def _were_erased(self, lost: list[tuple[str, str]]) -> bool:
        """Returns whether each piece that was lost names an erased person, or may name one who is not known here."""
        for piece, text in lost:
            if any(pattern.found(piece) is not None for pattern in self._patterns):
                continue
            word = piece.strip().casefold()
            if word in self._words:
                continue
            if not _is_short(piece, text):
                return False
            self._words.add(word)
            if len(self._words) > self._words_left:
                return False
        return True

    def _changes_here(self, refs: list[str]) -> dict[str, PackedChange]:
        columns = ", ".join(f"c.{name}" for name in PackedChange._fields)
        query = (
            f"SELECT {columns} FROM json_each(?) j CROSS JOIN change c "
            "ON c.device_id = json_extract(j.value, '$[0]') AND c.number = json_extract(j.value, '$[1]')"
        )
        wanted = [(ref.rpartition(":")[0], int(ref.rpartition(":")[2])) for ref in refs if ":" in ref]
        rows = self._connection.exec_driver_sql(query, (json.dumps(wanted),))
        found = (PackedChange(*row) for row in rows)
        return {f"{one.device_id}:{one.number}": one for one in found}


def _lost(
    table_name: str, field: str | None, before: str | None, after: str | None, *, erased: bool
) -> list[tuple[str, str]] | None:
    """Returns the pieces that a side of a change lost, each with the text it stood in; None if it is not only less."""
    if before == after:
        return []
    if before is None:
        return None
    values, left = json.loads(before), None if after is None else json.loads(after)
    if field is not None:
        values, left = {field: values}, {field: left}
    if not isinstance(values, dict) or not isinstance(left, dict) or left.keys() - values.keys():
        return None
    model = TRACKED.get(table_name)
    texts = None if model is None else erasure.text_columns(table_name)
    known = None if model is None else SCHEMA[table_name].rules.keys()
    found: list[tuple[str, str]] = []
    for name, value in values.items():
        kept = left.get(name)
        if value == kept:
            continue
        personal = texts is None or known is None or name in texts or name not in known
        if not personal:
            return None
        if kept is None:
            if not erased:
                return None
            continue
        pieces = _lost_of(value, kept)
        if pieces is None:
            return None
        found += pieces
    return found


def _lost_of(value: Any, kept: Any) -> list[tuple[str, str]] | None:
    """Returns what strings inside a JSON value lost; None if it is not the same value with words struck."""
    if value == kept:
        return []
    if isinstance(value, str) and isinstance(kept, str):
        pieces = _struck(value, kept)
        return None if pieces is None else [(piece, value) for piece in pieces]
    pairs: list[tuple[Any, Any]]
    if isinstance(value, Mapping) and isinstance(kept, Mapping) and value.keys() >= kept.keys():
        pairs = [(value[key], kept[key]) for key in kept]
    elif isinstance(value, list) and isinstance(kept, list) and len(value) == len(kept):
        pairs = list(zip(value, kept, strict=True))
    else:
        return None
    found: list[tuple[str, str]] = []
    for one, other in pairs:
        pieces_of = _lost_of(one, other)
        if pieces_of is None:
            return None
        found += pieces_of
    return found


def _struck(text: str, kept: str) -> list[str] | None:
    """Returns the pieces of a text in whose place the mark of erasing stands; None if anything else differs."""
    parts = kept.split(ERASED)
    if len(parts) == 1 or not text.startswith(parts[0]) or not text.endswith(parts[-1]):
        return None
    pieces, at, end = [], len(parts[0]), len(text) - len(parts[-1])
    for part in parts[1:-1]:
        place = text.find(part, at, end) if part else at
        if place < 0:
            return None
        pieces.append(text[at:place])
        at = place + len(part)
    return [*pieces, text[at:end]] if at <= end else None
