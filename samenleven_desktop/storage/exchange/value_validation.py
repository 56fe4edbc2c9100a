"""Checks the values of changes against the rules of domain/record_schema.py, before anything is written to a table.

The rules are compiled to decoders, because a pack may have a hundred thousand changes; a value that a decoder refuses
is looked at again by its rule, which says why. Tables and fields of a newer version are checked for name and size only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal

import msgspec

from samenleven_desktop.domain.errors import N_, Phrase
from samenleven_desktop.domain.exchange import PackedChange
from samenleven_desktop.domain.ids import is_shipped
from samenleven_desktop.domain.record_schema import LONGEST_UNREAD, NAME_PATTERN, SCHEMA, TableRules
from samenleven_desktop.domain.value_rule import FIRST_STORED, LAST_STORED, UUID, Kind, Rule, Writer, first_fault

MOST_UNREAD = 64 << 20
_SHIPPED_ROW = N_("nobody changes a record that ships with the program.")
_NO_NAME = N_("this name is of no version of the program.")
_NO_ROW = N_("this names no record.")
_TOO_MUCH_UNREAD = N_("of a newer version, and too large to keep unread.")
_NOTHING = N_("there is no value.")
_ID, _NAME = re.compile(UUID), re.compile(NAME_PATTERN)
# A NUL inside a string, or a backslash before these characters: the rule tells them apart.
_ESCAPED_NUL = "\\u0000"
_YEARS = range(FIRST_STORED.year, LAST_STORED.year + 1)


@dataclass(frozen=True)
class Misfit:
    """A value that cannot be stored: its table and field (empty: the whole record), and why."""

    table_name: str
    field: str
    why: Phrase


def first_misfit(changes: Iterable[PackedChange]) -> Misfit | None:
    """Returns the first change that no version of this program could have written; None if there is none."""
    unread, rows = 0, set[tuple[str, str]]()
    for change in changes:
        if (change.table_name, change.row_id) not in rows:
            rows.add((change.table_name, change.row_id))
            why = _fault_of_row(change)
            if why is not None:
                return Misfit(change.table_name, "", why)
        found = misfit(change)
        if found is not None:
            return found
        if _is_newer(change):
            unread += len(change.new or "") + len(change.old or "")
            if unread > MOST_UNREAD:
                return Misfit(change.table_name, change.field or "", Phrase(_TOO_MUCH_UNREAD))
    return None


def misfit(change: PackedChange) -> Misfit | None:
    """Returns what is wrong with the values of one change."""
    table = SCHEMA.get(change.table_name)
    if table is None:
        return _misfit_unread(change)
    if is_shipped(change.row_id):
        same = change.field is not None and change.new == change.old
        return None if same else Misfit(change.table_name, "", Phrase(_SHIPPED_ROW))
    if change.field is None:
        return None if _fits_row(change.table_name, change.new) else _misfit_in_row(change, table)
    rule = table.rules.get(change.field)
    if rule is None:
        return _misfit_unread(change)
    why = _fault(change.table_name, change.field, rule, change.new)
    if why is None and change.old is not None:
        why = _fault(change.table_name, change.field, rule, change.old)
    return None if why is None else Misfit(change.table_name, change.field, why)


def mended(change: PackedChange) -> tuple[str | None, str | None]:
    """Returns old and new of a change with values of this version: each that does not fit becomes the nearest one."""
    table = SCHEMA.get(change.table_name)
    if table is None:
        return change.old, change.new
    if is_shipped(change.row_id):
        return None, None
    if change.field is not None:
        rule = table.rules.get(change.field)
        return (change.old, change.new) if rule is None else (_mended(rule, change.old), _mended(rule, change.new))
    made = json.loads(change.new or "{}")
    for name, rule in table.rules.items():
        if rule.fault(made.get(name)) is not None:
            made[name] = rule.nearest(made.get(name))
    kept = {name: value for name, value in made.items() if value is not None}
    return change.old, json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _mended(rule: Rule, text: str | None) -> str | None:
    value = None if text is None else json.loads(text)
    if rule.fault(value) is None:
        return text
    nearest = rule.nearest(value)
    return None if nearest is None else json.dumps(nearest, ensure_ascii=False)


def _fault_of_row(change: PackedChange) -> Phrase | None:
    if change.table_name in SCHEMA:
        return None if _ID.fullmatch(change.row_id) else Phrase(_NO_ROW)
    return None if _NAME.fullmatch(change.table_name) else Phrase(_NO_NAME)


def _is_newer(change: PackedChange) -> bool:
    table = SCHEMA.get(change.table_name)
    if table is None:
        return True
    return change.field is not None and change.field not in table.rules


def _misfit_unread(change: PackedChange) -> Misfit | None:
    field = change.field or ""
    if field and not _NAME.fullmatch(field):
        return Misfit(change.table_name, "", Phrase(_NO_NAME))
    if max(len(change.new or ""), len(change.old or "")) > LONGEST_UNREAD:
        return Misfit(change.table_name, field, Phrase(_TOO_MUCH_UNREAD))
    return None


def _misfit_in_row(change: PackedChange, table: TableRules) -> Misfit | None:
    """Looks again, by rule, at a new row that its decoder refused, for instance for a field of a newer version."""
    made = json.loads(change.new or "null")
    if not isinstance(made, dict):
        return Misfit(change.table_name, "", Phrase(_NOTHING))
    found = first_fault(table.rules, made)
    if found is not None:
        return Misfit(change.table_name, *found)
    for name in made.keys() - table.rules.keys():
        if name == "id" or not _NAME.fullmatch(name):
            return Misfit(change.table_name, "", Phrase(_NO_NAME))
        if len(json.dumps(made[name])) > LONGEST_UNREAD:
            return Misfit(change.table_name, name, Phrase(_TOO_MUCH_UNREAD))
    return None


def _fault(table_name: str, field: str, rule: Rule, text: str | None) -> Phrase | None:
    if text is None:
        return rule.fault(None)
    try:
        value = _field_decoder(table_name, field)(text)
        if _ESCAPED_NUL not in text and (value is None or (check := _late_check(rule)) is None or check(value)):
            return None
    except msgspec.MsgspecError:
        pass
    return rule.fault(json.loads(text))


# Compiled rules


def _fits_row(table_name: str, text: str | None) -> bool:
    decode, late = _row_decoder(table_name)
    try:
        row = decode(text or "null")
    except msgspec.MsgspecError:
        return False
    for name, check in late:
        value = getattr(row, name)
        if value is not None and not check(value):
            return False
    return _ESCAPED_NUL not in (text or "")


@cache
def _row_decoder(table_name: str) -> tuple[Callable[[str], Any], tuple[tuple[str, Callable[[Any], bool]], ...]]:
    """Returns the decoder of a new row, and the checks of fields that a decoder cannot make."""
    rules = SCHEMA[table_name].rules
    made = msgspec.defstruct(
        table_name,
        [
            (name, _type_of(rule), None) if rule.optional or rule.personal else (name, _type_of(rule))
            for name, rule in sorted(rules.items(), key=lambda one: one[1].optional or one[1].personal)
        ],
        forbid_unknown_fields=True,
        gc=False,
    )
    late = ((name, _late_check(rule)) for name, rule in rules.items())
    return msgspec.json.Decoder(made).decode, tuple((name, check) for name, check in late if check is not None)


@cache
def _field_decoder(table_name: str, field: str) -> Callable[[str], Any]:
    rule = SCHEMA[table_name].rules[field]
    return msgspec.json.Decoder(_type_of(rule)).decode


def _late_check(rule: Rule) -> Callable[[Any], bool] | None:
    if rule.kind in (Kind.DAY, Kind.MOMENT):
        return _in_reach
    return _is_no if rule.kind is Kind.TRUTH and rule.choices else None


def _in_reach(value: date) -> bool:
    return value.year in _YEARS


def _is_no(value: bool) -> bool:
    return not value


def _type_of(rule: Rule) -> Any:
    """Returns the type of a value; a personal one may be empty, because it may have been erased."""
    if rule.writer is Writer.NOBODY and not rule.choices:
        return None
    value = _type_of_value(rule)
    return value | None if rule.optional or rule.personal else value


def _type_of_value(rule: Rule) -> Any:
    match rule.kind:
        case Kind.WHOLE:
            return Annotated[int, msgspec.Meta(ge=rule.least, le=rule.most)]
        case Kind.TRUTH:
            return bool
        case Kind.DAY:
            return date
        case Kind.MOMENT:
            return Annotated[datetime, msgspec.Meta(tz=True)]
    if rule.choices:
        return Literal[rule.choices]
    if rule.pattern:
        return Annotated[str, msgspec.Meta(max_length=rule.most, pattern=f"^(?:{rule.pattern})\\Z")]
    return Annotated[str, msgspec.Meta(max_length=rule.most)]
