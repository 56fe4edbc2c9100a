"""A draft of a plan: what a plan says stands in its grids and comes back; each fault is at the cell it was typed in."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.plan_draft import DraftRow, PlanDraft, draft_from_json, draft_grids, draft_of
from samenleven_desktop.interchange.plan_draft_check import DraftPlace, check_draft
from samenleven_desktop.interchange.plan_reader import read_plan
from samenleven_desktop.paths import resources_dir
from tests.interchange.test_plan_formats import plan_of
from tests.plan_contents import contents

PLANS = Path(__file__).parents[1] / "data" / "plans"
EVERY = [*sorted((resources_dir() / "plans").glob("*.yaml")), *sorted(PLANS.glob("*.yaml"))]
NL = Language("nl")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_a_plan_comes_back_from_its_draft(path: Path, language: str) -> None:
    plan = read_plan(path)
    draft = draft_from_json(json.loads(json.dumps(draft_of(plan, Language(language)).as_json())))
    assert check_draft(draft, "concept") == replace(check_draft(draft, "concept"), plan=plan, faults=())
    assert draft.made_from == plan.content_hash


@pytest.mark.slow
@pytest.mark.hypothesis
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.reuse, Phase.generate])
@given(content=contents())
def test_every_valid_plan_comes_back_from_its_draft(content: dict[str, Any]) -> None:
    plan = plan_of(content)
    for language in ("nl", "en"):
        checked = check_draft(draft_of(plan, Language(language)), "concept")
        assert [NL.error(one.error) for one in checked.faults] == []
        assert checked.plan == plan


@pytest.fixture
def draft() -> PlanDraft:
    return draft_of(read_plan(PLANS / "small-plan.yaml"), NL)


def typed(draft: PlanDraft, grid: str, row: int, column: str, words: str) -> tuple[PlanDraft, DraftPlace]:
    rows = list(draft.grid(grid))
    rows[row] = DraftRow(rows[row].id, {**rows[row].cells, column: words})
    return replace(draft, rows={**draft.rows, grid: tuple(rows)}), DraftPlace(grid, rows[row].id, column)


@pytest.mark.parametrize(
    ("grid", "column", "words", "said"),
    [
        ("actions", "rate_eur", "zestig", "tarief in euro moet een getal zijn, niet zestig."),
        ("actions", "rate_eur", "60,555", "hoogstens twee decimalen"),
        ("actions", "title", "", "titel ontbreekt."),
        ("actions", "number", "", "ontbreekt"),
        ("actions", "code", "", "code ontbreekt"),
        ("actions", "kind", "telling", "soort kan niet telling zijn."),
        ("actions", "years", "1, 4", "projectjaar 4 bestaat niet."),
        ("actions", "years", "", "projectjaren"),
        ("actions", "certainty", "vast", "zekerheid kan niet vast zijn."),
        ("actions", "source", "BRIEF", "BRIEF staat niet in de tabel met bronnen."),
        ("action_details", "objective", "9", "doelstelling 9 bestaat niet."),
        ("action_details", "age_limit", "jong", "leeftijdsgrens moet een geheel getal zijn"),
        ("years", "end", "31 december", "tot en met moet een datum zijn"),
        ("years", "end", "1-1-1999", "valt voor 1 januari"),
        ("years.deadlines", "parent", "7", "7 staat niet op het blad Perioden."),
        ("sources", "address", "", "mag niet"),
    ],
)
def test_each_fault_is_at_the_cell_that_was_typed(
    draft: PlanDraft, grid: str, column: str, words: str, said: str
) -> None:
    wrong, place = typed(draft, grid, 0, column, words)
    checked = check_draft(wrong, "concept")
    assert checked.plan is None
    found = {one.place: NL.error(one.error) for one in checked.faults}
    assert place in found, found
    assert said in found[place]


def test_a_later_line_that_contradicts_the_first_is_told(draft: PlanDraft) -> None:
    first = draft.grid("actions")[0]
    second = DraftRow("r2", {**first.cells, "title": "Iets anders"})
    checked = check_draft(replace(draft, rows={**draft.rows, "actions": (first, second)}), "concept")
    found = {one.place.column: NL.error(one.error) for one in checked.faults if one.place.row_id == "r2"}
    assert "Iets anders is niet wat de eerste lijn van" in found["title"]
    assert "staat al bij" in found["years"]


def test_an_empty_draft_says_what_a_plan_needs() -> None:
    faults = check_draft(PlanDraft(), "concept").faults
    assert {(one.place.grid, one.place.column) for one in faults} == {
        *(("", name) for name in ("code", "version", "name")),
        ("years", ""),
        ("actions", ""),
    }


def test_every_value_of_the_form_has_a_column() -> None:
    grids = draft_grids()
    assert {"years", "years.deadlines", "stimuli.kinds.conditions", "reporting.documents", "sources"} <= set(grids)
    for grid in grids.values():
        assert len({one.key for one in grid.columns}) == len(grid.columns), grid.key
