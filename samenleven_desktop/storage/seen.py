"""What the writer of a change had seen: the changes that it names in `replaces`, so that it wins over them everywhere.

An officer who overwrites a field has seen every value that is known here, also the one that lost: the new value closes
a conflict about the field. Undo, and striking an erased name, overwrite only the value that shows, and its equals:
they decide nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import Connection, select

from samenleven_desktop.domain.field_merge import DELETED, Logged, heads
from samenleven_desktop.storage.models import Change, table_of

_CHANGE = table_of(Change)


class SeenChange(NamedTuple):
    """A current change of a field: its name (`device:number`), and its value as JSON."""

    ref: str
    new: str | None


Heads = dict[str | None, list[SeenChange]]
"""Field -> its current changes, the winner last; under None the insert of the row."""


def heads_of_row(connection: Connection, row_id: str) -> Heads:
    query = select(
        _CHANGE.c.hlc, _CHANGE.c.device_id, _CHANGE.c.number, _CHANGE.c.field, _CHANGE.c.new, _CHANGE.c.replaces
    ).where(_CHANGE.c.row_id == row_id)
    fields: dict[str | None, list[Logged]] = defaultdict(list)
    for row in connection.execute(query):
        fields[row.field].append(Logged(*row))
    # A field that was changed once has nothing to compare: the common case, and this runs per row of a large import.
    return {
        name: [SeenChange(one.ref, one.new) for one in (heads(found) if len(found) > 1 else found)]
        for name, found in fields.items()
    }


def seen(known: Heads, name: str, *, deleted: bool, settles: bool) -> list[str]:
    """Returns the changes that the writer of a field had seen.

    For a deletion, those of all fields; for an edit of a deleted row, also the deletion. `settles`: the writer decides
    about every value that is known.
    """
    if name == DELETED:
        return sorted({head.ref for found in known.values() for head in found})
    own = known.get(name) or known.get(None, [])
    if not settles:
        own = [head for head in own if head.new == own[-1].new]
    return sorted({head.ref for head in [*own, *(known.get(DELETED, []) if deleted else [])]})


def with_change(known: Heads, name: str, change: SeenChange, replaced: list[str]) -> None:
    """Adds a change of a field that replaces these."""
    known[name] = [head for head in known.get(name, []) if head.ref not in replaced] + [change]
