"""Suggests help for a target: the agency, free and paid offers, mentor governments, examples; each with a reason.

Only sourced facts are used, and nothing is refused: if the plan does not say whether an action is financed, the advice
states that. Source: types of support and who pays [V-SUP]; own agencies of two cities and Brussels [INT-LB].
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samenleven_desktop.domain.government import Government
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.domain.plan_rules import OwnSupport

LAGGING = (KpiState.AT_RISK, KpiState.BEHIND, KpiState.NO_ENTRY)


class AdviceKind(StrEnum):
    """In the order of presentation."""

    OWN_AGENCY = "own_agency"
    AGENCY = "agency"
    FREE = "free"
    PAID = "paid"
    MENTOR = "mentor"
    UNKNOWN = "unknown"
    EXAMPLE = "example"


class AdviceReason(StrEnum):
    """The reason for an advice, or a caveat."""

    HAS_OWN_AGENCY = "has_own_agency"
    FOR_EVERY_ACTION = "for_every_action"
    FOR_THIS_ACTION = "for_this_action"
    ROOM_IN_SUBSIDY = "room_in_subsidy"
    NO_ROOM_IN_SUBSIDY = "no_room_in_subsidy"
    SUBSIDY_NOT_KNOWN = "subsidy_not_known"
    NOT_FINANCED = "not_financed"
    FINANCED_NOT_KNOWN = "financed_not_known"
    LEARNING_NETWORK = "learning_network"
    MENTOR = "mentor"
    EXAMPLE = "example"


@dataclass(frozen=True)
class HelpedTarget:
    """The target to help: its state, and the remaining budget of its subsidy (cents; None if unknown)."""

    commitment_id: str | None
    target_id: str
    action_number: int
    year: int
    state: KpiState | None
    room_cents: int | None
    financed: bool | None


@dataclass(frozen=True)
class KnownMentor:
    action_number: int
    government_code: str
    name: str
    learning_network: bool | None
    note: str | None
    source: str
    id: str | None = None
    """None for one of the plan file."""


@dataclass(frozen=True)
class KnownExample:
    action_number: int
    title: str
    note: str | None
    source: str
    government_name: str | None = None
    id: str | None = None
    """None for one of the plan file."""
    government_id: str | None = None


@dataclass(frozen=True)
class Advice:
    """One suggestion for a target; price and remaining budget in cents. `in_use`: already used toward this target."""

    kind: AdviceKind
    reason: AdviceReason
    action_number: int
    target_id: str
    commitment_id: str | None
    state: KpiState | None
    title: str
    organisation: str | None
    cost: str | None
    offer_id: str | None
    price_cents: int | None
    price_unit: str | None
    room_cents: int | None
    note: str | None
    source: str | None
    in_use: bool = False


def own_agency(plan: Plan, government: Government) -> OwnSupport | None:
    """Returns the government's own agency, if it has one."""
    return next(
        (one for one in plan.own_support if one.government_code == government.code or one.kind == government.kind), None
    )


def advise(
    plan: Plan,
    government: Government,
    target: HelpedTarget,
    offers: Iterable[OfferLine],
    mentors: Iterable[KnownMentor],
    examples: Iterable[KnownExample],
    used: Sequence[str],
    day: date,
) -> list[Advice]:
    """Returns advice by kind, then by organisation and title. `used` are the offers in use toward this target."""
    found = [_from_offer(one, target, used) for one in offers if _fits(one, target, government, day)]
    mentoring = [one for one in mentors if one.action_number == target.action_number]
    found += [_from_mentor(one, target) for one in mentoring if one.government_code != government.code]
    found += [_from_example(one, target) for one in examples if one.action_number == target.action_number]
    own = own_agency(plan, government)
    if own is not None:
        found.append(
            _advice(AdviceKind.OWN_AGENCY, AdviceReason.HAS_OWN_AGENCY, target, title=own.agency, source=own.source)
        )
    order = list(AdviceKind)
    return sorted(
        found, key=lambda one: (order.index(one.kind), (one.organisation or "").casefold(), one.title.casefold())
    )


def _fits(offer: OfferLine, target: HelpedTarget, government: Government, day: date) -> bool:
    if not (offer.all_actions or target.action_number in offer.action_numbers):
        return False
    if offer.mentor_code is not None and offer.mentor_code == government.code:
        return False
    if offer.valid_until is not None and offer.valid_until < day:
        return False
    return offer.region is None or government.reference_region is None or offer.region == government.reference_region


def _from_offer(offer: OfferLine, target: HelpedTarget, used: Sequence[str]) -> Advice:
    reason = AdviceReason.FOR_EVERY_ACTION if offer.all_actions else AdviceReason.FOR_THIS_ACTION
    kind, room = AdviceKind.MENTOR if offer.mentor_code else AdviceKind(offer.cost), None
    if offer.cost == "paid":
        reason, room = _paid_reason(target), target.room_cents if target.financed else None
    return _advice(
        kind,
        reason,
        target,
        title=offer.title,
        organisation=offer.organisation,
        cost=offer.cost,
        offer_id=offer.id,
        price_cents=offer.price_cents,
        price_unit=offer.price_unit,
        room_cents=room,
        note=offer.note,
        source=offer.source,
        in_use=offer.id in used,
    )


def _paid_reason(target: HelpedTarget) -> AdviceReason:
    if target.financed is False:
        return AdviceReason.NOT_FINANCED
    if target.financed is None:
        return AdviceReason.FINANCED_NOT_KNOWN
    if target.room_cents is None:
        return AdviceReason.SUBSIDY_NOT_KNOWN
    return AdviceReason.ROOM_IN_SUBSIDY if target.room_cents > 0 else AdviceReason.NO_ROOM_IN_SUBSIDY


def _from_mentor(mentor: KnownMentor, target: HelpedTarget) -> Advice:
    reason = AdviceReason.LEARNING_NETWORK if mentor.learning_network else AdviceReason.MENTOR
    return _advice(AdviceKind.MENTOR, reason, target, title=mentor.name, note=mentor.note, source=mentor.source)


def _from_example(example: KnownExample, target: HelpedTarget) -> Advice:
    return _advice(
        AdviceKind.EXAMPLE, AdviceReason.EXAMPLE, target, title=example.title, note=example.note, source=example.source
    )


def _advice(
    kind: AdviceKind,
    reason: AdviceReason,
    target: HelpedTarget,
    *,
    title: str,
    organisation: str | None = None,
    cost: str | None = None,
    offer_id: str | None = None,
    price_cents: int | None = None,
    price_unit: str | None = None,
    room_cents: int | None = None,
    note: str | None = None,
    source: str | None = None,
    in_use: bool = False,
) -> Advice:
    return Advice(
        kind=kind,
        reason=reason,
        action_number=target.action_number,
        target_id=target.target_id,
        commitment_id=target.commitment_id,
        state=target.state,
        title=title,
        organisation=organisation,
        cost=cost,
        offer_id=offer_id,
        price_cents=price_cents,
        price_unit=price_unit,
        room_cents=room_cents,
        note=note,
        source=source,
        in_use=in_use,
    )
