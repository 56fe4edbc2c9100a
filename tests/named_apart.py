"""Checks of what lists and reports say: no action of one plan is named for another.

The texts of `several_plans` name their plan by its code; rows name actions by number, title and plan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from samenleven_desktop.domain.plan import Plan
from tests.several_plans import EVERY

_COUNT = Counter(action.short_title for plan in EVERY for action in plan.actions)
_PLAN_OF = {
    action.short_title: (plan, action.number)
    for plan in EVERY
    for action in plan.actions
    if _COUNT[action.short_title] == 1
}
"""Titles that one plan only has, with that plan and the number of the action."""
_NAMED = re.compile(r"\b(?:van |/)(" + "|".join(plan.code for plan in EVERY) + r")\b")
_NUMBER = re.compile(r"^(\d+)(?: \((.+)\))?$")


def _rows(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _rows(part)
    elif isinstance(value, list):
        for part in value:
            yield from _rows(part)


def _by_id(plan_id: str) -> Plan:
    return next(plan for plan in EVERY if plan.id == plan_id)


def _by_short_name(name: str, here: Plan) -> Plan:
    return here if not name else next(plan for plan in EVERY if plan.short_name == name)


def assert_apart(answer: Any, here: Plan) -> None:
    """Every row of an answer in JSON names its actions by the numbers and titles of one plan."""
    for row in _rows(answer):
        if isinstance(row.get("action_title"), str) and isinstance(row.get("action_number"), int):
            known = _PLAN_OF.get(row["action_title"])
            if known is not None:
                assert known[1] == row["action_number"], row
                assert row.get("plan_id") in (None, known[0].id), row
        # A sum says of how many actions it is: a number under the same name.
        named_actions = row.get("actions") if isinstance(row.get("actions"), list) else []
        for one in named_actions:
            if isinstance(one, dict) and "title" in one and "plan" in one:
                plan = _by_short_name(one["plan"], here)
                assert plan.action(one["number"]).short_title == one["title"], row
        named = _NAMED.search(str(row.get("offer_title") or ""))
        if named and row.get("plan_id"):
            assert _by_id(row["plan_id"]).code == named[1], row


def assert_lines_apart(words: str, here: Plan) -> None:
    """Every line of a report names an action by the number that its plan gives it."""
    for line in words.splitlines():
        cells = [cell.strip().strip('"') for cell in line.split(";")]
        for left, right in pairwise(cells):
            known, number = _PLAN_OF.get(right), _NUMBER.match(left)
            if known is not None and number is not None:
                plan = _by_short_name(number[2] or "", here)
                assert (plan.code, int(number[1])) == (known[0].code, known[1]), line
        for title, (plan, own) in _PLAN_OF.items():
            for said in re.finditer(rf"\b(\d+) {re.escape(title)}\b", line):
                assert int(said[1]) == own, (line, plan.code)
        named = _NAMED.search(cells[0])
        marked = [found for cell in cells[1:] if (found := _NUMBER.match(cell)) and found[2]]
        for found in marked if named else ():
            assert _by_short_name(found[2], here).code == named[1], line  # type: ignore[index]
