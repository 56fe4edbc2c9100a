"""What a pack does beyond its sender's own governments, and what it erases here: by name, before it is merged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from samenleven_desktop.domain.exchange import CATALOGUE, Bundle
from samenleven_desktop.readmodels.exchange import ErasingLine
from samenleven_desktop.storage import erasure
from samenleven_desktop.storage.models import TRACKED, AssignmentRow, table_of
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.queries.privacy import governments_of
from samenleven_desktop.storage.view import View

_ASSIGNED = table_of(AssignmentRow)
_NAMES = ("name", "title", "label", "what", "report", "words", "note", "evaluation", "source")
_DAYS = ("day", "due", "start", "added_on", "noted_on")
_SHORT = 80


def erasing_lines(view: View, bundle: Bundle) -> tuple[ErasingLine, ...]:
    """Returns the records here that would be erased and are not yet."""
    known = {(one.table_name, one.row_id) for one in erasure.markers(view.connection)}
    new = [(one.table_name, one.row_id) for one in bundle.erasures if one.table_name in TRACKED]
    return lines_of(view, [one for one in new if one not in known])


def lines_of(view: View, rows: Sequence[tuple[str, str]]) -> tuple[ErasingLine, ...]:
    """Returns these rows (table, id) by name, as far as they are here; once erased, without their personal fields."""
    governments = governments_of(view, [row_id for _, row_id in rows])
    found = []
    for table_name, row_id in rows:
        table = table_of(TRACKED[table_name])
        row = view.connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
        if row is not None:
            words, day = _first(row, _NAMES) or "", _first(row, _DAYS)
            found.append(ErasingLine(table_name, _short(str(words)), governments.get(row_id, ""), day))
    return tuple(found)


def strikes(view: View, bundle: Bundle) -> bool:
    """Returns whether redactions of a pack take words out of texts that stand here."""
    query = (
        "SELECT 1 FROM json_each(?) j CROSS JOIN change c ON c.device_id = json_extract(j.value, '$[0]') "
        "AND c.number = json_extract(j.value, '$[1]') "
        "WHERE c.old IS NOT json_extract(j.value, '$[2]') OR c.new IS NOT json_extract(j.value, '$[3]') LIMIT 1"
    )
    refs = ((one.ref.rpartition(":"), one) for one in bundle.redactions)
    listed = json.dumps([[device, int(number), one.old, one.new] for (device, _, number), one in refs if device])
    return view.connection.exec_driver_sql(query, (listed,)).first() is not None


def outside(view: View, bundle: Bundle, officer_id: str | None) -> tuple[str, ...]:
    """Returns the governments that new changes of a pack touch and that are not assigned to its sender.

    An assignment in the pack itself counts where nobody else had one here.
    """
    scopes = {place.scope for place in bundle.places if place.scope != CATALOGUE} - _known_only(view, bundle)
    query = select(_ASSIGNED.c.government_id, _ASSIGNED.c.officer_id).where(_ASSIGNED.c.deleted_at.is_(None))
    held: dict[str, set[str]] = {}
    for government_id, holder in view.connection.execute(query):
        held.setdefault(government_id, set()).add(holder)
    given = {
        made.get("government_id")
        for one in bundle.changes
        if one.table_name == "assignment" and one.field is None
        for made in [json.loads(one.new or "{}")]
        if made.get("officer_id") == officer_id and not held.get(str(made.get("government_id")))
    }
    others = {one for one in scopes if officer_id not in held.get(one, ()) and one not in given}
    return tuple(sorted(one.name for one in reference.governments_by_id(view, sorted(others)).values()))


def _known_only(view: View, bundle: Bundle) -> set[str]:
    """Returns the dossiers of which a pack has nothing that is not here."""
    fresh: set[str] = set()
    query = "SELECT max(number) FROM change_scope WHERE scope = ? AND device_id = ?"
    last: dict[tuple[str, str], int] = {}
    for place in bundle.places:
        stream = (place.scope, place.device_id)
        if stream not in last:
            last[stream] = int(view.connection.exec_driver_sql(query, stream).scalar() or 0)
        if place.number > last[stream]:
            fresh.add(place.scope)
    return {place.scope for place in bundle.places} - fresh


def _first(row: Mapping[Any, Any], names: Iterable[str]) -> Any:
    return next((row[name] for name in names if row.get(name)), None)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHORT else words[: _SHORT - 1] + "…"
