"""Commitments whose sums are the published figures of actions 2 and 5, as `samenleven kpi --json` prints them.

The figures are those of `domain/figures.csv` in the dossier of the plan [V-FIG]. Governments count through one
partnership that grows; the existing reach is in the committed number but never in the money; the money of action 5
in year 1 is no multiple of the rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.governments.partnership_commands import AddMember, MakePartnership
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.kpi.commands import AddCommitment, ChangeCommitments
from samenleven_desktop.services.workfile.workspace import Workspace, create_workspace
from samenleven_desktop.storage.keys import KeyCost
from tests.builders import PASSPHRASE
from tests.cli.conftest import Caller

AFTER_THE_PLAN = date(2025, 12, 1)


@dataclass(frozen=True)
class Published:
    action: int
    year: int
    euro: int
    governments: int
    committed: int
    achieved: int | None


FIGURES = (
    Published(2, 1, 400_000, 24, 16, 14),
    Published(2, 2, 475_000, 34, 19, 18),
    Published(2, 3, 475_000, 35, 19, None),
    Published(5, 1, 3_389_566, 92, 68_429, 118_178),
    Published(5, 2, 4_030_860, 135, 83_110, 170_951),
    Published(5, 3, 4_027_260, 135, 83_050, None),
)
RATE_CENTS = {2: 2_500_000, 5: 6_000}
# Members of the one partnership per year; its plan of action 2 counts for all of them.
MEMBERS = {1: 9, 2: 16, 3: 17}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("figures") / "figures.db"
    opened = create_workspace(path, PASSPHRASE, Runtime(day=AFTER_THE_PLAN), KeyCost(1, 8, 1))
    try:
        _build(opened)
    finally:
        opened.close()
    return path


def _build(opened: Workspace) -> None:
    # Some ended with 2024: only those that existed during all three years.
    ids = [one.id for one in opened.query(choices) if one.code.isdigit()]
    start = opened.plan.years[0].start
    region = [id_ for id_ in ids if _was_there(opened, id_, start)]
    joining = iter(region[: MEMBERS[3]])
    others = region[MEMBERS[3] :]
    first = tuple(next(joining) for _ in range(MEMBERS[1]))
    together = opened.run(MakePartnership("Samen groeien", "SW-GROEI", first[0], first, start)).result
    for year in (2, 3):
        project_year = opened.plan.year(year)
        assert project_year is not None
        for _ in range(MEMBERS[year] - MEMBERS[year - 1]):
            opened.run(AddMember(together, next(joining), project_year.start))
    for figure in FIGURES:
        _commit(opened, figure, [together, *others[: figure.governments - MEMBERS[figure.year]]])


def _was_there(opened: Workspace, id_: str, day: date) -> bool:
    from samenleven_desktop.storage.queries import reference

    return opened.query(lambda reading: reference.government(reading.view, id_).in_force(day))


def _commit(opened: Workspace, figure: Published, applicants: list[str]) -> None:
    cents, rate = figure.euro * 100, RATE_CENTS[figure.action]
    additional = -(-cents // rate)
    confirmed = _divide(figure.committed, len(applicants))
    subsidised = _divide(additional, len(applicants))
    reached = None if figure.achieved is None else _divide(figure.achieved, len(applicants))
    target = opened.plan.action(figure.action).targets[0]
    for place, applicant in enumerate(applicants):
        granted = None
        if place == 0 and additional * rate != cents:
            granted = subsidised[0] * rate - (additional * rate - cents)
        made = opened.run(
            AddCommitment(
                applicant,
                figure.year,
                target.id,
                existing_reach=confirmed[place] - subsidised[place],
                requested=confirmed[place],
                confirmed=confirmed[place],
                granted_cents=granted,
                rank=1,
            )
        ).result
        if reached is not None:
            opened.run(ChangeCommitments((FieldEdit(made, "final_reached", reached[place]),)))


def _divide(whole: int, parts: int) -> list[int]:
    return [whole // parts + (place < whole % parts) for place in range(parts)]


@pytest.fixture
def totals(call: Caller, store: Path, monkeypatch: pytest.MonkeyPatch) -> dict[tuple[int, int], Any]:
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", PASSPHRASE)
    found = {}
    for figure in FIGURES:
        answer = call(
            "--store",
            store,
            "--today",
            AFTER_THE_PLAN,
            "kpi",
            "--year",
            figure.year,
            "--action",
            figure.action,
            "--json",
        )
        (total,) = answer.json["targets"]
        found[figure.action, figure.year] = total
    return found


def test_the_sums_are_the_published_figures(totals: dict[tuple[int, int], Any]) -> None:
    for figure in FIGURES:
        total = totals[figure.action, figure.year]
        assert (
            total["amount_cents"],
            total["governments"],
            total["confirmed"],
            total["final_reached"],
        ) == (figure.euro * 100, figure.governments, figure.committed, figure.achieved), figure


def test_the_control_totals_of_the_plan_hold(totals: dict[tuple[int, int], Any]) -> None:
    money = {action: sum(totals[action, year]["amount_cents"] for year in (1, 2, 3)) for action in (2, 5)}
    assert money == {2: 135_000_000, 5: 1_144_768_600}
    committed = [totals[5, year]["confirmed"] for year in (1, 2, 3)]
    assert (sum(committed), sum(committed[:2])) == (234_589, 151_539)
    assert totals[2, 3]["confirmed"] == 19


def test_an_amount_that_is_no_multiple_of_the_rate_stands_and_is_noted(
    call: Caller, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", PASSPHRASE)
    answer = call("--store", store, "--today", AFTER_THE_PLAN, "kpi", "--year", 1, "--action", 5, "--json")
    noted = [line for line in answer.json["commitments"] if "other_amount" in line["notes"]]
    assert [line["computed_cents"] - line["amount_cents"] for line in noted] == [1_400]
    assert [line["own_cents"] for line in noted] == [line["amount_cents"] for line in noted]
