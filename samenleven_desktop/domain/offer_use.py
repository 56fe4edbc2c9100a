"""Warnings about using an offer toward a target. Warnings inform, they never block.

Source: a paid offer may be hired with the subsidy to reach a KPI [V-SUP]; the same KPI may be counted for several
actions only if the investment is twice as large [V-REP]. Rules and figures come from the plan file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samenleven_desktop.domain.plan import Plan


class Payer(StrEnum):
    SUBSIDY = "subsidy"
    OWN_CONTRIBUTION = "own_contribution"
    OTHER_INSTRUMENT = "other_instrument"


class UseWarning(StrEnum):
    """A warning about a use of an offer.

    Paid from the subsidy although the call does not finance the action, no target is named, the granted amount is
    exceeded, or it is outside the project year; counted for two actions without the investment for it; the offer is no
    longer valid.
    """

    NOT_FINANCED = "not_financed"
    NO_TARGET = "no_target"
    ABOVE_GRANTED = "above_granted"
    OUTSIDE_YEAR = "outside_year"
    DOUBLE = "double"
    NOT_VALID = "not_valid"


@dataclass(frozen=True)
class UseFacts:
    """The facts of one use: prices in cents, `end` is None if it has not ended; target and year of its commitment."""

    id: str
    offer_id: str
    government_id: str
    commitment_id: str | None
    target_id: str | None
    year: int | None
    start: date
    end: date | None
    price_cents: int | None
    paid_from: str | None
    offer_from: date | None = None
    offer_until: date | None = None


def use_warnings(
    plan: Plan, uses: Iterable[UseFacts], amounts: Mapping[str, int | None]
) -> dict[str, tuple[UseWarning, ...]]:
    """Returns use -> its warnings, in a fixed order.

    `amounts` is the subsidy of each commitment in cents, None if unknown.

    `uses` must contain all uses of a commitment, otherwise *above granted* cannot be detected.
    """
    known = sorted(uses, key=lambda use: (use.start, use.id))
    found: dict[str, set[UseWarning]] = {use.id: set() for use in known}
    spent: dict[str, int] = defaultdict(int)
    for use in known:
        if use.paid_from == Payer.SUBSIDY:
            found[use.id] |= _subsidy_warnings(plan, use, spent, amounts)
        ended = use.offer_until is not None and use.start > use.offer_until
        if ended or (use.offer_from is not None and use.start < use.offer_from):
            found[use.id].add(UseWarning.NOT_VALID)
    for id_ in _doubles(plan, known):
        found[id_].add(UseWarning.DOUBLE)
    return {id_: tuple(one for one in UseWarning if one in warnings) for id_, warnings in found.items()}


def _subsidy_warnings(
    plan: Plan, use: UseFacts, spent: dict[str, int], amounts: Mapping[str, int | None]
) -> set[UseWarning]:
    if use.commitment_id is None or use.target_id is None or use.year is None:
        return {UseWarning.NO_TARGET}
    warnings = set()
    if plan.financed(use.target_id, use.year) is False:
        warnings.add(UseWarning.NOT_FINANCED)
    year = plan.year(use.year)
    if year is not None and (use.start > year.end or (use.end is not None and use.end < year.start)):
        warnings.add(UseWarning.OUTSIDE_YEAR)
    spent[use.commitment_id] += use.price_cents or 0
    amount = amounts.get(use.commitment_id)
    if amount is not None and use.price_cents and spent[use.commitment_id] > amount:
        warnings.add(UseWarning.ABOVE_GRANTED)
    return warnings


def _doubles(plan: Plan, uses: Sequence[UseFacts]) -> set[str]:
    """Returns uses that count the same units for several actions without the required investment.

    These are uses of one offer by one government that overlap in time and count toward different actions, while their
    total price is below the investment required by the plan.
    """
    rule = plan.reporting_rules.double_counting if plan.reporting_rules else None
    factor = rule.min_investment_factor if rule is not None else None
    if factor is None:
        return set()
    groups: dict[tuple[str, str], list[UseFacts]] = defaultdict(list)
    for use in uses:
        if use.target_id is not None and plan.has_target(use.target_id):
            groups[use.government_id, use.offer_id].append(use)
    found = set()
    for group in groups.values():
        # Most offers are for one action: then nothing can be counted twice, however often they are used.
        if len({plan.target(use.target_id).action_number for use in group if use.target_id}) < 2:
            continue
        for place, first in enumerate(group):
            for second in group[place + 1 :]:
                if _same_units(plan, first, second) and not _invested(first, second, factor):
                    found |= {first.id, second.id}
    return found


def _same_units(plan: Plan, first: UseFacts, second: UseFacts) -> bool:
    assert first.target_id is not None
    assert second.target_id is not None
    if plan.target(first.target_id).action_number == plan.target(second.target_id).action_number:
        return False
    early, late = sorted((first, second), key=lambda use: use.start)
    return early.end is None or late.start <= early.end


def _invested(first: UseFacts, second: UseFacts, factor: float) -> bool:
    prices = [use.price_cents or 0 for use in (first, second)]
    return max(prices) > 0 and sum(prices) >= factor * max(prices)
