"""Notes on a commitment besides its numbers: caps, amounts, and a missing motivation.

Notes inform; they refuse and correct nothing. Sources: caps and rates of the form of 2022 [GIT-FORM]; caps were rounded
up there, so a check on units and one on euros may differ a little [V-A9]; a shortfall must be motivated [V-EIND1].
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samenleven_desktop.domain import money
from samenleven_desktop.domain.kpi import Uncounted
from samenleven_desktop.domain.plan import Plan


class JuryResult(StrEnum):
    """The decision of the jury on a plan or neighbourhood action."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class CommitmentNote(StrEnum):
    """A point of attention about a commitment.

    More units than the cap; above the maximum amount, within the known rounding or beyond it; a granted amount that is
    not units x rate; an action that the call does not finance; a shortfall without motivation; KPI entries outside the
    project year; a total after it that counts once the plan knows the last day of the final report.
    """

    ABOVE_CAP = "above_cap"
    ROUNDED_CAP = "rounded_cap"
    ABOVE_MAXIMUM = "above_maximum"
    OTHER_AMOUNT = "other_amount"
    NOT_FINANCED = "not_financed"
    MOTIVATION_ASKED = "motivation_asked"
    ENTRIES_OUTSIDE = "entries_outside"
    REPORT_DAY_ASKED = "report_day_asked"


@dataclass(frozen=True)
class CommitmentFacts:
    """The numbers of a commitment on which notes are based; total reaches, cents."""

    target_id: str
    year: int
    existing_reach: int
    requested: int | None
    confirmed: int | None
    final_reached: int | None
    granted_cents: int | None
    motivated: bool
    outside: tuple[Uncounted, ...] = ()
    other_targets_cents: int = 0
    """The known amounts of the other targets of the action."""


def additional_units(facts: CommitmentFacts) -> int | None:
    """Returns the subsidised units: confirmed (else requested) minus the existing reach; None if neither is known."""
    whole = facts.requested if facts.confirmed is None else facts.confirmed
    return None if whole is None else max(whole - facts.existing_reach, 0)


def computed_cents(plan: Plan, facts: CommitmentFacts) -> int | None:
    """Returns additional units x rate; None if the numbers or the rate are unknown."""
    terms, units = plan.target(facts.target_id).in_year(facts.year), additional_units(facts)
    if units is None or terms is None or terms.rate_cents is None:
        return None
    return money.flemish_contribution(units, terms.rate_cents)


def commitment_notes(plan: Plan, facts: CommitmentFacts) -> tuple[CommitmentNote, ...]:
    """Returns the notes in a fixed order; empty if there are none."""
    target = plan.target(facts.target_id)
    terms, units, computed = target.in_year(facts.year), additional_units(facts), computed_cents(plan, facts)
    found: set[CommitmentNote] = set()
    if terms is not None and terms.cap_units is not None and units is not None and units > terms.cap_units:
        found.add(CommitmentNote.ABOVE_CAP)
    found |= _maximum_notes(plan, facts, computed)
    if facts.granted_cents is not None and computed is not None and facts.granted_cents != computed:
        found.add(CommitmentNote.OTHER_AMOUNT)
    if plan.financed(facts.target_id, facts.year) is False:
        found.add(CommitmentNote.NOT_FINANCED)
    rules = plan.reporting_rules
    short = None not in (facts.final_reached, facts.confirmed) and (facts.final_reached or 0) < (facts.confirmed or 0)
    if short and not facts.motivated and rules is not None and rules.shortfall_needs_motivation:
        found.add(CommitmentNote.MOTIVATION_ASKED)
    if any(one is not Uncounted.REPORT_DAY_UNKNOWN for one in facts.outside):
        found.add(CommitmentNote.ENTRIES_OUTSIDE)
    if Uncounted.REPORT_DAY_UNKNOWN in facts.outside:
        found.add(CommitmentNote.REPORT_DAY_ASKED)
    return tuple(note for note in CommitmentNote if note in found)


def _maximum_notes(plan: Plan, facts: CommitmentFacts, computed: int | None) -> set[CommitmentNote]:
    """Compares the amount of all targets of the action together with the maximum on its page.

    Up to the maximum on the form, the excess is rounding of caps.
    """
    action = plan.action(plan.target(facts.target_id).action_number)
    page, form = action.max_subsidy_page_cents, action.max_subsidy_form_cents
    amount = facts.granted_cents if facts.granted_cents is not None else computed
    if amount is None or page is None:
        return set()
    amount += facts.other_targets_cents
    if amount <= page:
        return set()
    return {CommitmentNote.ROUNDED_CAP if form is not None and amount <= form else CommitmentNote.ABOVE_MAXIMUM}
