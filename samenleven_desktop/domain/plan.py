"""A plan as plain data: objectives, actions, targets, project years and their rules.

Everything here is read from a plan file; the code contains no facts about Plan Samenleven itself. A value without a
source is `None`, meaning unknown. Amounts are integer cents, shares are between 0 and 1. A fact has the key of its
source; `Plan.sources` resolves it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.plan_rules import (
    ApplicantKind,
    CallFacts,
    CommitmentCondition,
    DrawingRight,
    Example,
    FinancedYear,
    Mentor,
    OwnSupport,
    PartnershipRules,
    PlanRule,
    PublishedFigure,
    ReportingRules,
    StimulusRules,
    Successor,
    YearRisk,
    YearShares,
)
from samenleven_desktop.domain.plan_versions import content_hash

_LONG_NAME = 24


class TargetKind(StrEnum):
    """How a target is judged: by counting, or by a jury."""

    COUNT = "count"
    PLAN = "plan"
    NEIGHBOURHOOD = "neighbourhood"

    @property
    def judged_by_jury(self) -> bool:
        return self is not TargetKind.COUNT


@dataclass(frozen=True)
class TargetTerms:
    """The terms of one target in one project year; `financed` None means that no source states it.

    `label` is the target group of that year if it differs from the label of the target. `certainty` applies to the
    values that are present (see `plan_rules`); `portal_rule` is the id of the row in the portal's form.
    """

    year: int
    unit: str | None
    rate_cents: int | None
    cap_units: int | None
    financed: bool | None
    certainty: str
    source: str
    label: str | None = None
    portal_rule: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Target:
    """A (sub-)target of an action, e.g. A9a *nieuwkomers*; `terms` has one entry per year in which it exists."""

    id: str
    code: str
    action_number: int
    label: str
    kind: TargetKind | None
    terms: tuple[TargetTerms, ...]

    def in_year(self, year: int) -> TargetTerms | None:
        """Returns the terms of a project year, or None if the target does not exist in that year."""
        return next((terms for terms in self.terms if terms.year == year), None)

    def label_in(self, year: int) -> str:
        """Returns the name of the target group in that project year."""
        terms = self.in_year(year)
        return self.label if terms is None or terms.label is None else terms.label


@dataclass(frozen=True)
class Action:
    """An action of the plan. `title_certain` is False if only a working title is known.

    The two maximum amounts differ slightly because caps were rounded: one is from the form, one from the action's page.
    """

    id: str
    number: int
    objective_number: int | None
    title: str
    short_title: str
    title_certain: bool
    kpi: str | None
    earlier_names: tuple[str, ...]
    targets: tuple[Target, ...]
    min_contact_moments: int | None
    age_limit: int | None
    note: str | None
    source: str
    financed: tuple[FinancedYear, ...] = ()
    widened_from_year: int | None = None
    plan_parts: tuple[str, ...] = ()
    investment_costs_eligible: bool | None = None
    support: tuple[str, ...] = ()
    max_subsidy_form_cents: int | None = None
    max_subsidy_page_cents: int | None = None

    def financed_in(self, year: int) -> bool | None:
        """Returns whether the call of that project year finances this action; None if unknown."""
        return next((entry.financed for entry in self.financed if entry.year == year), None)


@dataclass(frozen=True)
class Objective:
    number: int
    name: str
    source: str


@dataclass(frozen=True)
class ReportingDeadline:
    """An interim, final or other report: the period it covers and its due day (None: no source states the day)."""

    kind: str
    period_start: date
    period_end: date
    opens: date | None
    due: date | None
    source: str
    first_announced_due: date | None = None
    jury_result_from: date | None = None
    certainty: str = "certain"
    note: str | None = None
    name: str | None = None

    @property
    def last_known(self) -> date:
        """Returns the due day, or the last day of its period while no source states the due day."""
        return self.due or self.period_end


@dataclass(frozen=True)
class ProjectYear:
    """A call and its project year; both days of the period are inclusive.

    `renewal_budget` states whether grants of this year could be renewed in the next call: yes, no or unknown. The
    groups name the columns of the origin figures that together give the lower and the upper bound of the counted
    population; it must be *more than* the threshold.
    """

    id: str
    number: int
    name: str
    start: date
    end: date
    submission_opens: date | None
    submission_closes: date | None
    threshold_inhabitants: int | None
    threshold_population: str | None
    threshold_figures_year: int | None
    budget_cents: int | None
    granted_cents: int | None
    renewal_budget: bool | None
    deadlines: tuple[ReportingDeadline, ...]
    sources: tuple[str, ...]
    submission_note: str | None = None
    threshold_certainty: str = "certain"
    threshold_lower_groups: tuple[str, ...] = ()
    threshold_upper_groups: tuple[str, ...] = ()
    granted_rounded: bool = False
    new_applicants_allowed: bool | None = None
    renewal_min_share: float | None = None
    renewal_text: str | None = None
    facts: CallFacts = field(default_factory=CallFacts)
    shares: YearShares | None = None
    risk: YearRisk | None = None

    @property
    def label(self) -> str:
        """2023-2024; 2026 for a calendar year; 1/3 - 31/8/2026 for another part of one year"""
        if self.start.year != self.end.year:
            return f"{self.start.year}-{self.end.year}"
        if (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31):
            return str(self.start.year)
        return f"{self.start.day}/{self.start.month} - {self.end.day}/{self.end.month}/{self.end.year}"

    def deadline(self, kind: str) -> ReportingDeadline | None:
        """Returns the report of a kind; of several the first `interim` one and the last one of any other kind."""
        found = sorted((one for one in self.deadlines if one.kind == kind), key=lambda one: one.last_known)
        if not found:
            return None
        return found[0] if kind == "interim" else found[-1]

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def elapsed_days(self, day: date) -> int:
        """Returns the days of the year elapsed at the end of `day`: 0 before the year begins, all after it ends."""
        return min(max((day - self.start).days + 1, 0), self.days)


@dataclass(frozen=True)
class KpiRules:
    """The figures for the KPI states.

    *At risk* applies below `at_risk_share` of the confirmed number, from `at_risk_days_before` days before the (first)
    interim report is due; never if one of the two is not known.
    """

    at_risk_share: float | None = None
    at_risk_days_before: int | None = None
    source: str = ""
    share_certainty: str = "certain"
    days_certainty: str = "chosen"


@dataclass(frozen=True)
class MoneyRules:
    """Advance and balance as shares of the granted amount; own contribution as share of the Flemish one."""

    advance_share: float | None = None
    balance_share: float | None = None
    own_contribution_ratio: float | None = None
    source: str = ""
    advance_certainty: str = "inferred"
    rules: tuple[PlanRule, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A complete plan file. `id` is derived from `code`, so that it is the same on every device."""

    id: str
    code: str
    version: str
    name: str
    objectives: tuple[Objective, ...]
    actions: tuple[Action, ...]
    years: tuple[ProjectYear, ...]
    kpi_rules: KpiRules
    money_rules: MoneyRules
    sources: dict[str, str] = field(default_factory=dict)
    owner: str | None = None
    content_support: str | None = None
    applicants: tuple[ApplicantKind, ...] = ()
    partnership_rules: PartnershipRules | None = None
    stimulus_rules: StimulusRules | None = None
    reporting_rules: ReportingRules | None = None
    own_support: tuple[OwnSupport, ...] = ()
    mentors: tuple[Mentor, ...] = ()
    examples: tuple[Example, ...] = ()
    published_figures: tuple[PublishedFigure, ...] = ()
    successor: Successor | None = None
    action_rules: tuple[PlanRule, ...] = ()
    form_rules: tuple[PlanRule, ...] = ()
    drawing_rights: tuple[DrawingRight, ...] = ()
    conditions: tuple[CommitmentCondition, ...] = ()

    @cached_property
    def content_hash(self) -> str:
        """What this version is known by, whatever it is called."""
        return content_hash(self)

    @cached_property
    def _targets(self) -> dict[str, Target]:
        return {target.id: target for action in self.actions for target in action.targets}

    @cached_property
    def _actions(self) -> dict[int, Action]:
        return {action.number: action for action in self.actions}

    @cached_property
    def _actions_by_id(self) -> dict[str, Action]:
        return {action.id: action for action in self.actions}

    @property
    def short_name(self) -> str:
        """The name where there is little room: the name of the plan, or its code if the name is long."""
        return self.name if len(self.name) <= _LONG_NAME else self.code

    def has_target(self, target_id: str) -> bool:
        return target_id in self._targets

    def target(self, target_id: str) -> Target:
        """Raises KeyError for an id of another plan."""
        return self._targets[target_id]

    def action(self, number: int) -> Action:
        """Raises KeyError for a number that the plan does not have."""
        return self._actions[number]

    def action_with_id(self, action_id: str) -> Action | None:
        """Returns None for an action of another plan."""
        return self._actions_by_id.get(action_id)

    def financed(self, target_id: str, year: int) -> bool | None:
        """Returns whether the call of a project year finances this target.

        None if no source states it, or the target is in another version of the plan.
        """
        if not self.has_target(target_id):
            return None
        target = self.target(target_id)
        terms = target.in_year(year)
        if terms is not None and terms.financed is not None:
            return terms.financed
        return self.action(target.action_number).financed_in(year)

    def money_rules_in(self, number: int) -> MoneyRules:
        """Returns the rules of the money with the shares of a project year, where it has its own."""
        year = self.year(number)
        own = None if year is None else year.shares
        if own is None:
            return self.money_rules
        whole = self.money_rules
        advance, balance = own.advance_share, own.balance_share
        if advance is None and balance is None:
            advance, balance = whole.advance_share, whole.balance_share
        ratio = whole.own_contribution_ratio if own.own_contribution_ratio is None else own.own_contribution_ratio
        return replace(whole, advance_share=advance, balance_share=balance, own_contribution_ratio=ratio)

    def kpi_rules_in(self, number: int) -> KpiRules:
        """Returns the rules of the KPI states with the risk of a project year, where it has its own."""
        year = self.year(number)
        own = None if year is None else year.risk
        if own is None:
            return self.kpi_rules
        share, days = own.at_risk_share, own.at_risk_days_before
        return replace(
            self.kpi_rules,
            at_risk_share=self.kpi_rules.at_risk_share if share is None else share,
            at_risk_days_before=self.kpi_rules.at_risk_days_before if days is None else days,
        )

    def drawing_right(self, government_code: str, number: int) -> int | None:
        """Returns the amount in cents that a government may draw in a project year; None if the plan gives none."""
        found = (one for one in self.drawing_rights if (one.government_code, one.year) == (government_code, number))
        return next((one.amount_cents for one in found), None)

    def conditions_of(self, action_number: int, year: int) -> tuple[CommitmentCondition, ...]:
        """Returns the conditions that the coach judges for a commitment to this action."""
        return tuple(
            one
            for one in self.conditions
            if (not one.action_numbers or action_number in one.action_numbers) and (not one.years or year in one.years)
        )

    def admits(self, kind: str) -> bool:
        """Returns whether the plan names applicants of this kind."""
        return any(one.kind == kind for one in self.applicants)

    def needs_threshold(self, kind: str) -> bool:
        """Returns whether the inhabitants of an applicant of this kind are counted.

        If the plan is silent: yes, but not for an organisation, which has none.
        """
        silent = kind != GovernmentKind.ORGANISATION
        return next((one.needs_threshold for one in self.applicants if one.kind == kind), silent)

    def counts_inhabitants(self, kind: str) -> bool:
        """Returns whether this plan has a threshold at all, and an applicant of this kind must be above it."""
        return self.needs_threshold(kind) and any(year.threshold_inhabitants is not None for year in self.years)

    def year(self, number: int) -> ProjectYear | None:
        return next((year for year in self.years if year.number == number), None)

    def year_on(self, day: date) -> ProjectYear:
        """Returns the project year of `day`; the first year for earlier days, the last one for later days.

        A plan without years (no plan in use) gives the calendar year, as year 0.
        """
        if not self.years:
            return calendar_year(day)
        begun = [year for year in self.years if year.start <= day]
        return begun[-1] if begun else self.years[0]

    @property
    def pays_governments(self) -> bool:
        """Returns whether the plan knows any rate, advance or own contribution."""
        rules = self.money_rules
        if not (rules.advance_share is None and rules.balance_share is None and rules.own_contribution_ratio is None):
            return True
        if self.drawing_rights or any(year.shares is not None for year in self.years):
            return True
        every = (terms for target in self._targets.values() for terms in target.terms)
        return any(terms.rate_cents is not None for terms in every)

    def runs_on(self, day: date) -> bool:
        """Returns whether one of the project years contains the day."""
        return any(year.start <= day <= year.end for year in self.years)


def calendar_year(day: date) -> ProjectYear:
    """Returns the calendar year of a day in the form of a project year: number 0, no rules, no id."""
    return ProjectYear(
        id="",
        number=0,
        name=str(day.year),
        start=date(day.year, 1, 1),
        end=date(day.year, 12, 31),
        submission_opens=None,
        submission_closes=None,
        threshold_inhabitants=None,
        threshold_population=None,
        threshold_figures_year=None,
        budget_cents=None,
        granted_cents=None,
        renewal_budget=None,
        deadlines=(),
        sources=(),
    )


def no_plan() -> Plan:
    """Returns the plan of a work file without a plan in use: it has no actions, no years and no rules."""
    return Plan("", "", "", "", (), (), (), KpiRules(), MoneyRules())
