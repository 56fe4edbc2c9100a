"""The threshold on bounds: met, not met, not known; an official figure wins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.domain.government import OriginFigure
from samenleven_desktop.domain.plan import ProjectYear
from samenleven_desktop.domain.threshold import Counted, OfficialFigure, ThresholdFact, count, judge

YEAR = ProjectYear(
    id="y",
    number=2,
    name="Oproep",
    start=date(2023, 10, 1),
    end=date(2024, 9, 30),
    submission_opens=None,
    submission_closes=None,
    threshold_inhabitants=7500,
    threshold_population="niet EU-14",
    threshold_figures_year=2022,
    budget_cents=None,
    granted_cents=None,
    renewal_budget=None,
    deadlines=(),
    sources=(),
    threshold_lower_groups=("non_eu27",),
    threshold_upper_groups=("non_eu27", "other_eu27", "neighbouring"),
)


def figure(year: int, non_eu: int, other: int = 0, neighbouring: int = 0, code: str = "12025") -> OriginFigure:
    return OriginFigure(code, year, non_eu, neighbouring, other, 0, non_eu + other + neighbouring, "Statbel")


@pytest.mark.parametrize(
    ("non_eu", "other", "neighbouring", "finding"),
    [
        (7501, 0, 0, ThresholdFact.MET),
        (7500, 0, 0, ThresholdFact.NOT_MET),
        (7000, 300, 200, ThresholdFact.NOT_MET),
        (7000, 300, 201, ThresholdFact.NOT_KNOWN),
        (7500, 1, 0, ThresholdFact.NOT_KNOWN),
    ],
)
def test_bounds_decide_or_leave_it_open(non_eu: int, other: int, neighbouring: int, finding: ThresholdFact) -> None:
    assert judge(YEAR, [count("12025", YEAR, [figure(2022, non_eu, other, neighbouring)], [])]).finding is finding


def test_the_official_figure_wins_and_the_year_of_the_plan_counts() -> None:
    shipped = [figure(2022, 7000, 600), figure(2023, 9000)]
    open_question = count("12025", YEAR, shipped, [])
    assert (open_question.lower, open_question.upper, open_question.figures_year) == (7000, 7600, 2022)
    official = OfficialFigure("12025", 2022, 7412, "mail van ABB", date(2023, 6, 1))
    settled = count("12025", YEAR, shipped, [official])
    assert (settled.lower, settled.upper, settled.official, settled.source) == (7412, 7412, True, "mail van ABB")
    assert judge(YEAR, [settled]).finding is ThresholdFact.NOT_MET


def test_without_a_year_in_the_plan_the_newest_before_the_call_counts() -> None:
    year = replace(YEAR, threshold_figures_year=None)
    assert count("12025", year, [figure(2022, 1), figure(2023, 2), figure(2024, 3)], []).figures_year == 2023


def test_a_member_without_figures_leaves_it_open_unless_the_others_suffice() -> None:
    nothing = Counted("x", None, None, None, None, False)
    small = Counted("a", 100, 200, 2022, "Statbel", False)
    large = Counted("b", 8000, 9000, 2022, "Statbel", False)
    assert judge(YEAR, [nothing, small]).finding is ThresholdFact.NOT_KNOWN
    assert judge(YEAR, [nothing, large]).finding is ThresholdFact.MET
    assert judge(YEAR, []).finding is ThresholdFact.NOT_KNOWN


counts = st.lists(
    st.tuples(st.integers(0, 9000), st.integers(0, 3000)).map(
        lambda pair: Counted(str(pair), pair[0], pair[0] + pair[1], 2022, "Statbel", False)
    ),
    min_size=1,
    max_size=6,
)


@given(counts, st.randoms())
def test_the_order_of_members_does_not_matter_and_one_more_never_takes_away(
    some: list[Counted], chance: object
) -> None:
    shuffled = list(some)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert judge(YEAR, shuffled) == judge(YEAR, some)
    more = judge(YEAR, [*some, Counted("z", 10, 20, 2022, "Statbel", False)])
    if judge(YEAR, some).finding is ThresholdFact.MET:
        assert more.finding is ThresholdFact.MET
