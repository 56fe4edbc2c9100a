"""The offers that ship with the program: who can help a government with an action, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class OfferCost(StrEnum):
    """Who pays: nobody (the agency's own support, or free), the government, or unknown (no source)."""

    AGENCY = "agency"
    PAID = "paid"
    FREE = "free"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Offer:
    """An offer of an organisation. Without `all_actions` and without action numbers, no source names an action.

    `price_cents` is per `price_unit`. A mentor's offer has the code of that government; `source` is the URL of the
    page.
    """

    id: str
    code: str
    organisation: str
    cost: OfferCost
    title: str | None
    all_actions: bool
    action_numbers: tuple[int, ...]
    mentor_code: str | None
    price_cents: int | None
    price_unit: str | None
    note: str | None
    source: str

    @property
    def mentor(self) -> bool:
        return self.mentor_code is not None

    def helps(self, action_number: int) -> bool:
        """Returns whether a source names this offer for the action."""
        return self.all_actions or action_number in self.action_numbers


@dataclass(frozen=True)
class OfferLine:
    """An offer, shipped or an officer's own.

    `action_ids` are of any plan; the id of a plan stands for all its actions. `action_numbers` and `all_actions` are
    those of the plan at hand, `actions` the numbers as shown, those of other plans with their plan. `organisation_id`
    is the record of its organisation; None: the one with that name, if any.
    """

    id: str
    title: str
    organisation: str
    cost: str
    mentor_code: str | None
    price_cents: int | None
    price_unit: str | None
    note: str | None
    source: str | None
    shipped: bool
    action_ids: tuple[str, ...] = ()
    action_numbers: tuple[int, ...] = ()
    all_actions: bool = False
    actions: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    region: str | None = None
    changed_by_us: bool = False
    organisation_id: str | None = None
