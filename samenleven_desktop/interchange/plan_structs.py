"""The structure of a plan file: one struct per table of the YAML, with the bounds of single values.

`plan_checks` checks rules between values (references, order of dates); `plan_build` makes a `domain.Plan` of them.
Amounts are in euro here, as in the file. Unknown fields are refused, so that a typing error never silently drops a
rule. Format 1 is a part of format 2: what it demanded besides may now be missing, and means *not known*.
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
Ratio = Annotated[float, Meta(ge=0, le=1000)]
Figure = Annotated[float, Meta(ge=-1_000_000_000_000, le=1_000_000_000_000)]
Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Number = Annotated[int, Meta(ge=1, le=9999)]
Words = Annotated[str, Meta(min_length=1, max_length=8000)]
Line = Annotated[str, Meta(min_length=1, max_length=500, pattern=r"^[^\n]*$")]
Year = Annotated[int, Meta(ge=1900, le=2200)]
Years = Annotated[list[Number], Meta(min_length=1)]
CheckName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$", title="check")]
Code = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]


class FileTable(msgspec.Struct, kw_only=True):
    """The base of every table of a plan file."""


class RuleFile(FileTable):
    code: Code
    text: Words
    certainty: Certainty
    source: Words
    number: Figure | None = None


class ObjectiveFile(FileTable):
    number: Number
    name: Words
    source: Words


class TermsFile(FileTable):
    years: Years
    certainty: Certainty
    source: Words
    unit: Words | None = None
    rate_eur: Money | None = None
    cap_units: Count | None = None
    label: Words | None = None
    portal_rule: Words | None = None
    note: Words | None = None


class TargetFile(FileTable):
    code: Code
    label: Words
    kind: Literal["count", "plan", "neighbourhood"] | None
    terms: Annotated[list[TermsFile], Meta(min_length=1)]


class FinancedFile(FileTable):
    years: Years
    value: bool | None
    certainty: Certainty
    source: Words


class ActionFile(FileTable):
    number: Number
    title: Words
    short_title: Words
    source: Words
    targets: Annotated[list[TargetFile], Meta(min_length=1)]
    objective: Number | None = None
    financed: list[FinancedFile] = []
    title_certain: bool = True
    kpi: Words | None = None
    earlier_names: list[Line] = []
    min_contact_moments: Count | None = None
    age_limit: Count | None = None
    note: Words | None = None
    widened_from_year: Number | None = None
    plan_parts: list[Line] = []
    investment_costs_eligible: bool | None = None
    support: list[Line] = []
    max_subsidy_form_eur: Money | None = None
    max_subsidy_page_eur: Money | None = None


class SubmissionFile(FileTable):
    opens: date | None = None
    closes: date | None = None
    note: Words | None = None


class ThresholdFile(FileTable):
    certainty: Certainty = "unknown"
    inhabitants: Count | None = None
    population: Words | None = None
    figures_year: Year | None = None
    lower_groups: list[OriginGroup] = []
    upper_groups: list[OriginGroup] = []


class RenewalFile(FileTable):
    min_share: Share | None = None
    text: Words | None = None


class FactsFile(FileTable):
    approved: date | None = None
    granted_on: date | None = None
    kick_off: date | None = None
    applications: Count | None = None
    governments: Count | None = None
    other_applicants: list[Line] = []
    note: Words | None = None


class DeadlineFile(FileTable):
    kind: Literal["interim", "final", "other"]
    period_start: date
    period_end: date
    certainty: Certainty
    source: Words
    opens: date | None = None
    due: date | None = None
    first_announced_due: date | None = None
    jury_result_from: date | None = None
    note: Words | None = None
    name: Line | None = None


class SharesFile(FileTable):
    certainty: Certainty
    source: Words
    advance_share: Share | None = None
    balance_share: Share | None = None
    own_contribution_ratio: Ratio | None = None


class RiskFile(FileTable):
    certainty: Certainty
    source: Words
    at_risk_share: Share | None = None
    at_risk_days_before: Count | None = None


class YearFile(FileTable):
    number: Number
    name: Words
    start: date
    end: date
    sources: list[Line]
    threshold: ThresholdFile = msgspec.field(default_factory=ThresholdFile)
    deadlines: list[DeadlineFile] = []
    submission: SubmissionFile = msgspec.field(default_factory=SubmissionFile)
    budget_eur: Money | None = None
    granted_eur: Money | None = None
    granted_rounded: bool = False
    renewal_budget: bool | None = None
    new_applicants_allowed: bool | None = None
    renewal: RenewalFile = msgspec.field(default_factory=RenewalFile)
    facts: FactsFile = msgspec.field(default_factory=FactsFile)
    shares: SharesFile | None = None
    risk: RiskFile | None = None


class KpiRulesFile(FileTable):
    source: Words
    at_risk_share: Share | None = None
    share_certainty: Certainty = "unknown"
    at_risk_days_before: Count | None = None
    days_certainty: Certainty = "unknown"


class MoneyRulesFile(FileTable):
    source: Words
    advance_share: Share | None = None
    advance_certainty: Certainty = "unknown"
    balance_share: Share | None = None
    own_contribution_ratio: Ratio | None = None
    rules: list[RuleFile] = []


class ApplicantFile(FileTable):
    kind: Literal["municipality", "brussels_municipality", "partnership", "vgc", "rand", "organisation"]
    text: Words
    needs_threshold: bool
    certainty: Certainty
    source: Words


class PartnershipRulesFile(FileTable):
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


class DrawingRightFile(FileTable):
    government: Code
    years: Years
    amount_eur: Money
    certainty: Certainty
    source: Words


class CommitmentConditionFile(FileTable):
    code: Code
    text: Words
    certainty: Certainty
    source: Words
    actions: list[Number] = []
    years: list[Number] = []


class ConditionFile(FileTable):
    code: Code
    check: CheckName
    text: Words
    certainty: Certainty
    source: Words
    limit: Count | None = None
    years: list[Number] = []
    any_of: Words | None = None


class StimulusTextFile(FileTable):
    code: Code
    label: Words
    source: Words
    max_chars: Count | None = None


class StimulusAmountFile(FileTable):
    years: Years
    amount_eur: Money | None
    certainty: Certainty
    source: Words


class StimulusFile(FileTable):
    kind: Code
    name: Words
    short_name: Words
    per_action: bool
    renewable: bool
    certainty: Certainty
    source: Words
    earlier_names: list[Line] = []
    amount_eur: Money | None = None
    amounts: list[StimulusAmountFile] = []
    max_per_year: Count | None = None
    years: list[Number] = []
    conditions: list[ConditionFile] = []
    texts: list[StimulusTextFile] = []
    rules: list[RuleFile] = []


class StimuliFile(FileTable):
    cumulative: bool
    several_per_year: bool
    cofinancing_required: bool
    renewable_subject_to_budget: bool
    certainty: Certainty
    sources: list[Line]
    kinds: list[StimulusFile]


class DoubleCountingFile(FileTable):
    allowed: bool
    text: Words
    certainty: Certainty
    source: Words
    min_investment_factor: Ratio | None = None


class JuryFile(FileTable):
    actions: list[Number]
    certainty: Certainty
    source: Words
    also_below_share: Share | None = None


class DocumentFile(FileTable):
    code: Code
    name: Words
    mandatory: Words
    always: bool
    source: Words


class ReportingFile(FileTable):
    reported_to: Words
    includes_existing_reach: bool
    compared_with_confirmed: bool
    shortfall_needs_motivation: bool
    sources: list[Line]
    double_counting: DoubleCountingFile | None = None
    jury: JuryFile | None = None
    documents: list[DocumentFile] = []
    rules: list[RuleFile] = []


class MentorFile(FileTable):
    action: Number
    government: Words
    name: Words
    source: Words
    learning_network: bool | None = None
    text: Words | None = None


class OwnSupportFile(FileTable):
    agency: Words
    source: Words
    government: Words | None = None
    kind: Words | None = None


class ExampleFile(FileTable):
    action: Number
    title: Words
    source: Words
    government: Words | None = None
    text: Words | None = None


class FigureFile(FileTable):
    action: Number
    year: Number
    source: Words
    budget_eur: Money | None = None
    governments: Count | None = None
    committed: Count | None = None
    reached: Count | None = None


class SuccessorFile(FileTable):
    name: Words
    start_year: Year
    text: Words
    certainty: Certainty
    source: Words


class PlanFile(FileTable):
    """A complete plan file; optional parts may be missing in a plan without such rules."""

    format: Literal[1, 2]
    code: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    version: Words
    name: Words
    years: Annotated[list[YearFile], Meta(min_length=1)]
    actions: Annotated[list[ActionFile], Meta(min_length=1)]
    sources: dict[str, Words]
    objectives: list[ObjectiveFile] = []
    kpi_rules: KpiRulesFile | None = None
    money_rules: MoneyRulesFile | None = None
    owner: Words | None = None
    content_support: Words | None = None
    action_rules: list[RuleFile] = []
    form_rules: list[RuleFile] = []
    applicants: list[ApplicantFile] = []
    drawing_rights: list[DrawingRightFile] = []
    conditions: list[CommitmentConditionFile] = []
    partnership_rules: PartnershipRulesFile | None = None
    stimuli: StimuliFile | None = None
    reporting: ReportingFile | None = None
    own_support: list[OwnSupportFile] = []
    mentors: list[MentorFile] = []
    examples: list[ExampleFile] = []
    published_figures: list[FigureFile] = []
    successor: SuccessorFile | None = None
