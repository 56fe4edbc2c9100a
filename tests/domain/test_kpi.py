"""Reach from the ledger, states on a day, and the contribution of every row of the form of 2022."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.domain.commitment_notes import CommitmentFacts, CommitmentNote, commitment_notes, computed_cents
from samenleven_desktop.domain.kpi import (
    EntryKind,
    KpiState,
    LedgerEntry,
    Reached,
    expected_today,
    kpi_state,
    reached_to_date,
)
from samenleven_desktop.domain.money import own_contribution
from samenleven_desktop.domain.plan import Plan, Target, TargetTerms
from samenleven_desktop.interchange.plan_reader import read_plan
from samenleven_desktop.paths import resources_dir

START = date(2023, 10, 1)
entries = st.lists(
    st.builds(
        lambda days, kind, units: LedgerEntry(START + timedelta(days=days), kind, units),
        st.integers(0, 360),
        st.sampled_from(EntryKind),
        st.integers(0, 500),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(resources_dir() / "plans" / "plan-samenleven.yaml")


@given(entries, st.integers(0, 50), st.integers(0, 400), st.integers())
def test_the_order_of_entry_does_not_matter(rows: list[LedgerEntry], existing: int, days: int, seed: int) -> None:
    day = START + timedelta(days=days)
    mixed = list(rows)
    random.Random(seed).shuffle(mixed)
    assert reached_to_date(mixed, existing, day) == reached_to_date(rows, existing, day)


@given(entries, st.integers(0, 50))
def test_the_last_reading_counts_with_the_increments_after_it(rows: list[LedgerEntry], existing: int) -> None:
    reached = reached_to_date(rows, existing, date(2024, 9, 30))
    readings = [row for row in rows if row.kind is EntryKind.READING]
    last = max((row.day for row in readings), default=None)
    base = max(row.units for row in readings if row.day == last) if readings else existing
    after = sum(row.units for row in rows if row.kind is EntryKind.INCREMENT and (last is None or row.day > last))
    assert reached.total == base + after
    assert (reached.conflict_day is not None) == (len({row.units for row in readings if row.day == last}) > 1)


def test_a_correction_takes_the_place_of_the_row_it_names() -> None:
    wrong = LedgerEntry(START, EntryKind.INCREMENT, 90, id="a")
    right = LedgerEntry(START, EntryKind.INCREMENT, 9, id="b", corrects="a")
    assert reached_to_date([right, wrong], 5, START).total == 14


@pytest.mark.parametrize(
    ("day", "total", "has_entry", "confirmed", "state"),
    [
        (date(2024, 1, 1), 100, True, 100, KpiState.REACHED),
        (date(2024, 1, 1), 0, False, 100, KpiState.NO_ENTRY),
        (date(2024, 5, 1), 24, True, 100, KpiState.AT_RISK),
        (date(2023, 11, 1), 5, True, 100, KpiState.BEHIND),
        (date(2023, 11, 1), 40, True, 100, KpiState.ON_COURSE),
        (date(2023, 11, 1), 40, True, None, KpiState.ON_COURSE),
    ],
)
def test_the_first_state_that_fits(
    plan: Plan, day: date, total: int, has_entry: bool, confirmed: int | None, state: KpiState
) -> None:
    year, target = plan.years[1], plan.action(5).targets[0]
    reached = Reached(total, has_entry, day if has_entry else None, None)
    assert kpi_state(target, year, plan.kpi_rules, confirmed, reached, day) is state


def test_a_jury_judges_without_numbers(plan: Plan) -> None:
    reached = Reached(1, True, START, None)
    found = kpi_state(plan.action(2).targets[0], plan.years[1], plan.kpi_rules, 1, reached, START)
    assert found is KpiState.JURY


def test_expected_grows_from_nought_to_the_confirmed_number(plan: Plan) -> None:
    year = plan.years[1]
    assert expected_today(366, year, year.start - timedelta(days=1)) == 0
    assert expected_today(366, year, year.end) == 366
    assert expected_today(None, year, year.end) is None


def form_rows() -> list[dict[str, str]]:
    with (Path(__file__).parents[1] / "data" / "call-2022-form.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def target_of(plan: Plan, rule: str) -> tuple[Target, TargetTerms]:
    return next(
        (target, terms)
        for action in plan.actions
        for target in action.targets
        for terms in target.terms
        if terms.portal_rule is not None and rule.endswith(terms.portal_rule)
    )


@pytest.mark.parametrize("row", form_rows(), ids=lambda row: row["row"])
def test_contribution_is_additional_units_times_rate_for_every_row_of_the_form(plan: Plan, row: dict[str, str]) -> None:
    target, terms = target_of(plan, row["rule_uri"])
    cap, rate = int(row["max_units"]), int(row["subsidy_per_unit_eur"]) * 100
    for existing in (0, 7):
        for additional in (0, 1, cap // 2, cap, cap + 1):
            facts = CommitmentFacts(target.id, terms.year, existing, existing + additional, None, None, None, False)
            amount = computed_cents(plan, facts)
            assert amount == additional * rate
            assert own_contribution(amount, plan.money_rules) == amount
            assert (CommitmentNote.ABOVE_CAP in commitment_notes(plan, facts)) == (additional > cap)


def test_the_known_rounding_of_the_caps_is_named_apart(plan: Plan) -> None:
    """Action 9: 263 units on the form give 170,950 euro, the page says 170,625 [V-A9]."""
    action = plan.action(9)
    target = max(action.targets, key=lambda one: (one.in_year(1) or one.terms[0]).cap_units or 0)
    assert (action.max_subsidy_form_cents, action.max_subsidy_page_cents) == (17_095_000, 17_062_500)
    for granted, note in (
        (17_062_500, None),
        (17_095_000, CommitmentNote.ROUNDED_CAP),
        (17_095_100, CommitmentNote.ABOVE_MAXIMUM),
    ):
        facts = CommitmentFacts(target.id, 1, 0, None, None, None, granted, False)
        found = set(commitment_notes(plan, facts)) & {CommitmentNote.ROUNDED_CAP, CommitmentNote.ABOVE_MAXIMUM}
        assert found == ({note} if note else set())


@pytest.mark.parametrize(
    ("final", "motivated", "asked"), [(None, False, False), (90, False, True), (90, True, False), (100, False, False)]
)
def test_a_shortfall_asks_for_a_motivation(plan: Plan, final: int | None, motivated: bool, asked: bool) -> None:
    facts = CommitmentFacts(plan.action(5).targets[0].id, 1, 0, 100, 100, final, None, motivated)
    assert (CommitmentNote.MOTIVATION_ASKED in commitment_notes(plan, facts)) == asked


def test_an_action_that_the_call_does_not_finance_is_noted(plan: Plan) -> None:
    targets = [
        (target, terms)
        for action in plan.actions
        for target in action.targets
        for terms in target.terms
        if plan.financed(target.id, terms.year) is False
    ]
    assert targets
    for target, terms in targets:
        facts = CommitmentFacts(target.id, terms.year, 0, 10, 10, None, None, False)
        assert CommitmentNote.NOT_FINANCED in commitment_notes(plan, facts)
