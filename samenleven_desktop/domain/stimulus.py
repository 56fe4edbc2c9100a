"""Evaluates the conditions of a stimulus: a small closed set of tests that a plan file combines.

Each test is a pure function from facts to *met*, *not met* or *not known*, with the underlying fact, its day and its
source. One *not met* makes a stimulus not possible, otherwise one *not known* makes it incomplete; of alternatives the
best one counts. No stimulus needs co-financing, so none changes an own contribution [V-STIM].
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.plan import ProjectYear
from samenleven_desktop.domain.plan_rules import Stimulus, StimulusCondition
from samenleven_desktop.domain.threshold import ThresholdFact, ThresholdResult


class Outcome(StrEnum):
    POSSIBLE = "possible"
    INCOMPLETE = "incomplete"
    NOT_POSSIBLE = "not_possible"


class StimulusState(StrEnum):
    """The states of a stimulus; *possible* is an outcome, not a record."""

    CANDIDATE = "candidate"
    SUBMITTED = "submitted"
    GRANTED = "granted"
    REFUSED = "refused"
    RENEWED = "renewed"
    ENDED = "ended"


RECEIVED = (StimulusState.GRANTED, StimulusState.RENEWED)


@dataclass(frozen=True)
class Fact:
    """A catalogue sentence with its values: the fact on which a condition is based."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class MemberFacts:
    """A participating government other than the applicant, since `joined`."""

    code: str
    name: str
    joined: date
    region: str | None
    threshold: ThresholdResult


@dataclass(frozen=True)
class Judgement:
    """How the coach judged a condition, when and why."""

    finding: ThresholdFact
    day: date
    note: str | None = None


@dataclass(frozen=True)
class StimulusFacts:
    """The facts about a government (or partnership, through its applicant) on a day, for one kind of stimulus.

    `others` are the members besides the applicant. `received` counts the same kind in the same project year, without
    this candidacy; `received_before` in earlier years: of the applicant and its partnership together. `renews`: it was
    received in the call before, so that it needs budget for renewal; `budget` is whether there is. `mentor_of` are the
    actions for which the plan names the government as mentor. `member_of` names the partnership that it belongs to
    without applying for it, and the applicant. Texts are by code; None if nothing was entered.
    """

    name: str
    day: date
    applicant_name: str
    applicant_region: str | None
    applicant_threshold: ThresholdResult
    together: ThresholdResult
    others: frozenset[MemberFacts] = frozenset()
    together_since: date | None = None
    received: int = 0
    received_before: int = 0
    budget: bool | None = None
    action_number: int | None = None
    linked_actions: frozenset[int] = frozenset()
    learning_network: bool | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    applicant_exempt: bool = False
    renews: bool = False
    mentor_of: frozenset[int] = frozenset()
    member_of: tuple[str, str] | None = None
    judged: Mapping[str, Judgement] = field(default_factory=dict)
    """By the code of the condition."""


@dataclass(frozen=True)
class ConditionResult:
    """One condition with its answer; `asked` says what to fill in if the answer is not known."""

    condition: StimulusCondition
    state: ThresholdFact
    fact: Fact
    day: date | None
    source: str
    asked: str | None = None


@dataclass(frozen=True)
class StimulusResult:
    """A kind of stimulus in a project year: the outcome, and every condition of that year, once."""

    stimulus: Stimulus
    year: int
    outcome: Outcome
    conditions: tuple[ConditionResult, ...]


@dataclass(frozen=True)
class _Answer:
    state: ThresholdFact
    fact: Fact
    day: date | None = None
    source: str | None = None
    asked: str | None = None


Check = Callable[[StimulusCondition, StimulusFacts, ProjectYear], _Answer]

_OFFICIAL = N_("Note the official figure.")
_ALONE = N_("not in a partnership")


def _of_threshold(result: ThresholdResult, name: str) -> _Answer:
    day = source = None
    if result.counted:
        years = [one.figures_year for one in result.counted if one.figures_year is not None]
        day = date(max(years), 1, 1) if years else None
        source = ", ".join(sorted({one.source for one in result.counted if one.source}))
    values: dict[str, object] = {"name": name, "threshold": result.threshold or 0, "low": result.lower or 0}
    if result.lower is None:
        fact = Fact(N_("{name}: no figures"), values)
    elif result.upper is None:
        fact = Fact(N_("{name}: at least {low}, threshold {threshold}"), values)
    elif result.lower == result.upper:
        fact = Fact(N_("{name}: {low}, threshold {threshold}"), values)
    else:
        fact = Fact(N_("{name}: between {low} and {high}, threshold {threshold}"), {**values, "high": result.upper})
    asked = _OFFICIAL if result.finding is ThresholdFact.NOT_KNOWN else None
    return _Answer(result.finding, fact, day, source or None, asked)


def _applicant_above(_condition: StimulusCondition, facts: StimulusFacts, _year: ProjectYear) -> _Answer:
    if facts.applicant_exempt:
        return _exempt(facts.applicant_name, facts.day)
    return _of_threshold(facts.applicant_threshold, facts.applicant_name)


def _together_above(_condition: StimulusCondition, facts: StimulusFacts, _year: ProjectYear) -> _Answer:
    if facts.applicant_exempt and not facts.others:
        return _exempt(facts.applicant_name, facts.day)
    return _of_threshold(facts.together, facts.name)


def _exempt(name: str, day: date) -> _Answer:
    return _Answer(ThresholdFact.MET, Fact(N_("{name}: no threshold for this kind of applicant"), {"name": name}), day)


def _alone(facts: StimulusFacts) -> _Answer:
    """Without others: not in a partnership, or in one for which another member applies."""
    if facts.member_of is None:
        return _Answer(ThresholdFact.NOT_MET, Fact(_ALONE), facts.day)
    partnership, applicant = facts.member_of
    fact = Fact(
        N_("member of {partnership}: {applicant} applies"), {"partnership": partnership, "applicant": applicant}
    )
    return _Answer(ThresholdFact.NOT_MET, fact, facts.day)


def _member_below(_condition: StimulusCondition, facts: StimulusFacts, _year: ProjectYear) -> _Answer:
    if not facts.others:
        return _alone(facts)
    small = sorted(one.name for one in facts.others if one.threshold.finding is ThresholdFact.NOT_MET)
    if small:
        return _Answer(ThresholdFact.MET, Fact(N_("smaller: {names}"), {"names": ", ".join(small)}), facts.day)
    unknown = sorted(one.name for one in facts.others if one.threshold.finding is ThresholdFact.NOT_KNOWN)
    if unknown:
        fact = Fact(N_("not known of {names}"), {"names": ", ".join(unknown)})
        return _Answer(ThresholdFact.NOT_KNOWN, fact, facts.day, asked=_OFFICIAL)
    return _Answer(ThresholdFact.NOT_MET, Fact(N_("all members are above the threshold")), facts.day)


def _member_joined(_condition: StimulusCondition, facts: StimulusFacts, year: ProjectYear) -> _Answer:
    if not facts.others:
        return _alone(facts)
    # A member since the first day of the partnership did not join an existing applicant.
    new = [
        one
        for one in facts.others
        if year.start <= one.joined <= year.end and (facts.together_since is None or one.joined > facts.together_since)
    ]
    if new:
        fact = Fact(N_("new: {names}"), {"names": ", ".join(sorted(one.name for one in new))})
        return _Answer(ThresholdFact.MET, fact, max(one.joined for one in new))
    return _Answer(ThresholdFact.NOT_MET, Fact(N_("no new member in this project year")), facts.day)


def _same_region(_condition: StimulusCondition, facts: StimulusFacts, _year: ProjectYear) -> _Answer:
    if not facts.others and facts.applicant_region is None:
        # One government cannot lie in two regions, and some, such as the VGC, lie in none.
        return _Answer(ThresholdFact.MET, Fact(N_("one government")), facts.day)
    regions = {facts.applicant_region, *(one.region for one in facts.others)}
    known = sorted(region for region in regions if region)
    fact = Fact(N_("reference region {regions}"), {"regions": ", ".join(known) or "–"})
    if len(known) > 1:
        return _Answer(ThresholdFact.NOT_MET, fact, facts.day)
    if None in regions:
        return _Answer(ThresholdFact.NOT_KNOWN, fact, facts.day, asked=N_("Look up the reference region."))
    return _Answer(ThresholdFact.MET, fact, facts.day)


def _max_per_year(condition: StimulusCondition, facts: StimulusFacts, _year: ProjectYear) -> _Answer:
    state = ThresholdFact.MET if facts.received < (condition.limit or 1) else ThresholdFact.NOT_MET
    return _Answer(state, Fact(N_("received {n} times in this project year"), {"n": facts.received}), facts.day)


def _not_granted_before(_condition: StimulusCondition, facts: StimulusFacts, _year: ProjectYear) -> _Answer:
    state = ThresholdFact.NOT_MET if facts.received_before else ThresholdFact.MET
    return _Answer(state, Fact(N_("received {n} times before"), {"n": facts.received_before}), facts.day)


def _budget(_condition: StimulusCondition, facts: StimulusFacts, _year: ProjectYear) -> _Answer:
    if facts.budget is None:
        asked = N_("Say whether there is budget in this project year.")
        return _Answer(ThresholdFact.NOT_KNOWN, Fact(N_("budget not known")), facts.day, asked=asked)
    fact = Fact(N_("there is budget") if facts.budget else N_("there is no budget"))
    return _Answer(ThresholdFact.MET if facts.budget else ThresholdFact.NOT_MET, fact, facts.day)


def _action_named(_condition: StimulusCondition, facts: StimulusFacts, _year: ProjectYear) -> _Answer:
    if facts.action_number is None:
        fact = Fact(N_("no action named yet"))
        if facts.mentor_of:
            listed = ", ".join(str(number) for number in sorted(facts.mentor_of))
            fact = Fact(N_("no action named yet in a candidacy; known as mentor of {list}"), {"list": listed})
        return _Answer(ThresholdFact.NOT_KNOWN, fact, asked=N_("Name the action."))
    return _Answer(ThresholdFact.MET, Fact(N_("action {n}"), {"n": facts.action_number}), facts.day)


def _actions_linked(_condition: StimulusCondition, facts: StimulusFacts, _year: ProjectYear) -> _Answer:
    if not facts.linked_actions:
        return _Answer(ThresholdFact.NOT_KNOWN, Fact(N_("no action linked yet")), asked=N_("Link the actions."))
    numbers = ", ".join(str(number) for number in sorted(facts.linked_actions))
    return _Answer(ThresholdFact.MET, Fact(N_("actions {list}"), {"list": numbers}), facts.day)


def _text_written(condition: StimulusCondition, facts: StimulusFacts, _year: ProjectYear) -> _Answer:
    written = facts.texts.get(condition.code, "").strip()
    if not written:
        return _Answer(ThresholdFact.NOT_KNOWN, Fact(N_("not written yet")), asked=N_("Write the text."))
    values = {"n": len(written), "most": condition.limit or 0}
    if condition.limit is not None and len(written) > condition.limit:
        return _Answer(ThresholdFact.NOT_MET, Fact(N_("{n} characters, at most {most}"), values), facts.day)
    return _Answer(ThresholdFact.MET, Fact(N_("{n} characters"), values), facts.day)


def _learning_network(_condition: StimulusCondition, facts: StimulusFacts, _year: ProjectYear) -> _Answer:
    if facts.learning_network is None:
        asked = N_("Say whether the government runs a learning network.")
        return _Answer(ThresholdFact.NOT_KNOWN, Fact(N_("nobody said so yet")), asked=asked)
    fact = Fact(N_("runs a learning network") if facts.learning_network else N_("runs no learning network"))
    return _Answer(ThresholdFact.MET if facts.learning_network else ThresholdFact.NOT_MET, fact, facts.day)


def _coach_judges(condition: StimulusCondition, facts: StimulusFacts, _year: ProjectYear) -> _Answer:
    judged = facts.judged.get(condition.code)
    asked = N_("Judge this condition.")
    if judged is None:
        return _Answer(ThresholdFact.NOT_KNOWN, Fact(N_("not judged yet")), asked=asked)
    fact = Fact(N_("the coach: {note}"), {"note": judged.note}) if judged.note else Fact(N_("judged by the coach"))
    return _Answer(judged.finding, fact, judged.day, asked=asked if judged.finding is ThresholdFact.NOT_KNOWN else None)


COACH_JUDGES = "coach_judges"
CHECKS: dict[str, Check] = {
    "applicant_above_threshold": _applicant_above,
    "member_below_threshold": _member_below,
    "member_joined_this_year": _member_joined,
    "same_reference_region": _same_region,
    "together_above_threshold": _together_above,
    "max_per_year": _max_per_year,
    "not_granted_before": _not_granted_before,
    "budget_available": _budget,
    "action_named": _action_named,
    "actions_linked": _actions_linked,
    "text_written": _text_written,
    "runs_learning_network": _learning_network,
    COACH_JUDGES: _coach_judges,
}
"""The tests that a plan file may use. Any other name is an error in that file."""


RENEWAL_TEXT = N_("It was received in the call before: a renewal needs budget in this one.")
RENEWAL = "renewal_budget"
_RENEWAL = StimulusCondition(RENEWAL, "budget_available", RENEWAL_TEXT, None, (), None, "certain", "")


def judge_stimulus(stimulus: Stimulus, year: ProjectYear, facts: StimulusFacts) -> StimulusResult:
    """Evaluates every condition of this kind in the project year, and the combined outcome.

    Where it was received in the call before, the budget for renewal is one more condition [V-STIM].
    """
    results = []
    for condition in stimulus.conditions:
        if condition.years and year.number not in condition.years:
            continue
        answer = CHECKS[condition.check](condition, facts, year)
        results.append(
            ConditionResult(
                condition, answer.state, answer.fact, answer.day, answer.source or condition.source, answer.asked
            )
        )
    if facts.renews and all(one.condition.check != "budget_available" for one in results):
        answer = _budget(_RENEWAL, facts, year)
        source = stimulus.source
        results.append(
            ConditionResult(
                replace(_RENEWAL, source=source), answer.state, answer.fact, answer.day, source, answer.asked
            )
        )
    return StimulusResult(stimulus, year.number, outcome_of(results), tuple(results))


def outcome_of(results: Iterable[ConditionResult]) -> Outcome:
    """One *not met* decides, otherwise one *not known*; conditions that share an `any_of` are alternatives."""
    groups: dict[str, list[ThresholdFact]] = defaultdict(list)
    for place, result in enumerate(results):
        groups[result.condition.any_of or f"#{place}"].append(result.state)
    states = [_best(group) for group in groups.values()]
    if ThresholdFact.NOT_MET in states:
        return Outcome.NOT_POSSIBLE
    return Outcome.INCOMPLETE if ThresholdFact.NOT_KNOWN in states else Outcome.POSSIBLE


def _best(states: list[ThresholdFact]) -> ThresholdFact:
    return next(
        state for state in (ThresholdFact.MET, ThresholdFact.NOT_KNOWN, ThresholdFact.NOT_MET) if state in states
    )


def renewable(stimulus: Stimulus, result: StimulusResult, received_before: int, budget: bool | None) -> ThresholdFact:
    """Returns whether a stimulus received in an earlier year can be renewed.

    It can while its conditions hold and there is budget [V-STIM].
    """
    if not stimulus.renewable or not received_before or result.outcome is Outcome.NOT_POSSIBLE or budget is False:
        return ThresholdFact.NOT_MET
    return ThresholdFact.NOT_KNOWN if budget is None or result.outcome is Outcome.INCOMPLETE else ThresholdFact.MET
