"""The structure of a plan file: one struct per table of the YAML, with the bounds of single values.

`plan_checks` checks rules between values (references, order of dates); `plan_file` converts a file to a `domain.Plan`.
Amounts are in euro here, as in the file. Unknown fields are refused, so that a typing error never silently drops a
rule.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Certainty = Literal["certain", "inferred", "chosen", "unknown"]
OriginGroup = Literal["non_eu27", "neighbouring", "other_eu27", "belgian"]
Money = Annotated[float, Meta(ge=0, le=1_000_000_000_000)]
Share = Annotated[float, Meta(ge=0, le=1)]
Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Number = Annotated[int, Meta(ge=1, le=9999)]
Words = Annotated[str, Meta(min_length=1)]
Code = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]


class _Table(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    pass


class RuleFile(_Table):
    code: Code
    text: Words
    certainty: Certainty
    source: Words
    number: float | None = None


class ObjectiveFile(_Table):
    number: Number
    name: Words
    source: Words


class TermsFile(_Table):
    years: Annotated[list[Number], Meta(min_length=1)]
    certainty: Certainty
    source: Words
    unit: Words | None = None
    rate_eur: Money | None = None
    cap_units: Count | None = None
    label: Words | None = None
    portal_rule: Words | None = None
    note: Words | None = None


class TargetFile(_Table):
    code: Code
    label: Words
    kind: Literal["count", "plan", "neighbourhood"] | None
    terms: Annotated[list[TermsFile], Meta(min_length=1)]


class FinancedFile(_Table):
    years: Annotated[list[Number], Meta(min_length=1)]
    value: bool | None
    certainty: Certainty
    source: Words


class ActionFile(_Table):
    number: Number
    objective: Number
    title: Words
    short_title: Words
    source: Words
    financed: list[FinancedFile]
    targets: Annotated[list[TargetFile], Meta(min_length=1)]
    title_certain: bool = True
    kpi: Words | None = None
    earlier_names: list[Words] = []
    min_contact_moments: Count | None = None
    age_limit: Count | None = None
    note: Words | None = None
    widened_from_year: Number | None = None
    plan_parts: list[Words] = []
    investment_costs_eligible: bool | None = None
    support: list[Words] = []
    max_subsidy_form_eur: Money | None = None
    max_subsidy_page_eur: Money | None = None


class SubmissionFile(_Table):
    opens: date | None = None
    closes: date | None = None
    note: Words | None = None


class ThresholdFile(_Table):
    certainty: Certainty
    inhabitants: Count | None = None
    population: Words | None = None
    figures_year: Annotated[int, Meta(ge=1900, le=2200)] | None = None
    lower_groups: list[OriginGroup] = []
    upper_groups: list[OriginGroup] = []


class RenewalFile(_Table):
    min_share: Share | None = None
    text: Words | None = None


class FactsFile(_Table):
    approved: date | None = None
    granted_on: date | None = None
    kick_off: date | None = None
    applications: Count | None = None
    governments: Count | None = None
    other_applicants: list[Words] = []
    note: Words | None = None


class DeadlineFile(_Table):
    kind: Literal["interim", "final"]
    period_start: date
    period_end: date
    certainty: Certainty
    source: Words
    opens: date | None = None
    due: date | None = None
    first_announced_due: date | None = None
    jury_result_from: date | None = None
    note: Words | None = None


class YearFile(_Table):
    number: Number
    name: Words
    start: date
    end: date
    threshold: ThresholdFile
    deadlines: list[DeadlineFile]
    sources: list[Words]
    submission: SubmissionFile = msgspec.field(default_factory=SubmissionFile)
    budget_eur: Money | None = None
    granted_eur: Money | None = None
    granted_rounded: bool = False
    renewal_budget: bool | None = None
    new_applicants_allowed: bool | None = None
    renewal: RenewalFile = msgspec.field(default_factory=RenewalFile)
    facts: FactsFile = msgspec.field(default_factory=FactsFile)


class KpiRulesFile(_Table):
    at_risk_share: Share
    share_certainty: Certainty
    source: Words
    at_risk_days_before: Count
    days_certainty: Certainty


class MoneyRulesFile(_Table):
    advance_share: Share
    advance_certainty: Certainty
    balance_share: Share
    own_contribution_ratio: Annotated[float, Meta(ge=0, le=100)]
    source: Words
    rules: list[RuleFile] = []


class ApplicantFile(_Table):
    kind: Literal["municipality", "brussels_municipality", "partnership", "vgc", "rand"]
    text: Words
    needs_threshold: bool
    certainty: Certainty
    source: Words


class PartnershipRulesFile(_Table):
    same_reference_region: bool
    rest_must_exceed_threshold: bool
    leaver_loses_renewal: bool
    leaver_may_join_other: bool
    leaver_takes_actions_along: bool
    leaver_may_apply_above_threshold: bool
    certainty: Certainty
    source: Words
    max_per_government: Count | None = None
    kept_from_year: Number | None = None


class ConditionFile(_Table):
    code: Code
    check: Code
    text: Words
    certainty: Certainty
    source: Words
    limit: Count | None = None
    years: list[Number] = []
    any_of: Words | None = None


class StimulusTextFile(_Table):
    code: Code
    label: Words
    source: Words
    max_chars: Count | None = None


class StimulusFile(_Table):
    kind: Code
    name: Words
    short_name: Words
    per_action: bool
    renewable: bool
    certainty: Certainty
    source: Words
    earlier_names: list[Words] = []
    amount_eur: Money | None = None
    max_per_year: Count | None = None
    years: list[Number] = []
    conditions: list[ConditionFile] = []
    texts: list[StimulusTextFile] = []
    rules: list[RuleFile] = []


class StimuliFile(_Table):
    cumulative: bool
    several_per_year: bool
    cofinancing_required: bool
    renewable_subject_to_budget: bool
    certainty: Certainty
    sources: list[Words]
    kinds: list[StimulusFile]


class DoubleCountingFile(_Table):
    allowed: bool
    text: Words
    certainty: Certainty
    source: Words
    min_investment_factor: Annotated[float, Meta(ge=0, le=1000)] | None = None


class JuryFile(_Table):
    actions: list[Number]
    certainty: Certainty
    source: Words
    also_below_share: Share | None = None


class DocumentFile(_Table):
    code: Code
    name: Words
    mandatory: Words
    always: bool
    source: Words


class ReportingFile(_Table):
    reported_to: Words
    includes_existing_reach: bool
    compared_with_confirmed: bool
    shortfall_needs_motivation: bool
    sources: list[Words]
    double_counting: DoubleCountingFile | None = None
    jury: JuryFile | None = None
    documents: list[DocumentFile] = []
    rules: list[RuleFile] = []


class MentorFile(_Table):
    action: Number
    government: Words
    name: Words
    source: Words
    learning_network: bool | None = None
    text: Words | None = None


class OwnSupportFile(_Table):
    agency: Words
    source: Words
    government: Words | None = None
    kind: Words | None = None


class ExampleFile(_Table):
    action: Number
    title: Words
    source: Words
    government: Words | None = None
    text: Words | None = None


class FigureFile(_Table):
    action: Number
    year: Number
    source: Words
    budget_eur: Money | None = None
    governments: Count | None = None
    committed: Count | None = None
    reached: Count | None = None


class SuccessorFile(_Table):
    name: Words
    start_year: Annotated[int, Meta(ge=1900, le=2200)]
    text: Words
    certainty: Certainty
    source: Words


class PlanFile(_Table):
    """A complete plan file; optional parts may be missing in a plan without such rules."""

    format: Literal[1]
    code: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    version: Words
    name: Words
    objectives: Annotated[list[ObjectiveFile], Meta(min_length=1)]
    actions: Annotated[list[ActionFile], Meta(min_length=1)]
    years: Annotated[list[YearFile], Meta(min_length=1)]
    kpi_rules: KpiRulesFile
    money_rules: MoneyRulesFile
    sources: dict[str, Words]
    owner: Words | None = None
    content_support: Words | None = None
    action_rules: list[RuleFile] = []
    form_rules: list[RuleFile] = []
    applicants: list[ApplicantFile] = []
    partnership_rules: PartnershipRulesFile | None = None
    stimuli: StimuliFile | None = None
    reporting: ReportingFile | None = None
    own_support: list[OwnSupportFile] = []
    mentors: list[MentorFile] = []
    examples: list[ExampleFile] = []
    published_figures: list[FigureFile] = []
    successor: SuccessorFile | None = None
