"""Actions as stored: their numbers and plans, and the ids that rows of older versions stand for.

Rows made before 0008 name an action by its number: in an offer that of Plan Samenleven, in a stimulus that of the plan
of its project year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from samenleven_desktop.domain.ids import shipped_id
from samenleven_desktop.storage.models import ActionRow, table_of
from samenleven_desktop.storage.view import View

# The only plan under which offers could be made before 0008.
EARLIER_PLAN = "plan-samenleven"
_ACTION = table_of(ActionRow)


@dataclass(frozen=True)
class StoredAction:
    id: str
    number: int
    plan_id: str


def numbers(view: View) -> dict[tuple[str, int], str]:
    """Returns (plan, number) -> action, for every plan that was ever loaded."""
    query = select(_ACTION.c.plan_id, _ACTION.c.number, _ACTION.c.id)
    return {(plan_id, number): action_id for plan_id, number, action_id in view.connection.execute(query)}


def of_offer(action_ids: str | None, actions: str, all_actions: bool) -> tuple[str, ...]:
    """Returns the actions of an offer; the id of a plan stands for all its actions."""
    if action_ids is not None:
        return tuple(action_ids.split())
    if all_actions:
        return (shipped_id("plan", EARLIER_PLAN),)
    return tuple(shipped_id("action", EARLIER_PLAN, number) for number in actions.split())


def of_stimulus(
    row: Mapping[Any, Any], plan_id: str, known: Mapping[tuple[str, int], str]
) -> tuple[str | None, frozenset[str]]:
    """Returns the action and the linked actions of a stored stimulus."""
    action, linked = row["action_id"], row["linked_action_ids"]
    if action is None and row["action_number"] is not None:
        action = known.get((plan_id, row["action_number"]))
    if linked is None:
        found = [known.get((plan_id, int(number))) for number in row["linked_actions"].split()]
        return action or None, frozenset(one for one in found if one is not None)
    return action or None, frozenset(linked.split())
