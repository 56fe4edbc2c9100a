"""The words about plans: their rules as lines of text, the parts and values of a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import is_dataclass
from datetime import date

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.plan_diff import PlanChange, PlanChangeKind
from samenleven_desktop.domain.plan_texts import RuleText
from samenleven_desktop.i18n.language import Language

CHANGE_KINDS = {PlanChangeKind.NEW: N_("new"), PlanChangeKind.GONE: N_("gone"), PlanChangeKind.CHANGED: N_("changed")}
CERTAINTIES = {
    "certain": N_("certain"),
    "inferred": N_("inferred"),
    "chosen": N_("chosen by the makers of the program"),
    "unknown": N_("not known"),
}

PLACES = {
    "year": N_("project year {n}"),
    "action": N_("action {n}"),
    "target": N_("target {n}"),
    "kpi_rules": N_("rules of the KPI states"),
    "money_rules": N_("rules of the money"),
    "partnership_rules": N_("rules of partnerships"),
    "stimulus_rules": N_("rules of the stimuli"),
    "reporting_rules": N_("rules of reporting"),
    "own_support": N_("own agencies"),
    "mentors": N_("mentor governments"),
    "examples": N_("examples"),
    "drawing_rights": N_("drawing rights"),
    "conditions": N_("conditions of commitments"),
    "applicants": N_("applicants"),
    "form_rules": N_("rules of the form"),
    "action_rules": N_("rules of the actions"),
}
CHANGED_FIELDS = {
    "start": N_("from"),
    "end": N_("until"),
    "submission_opens": N_("applications open"),
    "submission_closes": N_("applications close"),
    "threshold_inhabitants": N_("threshold"),
    "threshold_population": N_("counted inhabitants"),
    "threshold_figures_year": N_("year of the figures"),
    "budget_cents": N_("budget"),
    "renewal_budget": N_("budget for renewal"),
    "due_interim": N_("interim report due"),
    "due_final": N_("final report due"),
    "due_other": N_("other report due"),
    "new_applicants_allowed": N_("new applicants allowed"),
    "shares": N_("shares of this year"),
    "risk": N_("risk in this year"),
    "title": N_("title"),
    "short_title": N_("title"),
    "kpi": N_("what is counted"),
    "max_subsidy_form_cents": N_("highest amount of the form"),
    "max_subsidy_page_cents": N_("highest amount of the page"),
    "financed": N_("financed by the call"),
    "unit": N_("unit"),
    "rate_cents": N_("rate"),
    "cap_units": N_("highest number"),
    "label": N_("name"),
    "at_risk_share": N_("share below which a KPI is at risk"),
    "at_risk_days_before": N_("days before the interim report"),
    "advance_share": N_("advance"),
    "balance_share": N_("balance"),
    "own_contribution_ratio": N_("own contribution"),
}


def place_text(language: Language, change: PlanChange) -> str:
    """Returns Project year 2, or A9a in project year 2."""
    parts, words = list(change.place), []
    while parts:
        kind = parts.pop(0)
        value = parts.pop(0) if "{n}" in PLACES[kind] else ""
        words.append(language.text(PLACES[kind], n=value))
    return ", ".join(words)


def value_text(language: Language, change: PlanChange, value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return language.text("yes") if value else language.text("no")
    if isinstance(value, int) and change.field.endswith("_cents"):
        return language.money(value)
    if isinstance(value, int) and not change.field.endswith("year"):
        return language.number(value)
    if isinstance(value, date):
        return language.day(value)
    if isinstance(value, tuple) or is_dataclass(value):
        return "…"
    return str(value)


def change_words(language: Language, change: PlanChange) -> str:
    """Returns what changes: the name of the value, or that the whole item is new or gone."""
    if change.field:
        return language.text(CHANGED_FIELDS.get(change.field, change.field))
    return language.text(CHANGE_KINDS[change.kind])


def rule_lines(language: Language, texts: Iterable[RuleText]) -> list[str]:
    """Returns each rule on a line, with its certainty where it is not certain."""
    lines = []
    for one in texts:
        words = language.fault(one.message, one.values)
        if one.certainty != "certain":
            words += f" ({language.text(CERTAINTIES[one.certainty])})"
        lines.append(words)
    return lines
