"""Each condition in each of its states, each kind in each outcome and project year, from hand-written facts."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.domain.money import own_contribution
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.domain.plan_rules import Stimulus, StimulusCondition
from samenleven_desktop.domain.stimulus import (
    CHECKS,
    ConditionResult,
    Fact,
    Judgement,
    MemberFacts,
    Outcome,
    StimulusFacts,
    judge_stimulus,
    outcome_of,
    renewable,
)
from samenleven_desktop.domain.threshold import Counted, ThresholdFact, ThresholdResult
from samenleven_desktop.interchange.plan_reader import read_plan
from samenleven_desktop.paths import resources_dir

PLAN: Plan = read_plan(resources_dir() / "plans" / "plan-samenleven.yaml")
assert PLAN.stimulus_rules is not None
KINDS = {one.kind: one for one in PLAN.stimulus_rules.kinds}
DAY = date(2024, 3, 11)
MET, NOT_MET, NOT_KNOWN = ThresholdFact.MET, ThresholdFact.NOT_MET, ThresholdFact.NOT_KNOWN


def threshold(lower: int | None, upper: int | None) -> ThresholdResult:
    if lower is None:
        return ThresholdResult(NOT_KNOWN, 7500, None, None, ())
    finding = MET if lower > 7500 else NOT_MET if upper is not None and upper <= 7500 else NOT_KNOWN
    return ThresholdResult(finding, 7500, lower, upper, (Counted("12025", lower, upper, 2022, "Statbel", False),))


LARGE, SMALL, BETWEEN = threshold(9000, 12000), threshold(900, 2000), threshold(5000, 9000)


def member(
    name: str = "Duffel", counted: ThresholdResult = SMALL, region: str | None = "RIV", joined: date = date(2022, 10, 1)
) -> MemberFacts:
    return MemberFacts(name, name, joined, region, counted)


FACTS = StimulusFacts(
    name="Samen",
    day=DAY,
    applicant_name="Mechelen",
    applicant_region="RIV",
    applicant_threshold=LARGE,
    together=LARGE,
    others=frozenset({member()}),
    together_since=date(2022, 10, 1),
    budget=True,
    action_number=9,
    linked_actions=frozenset({9}),
    learning_network=True,
    texts=dict.fromkeys(("motivation", "expertise", "problem", "network"), "geschreven"),
)


def condition(check: str, code: str = "motivation", limit: int | None = 2500) -> StimulusCondition:
    return StimulusCondition(code, check, "", limit, (), None, "certain", "V-STIM")


def state(check: str, limit: int | None = 2500, year: int = 2, **changed: object) -> ThresholdFact:
    facts = replace(FACTS, **changed)  # type: ignore[arg-type]
    project_year = PLAN.year(year)
    assert project_year is not None
    return CHECKS[check](condition(check, limit=limit), facts, project_year).state


NEW = member("Nijlen", joined=date(2023, 11, 1))
CASES: list[tuple[str, dict[str, object], ThresholdFact]] = [
    ("applicant_above_threshold", {"applicant_threshold": LARGE}, MET),
    ("applicant_above_threshold", {"applicant_threshold": SMALL}, NOT_MET),
    ("applicant_above_threshold", {"applicant_threshold": BETWEEN}, NOT_KNOWN),
    ("applicant_above_threshold", {"applicant_threshold": threshold(None, None)}, NOT_KNOWN),
    ("together_above_threshold", {"together": LARGE}, MET),
    ("together_above_threshold", {"together": SMALL}, NOT_MET),
    ("together_above_threshold", {"together": threshold(5000, None)}, NOT_KNOWN),
    ("member_below_threshold", {"others": frozenset({member(), member("Lier", LARGE)})}, MET),
    ("member_below_threshold", {"others": frozenset({member("Lier", LARGE)})}, NOT_MET),
    ("member_below_threshold", {"others": frozenset()}, NOT_MET),
    ("member_below_threshold", {"others": frozenset({member("Lier", BETWEEN)})}, NOT_KNOWN),
    ("member_joined_this_year", {"others": frozenset({member(), NEW})}, MET),
    ("member_joined_this_year", {"others": frozenset({member()})}, NOT_MET),
    ("member_joined_this_year", {"others": frozenset()}, NOT_MET),
    ("member_joined_this_year", {"others": frozenset({NEW}), "together_since": NEW.joined}, NOT_MET),
    ("same_reference_region", {}, MET),
    ("same_reference_region", {"others": frozenset({member(region="KEM")})}, NOT_MET),
    ("same_reference_region", {"others": frozenset({member(region=None)})}, NOT_KNOWN),
    ("not_granted_before", {"received_before": 0}, MET),
    ("not_granted_before", {"received_before": 1}, NOT_MET),
    ("budget_available", {"budget": True}, MET),
    ("budget_available", {"budget": False}, NOT_MET),
    ("budget_available", {"budget": None}, NOT_KNOWN),
    ("action_named", {"action_number": 9}, MET),
    ("action_named", {"action_number": None}, NOT_KNOWN),
    ("actions_linked", {"linked_actions": frozenset({9, 5})}, MET),
    ("actions_linked", {"linked_actions": frozenset()}, NOT_KNOWN),
    ("text_written", {"texts": {"motivation": "x" * 2500}}, MET),
    ("text_written", {"texts": {"motivation": "x" * 2501}}, NOT_MET),
    ("text_written", {"texts": {"motivation": "  "}}, NOT_KNOWN),
    ("runs_learning_network", {"learning_network": True}, MET),
    ("runs_learning_network", {"learning_network": False}, NOT_MET),
    ("runs_learning_network", {"learning_network": None}, NOT_KNOWN),
    ("coach_judges", {"judged": {"motivation": Judgement(MET, DAY, "besproken")}}, MET),
    ("coach_judges", {"judged": {"motivation": Judgement(NOT_MET, DAY)}}, NOT_MET),
    ("coach_judges", {"judged": {"motivation": Judgement(NOT_KNOWN, DAY)}}, NOT_KNOWN),
    ("coach_judges", {"judged": {"other": Judgement(MET, DAY)}}, NOT_KNOWN),
]


@pytest.mark.parametrize(("check", "changed", "expected"), CASES)
def test_each_condition_in_each_of_its_states(check: str, changed: dict[str, object], expected: ThresholdFact) -> None:
    assert state(check, **changed) is expected


@pytest.mark.parametrize(("received", "expected"), [(0, MET), (1, NOT_MET)])
def test_so_many_times_a_year(received: int, expected: ThresholdFact) -> None:
    assert state("max_per_year", limit=1, received=received) is expected


def test_every_condition_type_is_tried_in_both_a_good_and_another_state() -> None:
    tried = {(check, expected) for check, _, expected in CASES} | {("max_per_year", MET), ("max_per_year", NOT_MET)}
    for check in CHECKS:
        assert (check, MET) in tried
        assert len({one for name, one in tried if name == check}) >= 2


OUTCOMES: list[tuple[str, dict[str, object], Outcome]] = [
    ("samenwerking", {}, Outcome.POSSIBLE),
    ("samenwerking", {"applicant_threshold": BETWEEN}, Outcome.INCOMPLETE),
    ("samenwerking", {"applicant_threshold": SMALL}, Outcome.NOT_POSSIBLE),
    ("samenwerking", {"received": 1}, Outcome.NOT_POSSIBLE),
    ("samenwerking", {"others": frozenset({member(region="KEM")})}, Outcome.NOT_POSSIBLE),
    ("mentorrol", {}, Outcome.POSSIBLE),
    ("mentorrol", {"action_number": None}, Outcome.INCOMPLETE),
    ("mentorrol", {"learning_network": False}, Outcome.NOT_POSSIBLE),
    ("sociale_impact_obligatie", {}, Outcome.POSSIBLE),
    ("sociale_impact_obligatie", {"texts": {}}, Outcome.INCOMPLETE),
    ("sociale_impact_obligatie", {"texts": {**FACTS.texts, "problem": "x" * 3000}}, Outcome.NOT_POSSIBLE),
]


def judged(kind: str, year: int, facts: StimulusFacts) -> Outcome:
    project_year = PLAN.year(year)
    assert project_year is not None
    return judge_stimulus(KINDS[kind], project_year, facts).outcome


@pytest.mark.parametrize("year", [1, 2, 3])
@pytest.mark.parametrize(("kind", "changed", "expected"), OUTCOMES)
def test_each_kind_in_each_outcome_and_year(
    year: int, kind: str, changed: dict[str, object], expected: Outcome
) -> None:
    assert judged(kind, year, replace(FACTS, **changed)) is expected  # type: ignore[arg-type]


def test_a_new_member_is_an_alternative_in_year_two_only() -> None:
    facts = replace(FACTS, others=frozenset({member("Lier", LARGE), replace(NEW, threshold=LARGE)}))
    assert [judged("samenwerking", year, facts) for year in (1, 2, 3)] == [
        Outcome.NOT_POSSIBLE,
        Outcome.POSSIBLE,
        Outcome.NOT_POSSIBLE,
    ]


@pytest.mark.parametrize(
    ("before", "budget", "changed", "expected"),
    [
        (1, True, {}, MET),
        (1, None, {}, NOT_KNOWN),
        (1, False, {}, NOT_MET),
        (0, True, {}, NOT_MET),
        (1, True, {"action_number": None}, NOT_KNOWN),
        (1, True, {"learning_network": False}, NOT_MET),
    ],
)
def test_renewable_while_conditions_and_budget_hold(
    before: int, budget: bool | None, changed: dict[str, object], expected: ThresholdFact
) -> None:
    year = PLAN.year(3)
    assert year is not None
    result = judge_stimulus(KINDS["mentorrol"], year, replace(FACTS, **changed))  # type: ignore[arg-type]
    assert renewable(KINDS["mentorrol"], result, before, budget) is expected


# Properties

counted = st.sampled_from([LARGE, SMALL, BETWEEN, threshold(None, None)])
members = st.frozensets(
    st.builds(
        member,
        st.sampled_from(["Duffel", "Lier", "Nijlen", "Putte"]),
        counted,
        st.sampled_from(["RIV", "KEM", None]),
        st.dates(date(2022, 10, 1), date(2025, 9, 30)),
    ),
    max_size=4,
)
facts_of = st.builds(
    StimulusFacts,
    name=st.just("Samen"),
    day=st.just(DAY),
    applicant_name=st.just("Mechelen"),
    applicant_region=st.sampled_from(["RIV", None]),
    applicant_threshold=counted,
    together=counted,
    others=members,
    together_since=st.sampled_from([None, date(2022, 10, 1)]),
    received=st.integers(0, 2),
    received_before=st.integers(0, 1),
    budget=st.sampled_from([True, False, None]),
    action_number=st.sampled_from([None, 9]),
    linked_actions=st.sampled_from([frozenset(), frozenset({5})]),
    learning_network=st.sampled_from([True, False, None]),
    texts=st.dictionaries(st.sampled_from(["motivation", "expertise", "problem", "network"]), st.text(max_size=20)),
)
kinds = st.sampled_from(sorted(KINDS))
years = st.sampled_from(PLAN.years)


@given(kinds, years, facts_of)
def test_every_condition_of_the_year_is_named_once_with_fact_and_source(kind: str, year, facts) -> None:  # type: ignore[no-untyped-def]
    result = judge_stimulus(KINDS[kind], year, facts)
    wanted = [one.code for one in KINDS[kind].conditions if not one.years or year.number in one.years]
    assert [one.condition.code for one in result.conditions] == wanted
    assert all(one.fact.message and one.source for one in result.conditions)
    assert all(one.asked for one in result.conditions if one.state is NOT_KNOWN)


@given(kinds, years, facts_of, st.integers())
def test_the_outcome_does_not_depend_on_the_order(kind: str, year, facts, seed: int) -> None:  # type: ignore[no-untyped-def]
    result = judge_stimulus(KINDS[kind], year, facts)
    mixed: list[ConditionResult] = list(result.conditions)
    random.Random(seed).shuffle(mixed)
    assert outcome_of(mixed) is result.outcome


FILLED: list[dict[str, object]] = [
    {"action_number": 9},
    {"linked_actions": frozenset({9})},
    {"learning_network": False},
    {"budget": False},
    {"applicant_threshold": SMALL},
    {"texts": {"motivation": "x" * 3000}},
]


@given(kinds, years, facts_of, st.sampled_from(FILLED))
def test_filling_one_thing_in_never_takes_another_condition_away(kind: str, year, facts, filled) -> None:  # type: ignore[no-untyped-def]
    (name,) = filled
    if getattr(facts, name) not in (None, frozenset(), {}) and not (
        name == "applicant_threshold" and facts.applicant_threshold.finding is NOT_KNOWN
    ):
        return
    before = judge_stimulus(KINDS[kind], year, facts)
    after = judge_stimulus(KINDS[kind], year, replace(facts, **filled))
    for old, new in zip(before.conditions, after.conditions, strict=True):
        assert not (old.state is MET and new.state is NOT_MET)


@given(kinds, years, facts_of, st.integers(0, 10**9))
def test_no_stimulus_changes_an_own_contribution(kind: str, year, facts, cents: int) -> None:  # type: ignore[no-untyped-def]
    assert PLAN.stimulus_rules is not None
    assert PLAN.stimulus_rules.cofinancing_required is False
    before = own_contribution(cents, PLAN.money_rules)
    judge_stimulus(KINDS[kind], year, facts)
    assert own_contribution(cents, PLAN.money_rules) == before == cents


def test_a_plan_may_combine_the_conditions_otherwise() -> None:
    year = PLAN.year(3)
    assert year is not None
    made = Stimulus(
        "x",
        "nieuw",
        "Nieuw",
        "Nieuw",
        (),
        None,
        False,
        None,
        True,
        (),
        (condition("budget_available"),),
        (),
        (),
        "chosen",
        "V",
    )
    assert judge_stimulus(made, year, replace(FACTS, budget=None)).outcome is Outcome.INCOMPLETE
    assert isinstance(judge_stimulus(made, year, FACTS).conditions[0].fact, Fact)
