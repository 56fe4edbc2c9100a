"""The rules of a plan that nobody computes, as sentences to show where they matter.

A plan states some of them as yes or no, others in words of its own; those stay in the language of the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.domain.plan_rules import PlanRule, Stimulus

_OWN = "{text}"


@dataclass(frozen=True)
class RuleText:
    """A catalogue sentence with its values, or the words of the plan; `source` is a key of `Plan.sources`."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    certainty: str = "certain"


def applying(plan: Plan, year: int) -> list[RuleText]:
    """Who may apply, and how the form is filled in."""
    found = []
    for kind in plan.applicants:
        message = N_("{text} The threshold counts.") if kind.needs_threshold else N_("{text} No threshold.")
        found.append(RuleText(message, {"text": kind.text}, kind.source, kind.certainty))
    project_year = plan.year(year)
    if project_year is not None and project_year.new_applicants_allowed is not None:
        allowed = project_year.new_applicants_allowed
        found.append(
            RuleText(
                N_("New applicants may apply in this project year.")
                if allowed
                else N_("Only applicants of the year before may apply in this project year.")
            )
        )
    return [*found, *_own(plan.form_rules), *_own(plan.action_rules)]


def paying(plan: Plan) -> list[RuleText]:
    return list(_own(plan.money_rules.rules))


def committing(plan: Plan, action_number: int, year: int) -> list[RuleText]:
    """What the coach has to judge for a commitment to an action, and what was published about it."""
    action = plan.action(action_number)
    found = []
    if action.plan_parts:
        found.append(RuleText(N_("Parts of the plan: {list}."), {"list": ", ".join(action.plan_parts)}, action.source))
    if action.investment_costs_eligible is not None:
        eligible = action.investment_costs_eligible
        message = N_("Investments may be paid.") if eligible else N_("Investments may not be paid.")
        found.append(RuleText(message, {}, action.source))
    found += [
        RuleText(N_("For the coach to judge: {text}"), {"text": one.text}, one.source, one.certainty)
        for one in plan.conditions_of(action_number, year)
    ]
    for figure in plan.published_figures:
        if (figure.action_number, figure.year) == (action_number, year):
            values = {"committed": figure.committed, "reached": figure.reached, "governments": figure.governments}
            known = {name: "–" if value is None else value for name, value in values.items()}
            message = N_(
                "Published for this action: {committed} committed, {reached} reached, {governments} governments."
            )
            found.append(RuleText(message, known, figure.source))
    return found


def renewing(plan: Plan, year: int) -> list[RuleText]:
    """What renewal in a project year asks."""
    project_year = plan.year(year)
    found = []
    if project_year is not None and project_year.renewal_min_share is not None:
        percent = f"{project_year.renewal_min_share * 100:.6g}"
        found.append(RuleText(N_("Renewal asks at least {percent} % of the confirmed number."), {"percent": percent}))
    if project_year is not None and project_year.renewal_text is not None:
        found.append(RuleText(_OWN, {"text": project_year.renewal_text}))
    return found


def leaving(plan: Plan) -> list[RuleText]:
    """What holds for a member that leaves a partnership, and for the others."""
    rules = plan.partnership_rules
    if rules is None:
        return []
    sentences = [
        N_("Who leaves loses the right to a renewed subsidy.")
        if rules.leaver_loses_renewal
        else N_("Who leaves keeps the right to a renewed subsidy."),
        N_("Who leaves may join another partnership.")
        if rules.leaver_may_join_other
        else N_("Who leaves may not join another partnership."),
        N_("Actions and amounts move along with who leaves.")
        if rules.leaver_takes_actions_along
        else N_("Actions and amounts stay with the partnership."),
        N_("Who leaves may apply alone if it is above the threshold.")
        if rules.leaver_may_apply_above_threshold
        else N_("Who leaves may not apply alone."),
    ]
    if rules.rest_must_exceed_threshold:
        sentences.append(N_("The other members must stay above the threshold together."))
    found = [RuleText(one, {}, rules.source, rules.certainty) for one in sentences]
    if rules.max_per_government is not None:
        most = {"n": rules.max_per_government}
        message = N_("A government is in at most this many partnerships: {n}.")
        found.append(RuleText(message, most, rules.source, rules.certainty))
    return found


def stimulating(plan: Plan, stimulus: Stimulus | None = None) -> list[RuleText]:
    """What holds for all stimuli, and the rules of one of them."""
    rules = plan.stimulus_rules
    if rules is None:
        return []
    sentences = [
        N_("Stimuli may be combined with one another.")
        if rules.cumulative
        else N_("Stimuli may not be combined with one another."),
        N_("Several stimuli are possible in one project year.")
        if rules.several_per_year
        else N_("One stimulus is possible in a project year."),
        N_("The government has to add money of its own.")
        if rules.cofinancing_required
        else N_("No own contribution is needed."),
    ]
    if rules.renewable_subject_to_budget:
        sentences.append(N_("Renewal is possible if there is budget."))
    most = None if stimulus is None else stimulus.max_per_year
    source = ", ".join(rules.sources)
    found = [RuleText(one, {}, source, rules.certainty) for one in sentences]
    if most is not None:
        found.append(RuleText(N_("At most in one project year: {n}."), {"n": most}, source, rules.certainty))
    return [*found, *_own(stimulus.rules if stimulus is not None else ())]


def reporting(plan: Plan) -> list[RuleText]:
    """To whom, about what and with which documents is reported."""
    rules = plan.reporting_rules
    if rules is None:
        return []
    found = [RuleText(N_("Reported to: {text}."), {"text": rules.reported_to})]
    if rules.includes_existing_reach:
        found.append(RuleText(N_("The existing reach is part of the reported number.")))
    if rules.compared_with_confirmed:
        found.append(RuleText(N_("The reported number is compared with the confirmed one.")))
    if rules.double_counting is not None:
        twice = rules.double_counting
        message = _OWN if twice.allowed else N_("Not allowed: {text}")
        found.append(RuleText(message, {"text": twice.text}, twice.source, twice.certainty))
    if rules.jury is not None:
        numbers = ", ".join(map(str, rules.jury.action_numbers)) or "–"
        message = N_("A jury judges at mid-year: actions {list}.")
        found.append(RuleText(message, {"list": numbers}, rules.jury.source, rules.jury.certainty))
        if rules.jury.also_below_share is not None:
            percent = {"percent": f"{rules.jury.also_below_share * 100:.6g}"}
            message = N_("A jury also judges every action below {percent} % of its KPI.")
            found.append(RuleText(message, percent, rules.jury.source, rules.jury.certainty))
    for document in rules.documents:
        values = {"name": document.name, "when": document.mandatory}
        message = N_("{name}: always needed.") if document.always else N_("{name}: needed {when}.")
        found.append(RuleText(message, values, document.source))
    return [*found, *_own(rules.rules)]


def about_the_call(plan: Plan, year: int) -> list[RuleText]:
    """The published days and counts of a call."""
    project_year = plan.year(year)
    if project_year is None:
        return []
    facts = project_year.facts
    every = (
        (N_("Approved on {day}."), "day", facts.approved),
        (N_("Granted on {day}."), "day", facts.granted_on),
        (N_("Kick-off on {day}."), "day", facts.kick_off),
        (N_("Applications: {n}."), "n", facts.applications),
        (N_("Governments that take part: {n}."), "n", facts.governments),
        (N_("Other applicants: {list}."), "list", ", ".join(facts.other_applicants) or None),
        (_OWN, "text", facts.note),
    )
    return [RuleText(message, {name: value}) for message, name, value in every if value is not None]


def _own(rules: Iterable[PlanRule]) -> Iterator[RuleText]:
    for one in rules:
        yield RuleText(_OWN, {"text": one.text}, one.source, one.certainty)
