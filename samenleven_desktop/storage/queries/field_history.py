"""Earlier values of a field, and the contents of the recycle bin: both read from the change log."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, select

from samenleven_desktop.readmodels.history import BinLine, FieldValue
from samenleven_desktop.storage.log_values import decode
from samenleven_desktop.storage.models import (
    TRACKED,
    Change,
    CommandLog,
    OfficerRow,
    table_of,
)
from samenleven_desktop.storage.queries.history import colleague_of
from samenleven_desktop.storage.view import View

_CHANGE, _COMMAND, _OFFICER = table_of(Change), table_of(CommandLog), table_of(OfficerRow)
_PACK = _COMMAND.alias("pack")

# Records that a user would look for; a link between two of them is not included.
BIN_TABLES = {
    "attachment": "name",
    "commitment": "note",
    "contact": "name",
    "example": "title",
    "follow_up": "what",
    "government": "name",
    "instrument": "name",
    "kpi_entry": "note",
    "mentor": "note",
    "offer": "title",
    "offer_use": "evaluation",
    "organisation_service": "note",
    "partnership_member": None,
    "stimulus": "note",
    "support_session": "report",
    "support_track": "title",
}
_MOST_WORDS = 80


def values_of_field(view: View, table_name: str, row_id: str, field: str) -> list[FieldValue]:
    """Returns every value a field had, newest first; the oldest one is that of the new record."""
    query = (
        select(
            _CHANGE.c.seq,
            _CHANGE.c.field,
            _CHANGE.c.new,
            _COMMAND.c.made_at,
            _COMMAND.c.name,
            _COMMAND.c.details,
            _COMMAND.c.kind,
            _OFFICER.c.label,
            _PACK.c.details.label("pack"),
        )
        .join(_COMMAND, _COMMAND.c.id == _CHANGE.c.command_id)
        .outerjoin(_OFFICER, _OFFICER.c.id == _CHANGE.c.officer_id)
        .outerjoin(_PACK, _PACK.c.id == _CHANGE.c.arrived_in)
        .where(
            _CHANGE.c.row_id == row_id,
            _CHANGE.c.table_name == table_name,
            (_CHANGE.c.field == field) | _CHANGE.c.field.is_(None),
        )
        .order_by(_CHANGE.c.hlc.desc(), _CHANGE.c.seq.desc())
    )
    model = TRACKED[table_name]
    found = []
    for row in view.connection.execute(query).mappings():
        text = row["new"]
        if row["field"] is None:
            made = json.loads(text)
            text = json.dumps(made[field]) if field in made else None
        found.append(
            FieldValue(
                row["seq"],
                datetime.fromisoformat(row["made_at"]),
                row["label"],
                row["name"],
                json.loads(row["details"]),
                row["kind"],
                decode(model, field, text),
                colleague_of(row["pack"]),
            )
        )
    return found


def bin_lines(view: View, since: str, after: int | None = None, limit: int = 500) -> list[BinLine]:
    """Returns steps that deleted records, newest first, if those are still deleted by that step.

    `since` is a time (ISO); `after` a step number in the history.
    """
    changed_later = exists().where(_changed_later())
    query = (
        select(
            _CHANGE.c.command_id,
            _CHANGE.c.table_name,
            _CHANGE.c.row_id,
            _CHANGE.c.seq,
            _COMMAND.c.made_at,
            _COMMAND.c.name,
            _COMMAND.c.details,
            _OFFICER.c.label,
        )
        .join(_COMMAND, _COMMAND.c.id == _CHANGE.c.command_id)
        .outerjoin(_OFFICER, _OFFICER.c.id == _COMMAND.c.officer_id)
        .where(
            _CHANGE.c.field == "deleted_at",
            _CHANGE.c.new.is_not(None),
            _CHANGE.c.table_name.in_(BIN_TABLES),
            _COMMAND.c.kind == "do",
            _COMMAND.c.made_at >= since if after is None else _COMMAND.c.seq > after,
            ~_COMMAND.c.sealed,
            ~changed_later,
        )
        .order_by(_COMMAND.c.seq.desc(), _CHANGE.c.seq.desc())
        .limit(limit * 4)
    )
    steps: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    heads = {}
    for command_id, table_name, row_id, seq, *head in view.connection.execute(query):
        steps[command_id].append((table_name, row_id, seq))
        heads[command_id] = head
    names = _governments(view, [seq for rows in steps.values() for _, _, seq in rows])
    found = []
    for command_id, rows in list(steps.items())[:limit]:
        made_at, name, details, officer = heads[command_id]
        governments = {one for _, _, seq in rows for one in names[seq]}
        found.append(
            BinLine(
                command_id,
                datetime.fromisoformat(made_at),
                officer,
                name,
                json.loads(details),
                dict(Counter(table for table, _, _ in rows)),
                tuple(sorted(governments)),
                _words(view, rows[0][0], rows[0][1]),
            )
        )
    return found


def _changed_later() -> ColumnElement[bool]:
    """A later change to the deletion of the same row: restored, or deleted again by a newer step."""
    later = _CHANGE.alias("later")
    return and_(
        later.c.row_id == _CHANGE.c.row_id,
        later.c.field == "deleted_at",
        later.c.seq > _CHANGE.c.seq,
    )


def _governments(view: View, seqs: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    listed = json.dumps(seqs)
    query = (
        "SELECT change_scope.change_seq, government.name FROM change_scope JOIN government ON government.id = "
        "change_scope.scope WHERE change_scope.change_seq IN (SELECT value FROM json_each(?))"
    )
    for seq, name in view.connection.exec_driver_sql(query, (listed,)):
        found[seq].append(name)
    return found


def _words(view: View, table_name: str, row_id: str) -> str:
    column = BIN_TABLES[table_name]
    if column is None:
        return ""
    table = table_of(TRACKED[table_name])
    value = view.connection.execute(select(table.c[column]).where(table.c.id == row_id)).scalar()
    words = " ".join(str(value or "").split())
    return words if len(words) <= _MOST_WORDS else words[: _MOST_WORDS - 1] + "…"
