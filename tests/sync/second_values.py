"""What a second reader refuses of the values in a pack, by the block `travelling-values` of docs/pack-format.md."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import Any

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def faults_of(body: dict[str, Any], lines: list[str]) -> list[str]:
    """The places (table.column) of values that the block does not allow."""
    rules = {line.split()[0]: line.split(" ", 3)[1:] for line in lines}
    erased = {(table, row_id) for table, row_id, *_ in body["erasures"]}
    found = []
    for _, _, _, _, _, table, row_id, field, _, new, _ in body["changes"]:
        value = None if new is None else json.loads(new)
        given = value if field is None else {field: value}
        names = [place for place in rules if place.startswith(f"{table}.")] if field is None else [f"{table}.{field}"]
        for place in names:
            one = given.get(place.partition(".")[2])
            if place in rules and not fits(one, *rules[place]) and not (one is None and (table, row_id) in erased):
                found.append(place)
    return found


def fits(value: Any, kind: str, need: str, more: str = "") -> bool:
    if value is None:
        return need == "optional"
    if kind == "truth":
        return value in (False,) if more else isinstance(value, bool) or value in (0, 1)
    if more == "nobody":
        return False
    if kind == "whole":
        least, _, most = more.partition("..")
        return isinstance(value, int) and not isinstance(value, bool) and int(least) <= value <= int(most)
    if not isinstance(value, str) or "\0" in value:
        return False
    try:
        if kind in ("day", "moment"):
            return 1900 <= (date if kind == "day" else datetime).fromisoformat(value).year <= 2200
    except ValueError:
        return False
    if kind == "text":
        return len(value) <= int(more.split()[0])
    if kind == "choice":
        return value in more.split(" ")[0].split("|")
    pattern = {"id": UUID, "ids": f"(?:{UUID}(?: {UUID})*)?"}.get(kind, more)
    return re.fullmatch(pattern, value) is not None
