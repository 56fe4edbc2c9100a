"""Rows of further lists: offers, partnerships, mentors, totals.

Like `readmodels.core`: small, frozen, amounts in cents. None means: no source, or nothing entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.government import Followed
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.plan import TargetKind
from samenleven_desktop.readmodels.core import StateCounts


@dataclass(frozen=True)
class UnitTotal:
    """The result of an offer's uses in one unit, and the cost per unit where prices are known (cents, rounded)."""

    unit: str
    units: int
    cost_per_unit_cents: int | None


@dataclass(frozen=True)
class OfferUsage:
    """The use of an offer in this file: by how many, total price, results.

    `governments` counts all that use it, of which `organisations` are no governments.
    """

    offer_id: str
    governments: int
    uses: int
    price_cents: int
    brought: tuple[UnitTotal, ...]
    organisations: int = 0

    @property
    def used_by(self) -> Followed:
        return Followed(self.governments - self.organisations, self.organisations)


@dataclass(frozen=True)
class OrganisationCost:
    """The total cost and results of the offers of an organisation."""

    organisation: str
    offers: int
    governments: int
    uses: int
    price_cents: int
    from_subsidy_cents: int
    brought: tuple[UnitTotal, ...]
    organisation_id: str | None = None
    """Its record, if this file has it."""


@dataclass(frozen=True)
class PartnershipMember:
    """A member of a partnership; both days are inclusive, `until` None means it is still a member."""

    government_id: str
    government_code: str
    government_name: str
    since: date
    until: date | None


@dataclass(frozen=True)
class PartnershipLine:
    """A partnership with all current and former members."""

    id: str
    code: str
    name: str
    reference_region: str | None
    applicant_code: str | None
    applicant_name: str | None
    valid_from: date
    valid_until: date | None
    members: tuple[PartnershipMember, ...]


@dataclass(frozen=True)
class MentorLine:
    """A mentor government for an action; `learning_network` None: no source states whether there is one. `id` is None
    for one of the plan file."""

    action_number: int
    action_title: str
    government_code: str
    government_name: str
    learning_network: bool | None
    note: str | None
    source: str
    id: str | None = None


@dataclass(frozen=True)
class TargetTotal:
    """A target of several applicants in one project year: sums of the known values, None if none are known.

    `governments` counts the local governments behind the applicants: the members of a partnership, those that an
    organisation serves, not these themselves; one that takes part in two ways counts once.

    `judged_reached`, `judged_confirmed` and `judged_expected` are the sums of the commitments that have both a
    confirmed number and a measurement; `state` and percentage judge them as if they were one commitment. `unmeasured`
    is the number that they leave out because it has no measurement. `states` counts the commitments by their own state.
    """

    action_number: int
    action_title: str
    target_id: str
    target_code: str
    target_label: str
    target_kind: TargetKind | None
    unit: str | None
    year: int
    commitments: int
    governments: int
    existing_reach: int
    requested: int | None
    confirmed: int | None
    interim_reached: int | None
    final_reached: int | None
    reached_to_date: int | None
    expected_today: int | None
    state: KpiState
    states: StateCounts
    amount_cents: int | None
    judged_reached: int | None = None
    judged_confirmed: int | None = None
    judged_expected: int | None = None
    unmeasured: int = 0
    without_amount: int = 0
    """The commitments whose amount is not known: `amount_cents` leaves them out."""
