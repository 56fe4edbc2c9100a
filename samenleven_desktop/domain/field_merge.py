"""Merges the changes of several colleagues to a field: the current value, and whether a user must decide.

Per field, of the changes that no other change had seen, the one with the highest clock value wins (then device, then
number): a pure function of the set of changes, so order, number and repetition of packs do not matter. A change made
knowing another one wins over it, whatever the clocks say. See docs/pack-format.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

DELETED = "deleted_at"


class Logged(NamedTuple):
    """A change of the log: of one field, or (`field` None) a new row.

    `new` is JSON; `replaces` lists the changes its author had seen, as `device:number` separated by spaces.
    """

    hlc: int
    device_id: str
    number: int
    field: str | None
    new: str | None
    replaces: str | None

    @property
    def ref(self) -> str:
        return f"{self.device_id}:{self.number}"


def heads(changes: Iterable[Logged]) -> list[Logged]:
    """Returns the changes of one field that no other change had seen, the winner last.

    A later change of a device has seen its earlier ones, even if a change in between is missing.
    """
    last: dict[str, Logged] = {}
    seen: set[str] = set()
    for change in changes:
        if change.device_id not in last or last[change.device_id].number < change.number:
            last[change.device_id] = change
        if change.replaces:
            seen.update(one for one in change.replaces.split() if one != change.ref)
    found = sorted(change for change in last.values() if change.ref not in seen)
    # Changes that name one another in a circle, which no program writes: the same choice on every device.
    return found or sorted(last.values())[-1:]


def current(changes: Sequence[Logged]) -> Logged:
    """Returns the change of one field whose value shows; there is at least one."""
    return changes[0] if len(changes) == 1 else heads(changes)[-1]


def disputed(found: Sequence[Logged]) -> bool:
    """Returns whether the heads have different values. Two deletions are equal, whatever their times."""
    values = {change.new is not None if change.field == DELETED else change.new for change in found}
    return len(values) > 1


def unseen_edits(changes: Sequence[Logged]) -> list[Logged]:
    """Returns the last edit of each field of a deleted row that the deletion had not seen; empty for a live row."""
    deletions = [change for change in changes if change.field == DELETED]
    if not deletions or current(deletions).new is None:
        return []
    known = _ancestors(changes, deletions)
    last: dict[str, Logged] = {}
    for change in sorted(changes):
        if change.field not in (None, DELETED) and known.get(change.device_id, -1) < change.number:
            named = set((change.replaces or "").split())
            if not any(deletion.ref in named for deletion in deletions):
                last[change.field or ""] = change
    return [last[field] for field in sorted(last)]


def _ancestors(changes: Sequence[Logged], of: Sequence[Logged]) -> dict[str, int]:
    """Returns device -> the highest number among the changes of this row that these had seen, themselves included.

    Who has seen a change of a device has seen its earlier ones, and what those had seen.
    """
    by_ref = {change.ref: change for change in changes}
    known: dict[str, int] = defaultdict(lambda: -1)
    to_do = [change.ref for change in of]
    done: set[str] = set()
    while to_do:
        while to_do:
            ref = to_do.pop()
            if ref in done:
                continue
            done.add(ref)
            device, _, number = ref.rpartition(":")
            known[device] = max(known[device], int(number))
            change = by_ref.get(ref)
            if change is not None and change.replaces:
                to_do += change.replaces.split()
        to_do = [one.ref for one in changes if one.number <= known[one.device_id] and one.ref not in done]
    return dict(known)
