"""The inbox of conflicts with both values, and the rows queued for a parent."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from samenleven_desktop.domain.field_merge import DELETED
from samenleven_desktop.readmodels.exchange import Choice, ConflictKind, ConflictLine, Side, WaitingLine
from samenleven_desktop.storage.exchange import peers
from samenleven_desktop.storage.log_values import decode
from samenleven_desktop.storage.models import (
    TRACKED,
    Change,
    ChangeScope,
    CommandLog,
    ConflictRow,
    GovernmentRow,
    Meta,
    OfficerRow,
    TargetRow,
    WaitingRow,
    table_of,
)
from samenleven_desktop.storage.view import View

_CONFLICT, _CHANGE, _SCOPE = table_of(ConflictRow), table_of(Change), table_of(ChangeScope)
_COMMAND, _OFFICER, _GOV = table_of(CommandLog), table_of(OfficerRow), table_of(GovernmentRow)
_WAITING, _META = table_of(WaitingRow), table_of(Meta)
_DAYS = ("day", "start", "added_on", "due")
_NAMES = ("name", "title", "label")
_ID_LENGTH = 8


def conflict_id(table_name: str, row_id: str, field: str) -> str:
    """Returns the short id of a conflict, the same on every device."""
    return hashlib.sha256(f"{table_name}|{row_id}|{field}".encode()).hexdigest()[:_ID_LENGTH]


def count_conflicts(view: View) -> int:
    return len(_rows(view, None))


def conflicts(view: View, only: Iterable[tuple[str, str, str]] | None = None) -> list[ConflictLine]:
    """Returns the open conflicts, the last found first; `only` restricts them to these (table, row, field)."""
    rows = _rows(view, None if only is None else set(only))
    device = view.connection.execute(select(_META.c.value).where(_META.c.key == "device_id")).scalar()
    sides = _sides(view, [ref for row in rows for ref in row["heads"].split() if row["kind"] != ConflictKind.DOUBLE])
    names = _governments(view, [row["row_id"] for row in rows])
    found = []
    for row in rows:
        if row["kind"] == ConflictKind.DOUBLE:
            mine, theirs, shown = _double(view, row, str(device))
        else:
            mine, theirs, shown = _of_field(row, sides, str(device))
            mine, theirs = (_named(view, row, one) for one in (mine, theirs))
        field = str(row["field"]) if row["kind"] != ConflictKind.DOUBLE else ""
        found.append(
            ConflictLine(
                id=conflict_id(row["table_name"], row["row_id"], row["field"]),
                kind=ConflictKind(row["kind"]),
                table_name=row["table_name"],
                row_id=row["row_id"],
                field=field,
                governments=names.get(row["row_id"], ()),
                day=_day(view, row["table_name"], row["row_id"]),
                mine=mine,
                theirs=theirs,
                shown=shown,
                can_both=row["kind"] == ConflictKind.DOUBLE or can_hold_both(row["table_name"], field),
                found_at=datetime.fromisoformat(row["found_at"]),
                about=_about(view, row["table_name"], row["row_id"]),
                target_id=_target(view, row["row_id"]) if row["table_name"] == "commitment" else "",
            )
        )
    return found


def heads_of(view: View, table_name: str, row_id: str, field: str) -> list[str]:
    """Returns the conflicting changes, the current one last; none if the conflict is settled."""
    query = select(_CONFLICT.c.heads).where(
        _CONFLICT.c.table_name == table_name, _CONFLICT.c.row_id == row_id, _CONFLICT.c.field == field
    )
    return str(view.connection.execute(query).scalar() or "").split()


def can_hold_both(table_name: str, field: str) -> bool:
    """Returns whether a field can hold both values, one below the other: personal free-text fields can."""
    model = TRACKED[table_name]
    columns = table_of(model).c
    return field in model.personal and field in columns and columns[field].type.python_type is str


def waiting(view: View) -> list[WaitingLine]:
    """Returns the rows that are queued until their parent arrives."""
    query = (
        select(_WAITING.c.table_name, _WAITING.c.needs_table, func.count())
        .group_by(_WAITING.c.table_name, _WAITING.c.needs_table)
        .order_by(_WAITING.c.table_name, _WAITING.c.needs_table)
    )
    lines = [WaitingLine(table, needs, n) for table, needs, n in view.connection.execute(query)]
    if not any(line.needs_plan for line in lines):
        return lines
    missing = tuple(peers.missing_plans(view.connection))
    return [replace(line, plans=missing) if line.needs_plan else line for line in lines]


def _rows(view: View, only: set[tuple[str, str, str]] | None) -> list[Mapping[Any, Any]]:
    """Returns the conflicts that can still be decided.

    Skips those of rows that are gone or deleted (unless the conflict is about the deletion), and doubles of which one
    is gone or both were kept.
    """
    query = select(_CONFLICT).order_by(_CONFLICT.c.found_at.desc(), _CONFLICT.c.row_id, _CONFLICT.c.field)
    rows = [
        row
        for row in view.connection.execute(query).mappings()
        if row["table_name"] in TRACKED
        and (only is None or (row["table_name"], row["row_id"], row["field"]) in only)
        and row["kept_at"] is None
    ]
    alive = _alive(view, rows)
    found: list[Mapping[Any, Any]] = []
    for row in rows:
        if row["kind"] == ConflictKind.DOUBLE:
            stands = all(id_ in alive for id_ in row["heads"].split())
        elif row["field"] not in table_of(TRACKED[row["table_name"]]).c:
            stands = False  # of a newer version: settled there, or here once it is known
        else:
            stands = row["field"] == DELETED or row["row_id"] in alive
        if stands:
            found.append(row)
    return found


def _alive(view: View, rows: Sequence[Mapping[Any, Any]]) -> set[str]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        wanted[row["table_name"]].add(row["row_id"])
        if row["kind"] == ConflictKind.DOUBLE:
            wanted["commitment"] |= set(row["heads"].split())
    found: set[str] = set()
    for table_name, ids in wanted.items():
        listed = json.dumps(sorted(ids))
        query = f"SELECT id FROM {table_name} WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))"
        found |= {str(row[0]) for row in view.connection.exec_driver_sql(query, (listed,))}
    return found


def _sides(view: View, refs: Sequence[str]) -> dict[str, Mapping[Any, Any]]:
    query = (
        select(
            (_CHANGE.c.device_id + ":" + _CHANGE.c.number.op("||")("")).label("ref"),
            _CHANGE.c.device_id,
            _CHANGE.c.hlc,
            _CHANGE.c.number,
            _CHANGE.c.field,
            _CHANGE.c.new,
            _COMMAND.c.made_at,
            _OFFICER.c.label,
        )
        .join(_COMMAND, _COMMAND.c.id == _CHANGE.c.command_id)
        .outerjoin(_OFFICER, _OFFICER.c.id == _CHANGE.c.officer_id)
    )
    found: dict[str, Mapping[Any, Any]] = {}
    for ref in refs:
        device, _, number = ref.rpartition(":")
        at = (_CHANGE.c.device_id == device) & (_CHANGE.c.number == int(number))
        row = view.connection.execute(query.where(at)).mappings().first()
        if row is not None:
            found[ref] = row
    return found


def _of_field(
    conflict: Mapping[Any, Any], sides: Mapping[str, Mapping[Any, Any]], device: str
) -> tuple[Side, Side, Choice]:
    """My side is the value written by this device, or else the current value; theirs is the newest of the others."""
    heads = [sides[ref] for ref in conflict["heads"].split() if ref in sides]
    if conflict["kind"] == ConflictKind.DELETED:
        # In this case the deletion is the last of the heads, and the current state.
        edits, deletion = heads[:-1], heads[-1]
        edit = max(edits, key=_order)
        pair = (_side(conflict, deletion), _side(conflict, edit))
        if deletion["device_id"] == device:
            return (*pair, Choice.MINE)
        return (pair[1], pair[0], Choice.THEIRS)
    heads.sort(key=_order)
    winner = heads[-1]
    own = [one for one in heads if one["device_id"] == device]
    mine = own[-1] if own else winner
    others = [one for one in heads if one is not mine]
    theirs = others[-1] if others else winner
    return (_side(conflict, mine), _side(conflict, theirs), Choice.MINE if mine is winner else Choice.THEIRS)


def _order(row: Mapping[Any, Any]) -> tuple[int, str, int]:
    return row["hlc"], row["device_id"], row["number"]


def _side(conflict: Mapping[Any, Any], row: Mapping[Any, Any]) -> Side:
    model = TRACKED[conflict["table_name"]]
    known = row["field"] in table_of(model).c
    value = decode(model, row["field"], row["new"]) if known else row["new"]
    return Side(value, row["label"], datetime.fromisoformat(row["made_at"]))


def _named(view: View, conflict: Mapping[Any, Any], side: Side) -> Side:
    """Adds the name of the record if the value is the id of one."""
    columns = table_of(TRACKED[conflict["table_name"]]).c
    column = columns.get(conflict["field"])
    if column is None or not column.foreign_keys or side.value is None:
        return side
    table = next(iter(column.foreign_keys)).column.table
    name = next((table.c[one] for one in _NAMES if one in table.c), None)
    if name is None:
        return side
    words = view.connection.execute(select(name).where(table.c.id == side.value)).scalar()
    return side if words is None else replace(side, words=str(words))


def _about(view: View, table_name: str, row_id: str) -> str:
    table, target = table_of(TRACKED[table_name]), table_of(TargetRow)
    if table_name == "commitment":
        query = select(target.c.code).join(table, table.c.target_id == target.c.id).where(table.c.id == row_id)
    else:
        name = next((table.c[one] for one in _NAMES if one in table.c), None)
        if name is None:
            return ""
        query = select(name).where(table.c.id == row_id)
    return str(view.connection.execute(query).scalar() or "")


def _target(view: View, commitment_id: str) -> str:
    table = table_of(TRACKED["commitment"])
    return str(view.connection.execute(select(table.c.target_id).where(table.c.id == commitment_id)).scalar() or "")


def _double(view: View, conflict: Mapping[Any, Any], device: str) -> tuple[Side, Side, Choice]:
    """Returns the two sides of a double: the confirmed number of each commitment.

    Mine is the one made by this device, or else the first.
    """
    query = (
        select(_CHANGE.c.device_id, _COMMAND.c.made_at, _OFFICER.c.label)
        .join(_COMMAND, _COMMAND.c.id == _CHANGE.c.command_id)
        .outerjoin(_OFFICER, _OFFICER.c.id == _CHANGE.c.officer_id)
    )
    commitment = table_of(TRACKED["commitment"])
    sides = []
    for row_id in conflict["heads"].split():
        made = (
            view.connection.execute(query.where(_CHANGE.c.row_id == row_id, _CHANGE.c.field.is_(None))).mappings().one()
        )
        confirmed = view.connection.execute(select(commitment.c.confirmed).where(commitment.c.id == row_id)).scalar()
        side = Side(confirmed, made["label"], datetime.fromisoformat(made["made_at"]))
        sides.append((made["device_id"] != device, side))
    first, second = sorted(sides, key=lambda one: one[0])
    return first[1], second[1], Choice.BOTH


def own_first(view: View, ids: Sequence[str]) -> list[str]:
    """Returns these rows, those made by this device first."""
    device = view.connection.execute(select(_META.c.value).where(_META.c.key == "device_id")).scalar()
    query = select(_CHANGE.c.row_id).where(
        _CHANGE.c.row_id.in_(ids), _CHANGE.c.field.is_(None), _CHANGE.c.device_id == device
    )
    own = set(view.connection.execute(query).scalars())
    return sorted(ids, key=lambda id_: (id_ not in own, ids.index(id_)))


def inserts_of(view: View, ids: Sequence[str]) -> list[str]:
    """Returns the changes (`device:number`) that made these rows."""
    query = select(_CHANGE.c.device_id, _CHANGE.c.number).where(_CHANGE.c.row_id.in_(ids), _CHANGE.c.field.is_(None))
    return [f"{device}:{number}" for device, number in view.connection.execute(query)]


def deleter_is_me(view: View, ref: str) -> bool:
    device = view.connection.execute(select(_META.c.value).where(_META.c.key == "device_id")).scalar()
    return ref.rpartition(":")[0] == device


def _governments(view: View, row_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    query = (
        select(_CHANGE.c.row_id, _GOV.c.name)
        .join(_SCOPE, _SCOPE.c.change_seq == _CHANGE.c.seq)
        .join(_GOV, _GOV.c.id == _SCOPE.c.scope)
        .where(_CHANGE.c.row_id.in_(set(row_ids)))
        .distinct()
    )
    found: dict[str, list[str]] = defaultdict(list)
    for row_id, name in view.connection.execute(query):
        found[row_id].append(name)
    return {row_id: tuple(sorted(names)) for row_id, names in found.items()}


def _day(view: View, table_name: str, row_id: str) -> date | None:
    table = table_of(TRACKED[table_name])
    for name in _DAYS:
        if name in table.c:
            value = view.connection.execute(select(table.c[name]).where(table.c.id == row_id)).scalar()
            if isinstance(value, date):
                return value
    return None
