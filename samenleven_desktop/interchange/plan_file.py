"""Reads a plan file (YAML) into a `Plan`, and converts a plan to and from the JSON in the work file.

A plan file may come from anywhere, so every error in it is a `UserError` whose message names the file and the place.
Start-up only needs JSON: YAML and the structs of the file are imported when a plan file is actually read.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.domain.plan import Plan

_MISSING = re.compile(r"^Object missing required field `(.+?)`")
_UNKNOWN = re.compile(r"^Object contains unknown field `(.+?)`")
_PLACE = re.compile(r" - at `\$?\.?(.*?)`$")
_STEP = re.compile(r"\.?([A-Za-z_]\w*)|\[(\d+)\]")

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


def read_plan(path: Path) -> Plan:
    """Returns the plan in a YAML file, checked. Raises UserError for any error in the file."""
    from samenleven_desktop.interchange.plan_build import build_plan
    from samenleven_desktop.interchange.plan_checks import check_plan
    from samenleven_desktop.interchange.plan_structs import PlanFile
    from samenleven_desktop.interchange.yaml_text import read_yaml

    content = read_yaml(path)
    if isinstance(content, dict) and content.get("format") not in (None, 1):
        raise UserError(
            N_("{file}: this plan file has format {format}; this version of the program reads format 1."),
            field="format",
            file=path.name,
            format=_short(content["format"]),
        )
    try:
        file = msgspec.convert(content, PlanFile)
    except msgspec.ValidationError as error:
        raise _value_fault(path.name, content, str(error)) from error
    check_plan(path.name, file)
    return build_plan(file)


def plan_to_json(plan: Plan) -> str:
    """Returns the complete plan as JSON, for the work file; `plan_from_json` returns an equal plan."""
    return msgspec.json.encode(plan).decode()


def plan_from_json(text: str) -> Plan:
    """Returns a plan stored in the work file. Raises EnvironmentFault if the text is damaged."""
    try:
        return msgspec.json.decode(text, type=Plan)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise EnvironmentFault(N_("The plan kept in the work file is damaged and cannot be read.")) from error


def _value_fault(file: str, content: object, reason: str) -> UserError:
    """Translates a msgspec error about a single value to one clear sentence."""
    found = _PLACE.search(reason)
    place = found.group(1) if found else ""
    if missing := _MISSING.match(reason):
        name = f"{place}.{missing.group(1)}" if place else missing.group(1)
        return UserError(N_("{file}: {place} is missing."), field=name, file=file, place=name)
    if unknown := _UNKNOWN.match(reason):
        name = f"{place}.{unknown.group(1)}" if place else unknown.group(1)
        return UserError(
            N_("{file}: {place} is a field that this program does not know."), field=name, file=file, place=name
        )
    if not place:
        return UserError(N_("{file} is not a plan file."), file=file)
    value = _at(content, place)
    if reason.startswith("Invalid RFC3339"):
        message = _EXPECTED["date"]
    elif reason.startswith("Expected") and "got" in reason and (kind := re.match(r"Expected `(\w+)", reason)):
        message = _EXPECTED.get(kind.group(1), N_("{file}: {place} cannot be {value}."))
    elif "of length >=" in reason:
        message = N_("{file}: {place} may not be empty.")
    else:
        message = N_("{file}: {place} cannot be {value}.")
    return UserError(message, field=place, file=file, place=place, value=_short(value))


def _at(content: object, place: str) -> object:
    """Returns the value at a place such as `actions[3].targets[0].code`; None if there is none."""
    for name, index in _STEP.findall(place):
        if isinstance(content, dict) and name:
            content = content.get(name)
        elif isinstance(content, list) and index:
            content = content[int(index)]
    return content


def _short(value: object) -> str:
    """Formats a value for use in a sentence: truncated, and an empty value as it is written in YAML."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"
