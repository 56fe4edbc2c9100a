"""The machine-readable lists of docs/pack-format.md, and those of the program in the same words."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any, get_type_hints

from samenleven_desktop.domain import exchange
from samenleven_desktop.domain.record_schema import SCHEMA
from samenleven_desktop.storage.models import TRACKED, table_of
from samenleven_desktop.sync import card, pack, pack_validation
from tests.sync.second_rows import Columns

TEXT = Path(__file__).resolve().parents[2] / "docs" / "pack-format.md"
POSITIONAL: tuple[Any, ...] = (
    exchange.PackedCommand,
    exchange.PackedChange,
    exchange.PackedPlace,
    exchange.PackedErasure,
    exchange.PackedRedaction,
    exchange.PackedBinding,
    exchange.PackedSeal,
    exchange.Range,
)
NAMED: dict[str, Any] = {
    "Card": card._File,
    "Manifest": pack.Manifest,
    "Sender": pack.Sender,
    "Body": pack._Body,
    "TeamNumbers": pack_validation.TeamNumbers,
    "TeamGovernment": pack_validation.TeamGovernment,
    "TeamYear": pack_validation.TeamYear,
    "TeamTarget": pack_validation.TeamTarget,
}
_WORDS = {"str": "text", "int": "whole", "bool": "truth", "date": "day"}


def block(name: str) -> list[str]:
    """The lines of the fenced block of that name."""
    found = re.search(rf"^```{name}\n(.*?)^```$", TEXT.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/pack-format.md lacks the block {name}"
    return found[1].splitlines()


def columns() -> Columns:
    """As the text says: table -> column -> (may be empty, personal)."""
    found: Columns = {}
    for line in block("travelling-columns"):
        place, _, need, *personal = line.split()
        table, _, column = place.partition(".")
        found.setdefault(table, {})[column] = (need == "optional", personal == ["personal"])
    return found


def columns_of_program() -> list[str]:
    """The lines that the models ask for."""
    return [
        f"{name}.{column.name} {_WORDS[column.type.python_type.__name__]}"
        f" {'optional' if column.nullable else 'required'}{' personal' if column.name in model.personal else ''}"
        for name, model in sorted(TRACKED.items())
        for column in sorted(table_of(model).c, key=lambda column: column.name)
    ]


def values_of_program() -> list[str]:
    """The lines that the rules ask for."""
    return [
        f"{table_name}.{name} {rule.described()}"
        for table_name, table in sorted(SCHEMA.items())
        for name, rule in sorted(table.rules.items())
    ]


def structs_of_program() -> list[str]:
    """The lines that what travels asks for: `Name[place]` for lists by place, `Name` for objects with named fields."""
    found = []
    for struct in POSITIONAL:
        hints = get_type_hints(struct)
        found += [
            f"{struct.__name__}[{place}] {name} {_type(hints[name])}" for place, name in enumerate(struct._fields)
        ]
    for name, struct in NAMED.items():
        found += [f"{name} {field} {_type(hint)}" for field, hint in get_type_hints(struct).items()]
    return found


def _type(hint: object) -> str:
    words = inspect.formatannotation(hint)
    return re.sub(r"samenleven_desktop[\w.]*\.|typing\.|_(?=[A-Z])", "", words).replace(" ", "")
