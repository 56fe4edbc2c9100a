"""Reads a plan file (YAML) into a `Plan`, and converts a plan to and from the JSON in the work file.

A plan file may come from anywhere, so every fault in it is a `UserError` whose message names the file and the place.
Start-up only needs JSON: YAML and the structs of the file are imported when a plan file is actually read.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.domain.file_place import FilePlace
from samenleven_desktop.domain.plan import Plan

FORMATS = (1, 2)
FORM_ENDINGS = (".xlsx", ".xls", ".ods")
PlacePath = tuple[str | int, ...]
Locate = Callable[[PlacePath], FilePlace]


def read_plan(path: Path) -> Plan:
    """Returns the plan in a YAML file or an Excel form, checked. Raises UserError with every fault in the file."""
    from samenleven_desktop.interchange.plan_build import build_plan
    from samenleven_desktop.interchange.plan_checks import check_plan
    from samenleven_desktop.interchange.plan_content import Faults, plan_content

    if path.suffix.lower() in FORM_ENDINGS:
        from samenleven_desktop.interchange.plan_form_reader import read_form

        form = read_form(path)
        content: object = form.content
        faults = Faults(path.name, form.locate)
        for place, message, values in form.strays:
            faults.add(place, message, **values)
    else:
        content, locate = _yaml(path)
        faults = Faults(path.name, locate)
    file = plan_content(content, faults)
    check_plan(file, faults)
    faults.tell()
    return build_plan(file)


def _yaml(path: Path) -> tuple[object, Locate]:
    from samenleven_desktop.interchange.plan_content import short
    from samenleven_desktop.interchange.plan_words import path_words
    from samenleven_desktop.interchange.yaml_text import read_yaml

    content, lines = read_yaml(path)
    if not isinstance(content, dict):
        raise UserError(N_("{file} is not a plan file."), file=path.name)
    if content.get("format") not in (None, *FORMATS):
        raise UserError(
            N_("{file}: this plan file has format {format}; this version of the program reads formats up to {newest}."),
            field="format",
            file=path.name,
            format=short(content["format"]),
            newest=str(max(FORMATS)),
        )

    def locate(place: PlacePath) -> FilePlace:
        line = next((lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in lines), None)
        return FilePlace(path_words(content, place), line)

    return content, locate


def plan_to_json(plan: Plan) -> str:
    """Returns the complete plan as JSON, for the work file; `plan_from_json` returns an equal plan."""
    return msgspec.json.encode(plan).decode()


def plan_from_json(text: str) -> Plan:
    """Returns a plan stored in the work file. Raises EnvironmentFault if the text is damaged."""
    try:
        return msgspec.json.decode(text, type=Plan)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise EnvironmentFault(N_("The plan kept in the work file is damaged and cannot be read.")) from error
