"""The rules of a plan besides its targets, as plain data: applicants, partnerships, stimuli, reporting, mentors.

All of it is read from a plan file. Other modules evaluate the rules (eligibility, warnings) from the codes and numbers
stored here. Texts are in the language of the plan; every fact has its certainty and the key of its source. `certainty`
is `certain` (read literally), `inferred` (derived), `chosen` (ours) or `unknown` (no source).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PlanRule:
    """A rule of the plan as text, identified by its `code`; `number` is the figure in the rule, if any."""

    code: str
    text: str
    number: float | None
    certainty: str
    source: str


@dataclass(frozen=True)
class ApplicantKind:
    """Who may apply; `kind` is a `GovernmentKind`. `needs_threshold`: the inhabitants are counted."""

    kind: str
    text: str
    needs_threshold: bool
    certainty: str
    source: str


@dataclass(frozen=True)
class YearShares:
    """Advance, balance and own contribution of one project year; None: as in the rules of the plan."""

    advance_share: float | None
    balance_share: float | None
    own_contribution_ratio: float | None
    certainty: str
    source: str


@dataclass(frozen=True)
class YearRisk:
    """When a KPI is at risk in one project year; None: as in the rules of the plan."""

    at_risk_share: float | None
    at_risk_days_before: int | None
    certainty: str
    source: str


@dataclass(frozen=True)
class DrawingRight:
    """The amount that a government may draw in a project year, whatever its units."""

    government_code: str
    year: int
    amount_cents: int
    certainty: str
    source: str


@dataclass(frozen=True)
class CommitmentCondition:
    """A condition of a commitment that the coach judges; without actions or years it holds for all of them."""

    code: str
    text: str
    action_numbers: tuple[int, ...]
    years: tuple[int, ...]
    certainty: str
    source: str


@dataclass(frozen=True)
class PartnershipRules:
    """The rules between a partnership and its members.

    `kept_from_year` is the project year whose second partnerships may be kept.
    """

    same_reference_region: bool
    max_per_government: int | None
    kept_from_year: int | None
    rest_must_exceed_threshold: bool
    leaver_loses_renewal: bool
    leaver_may_join_other: bool
    leaver_takes_actions_along: bool
    leaver_may_apply_above_threshold: bool
    certainty: str
    source: str


@dataclass(frozen=True)
class StimulusCondition:
    """One condition of a stimulus.

    `check` names the test, `limit` is its number; conditions that share an `any_of` are alternatives. Without `years`
    it applies in every project year.
    """

    code: str
    check: str
    text: str
    limit: int | None
    years: tuple[int, ...]
    any_of: str | None
    certainty: str
    source: str


@dataclass(frozen=True)
class StimulusAmount:
    """The amount of a stimulus in one project year; None: no source states it."""

    year: int
    amount_cents: int | None
    certainty: str
    source: str


@dataclass(frozen=True)
class StimulusText:
    """A text that the applicant has to write."""

    code: str
    label: str
    max_chars: int | None
    source: str


@dataclass(frozen=True)
class Stimulus:
    """A financial stimulus of the plan. `amount_cents` None: no source states the amount, the officer enters it."""

    id: str
    kind: str
    name: str
    short_name: str
    earlier_names: tuple[str, ...]
    amount_cents: int | None
    per_action: bool
    max_per_year: int | None
    renewable: bool
    years: tuple[int, ...]
    conditions: tuple[StimulusCondition, ...]
    texts: tuple[StimulusText, ...]
    rules: tuple[PlanRule, ...]
    certainty: str
    source: str
    amounts: tuple[StimulusAmount, ...] = ()

    def amount_in(self, year: int) -> int | None:
        """Returns the amount of a project year, else that of the plan."""
        return next((one.amount_cents for one in self.amounts if one.year == year), self.amount_cents)


@dataclass(frozen=True)
class StimulusRules:
    """The general rules of the stimuli, and the kinds in the plan."""

    cumulative: bool
    several_per_year: bool
    cofinancing_required: bool
    renewable_subject_to_budget: bool
    certainty: str
    sources: tuple[str, ...]
    kinds: tuple[Stimulus, ...]


@dataclass(frozen=True)
class DoubleCounting:
    """Whether the same units may count for several actions, and by which factor the investment must then grow."""

    allowed: bool
    min_investment_factor: float | None
    text: str
    certainty: str
    source: str


@dataclass(frozen=True)
class FinalDocument:
    """A document of the final report; `mandatory` describes when it is required."""

    code: str
    name: str
    mandatory: str
    always: bool
    source: str


@dataclass(frozen=True)
class JuryRules:
    """The actions that a jury judges at mid-year, in addition to every action below `also_below_share` of its KPI."""

    action_numbers: tuple[int, ...]
    also_below_share: float | None
    certainty: str
    source: str


@dataclass(frozen=True)
class ReportingRules:
    """To whom and how to report; the dates are in the project years."""

    reported_to: str
    includes_existing_reach: bool
    compared_with_confirmed: bool
    shortfall_needs_motivation: bool
    double_counting: DoubleCounting | None
    jury: JuryRules | None
    documents: tuple[FinalDocument, ...]
    rules: tuple[PlanRule, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Mentor:
    """A mentor government for an action; `learning_network` None: no source states whether there is one."""

    action_number: int
    government_code: str
    name: str
    learning_network: bool | None
    text: str | None
    source: str


@dataclass(frozen=True)
class OwnSupport:
    """A government, or (by `kind`) every government of that kind, with an agency of its own besides the plan's."""

    government_code: str | None
    kind: str | None
    agency: str
    source: str


@dataclass(frozen=True)
class Example:
    """An inspiring example of an action; `government_code` is set if it is the work of one government."""

    action_number: int
    title: str
    government_code: str | None
    text: str | None
    source: str


@dataclass(frozen=True)
class PublishedFigure:
    """The published figures of an action in a project year: money, governments, committed and reached units."""

    action_number: int
    year: int
    budget_cents: int | None
    governments: int | None
    committed: int | None
    reached: int | None
    source: str


@dataclass(frozen=True)
class Successor:
    """What is known of the next plan."""

    name: str
    start_year: int
    text: str
    certainty: str
    source: str


@dataclass(frozen=True)
class FinancedYear:
    """Whether the call of a project year finances an action; `financed` None: no source states it."""

    year: int
    financed: bool | None
    certainty: str
    source: str


@dataclass(frozen=True)
class CallFacts:
    """Dates and counts of a call that no rule uses, for screens and reports."""

    approved: date | None = None
    granted_on: date | None = None
    kick_off: date | None = None
    applications: int | None = None
    governments: int | None = None
    other_applicants: tuple[str, ...] = ()
    note: str | None = None
