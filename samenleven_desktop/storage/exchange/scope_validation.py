"""Checks that each change of a pack lies in dossiers to which its row belongs, here or according to the pack.

Otherwise a change could touch a government that the pack does not name. Rows of a newer version, and rows whose parent
has not arrived, cannot be judged: they are not shown either.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection

from samenleven_desktop.domain.errors import N_, Phrase
from samenleven_desktop.domain.exchange import CATALOGUE, Bundle, PackedChange
from samenleven_desktop.storage.exchange.value_validation import Misfit
from samenleven_desktop.storage.models import TRACKED

_NOWHERE = N_("this change lies in no dossier.")
_ELSEWHERE = N_("this change lies in a dossier to which the record does not belong.")
_IN = "IN (SELECT value FROM json_each(?))"
_decode = msgspec.json.Decoder(Any).decode

RowAt = tuple[str, str]


def first_misplaced(connection: Connection, bundle: Bundle) -> Misfit | None:
    """Returns the first change without a dossier, or in one where its row never was; None if there is none."""
    rows = {(one.device_id, one.number): (one.table_name, one.row_id) for one in bundle.changes}
    placed = {(place.author, place.change_number) for place in bundle.places}
    for change in bundle.changes:
        if (change.device_id, change.number) not in placed:
            return Misfit(change.table_name, "", Phrase(_NOWHERE))
    rows |= _rows_here(connection, placed - rows.keys())
    belongs = _Belonging(bundle.changes)
    # Most rows are new: what the pack says of them is enough.
    doubtful = [
        (at, place.scope)
        for place in bundle.places
        if (at := rows.get((place.author, place.change_number))) is not None
        and place.scope not in belongs.direct.get(at, ())
    ]
    if doubtful:
        belongs.look_here(connection, {at for at, _ in doubtful})
        for at, scope in doubtful:
            if not belongs.to(at, scope):
                return Misfit(at[0], "", Phrase(_ELSEWHERE))
    return None


class _Belonging:
    """The dossiers that rows belong or belonged to: by the places of their changes here, and by values in the pack."""

    def __init__(self, changes: Iterable[PackedChange]) -> None:
        self.direct: dict[RowAt, set[str]] = defaultdict(set)
        self._parents: dict[RowAt, set[RowAt]] = defaultdict(set)
        self._made: set[RowAt] = set()
        for change in changes:
            if change.table_name in TRACKED:
                self._read(change)
        self._here: dict[RowAt, set[str]] = defaultdict(set)
        self._known: dict[RowAt, set[str] | None] = {}

    def look_here(self, connection: Connection, rows: set[RowAt]) -> None:
        """Reads the dossiers that these rows, and those they hang on, have here."""
        wanted = {row_id for _, row_id in [*rows, *(one for found in self._parents.values() for one in found)]}
        query = (
            "SELECT DISTINCT c.table_name, c.row_id, s.scope FROM change c CROSS JOIN change_scope s "
            f"ON s.change_seq = c.seq WHERE c.row_id {_IN}"
        )
        for table_name, row_id, scope in connection.exec_driver_sql(query, (json.dumps(sorted(wanted)),)):
            self._here[table_name, row_id].add(scope)

    def to(self, row: RowAt, scope: str) -> bool:
        """Returns whether a change of the row may lie in this dossier; also if that cannot be judged."""
        if scope in self.direct.get(row, ()) or scope in self._here.get(row, ()):
            return True
        if row[0] not in TRACKED:
            return True
        found = self._scopes(row)
        return found is None or scope in found

    def _scopes(self, row: RowAt) -> set[str] | None:
        """Returns every dossier of a row; None if it, or a row it hangs on, is neither here nor in the pack."""
        if row not in self._known:
            self._known[row] = None  # a row that hangs on itself cannot be judged
            self._known[row] = self._look_up(row)
        return self._known[row]

    def _look_up(self, row: RowAt) -> set[str] | None:
        found = self.direct.get(row, set()) | self._here.get(row, set())
        for parent in self._parents.get(row, ()):
            scopes = self._scopes(parent)
            if scopes is None:
                return None
            found |= scopes
        if found:
            return found
        # A session whose governments are not in the pack cannot be judged; an offer belongs to nobody.
        return {CATALOGUE} if row in self._made and not TRACKED[row[0]].scope_links else None

    def _read(self, change: PackedChange) -> None:
        """Notes what a change says of the dossiers of its row, and of rows that it links to a dossier."""
        model, row = TRACKED[change.table_name], (change.table_name, change.row_id)
        if change.field is None:
            self._made.add(row)
            if not (model.scope_columns or model.scope_parents or model.scope_links):
                return
            sides: list[dict[str, Any]] = [_row_decoder(change.table_name)(change.new or "{}")]
        elif change.field in model.scope_columns or any(change.field == column for column, _ in model.scope_parents):
            sides = [{change.field: _decode(text)} for text in (change.old, change.new) if text is not None]
        else:
            return
        for values in sides:
            for column in model.scope_columns:
                if column == "id":
                    self.direct[row].add(change.row_id)
                elif isinstance(values.get(column), str):
                    self.direct[row].add(values[column])
                elif len(model.scope_columns) == 1 and not model.scope_parents:
                    self.direct[row].add(CATALOGUE)
            for column, parent in model.scope_parents:
                if isinstance(values.get(column), str):
                    self._parents[row].add((parent, values[column]))
            for owner, own_column, dossier_column in _LINKS.get(change.table_name, ()):
                session, dossier = values.get(own_column), values.get(dossier_column)
                if isinstance(session, str) and isinstance(dossier, str):
                    self.direct[owner, session].add(dossier)


_LINKS: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
for _name, _model in TRACKED.items():
    for _link, _own, _dossier in _model.scope_links:
        _LINKS[_link].append((_name, _own, _dossier))


@cache
def _row_decoder(table_name: str) -> Callable[[str], dict[str, Any]]:
    """Returns a function from a new row to the columns that say to which dossiers it belongs."""
    model = TRACKED[table_name]
    names = {*model.scope_columns, *(column for column, _ in model.scope_parents)} - {"id"}
    names |= {column for _, own, dossier in _LINKS.get(table_name, ()) for column in (own, dossier)}
    listed = tuple(sorted(names))
    decode = msgspec.json.Decoder(msgspec.defstruct("Row", [(name, Any, None) for name in listed], gc=False)).decode

    def columns(text: str) -> dict[str, Any]:
        row = decode(text)
        return {name: getattr(row, name) for name in listed}

    return columns


def _rows_here(connection: Connection, refs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], RowAt]:
    """Returns the row of each of these changes that this file has."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for device, number in refs:
        numbers[device].append(number)
    found: dict[tuple[str, int], RowAt] = {}
    query = f"SELECT number, table_name, row_id FROM change WHERE device_id = ? AND number {_IN}"
    for device, wanted in numbers.items():
        for number, table_name, row_id in connection.exec_driver_sql(query, (device, json.dumps(wanted))):
            found[device, number] = (table_name, row_id)
    return found
