"""The rules of partnerships, as findings to show; only what the plan forbids outright is refused in the services.

Source: plan file, `partnership_rules` [V-IGS]; merger of 1 January 2025 from the reference data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.government import Government
from samenleven_desktop.domain.plan_rules import PartnershipRules


@dataclass(frozen=True)
class Membership:
    """A government in a partnership; both days are inclusive.

    `kept_from_year` is set if the plan allows a second membership because it was made in that project year.
    """

    id: str
    partnership_id: str
    member_id: str
    valid_from: date
    valid_until: date | None
    kept_from_year: int | None = None

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def overlaps(self, first: date, last: date | None) -> bool:
        ends_before = self.valid_until is not None and self.valid_until < first
        begins_after = last is not None and self.valid_from > last
        return not (ends_before or begins_after)


def second_memberships(
    memberships: Iterable[Membership], member_id: str, partnership_id: str, first: date, last: date | None
) -> list[Membership]:
    """Returns memberships of other partnerships that block a new one: those that overlap and are not kept."""
    return [
        one
        for one in memberships
        if one.member_id == member_id
        and one.partnership_id != partnership_id
        and one.kept_from_year is None
        and one.overlaps(first, last)
    ]


def other_regions(members: Iterable[Government], rules: PartnershipRules) -> list[str]:
    """Returns the reference regions of the members, sorted, if there are more than the plan allows; otherwise none."""
    regions = sorted({one.reference_region for one in members if one.reference_region})
    return regions if rules.same_reference_region and len(regions) > 1 else []


def doubled_by_merger(
    memberships: Iterable[Membership], successor_of: dict[str, str], day: date
) -> dict[str, tuple[str, ...]]:
    """Returns successor -> partnerships, for mergers that put one government into several partnerships on the same day.

    `successor_of` maps the id of an ended government to that of its successor; a merger is reported, never refused.
    """
    places: dict[str, set[str]] = {}
    for one in memberships:
        if one.holds(day):
            government = successor_of.get(one.member_id, one.member_id)
            places.setdefault(government, set()).add(one.partnership_id)
    merged = set(successor_of.values())
    return {id_: tuple(sorted(found)) for id_, found in places.items() if len(found) > 1 and id_ in merged}
