"""Reads a YAML file from any source into plain dicts, lists, text, numbers, booleans and None.

Only plain YAML is accepted: no anchors, aliases or tags (they can expand a small file or build arbitrary objects), no
duplicate keys, bounded size and depth. Dates stay text; the caller's types convert them. Every error is a `UserError`
that names the file and the line.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from samenleven_desktop.domain.errors import N_, UserError

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # a PyYAML built without libyaml: ten times slower, the same result
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

MAX_BYTES = 5_000_000
_MAX_DEPTH = 40


class _PlainLoader(_BaseLoader):
    """Supports only the types of JSON: `yes`, `0123`, `1:30` and dates stay text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - type required by PyYAML


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^-?(?:0|[1-9][0-9]{0,14})$", "-0123456789"),
    ("float", r"^-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,30}$", "-0123456789"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
):
    _PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


Lines = dict[tuple[str | int, ...], int]
"""The line of each value, by its place: keys and positions from the outside in."""


def read_yaml(path: Path) -> tuple[object, Lines]:
    """Returns the content of a YAML file as plain objects, and the line of each value."""
    text = _read_text(path)
    lines: Lines = {}
    try:
        _check_events(path, text)
        loader = _PlainLoader(text)  # a safe loader with fewer types
        try:
            node = loader.get_single_node()
            if node is None:
                return None, lines
            _note_lines(node, (), lines)
            return loader.construct_document(node), lines
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = 1 if mark is None else mark.line + 1
        raise UserError(N_("{file}, line {line}: this is not valid YAML."), file=path.name, line=line) from error


def _note_lines(node: yaml.Node, place: tuple[str | int, ...], lines: Lines) -> None:
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            at = (*place, str(key.value))
            lines[at] = key.start_mark.line + 1
            _note_lines(value, at, lines)
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            _note_lines(value, (*place, i), lines)


def _read_text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise UserError(N_("The file {file} does not exist."), file=str(path)) from error
    except OSError as error:
        raise UserError(N_("The file {file} cannot be read."), file=str(path)) from error
    if len(content) > MAX_BYTES:
        raise UserError(N_("{file} is larger than 5 MB; that is not a plan file."), file=path.name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(N_("{file} is not text in UTF-8."), file=path.name) from error


def _check_events(path: Path, text: str) -> None:
    """Walks through the file without building anything, and refuses what plain YAML does not need."""
    # One entry per open collection: the keys seen so far of a mapping, or None for a list.
    keys: list[set[str] | None] = []
    expects_key: list[bool] = []
    documents = 0
    for event in yaml.parse(text, Loader=_PlainLoader):
        line = event.start_mark.line + 1 if event.start_mark is not None else 0
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise UserError(N_("{file}, line {line}: a second document begins here."), file=path.name, line=line)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise UserError(
                N_("{file}, line {line}: anchors, aliases and tags (& * !) have no place in this file."),
                file=path.name,
                line=line,
            )
        if isinstance(event, yaml.CollectionEndEvent):
            keys.pop()
            expects_key.pop()
            continue
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            continue
        if keys and (names := keys[-1]) is not None:
            if expects_key[-1] and not isinstance(event, yaml.ScalarEvent):
                raise UserError(N_("{file}, line {line}: this is not valid YAML."), file=path.name, line=line)
            if expects_key[-1] and isinstance(event, yaml.ScalarEvent):
                if event.value in names:
                    raise UserError(
                        N_("{file}, line {line}: {name} is given twice."), file=path.name, line=line, name=event.value
                    )
                names.add(event.value)
            expects_key[-1] = not expects_key[-1]
        if isinstance(event, yaml.CollectionStartEvent):
            keys.append(set() if isinstance(event, yaml.MappingStartEvent) else None)
            expects_key.append(isinstance(event, yaml.MappingStartEvent))
            if len(keys) > _MAX_DEPTH:
                raise UserError(N_("{file}, line {line}: this is nested too deeply."), file=path.name, line=line)
