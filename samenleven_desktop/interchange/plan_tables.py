"""Converts a `Plan` to the content of a plan file of format 2: the reverse of `plan_build`.

`build_plan` of this content gives an equal plan. What is not known, or as it is when a file is silent, is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from samenleven_desktop.domain import plan as domain
from samenleven_desktop.domain import plan_rules as rules

NEWEST_FORMAT = 2
Content = dict[str, Any]


def plan_tables(plan: domain.Plan) -> Content:
    """Returns plain dicts, lists, text, numbers and days, in the order of a plan file."""
    kpi = None if plan.kpi_rules == domain.KpiRules() else asdict(plan.kpi_rules)
    money = None if plan.money_rules == domain.MoneyRules() else asdict(plan.money_rules)
    content: Content = _known(
        {
            "code": plan.code,
            "version": plan.version,
            "name": plan.name,
            "owner": plan.owner,
            "content_support": plan.content_support,
            "objectives": [asdict(one) for one in plan.objectives],
            "actions": [_action(one) for one in plan.actions],
            "years": [_year(one) for one in plan.years],
            "kpi_rules": kpi,
            "money_rules": money,
            "applicants": [asdict(one) for one in plan.applicants],
            "drawing_rights": [_drawing_right(one) for one in plan.drawing_rights],
            "conditions": [_condition(one) for one in plan.conditions],
            "partnership_rules": None if plan.partnership_rules is None else asdict(plan.partnership_rules),
            "stimuli": None if plan.stimulus_rules is None else _stimuli(plan.stimulus_rules),
            "reporting": None if plan.reporting_rules is None else _reporting(plan.reporting_rules),
            "action_rules": [asdict(one) for one in plan.action_rules],
            "form_rules": [asdict(one) for one in plan.form_rules],
            "own_support": [_renamed(one, government_code="government") for one in plan.own_support],
            "mentors": [_renamed(one, action_number="action", government_code="government") for one in plan.mentors],
            "examples": [_renamed(one, action_number="action", government_code="government") for one in plan.examples],
            "published_figures": [_renamed(one, action_number="action") for one in plan.published_figures],
            "successor": None if plan.successor is None else asdict(plan.successor),
            "sources": dict(plan.sources),
        }
    )
    return {"format": NEWEST_FORMAT, **content}


# Values that a file must state although they may be null.
_STATED = {"kind", "value", "amount_eur", "kinds", "sources"}


def _known(value: Any, name: str = "") -> Any:
    """Leaves out what is not known or empty, and converts cents to euro; recursively."""
    if isinstance(value, dict):
        found = {}
        for key, part in value.items():
            if key.endswith("_cents"):
                key, part = key.removesuffix("_cents") + "_eur", _euro(part)
            part = _known(part, key)
            if (
                key in _STATED
                or (key == "actions" and name == "jury")
                or (part is not None and part != [] and part != {})
            ):
                found[key] = part
        return found
    if isinstance(value, list | tuple):
        return [_known(one, "-") for one in value]
    return value


def _euro(cents: int | None) -> int | float | None:
    if cents is None:
        return None
    return cents // 100 if cents % 100 == 0 else float(Decimal(cents) / 100)


def _renamed(entry: Any, **names: str) -> Content:
    return {names.get(key, key): value for key, value in asdict(entry).items()}


def _by_years(entries: Iterable[Any], values: Callable[[Any], Content]) -> list[Content]:
    """Returns one entry for all years that share their values, as a file writes them."""
    found: list[tuple[Content, list[int]]] = []
    for entry in entries:
        content = values(entry)
        years = next((years for other, years in found if other == content), None)
        if years is None:
            found.append((content, [entry.year]))
        else:
            years.append(entry.year)
    return [{"years": years, **content} for content, years in found]


def _without_year(entry: Any) -> Content:
    return {key: value for key, value in asdict(entry).items() if key != "year"}


def _action(action: domain.Action) -> Content:
    return {
        "number": action.number,
        "objective": action.objective_number,
        "title": action.title,
        "title_certain": None if action.title_certain else False,
        "short_title": action.short_title,
        "earlier_names": action.earlier_names,
        "kpi": action.kpi,
        "min_contact_moments": action.min_contact_moments,
        "age_limit": action.age_limit,
        "plan_parts": action.plan_parts,
        "investment_costs_eligible": action.investment_costs_eligible,
        "support": action.support,
        "max_subsidy_form_cents": action.max_subsidy_form_cents,
        "max_subsidy_page_cents": action.max_subsidy_page_cents,
        "widened_from_year": action.widened_from_year,
        "note": action.note,
        "source": action.source,
        "financed": _by_years(
            action.financed,
            lambda one: {"value": one.financed, "certainty": one.certainty, "source": one.source},
        ),
        "targets": [_target(one) for one in action.targets],
    }


def _target(target: domain.Target) -> Content:
    def terms(one: domain.TargetTerms) -> Content:
        return {key: value for key, value in _without_year(one).items() if key != "financed"}

    return {
        "code": target.code,
        "label": target.label,
        "kind": None if target.kind is None else target.kind.value,
        "terms": _by_years(target.terms, terms),
    }


def _year(year: domain.ProjectYear) -> Content:
    threshold = {
        "inhabitants": year.threshold_inhabitants,
        "population": year.threshold_population,
        "figures_year": year.threshold_figures_year,
        "lower_groups": year.threshold_lower_groups,
        "upper_groups": year.threshold_upper_groups,
    }
    stated = any(value not in (None, ()) for value in threshold.values()) or year.threshold_certainty != "unknown"
    return {
        "number": year.number,
        "name": year.name,
        "start": year.start,
        "end": year.end,
        "submission": {
            "opens": year.submission_opens,
            "closes": year.submission_closes,
            "note": year.submission_note,
        },
        "threshold": {"certainty": year.threshold_certainty, **threshold} if stated else None,
        "budget_cents": year.budget_cents,
        "granted_cents": year.granted_cents,
        "granted_rounded": year.granted_rounded or None,
        "renewal_budget": year.renewal_budget,
        "renewal": {"min_share": year.renewal_min_share, "text": year.renewal_text},
        "new_applicants_allowed": year.new_applicants_allowed,
        "shares": None if year.shares is None else asdict(year.shares),
        "risk": None if year.risk is None else asdict(year.risk),
        "deadlines": [asdict(one) for one in year.deadlines],
        "facts": asdict(year.facts),
        "sources": year.sources,
    }


def _drawing_right(right: rules.DrawingRight) -> Content:
    return {
        "government": right.government_code,
        "years": [right.year],
        "amount_cents": right.amount_cents,
        "certainty": right.certainty,
        "source": right.source,
    }


def _condition(condition: rules.CommitmentCondition) -> Content:
    return _renamed(condition, action_numbers="actions")


def _stimuli(stimuli: rules.StimulusRules) -> Content:
    return {**asdict(stimuli), "kinds": [_stimulus(one) for one in stimuli.kinds]}


def _stimulus(stimulus: rules.Stimulus) -> Content:
    content = {key: value for key, value in asdict(stimulus).items() if key != "id"}
    if stimulus.amount_cents is None:
        del content["amount_cents"]
    return content | {"amounts": _by_years(stimulus.amounts, _without_year)}


def _reporting(reporting: rules.ReportingRules) -> Content:
    return {
        **asdict(reporting),
        "jury": None if reporting.jury is None else _renamed(reporting.jury, action_numbers="actions"),
    }


def days_as_text(value: Any) -> Any:
    """Returns the content with days as ISO text, as YAML and JSON hold them."""
    if isinstance(value, dict):
        return {key: days_as_text(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [days_as_text(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
