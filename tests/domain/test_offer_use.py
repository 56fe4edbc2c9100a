"""Warnings on the use of an offer: what the plan has against it, and nothing else."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.domain.offer_use import Payer, UseFacts, UseWarning, use_warnings
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.interchange.plan_reader import read_plan
from samenleven_desktop.paths import resources_dir

PLAN: Plan = read_plan(resources_dir() / "plans" / "plan-samenleven.yaml")
DAY = date(2023, 11, 1)


def target_of(action: int) -> str:
    return PLAN.action(action).targets[0].id


def use(
    id_: str = "u",
    action: int | None = 5,
    price: int | None = 10_000,
    payer: Payer | None = Payer.SUBSIDY,
    start: date = DAY,
    end: date | None = None,
    offer: str = "offer",
    offer_until: date | None = None,
) -> UseFacts:
    return UseFacts(
        id=id_,
        offer_id=offer,
        government_id="g",
        commitment_id=None if action is None else f"c{action}",
        target_id=None if action is None else target_of(action),
        year=None if action is None else 2,
        start=start,
        end=end,
        price_cents=price,
        paid_from=payer,
        offer_until=offer_until,
    )


def warnings(*uses: UseFacts, amounts: dict[str, int | None] | None = None) -> dict[str, tuple[UseWarning, ...]]:
    return use_warnings(PLAN, uses, amounts or {})


def test_a_financed_action_within_the_amount_has_no_warning() -> None:
    assert warnings(use(), amounts={"c5": 10_000}) == {"u": ()}


@pytest.mark.parametrize("payer", [Payer.OWN_CONTRIBUTION, Payer.OTHER_INSTRUMENT, None])
def test_only_the_subsidy_is_bound_to_financed_actions(payer: Payer | None) -> None:
    assert warnings(use(action=1, payer=payer)) == {"u": ()}


def test_subsidy_for_an_action_that_is_not_financed() -> None:
    assert warnings(use(action=1))["u"] == (UseWarning.NOT_FINANCED,)


def test_not_known_is_no_warning() -> None:
    unknown = next(
        action.number
        for action in PLAN.actions
        if action.targets and PLAN.financed(action.targets[0].id, 3) is None and PLAN.year(3)
    )
    facts = use(action=unknown, start=date(2024, 11, 1))
    assert UseWarning.NOT_FINANCED not in use_warnings(PLAN, [_in_year(facts, 3)], {})["u"]


def _in_year(facts: UseFacts, year: int) -> UseFacts:
    from dataclasses import replace

    return replace(facts, year=year)


def test_subsidy_without_a_target() -> None:
    assert warnings(use(action=None))["u"] == (UseWarning.NO_TARGET,)


def test_beyond_the_granted_amount_from_the_use_that_goes_over_it() -> None:
    first = use("a", price=7_000)
    second = use("b", price=7_000, start=date(2023, 12, 1), offer="other")
    third = use("c", price=None, start=date(2024, 1, 1), offer="third")
    found = warnings(third, second, first, amounts={"c5": 10_000})
    assert found == {"a": (), "b": (UseWarning.ABOVE_GRANTED,), "c": ()}
    assert warnings(first, second, amounts={"c5": None}) == {"a": (), "b": ()}


def test_outside_the_project_year_of_the_target() -> None:
    assert warnings(use(start=date(2022, 11, 1), end=date(2023, 5, 1)))["u"] == (UseWarning.OUTSIDE_YEAR,)
    assert warnings(use(start=date(2024, 10, 1)))["u"] == (UseWarning.OUTSIDE_YEAR,)


def test_one_offer_for_two_actions_asks_for_twice_the_investment() -> None:
    first = use("a", action=5, price=10_000)
    assert warnings(first, use("b", action=9, price=None))["a"] == (UseWarning.DOUBLE,)
    assert warnings(first, use("b", action=9, price=2_000))["b"] == (UseWarning.DOUBLE,)
    assert warnings(first, use("b", action=9, price=10_000)) == {"a": (), "b": ()}
    assert warnings(use("a", end=date(2023, 12, 1)), use("b", action=9, price=None, start=date(2024, 1, 1)))["a"] == ()
    assert warnings(first, use("b", action=9, price=None, offer="other"))["a"] == ()


def test_an_offer_that_no_longer_holds() -> None:
    assert warnings(use(offer_until=date(2023, 10, 31)))["u"] == (UseWarning.NOT_VALID,)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([1, 5, 9, 17, None]),
            st.one_of(st.none(), st.integers(0, 20_000)),
            st.sampled_from([*Payer, None]),
            st.integers(0, 300),
            st.sampled_from(["x", "y"]),
        ),
        max_size=8,
    ),
    st.integers(),
)
def test_the_order_of_the_uses_does_not_matter(
    rows: list[tuple[int | None, int | None, Payer | None, int, str]], seed: int
) -> None:
    uses = [
        use(str(place), action, price, payer, date.fromordinal(DAY.toordinal() + days), offer=offer)
        for place, (action, price, payer, days, offer) in enumerate(rows)
    ]
    mixed = list(uses)
    random.Random(seed).shuffle(mixed)
    amounts: dict[str, int | None] = {"c5": 15_000, "c9": None}
    assert use_warnings(PLAN, mixed, amounts) == use_warnings(PLAN, uses, amounts)
