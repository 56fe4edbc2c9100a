"""Putting back what was: the value of a field, or what a step deleted with all that hung on it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.storage.models import TRACKED, Change, CommandLog, table_of
from samenleven_desktop.storage.repositories.work import GONE
from samenleven_desktop.storage.unit_of_work import ERASED_SINCE, UnitOfWork, decode

PLACE_TAKEN = N_("Another record has taken its place since. Delete that one first, then put this one back.")
NOTHING_LEFT = N_("There is nothing left to put back.")
_CHANGE, _COMMAND = table_of(Change), table_of(CommandLog)


def put_value_back(unit: UnitOfWork, table_name: str, row_id: str, field: str, value: object) -> bool:
    """Gives whether the field was other than that. Raises UserError when the record is gone or its place taken."""
    model = TRACKED[table_name]
    row = unit.row(model, row_id)
    if row is None or row["deleted_at"] is not None:
        raise UserError(GONE)
    try:
        return unit.change(model, row_id, **{field: value})
    except IntegrityError:
        raise UserError(PLACE_TAKEN) from None


def put_deleted_back(unit: UnitOfWork, command_id: str) -> int:
    """Brings back the rows that a step deleted and the references it took away, as far as nobody changed them since;
    gives how many rows came back. Raises UserError when there are none, or their place is taken."""
    if unit.connection.execute(select(_COMMAND.c.sealed).where(_COMMAND.c.id == command_id)).scalar():
        raise UserError(ERASED_SINCE)
    query = select(_CHANGE).where(_CHANGE.c.command_id == command_id, _CHANGE.c.field.is_not(None))
    changes = unit.connection.execute(query.order_by(_CHANGE.c.seq.desc())).mappings().all()
    deleted = {one["row_id"] for one in changes if one["field"] == "deleted_at" and one["new"] is not None}
    back = 0
    for one in changes:
        model, field = TRACKED[one["table_name"]], one["field"]
        old, new = decode(model, field, one["old"]), decode(model, field, one["new"])
        is_deletion, is_reference = field == "deleted_at" and new is not None, new is None and old in deleted
        row = unit.row(model, one["row_id"])
        if row is None or row[field] != new or not (is_deletion or is_reference):
            continue
        try:
            unit.change(model, one["row_id"], **{field: old})
        except IntegrityError:
            raise UserError(PLACE_TAKEN) from None
        back += is_deletion
    if not back:
        raise UserError(NOTHING_LEFT)
    return back
