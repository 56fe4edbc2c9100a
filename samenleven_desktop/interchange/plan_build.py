"""Converts the tables of a checked plan file to a `domain.Plan`.

Ids are derived from the code of the plan and the code or number in the file, so that every device gives the same row
the same id; a target keeps its id over the project years. Amounts in euro are converted to integer cents here.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from samenleven_desktop.domain import plan as domain
from samenleven_desktop.domain import plan_rules as rules
from samenleven_desktop.domain.ids import shipped_id
from samenleven_desktop.interchange import plan_structs as files


def build_plan(file: files.PlanFile) -> domain.Plan:
    """Returns the complete plan; the file must have passed its checks."""
    return domain.Plan(
        id=shipped_id("plan", file.code),
        code=file.code,
        version=file.version,
        name=file.name,
        objectives=tuple(domain.Objective(item.number, item.name, item.source) for item in file.objectives),
        actions=tuple(_action(file.code, action) for action in file.actions),
        years=tuple(_year(file.code, year) for year in file.years),
        kpi_rules=domain.KpiRules() if file.kpi_rules is None else domain.KpiRules(**_fields(file.kpi_rules)),
        money_rules=(
            domain.MoneyRules()
            if file.money_rules is None
            else domain.MoneyRules(**_fields(file.money_rules) | {"rules": _rules(file.money_rules.rules)})
        ),
        sources=dict(file.sources),
        owner=file.owner,
        content_support=file.content_support,
        applicants=tuple(rules.ApplicantKind(**_fields(item)) for item in file.applicants),
        partnership_rules=(
            None if file.partnership_rules is None else rules.PartnershipRules(**_fields(file.partnership_rules))
        ),
        stimulus_rules=None if file.stimuli is None else _stimuli(file.code, file.stimuli),
        reporting_rules=None if file.reporting is None else _reporting(file.reporting),
        own_support=tuple(
            rules.OwnSupport(item.government, item.kind, item.agency, item.source) for item in file.own_support
        ),
        mentors=tuple(
            rules.Mentor(item.action, item.government, item.name, item.learning_network, item.text, item.source)
            for item in file.mentors
        ),
        examples=tuple(
            rules.Example(item.action, item.title, item.government, item.text, item.source) for item in file.examples
        ),
        published_figures=tuple(_figure(item) for item in file.published_figures),
        successor=None if file.successor is None else rules.Successor(**_fields(file.successor)),
        action_rules=_rules(file.action_rules),
        form_rules=_rules(file.form_rules),
        drawing_rights=tuple(
            rules.DrawingRight(one.government, year, _amount(one.amount_eur), one.certainty, one.source)
            for one in file.drawing_rights
            for year in one.years
        ),
        conditions=tuple(
            rules.CommitmentCondition(
                one.code, one.text, tuple(one.actions), tuple(one.years), one.certainty, one.source
            )
            for one in file.conditions
        ),
    )


def _action(plan_code: str, action: files.ActionFile) -> domain.Action:
    financed = tuple(
        rules.FinancedYear(year, entry.value, entry.certainty, entry.source)
        for entry in action.financed
        for year in entry.years
    )
    by_year = {entry.year: entry.financed for entry in financed}
    return domain.Action(
        id=shipped_id("action", plan_code, action.number),
        number=action.number,
        objective_number=action.objective,
        title=action.title,
        short_title=action.short_title,
        title_certain=action.title_certain,
        kpi=action.kpi,
        earlier_names=tuple(action.earlier_names),
        targets=tuple(_target(plan_code, action.number, target, by_year) for target in action.targets),
        min_contact_moments=action.min_contact_moments,
        age_limit=action.age_limit,
        note=action.note,
        source=action.source,
        financed=tuple(sorted(financed, key=lambda entry: entry.year)),
        widened_from_year=action.widened_from_year,
        plan_parts=tuple(action.plan_parts),
        investment_costs_eligible=action.investment_costs_eligible,
        support=tuple(action.support),
        max_subsidy_form_cents=_cents(action.max_subsidy_form_eur),
        max_subsidy_page_cents=_cents(action.max_subsidy_page_eur),
    )


def _target(plan_code: str, action: int, target: files.TargetFile, financed: dict[int, bool | None]) -> domain.Target:
    terms = [
        domain.TargetTerms(
            year=year,
            unit=entry.unit,
            rate_cents=_cents(entry.rate_eur),
            cap_units=entry.cap_units,
            financed=financed.get(year),
            certainty=entry.certainty,
            source=entry.source,
            label=entry.label,
            portal_rule=entry.portal_rule,
            note=entry.note,
        )
        for entry in target.terms
        for year in entry.years
    ]
    return domain.Target(
        id=shipped_id("target", plan_code, target.code),
        code=target.code,
        action_number=action,
        label=target.label,
        kind=None if target.kind is None else domain.TargetKind(target.kind),
        terms=tuple(sorted(terms, key=lambda entry: entry.year)),
    )


def _year(plan_code: str, year: files.YearFile) -> domain.ProjectYear:
    facts = _fields(year.facts) | {"other_applicants": tuple(year.facts.other_applicants)}
    return domain.ProjectYear(
        id=shipped_id("year", plan_code, year.number),
        number=year.number,
        name=year.name,
        start=year.start,
        end=year.end,
        submission_opens=year.submission.opens,
        submission_closes=year.submission.closes,
        submission_note=year.submission.note,
        threshold_inhabitants=year.threshold.inhabitants,
        threshold_population=year.threshold.population,
        threshold_figures_year=year.threshold.figures_year,
        threshold_certainty=year.threshold.certainty,
        threshold_lower_groups=tuple(year.threshold.lower_groups),
        threshold_upper_groups=tuple(year.threshold.upper_groups),
        budget_cents=_cents(year.budget_eur),
        granted_cents=_cents(year.granted_eur),
        granted_rounded=year.granted_rounded,
        renewal_budget=year.renewal_budget,
        renewal_min_share=year.renewal.min_share,
        renewal_text=year.renewal.text,
        new_applicants_allowed=year.new_applicants_allowed,
        deadlines=tuple(domain.ReportingDeadline(**_fields(deadline)) for deadline in year.deadlines),
        sources=tuple(year.sources),
        facts=rules.CallFacts(**facts),
        shares=None if year.shares is None else rules.YearShares(**_fields(year.shares)),
        risk=None if year.risk is None else rules.YearRisk(**_fields(year.risk)),
    )


def _stimuli(plan_code: str, stimuli: files.StimuliFile) -> rules.StimulusRules:
    return rules.StimulusRules(
        cumulative=stimuli.cumulative,
        several_per_year=stimuli.several_per_year,
        cofinancing_required=stimuli.cofinancing_required,
        renewable_subject_to_budget=stimuli.renewable_subject_to_budget,
        certainty=stimuli.certainty,
        sources=tuple(stimuli.sources),
        kinds=tuple(_stimulus(plan_code, stimulus) for stimulus in stimuli.kinds),
    )


def _stimulus(plan_code: str, stimulus: files.StimulusFile) -> rules.Stimulus:
    return rules.Stimulus(
        id=shipped_id("stimulus", plan_code, stimulus.kind),
        kind=stimulus.kind,
        name=stimulus.name,
        short_name=stimulus.short_name,
        earlier_names=tuple(stimulus.earlier_names),
        amount_cents=_cents(stimulus.amount_eur),
        per_action=stimulus.per_action,
        max_per_year=stimulus.max_per_year,
        renewable=stimulus.renewable,
        years=tuple(stimulus.years),
        conditions=tuple(
            rules.StimulusCondition(**_fields(condition) | {"years": tuple(condition.years)})
            for condition in stimulus.conditions
        ),
        texts=tuple(rules.StimulusText(**_fields(text)) for text in stimulus.texts),
        rules=_rules(stimulus.rules),
        certainty=stimulus.certainty,
        source=stimulus.source,
        amounts=tuple(
            sorted(
                (
                    rules.StimulusAmount(year, _cents(one.amount_eur), one.certainty, one.source)
                    for one in stimulus.amounts
                    for year in one.years
                ),
                key=lambda one: one.year,
            )
        ),
    )


def _reporting(reporting: files.ReportingFile) -> rules.ReportingRules:
    jury = reporting.jury
    return rules.ReportingRules(
        reported_to=reporting.reported_to,
        includes_existing_reach=reporting.includes_existing_reach,
        compared_with_confirmed=reporting.compared_with_confirmed,
        shortfall_needs_motivation=reporting.shortfall_needs_motivation,
        double_counting=(
            None if reporting.double_counting is None else rules.DoubleCounting(**_fields(reporting.double_counting))
        ),
        jury=(
            None
            if jury is None
            else rules.JuryRules(tuple(jury.actions), jury.also_below_share, jury.certainty, jury.source)
        ),
        documents=tuple(rules.FinalDocument(**_fields(document)) for document in reporting.documents),
        rules=_rules(reporting.rules),
        sources=tuple(reporting.sources),
    )


def _figure(figure: files.FigureFile) -> rules.PublishedFigure:
    return rules.PublishedFigure(
        action_number=figure.action,
        year=figure.year,
        budget_cents=_cents(figure.budget_eur),
        governments=figure.governments,
        committed=figure.committed,
        reached=figure.reached,
        source=figure.source,
    )


def _rules(entries: list[files.RuleFile]) -> tuple[rules.PlanRule, ...]:
    return tuple(rules.PlanRule(**_fields(entry)) for entry in entries)


def _fields(table: msgspec.Struct) -> dict[str, Any]:
    """Returns the values of a table by name, for a domain type with the same names."""
    return msgspec.structs.asdict(table)


def _cents(euro: float | None) -> int | None:
    return None if euro is None else _amount(euro)


def _amount(euro: float) -> int:
    return int(Decimal(str(euro)) * 100)
