"""The audit trail: commands with the fields they changed, read from the change log."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime

from sqlalchemy import select

from samenleven_desktop.readmodels.core import FieldChange, HistoryLine
from samenleven_desktop.storage.models import Change, ChangeScope, CommandLog, OfficerRow, table_of
from samenleven_desktop.storage.view import View

_CHANGE, _SCOPE, _COMMAND, _OFFICER = (
    table_of(Change),
    table_of(ChangeScope),
    table_of(CommandLog),
    table_of(OfficerRow),
)
_PACK = _COMMAND.alias("pack")


def colleague_of(pack_details: str | None) -> str | None:
    """Returns the role of the colleague whose pack contained a change, from the values of the step that applied it."""
    return None if pack_details is None else json.loads(pack_details).get("colleague")


def history(
    view: View, scope: str | None = None, row_id: str | None = None, limit: int = 200, before_seq: int | None = None
) -> list[HistoryLine]:
    """Returns commands that changed a dossier, a row or anything, newest first, at most `limit` of them."""
    changed = select(_CHANGE.c.command_id)
    if scope is not None:
        changed = changed.join(_SCOPE, _SCOPE.c.change_seq == _CHANGE.c.seq).where(_SCOPE.c.scope == scope)
    if row_id is not None:
        changed = changed.where(_CHANGE.c.row_id == row_id)
    query = (
        select(_COMMAND, _OFFICER.c.label.label("officer"))
        .outerjoin(_OFFICER, _OFFICER.c.id == _COMMAND.c.officer_id)
        .order_by(_COMMAND.c.seq.desc())
        .limit(limit)
    )
    if scope is not None or row_id is not None:
        query = query.where(_COMMAND.c.id.in_(changed))
    if before_seq is not None:
        query = query.where(_COMMAND.c.seq < before_seq)
    commands = view.connection.execute(query).mappings().all()
    fields = (
        select(
            _CHANGE.c.command_id,
            _CHANGE.c.table_name,
            _CHANGE.c.row_id,
            _CHANGE.c.field,
            _CHANGE.c.old,
            _CHANGE.c.new,
            _PACK.c.details,
        )
        .outerjoin(_PACK, _PACK.c.id == _CHANGE.c.arrived_in)
        .where(_CHANGE.c.command_id.in_([command["id"] for command in commands]))
        .order_by(_CHANGE.c.seq)
    )
    if scope is not None:
        fields = fields.join(_SCOPE, _SCOPE.c.change_seq == _CHANGE.c.seq).where(_SCOPE.c.scope == scope)
    if row_id is not None:
        fields = fields.where(_CHANGE.c.row_id == row_id)
    touched: dict[str, list[FieldChange]] = defaultdict(list)
    givers: dict[str, str | None] = {}
    for command_id, table, row, field, old, new, pack in view.connection.execute(fields):
        givers[command_id] = colleague_of(pack)
        value = None if new is None or field is None else json.loads(new)
        touched[command_id].append(FieldChange(table, row, field, None if old is None else json.loads(old), value))
    return [
        HistoryLine(
            command_id=command["id"],
            made_at=datetime.fromisoformat(command["made_at"]),
            officer=command["officer"],
            kind=command["kind"],
            name=command["name"],
            details=json.loads(command["details"]),
            reverted=command["reverted_by"] is not None,
            changes=tuple(touched[command["id"]]),
            came_from=givers.get(command["id"]),
        )
        for command in commands
    ]
