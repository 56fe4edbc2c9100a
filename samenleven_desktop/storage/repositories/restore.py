"""Restores an earlier field value, or what a step deleted with all its dependents."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.storage.log_values import decode, encode
from samenleven_desktop.storage.models import TRACKED, Change, CommandLog, CommitmentRow, Tracked, table_of
from samenleven_desktop.storage.queries.field_history import values_of_field
from samenleven_desktop.storage.queries.partnerships import code_in_use
from samenleven_desktop.storage.repositories.work import GONE, has_commitment
from samenleven_desktop.storage.unit_of_work import ERASED_SINCE, UnitOfWork
from samenleven_desktop.storage.view import View

PLACE_TAKEN = N_("Another record has taken its place since. Delete that one first, then put this one back.")
NEVER_HAD = N_("This field never had that value.")
NO_SUCH_FIELD = N_("There is no such field.")
NOTHING_LEFT = N_("There is nothing left to put back.")
# The fields that no two live commitments may share.
_PLACE = ("applicant_id", "project_year_id", "target_id")
_ABSENT = object()
_CHANGE, _COMMAND = table_of(Change), table_of(CommandLog)


def put_value_back(unit: UnitOfWork, table_name: str, row_id: str, field: str, value: object) -> bool:
    """Returns whether the value changed. Raises UserError if the record is gone, its place is taken, or the field never
    had the value."""
    model = TRACKED.get(table_name)
    row = None if model is None else unit.row(model, row_id)
    if model is None or row is None or row["deleted_at"] is not None:
        raise UserError(GONE)
    if field in ("id", "deleted_at") or field not in row:
        raise UserError(NO_SUCH_FIELD, field=field)
    had = [one.value for one in values_of_field(View(unit.connection), table_name, row_id, field)]
    value = next((one for one in had if encode(one) == encode(value)), _ABSENT)
    if value is _ABSENT:
        raise UserError(NEVER_HAD, field="value")
    if field in _PLACE:
        _check_place(unit, model, {**row, field: value})
    values = {field: value}
    if table_name == "government" and field == "code" and code_in_use(View(unit.connection), str(value)):
        raise UserError(PLACE_TAKEN)
    if table_name == "government" and field == "name":
        values["search_name"] = fold(str(value))
    return unit.change(model, row_id, **values)


def put_deleted_back(unit: UnitOfWork, command_id: str) -> int:
    """Restores the rows a step deleted and the references it cleared, unless they were changed since.

    Returns the number of restored rows. Raises UserError if there are none, or their place is taken.
    """
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
        if is_deletion:
            _check_place(unit, model, row)
        unit.change(model, one["row_id"], **{field: old})
        back += is_deletion
    if not back:
        raise UserError(NOTHING_LEFT)
    return back


def _check_place(unit: UnitOfWork, model: type[Tracked], row: Mapping[str, object]) -> None:
    if model is CommitmentRow and has_commitment(unit, *(str(row[name]) for name in _PLACE)):
        raise UserError(PLACE_TAKEN)
