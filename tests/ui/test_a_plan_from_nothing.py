"""A plan is made in the window by keyboard alone, goes to a second file and a third, and is corrected; every number."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.domain.stimulus import Outcome
from samenleven_desktop.domain.threshold import ThresholdFact
from samenleven_desktop.interchange.plan_reader import read_plan
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.plans.commands import UsePlan
from samenleven_desktop.services.plans.later_rules import later_rules
from samenleven_desktop.services.stimuli.commands import JudgeCondition
from samenleven_desktop.services.stimuli.queries import stimuli
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.ui.dialogs.later_rules import LaterRulesDialog
from tests.builders import WorkFile
from tests.pages.screens import PlanEditorPage, PlansPage
from tests.pages.window import CTRL, WindowPage
from tests.sync.colleagues import Colleague, all_know, copy_of
from tests.ui.conftest import Open

pytestmark = [pytest.mark.gui, pytest.mark.slow]
CODE, TODAY = "buurtplan", datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
DEADLINES = (
    ("1", "tussentijds verslag", "1-1-2027", "30-6-2027", "15-7-2027"),
    ("1", "eindverslag", "1-1-2027", "31-12-2027", "31-1-2028"),
    ("2", "tussentijds verslag", "1-1-2028", "30-6-2028", "15-7-2028"),
    ("2", "ander", "1-1-2028", "31-12-2028", ""),
)


def press(window: WindowPage, button: object) -> None:
    window.focus(button)  # type: ignore[arg-type]
    window.press(Qt.Key.Key_Space)


def write_plan(window: WindowPage) -> None:
    """Three actions, two periods, own rates, a condition for the coach and four deadlines, by keyboard alone."""
    window.search("plannen")
    press(window, PlansPage.of(window).screen.ui.new)
    editor = PlanEditorPage(window)
    for field, words in (("code", CODE), ("name", "Buurtplan"), ("version", "1")):
        editor.fill(field, words)
    editor.tab(7)
    editor.type_cell("sources", 0, "key", "BRIEF")
    editor.type_cell("sources", 0, "address", "Brief van de minister, 20 november 2026")
    editor.tab(1)
    for number, year in (("1", "2027"), ("2", "2028")):
        cells = (("name", f"Jaar {number}"), ("start", f"1-1-{year}"), ("end", f"31-12-{year}"))
        editor.type_line("years", ("number", number), *cells)
    editor.tab(2)
    editor.type_line(
        "actions", ("number", "1"), ("title", "Taalcafe"), ("unit", "deelnemer"), ("rate_eur", "72,50"),
        ("cap_units", "200"), ("value", "ja"),
    )  # fmt: skip
    editor.type_line("actions", ("number", "2"), ("title", "Buddy's"), ("years", "1"), ("rate_eur", "10"))
    editor.type_line("actions", ("number", "2"), ("years", "2"), ("rate_eur", "12,5"))
    editor.type_line("actions", ("number", "3"), ("title", "Buurtfeest"))
    editor.tab(3)
    for field, words in (("advance_share", "0,75"), ("balance_share", "0,25"), ("own_contribution_ratio", "0,5")):
        editor.fill(f"money_rules.{field}", words)
    editor.fill("money_rules.source", "BRIEF")
    editor.tab(5)
    for field in ("cumulative", "several_per_year", "cofinancing_required", "renewable_subject_to_budget"):
        editor.choose(f"stimuli.{field}", "ne")
    editor.choose("stimuli.certainty", "zek")
    editor.fill("stimuli.sources", "BRIEF")
    editor.type_line(
        "stimuli.kinds", ("kind", "buurt"), ("name", "Buurtstimulans"), ("short_name", "Buurt"), ("per_action", "nee"),
        ("renewable", "nee"), ("amount_eur", "5000"),
    )  # fmt: skip
    editor.type_line(
        "stimuli.kinds.conditions", ("code", "samen"), ("check", "coach oordeelt"),
        ("text", "De buren organiseren het zelf."),
    )  # fmt: skip
    editor.tab(6)
    for year, kind, first, last, due in DEADLINES:
        cells = (("parent", year), ("kind", kind), ("period_start", first), ("period_end", last), ("due", due))
        editor.type_line("years.deadlines", *(one for one in cells if one[1]))
    assert editor.faults() == []
    window.press(Qt.Key.Key_S, CTRL)
    PlansPage.of(window).choose("Bewaren en in gebruik nemen")
    window.until(lambda: window.workspace.plans.with_id(CODE) is not None)


def rates(plan: Plan) -> dict[tuple[str, int], int | None]:
    return {
        (target.code, terms.year): terms.rate_cents
        for action in plan.actions
        for target in action.targets
        for terms in target.terms
    }


def plan_of(workspace: Workspace) -> Plan:
    plan = workspace.plans.with_id(CODE)
    assert plan is not None
    return plan


def amounts(workspace: Workspace) -> dict[tuple[str, int], int | None]:
    plan = plan_of(workspace)
    lines = [line for year in plan.years for line in workspace.query(list_commitments, year.id)]
    return {(line.target_code, line.year): line.amount_cents for line in lines if plan.has_target(line.target_id)}


def test_a_plan_from_nothing_to_a_third_file(open_window: Open, empty_file: WorkFile, tmp_path: Path) -> None:
    files = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        files.append(empty_file.copy_to(tmp_path / name))
    third = copy_of(empty_file, tmp_path, "third")
    first = open_window(files[0].path, passphrase=files[0].passphrase, now=lambda: TODAY)
    write_plan(first)
    plan = plan_of(first.workspace)
    known = {("A1", 1): 7_250, ("A1", 2): 7_250, ("A2", 1): 1_000, ("A2", 2): 1_250}
    assert rates(plan) == {**known, ("A3", 1): None, ("A3", 2): None}
    assert [(year.start.year, len(year.deadlines)) for year in plan.years] == [(2027, 2), (2028, 2)]
    assert (plan.money_rules.advance_share, plan.money_rules.own_contribution_ratio) == (0.75, 0.5)
    page = PlansPage(first)
    for name in ("buurtplan.yaml", "buurtplan.xlsx"):
        page.screen.export_to(plan.content_hash, tmp_path / name)
        first.until(lambda name=name: any(name in one for one in first.notices()))  # type: ignore[misc]
        assert read_plan(tmp_path / name).content_hash == plan.content_hash

    second = open_window(files[1].path, passphrase=files[1].passphrase, now=lambda: TODAY)
    second.workspace.store.set_meta(device_id=new_id())
    page = PlansPage(second)
    page.screen.examine(tmp_path / "buurtplan.xlsx")
    page.choose("Inlezen en in gebruik nemen")
    second.until(lambda: second.workspace.plans.with_id(CODE) is not None)
    assert plan_of(second.workspace) == plan
    mechelen = second.workspace.query(government_by_code, "12025").id
    for action in plan.actions:
        for year in plan.years:
            second.run(AddCommitment(mechelen, year.number, action.targets[0].id, confirmed=100))
    expected: dict[tuple[str, int], int | None] = {place: 100 * rate for place, rate in known.items()}
    assert amounts(second.workspace) == {**expected, ("A3", 1): None, ("A3", 2): None}
    second.run(JudgeCondition(mechelen, plan.years[0].id, "buurt", "samen", ThresholdFact.MET, "gezien op het feest"))
    (stimulus,) = second.workspace.query(stimuli, plan.years[0].id, [mechelen])
    assert (stimulus.outcome, stimulus.amount_cents) == (Outcome.POSSIBLE, 500_000)

    me = Colleague("second", tmp_path / "second", second.workspace)
    all_know(me, third)
    got = third.take(me.give(third))
    assert (got.waiting, got.plans) == ((), (("Buurtplan", "1"),))
    assert third.workspace.plans.with_id(CODE) is None, "the receiver takes it in use"
    third.workspace.run(UsePlan(plan.id, plan.content_hash))
    assert amounts(third.workspace) == amounts(second.workspace)
    (stimulus,) = third.workspace.query(stimuli, plan.years[0].id, [mechelen])
    assert stimulus.outcome is Outcome.POSSIBLE

    # A rate becomes known.
    page = PlansPage(second)
    page.select(CODE, "1")
    press(second, page.screen.ui.correct)
    editor = PlanEditorPage(second)
    editor.tab(2)
    rows = editor.screen.draft.grid("actions")
    place = next(at for at, row in enumerate(rows) if row.cell("number") == "3")
    editor.type_cell("actions", place, "rate_eur", "40")
    assert editor.faults() == []
    second.press(Qt.Key.Key_S, CTRL)
    page.choose("Bewaren en in gebruik nemen")
    second.until(lambda: rates(plan_of(second.workspace))["A3", 1] == 4_000)
    assert amounts(second.workspace) == {**expected, ("A3", 1): None, ("A3", 2): None}, "until they are taken over"
    page = PlansPage(second)
    second.until(lambda: not page.screen.ui.later.isHidden())
    assert "2 " in page.screen.ui.later.text()
    press(second, page.screen.ui.later)
    dialog = second.dialog(LaterRulesDialog)
    assert {(one.old.amount_cents, one.new.amount_cents) for one in dialog.model.rows} == {(None, 400_000)}
    second.focus(dialog.every)
    second.press(Qt.Key.Key_Return)
    second.until(lambda: second.workspace.query(later_rules) == [])
    expected |= {("A3", 1): 400_000, ("A3", 2): 400_000}
    assert amounts(second.workspace) == expected
    corrected = plan_of(second.workspace)
    got = third.take(me.give(third))
    assert got.plans == (("Buurtplan", corrected.version),)
    assert third.workspace.plans.with_id(CODE) == plan, "each file follows its own coach"
    assert amounts(third.workspace) == expected, "each commitment names the version it was made under"
    third.workspace.run(UsePlan(corrected.id, corrected.content_hash))
    assert amounts(third.workspace) == expected
    third.close()
