"""Builds the structs of a plan file from plain content, and collects every fault in a single value.

The content comes from YAML or from the Excel form. Where a value is wrong a stand-in takes its place, so that the other
checks can go on; `Faults.tainted` holds those places, about which nothing more is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from samenleven_desktop.domain.errors import N_, FileFaults, UserError
from samenleven_desktop.domain.file_place import FilePlace
from samenleven_desktop.interchange.plan_structs import FileTable, PlanFile
from samenleven_desktop.interchange.plan_words import Path, shorten

Locate = Callable[[Path], FilePlace]
"""Returns where a path stands in the file."""

MOST_FAULTS = 60
MOST_DECIMALS = 6
_COMMA = re.compile(r"^-?[\d. ]*\d,\d+$")
_CONTROL = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\ud800-\udfff\ufffe\uffff]")

# By the first type that msgspec expected; complete sentences, because translations need them complete.
_EXPECTED = {
    "int": N_("{file}: {place} must be a whole number, not {value}."),
    "float": N_("{file}: {place} must be a number, not {value}."),
    "str": N_("{file}: {place} must be text, not {value}."),
    "bool": N_("{file}: {place} must be true or false, not {value}."),
    "date": N_("{file}: {place} must be a date such as 2024-09-30, not {value}."),
    "array": N_("{file}: {place} must be a list, not {value}."),
    "object": N_("{file}: {place} must be a table with fields, not {value}."),
}
_POINT = N_("{file}: {place}: write {right} with a point instead of {value}.")
_CANNOT = N_("{file}: {place} cannot be {value}.")
_EMPTY = N_("{file}: {place} may not be empty.")
_TOO_LONG = N_("{file}: {place} is too long ({n} characters).")
_SIGNS = N_("{file}: {place} holds a sign that cannot be seen or printed.")
_DECIMALS = N_("{file}: {place}: a number has at most {n} decimals.")
_CENTS = N_("{file}: {place}: an amount has at most two decimals.")
_MISSING = N_("{file}: {place} is missing.")
_UNKNOWN = N_("{file}: {place} is a field that this program does not know.")


@dataclass
class Faults:
    """The faults of one file, each with its place; a place that is tainted gets no second one."""

    file: str
    locate: Locate
    found: list[tuple[Path, UserError]] = field(default_factory=list)
    tainted: set[Path] = field(default_factory=set)

    def add(self, path: Path, message: str, **values: object) -> None:
        if path in self.tainted:
            return
        self.tainted.add(path)
        place = self.locate(path)
        values = {name: short(value) if isinstance(value, str) else value for name, value in values.items()}
        self.found.append((path, UserError(message, field=dotted(path), file=self.file, place=place, **values)))

    def sound(self, *paths: Path) -> bool:
        """Returns whether nothing was said about these places or what they are part of."""
        return not any(path[: end + 1] in self.tainted for path in paths for end in range(len(path)))

    def tell(self) -> None:
        """Raises what was found, in the order of the file."""
        if not self.found:
            return
        places: list[tuple[tuple[int, str, int], UserError]] = []
        for number, (_, error) in enumerate(self.found):
            place = error.values["place"]
            assert isinstance(place, FilePlace)
            places.append(((place.line or 0, place.sheet, number), error))
        errors = [error for _, error in sorted(places, key=lambda one: one[0])]
        raise errors[0] if len(errors) == 1 else FileFaults(errors[:MOST_FAULTS])


def plan_content(content: object, faults: Faults) -> PlanFile:
    """Returns the structs of the content; with stand-ins where `faults` has something to say."""
    built: PlanFile = _table(PlanFile, content, (), faults)
    return built


def _table(cls: type[FileTable], content: object, path: Path, faults: Faults) -> Any:
    if not isinstance(content, dict):
        faults.add(path, _EXPECTED["object"], value=short(content))
        return _stand_in_table(cls)
    known = {one.name: one for one in msgspec.structs.fields(cls)}
    values = {}
    before = ""
    for name, value in content.items():
        if name in known:
            before = name
        elif str(name).isdigit() and value is None and isinstance(content.get(before), int):
            # Inside braces, rate_eur: 72,50 is a rate of 72 and a field named 50.
            whole = content[before]
            faults.add((*path, before), _POINT, right=f"{whole}.{name}", value=f"{whole},{name}")
        else:
            faults.add((*path, str(name)), _UNKNOWN)
    for name, one in known.items():
        at = (*path, name)
        if name in content:
            values[name] = _value(one.type, content[name], at, faults)
        elif one.required:
            faults.add(at, _MISSING)
            values[name] = _stand_in(one.type)
    return cls(**values)


def _value(kind: Any, value: object, path: Path, faults: Faults) -> Any:
    table, listed = shape(kind)
    if table is not None and not (value is None and optional(kind)):
        if not listed:
            return _table(table, value, path, faults)
        if isinstance(value, list):
            if not value and _least(kind):
                faults.add(path, _EMPTY)
            return [_table(table, one, (*path, i), faults) for i, one in enumerate(value)]
    if isinstance(value, list):
        value = [tidy(one) for one in value]
    value = tidy(value)
    if any(isinstance(one, str) and _CONTROL.search(one) for one in (value if isinstance(value, list) else [value])):
        faults.add(path, _SIGNS)
        return _stand_in(kind)
    try:
        found = msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        _refuse(value, path, str(error), faults)
        return _stand_in(kind)
    if isinstance(found, float):
        decimals = -int(Decimal(repr(found)).normalize().as_tuple().exponent)
        if str(path[-1]).endswith("_eur"):
            if decimals > 2:
                faults.add(path, _CENTS)
        elif decimals > MOST_DECIMALS:
            faults.add(path, _DECIMALS, n=MOST_DECIMALS)
    return found


def _refuse(value: object, path: Path, reason: str, faults: Faults) -> None:
    """Adds what msgspec says about a value as one clear sentence."""
    found = re.search(r" - at `\$?(.*?)`$", reason)
    for name, index in re.findall(r"\.?([^.\[\]]+)|\[(\d+|\.\.\.)\]", found.group(1)) if found else ():
        if index.isdigit() and isinstance(value, list):
            path, value = (*path, int(index)), value[int(index)]
        elif name and isinstance(value, dict):
            path, value = (*path, name), value.get(name)
        elif index == "..." and isinstance(value, dict):
            key = next((key for key, one in value.items() if not (isinstance(one, str) and one)), None)
            path, value = (*path, str(key)), value.get(key)
    expected = re.match(r"Expected `(\w+)", reason)
    if isinstance(value, str) and _COMMA.match(value) and expected and expected.group(1) in ("float", "int"):
        right = re.sub(r"[. ]", "", value).replace(",", ".")
        faults.add(path, _POINT, right=right, value=value)
    elif reason.startswith("Invalid RFC3339"):
        faults.add(path, _EXPECTED["date"], value=short(value))
    elif expected and "got" in reason:
        faults.add(path, _EXPECTED.get(expected.group(1), _CANNOT), value=short(value))
    elif "of length >=" in reason:
        faults.add(path, _EMPTY)
    elif "of length <=" in reason:
        faults.add(path, _TOO_LONG, n=len(str(value)))
    else:
        faults.add(path, _CANNOT, value=short(value))


def tidy(value: object) -> object:
    """Returns text without white space around it and with one kind of line end; other values as they are."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


@cache
def shape(kind: Any) -> tuple[type[FileTable] | None, bool]:
    """Returns the struct that a type holds (None for a plain value), and whether it holds a list of them."""
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return shape(args[0])
    if origin in (Union, UnionType):
        return next((found for one in args if (found := shape(one))[0] is not None), (None, False))
    if origin is list:
        return shape(args[0])[0], True
    return (kind, False) if isinstance(kind, type) and issubclass(kind, FileTable) else (None, False)


@cache
def optional(kind: Any) -> bool:
    """Returns whether null is a value of this type."""
    return get_origin(kind) in (Union, UnionType) and type(None) in get_args(kind)


def plain(kind: Any) -> Any:
    """Returns the type without bounds and without null: int, float, str, bool, date, list, dict or a Literal."""
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return plain(args[0])
    if origin in (Union, UnionType):
        return plain(next(one for one in args if one is not type(None)))
    return origin if origin in (list, dict) else kind


def _least(kind: Any) -> bool:
    """Returns whether a list may not be empty."""
    return get_origin(kind) is Annotated and any(getattr(one, "min_length", 0) for one in get_args(kind)[1:])


def _stand_in(kind: Any) -> Any:
    """Returns a value of this type that takes the place of a wrong or missing one."""
    table, listed = shape(kind)
    if optional(kind):
        return None
    if table is not None:
        return [] if listed else _stand_in_table(table)
    bare = plain(kind)
    if get_origin(bare) is Literal:
        return get_args(bare)[0]
    return {date: date(2000, 1, 1), str: "?", int: 0, float: 0.0, bool: False}.get(bare) if bare in _SIMPLE else bare()


_SIMPLE = (date, str, int, float, bool)


def _stand_in_table(cls: type[FileTable]) -> FileTable:
    fields = msgspec.structs.fields(cls)
    return cls(**{one.name: _stand_in(one.type) for one in fields if one.required})


def dotted(path: Path) -> str:
    """Returns the place as it stands in the file: actions[3].targets[0].code."""
    words = ""
    for step in path:
        words += f"[{step}]" if isinstance(step, int) else f".{step}" if words else str(step)
    return words


def short(value: object) -> str:
    """Formats a value for use in a sentence: truncated, and an empty value as it is written in YAML."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return shorten(str(value))
