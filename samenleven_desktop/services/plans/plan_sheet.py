"""Everything a plan says, as headings with lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from samenleven_desktop.domain import plan_texts
from samenleven_desktop.domain.plan import Plan, ProjectYear
from samenleven_desktop.i18n.labels import PLAN_DAYS
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.plan_labels import CERTAINTIES, rule_lines

Part = tuple[str, list[str]]


def plan_sheet(plan: Plan, language: Language) -> list[Part]:
    """Returns the parts that the plan has: what it lacks is left out."""
    text = language.text
    head = [
        text("code {code}, version {version}", code=plan.code, version=plan.version),
        *([text("owner: {name}", name=plan.owner)] if plan.owner else []),
        *([text("support with content: {name}", name=plan.content_support)] if plan.content_support else []),
    ]
    parts = [
        (plan.name, head),
        *((text("Project year {n}", n=str(year.number)), list(_year(plan, year, language))) for year in plan.years),
        (text("Actions"), list(_actions(plan, language))),
        (text("Applicants and form"), rule_lines(language, plan_texts.applying(plan, 0))),
        (text("Money"), list(_money(plan, language))),
        (text("Partnerships"), rule_lines(language, plan_texts.leaving(plan))),
        (text("Stimuli"), list(_stimuli(plan, language))),
        (text("Reporting"), rule_lines(language, plan_texts.reporting(plan))),
        (text("Successor"), list(_successor(plan))),
    ]
    return [(heading, lines) for heading, lines in parts if lines]


def _year(plan: Plan, year: ProjectYear, language: Language) -> Iterator[str]:
    text = language.text
    yield text("{name}: {first} to {last}", name=year.name, first=language.day(year.start), last=language.day(year.end))
    for message, day in (("submission_opens", year.submission_opens), ("submission", year.submission_closes)):
        if day is not None:
            yield f"{text(PLAN_DAYS[message], n=str(year.number))}: {language.day(day)}"
    for deadline in year.deadlines:
        words = deadline.name or text(PLAN_DAYS[deadline.kind], n=str(year.number))
        due = text("not known") if deadline.due is None else language.day(deadline.due)
        later = deadline.first_announced_due
        if later is not None and later != deadline.due:
            due += f" ({text('first announced: {day}', day=language.day(later))})"
        if deadline.jury_result_from is not None:
            due += f"; {text('result of the jury from {day}', day=language.day(deadline.jury_result_from))}"
        yield f"{words}: {due}"
    if year.threshold_inhabitants is not None:
        number, whom = language.number(year.threshold_inhabitants), year.threshold_population or ""
        words = text("threshold: more than {n} {population}", n=number, population=whom).strip()
        yield words + _certainty(year.threshold_certainty, language)
    if year.budget_cents is not None:
        yield text("budget: {amount}", amount=language.money(year.budget_cents))
    if year.granted_cents is not None:
        amount = language.money(year.granted_cents)
        yield (
            text("granted: about {amount}", amount=amount)
            if year.granted_rounded
            else text("granted: {amount}", amount=amount)
        )
    yield from rule_lines(language, plan_texts.renewing(plan, year.number))
    yield from rule_lines(language, plan_texts.about_the_call(plan, year.number))
    rules = plan.money_rules_in(year.number)
    if year.shares is not None and rules.advance_share is not None:
        yield text("advance in this year: {percent} %", percent=f"{rules.advance_share * 100:.6g}")
    for right in plan.drawing_rights:
        if right.year == year.number:
            amount = language.money(right.amount_cents)
            yield text("drawing right of {code}: {amount}", code=right.government_code, amount=amount)


def _actions(plan: Plan, language: Language) -> Iterator[str]:
    text = language.text
    names = {one.number: one.name for one in plan.objectives}
    for action in plan.actions:
        title = f"{action.number} {action.title}"
        if action.objective_number is not None and action.objective_number in names:
            title += f" ({names[action.objective_number]})"
        yield title if action.title_certain else f"{title} ({text('working title')})"
        if action.kpi:
            yield "  " + text("counted: {kpi}", kpi=action.kpi)
        if action.min_contact_moments is not None:
            yield "  " + text("at least {n} contact moments", n=action.min_contact_moments)
        if action.age_limit is not None:
            yield "  " + text("up to {n} years old", n=action.age_limit)
        for target in action.targets:
            for terms in target.terms:
                rate = text("rate not known") if terms.rate_cents is None else language.money(terms.rate_cents)
                cap = "" if terms.cap_units is None else text("at most {n}", n=language.number(terms.cap_units))
                row = "" if terms.portal_rule is None else text("row of the portal {id}", id=terms.portal_rule)
                words = ", ".join(one for one in (terms.unit or "", rate, cap, row) if one)
                yield f"  {target.code} {target.label_in(terms.year)} ({terms.year}): {words}"


def _money(plan: Plan, language: Language) -> Iterator[str]:
    rules, text = plan.money_rules, language.text
    for message, share, certainty in (
        (text("advance"), rules.advance_share, rules.advance_certainty),
        (text("balance"), rules.balance_share, "certain"),
        (text("own contribution"), rules.own_contribution_ratio, "certain"),
    ):
        if share is not None:
            yield f"{message}: {share * 100:.6g} %{_certainty(certainty, language)}"
    risk = plan.kpi_rules
    if risk.at_risk_share is not None:
        words = text("a KPI is at risk below {percent} %", percent=f"{risk.at_risk_share * 100:.6g}")
        yield words + _certainty(risk.share_certainty, language)
    if risk.at_risk_days_before is not None:
        words = text("from this many days before the interim report: {n}", n=str(risk.at_risk_days_before))
        yield words + _certainty(risk.days_certainty, language)
    yield from rule_lines(language, plan_texts.paying(plan))


def _certainty(certainty: str, language: Language) -> str:
    return "" if certainty == "certain" else f" ({language.text(CERTAINTIES[certainty])})"


def _stimuli(plan: Plan, language: Language) -> Iterator[str]:
    yield from rule_lines(language, plan_texts.stimulating(plan))
    for stimulus in plan.stimulus_rules.kinds if plan.stimulus_rules is not None else ():
        cents = stimulus.amount_cents
        yield f"{stimulus.name}: {language.text('not known') if cents is None else language.money(cents)}"
        for one in stimulus.amounts:
            amount = language.text("not known") if one.amount_cents is None else language.money(one.amount_cents)
            yield f"  {language.text('project year {n}', n=str(one.year))}: {amount}"
        yield from (f"  {condition.text}" for condition in stimulus.conditions)


def _successor(plan: Plan) -> Iterator[str]:
    if plan.successor is not None:
        yield f"{plan.successor.name} ({plan.successor.start_year}): {plan.successor.text}"
