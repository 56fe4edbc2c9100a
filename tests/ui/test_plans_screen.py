"""The screen *Plannen*: loading a file after a look at what it changes, taking a version in and out of use, files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from samenleven_desktop.interchange.plan_reader import read_plan
from samenleven_desktop.interchange.tables.reader import read_workbook
from samenleven_desktop.paths import resources_dir
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.ui.dialogs.later_rules import LaterRulesDialog
from samenleven_desktop.ui.dialogs.plan_faults import PlanFaultsDialog
from samenleven_desktop.ui.dialogs.plan_preview import PlanPreview
from samenleven_desktop.ui.screens.kpis.screen import KpisScreen
from samenleven_desktop.ui.screens.settings.screen import SettingsScreen
from samenleven_desktop.ui.widgets.year_chooser import PLANS
from tests.pages.screens import PlansPage
from tests.pages.window import CTRL, WindowPage

pytestmark = pytest.mark.gui
SHIPPED = resources_dir() / "plans" / "plan-samenleven.yaml"
SECOND = Path(__file__).parents[1] / "data" / "plans" / "two-years.yaml"


def newer(window: WindowPage, folder: Path, *changes: tuple[str, str]) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in ((f"version: {window.workspace.plan.version}", "version: 2027-01-01"), *changes):
        assert old in text
        text = text.replace(old, new)
    path = folder / "nieuw.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_newer_plan_is_shown_before_it_is_kept_and_can_be_undone(window: WindowPage, tmp_path: Path) -> None:
    before = window.workspace.plan.version
    page = PlansPage(window)
    page.screen.examine(newer(window, tmp_path, ("rate_eur: 60,", "rate_eur: 65,")))
    dialog = window.dialog(PlanPreview)
    shown = [
        str(dialog.model.index(row, column).data()).replace("\N{NO-BREAK SPACE}", " ")
        for row in range(3)
        for column in range(4)
    ]
    assert shown[:4] == ["doelgroep A5, projectjaar 1", "tarief", "€ 60", "€ 65"]
    amounts = [
        (one.old.amount_cents, one.new.amount_cents) for one in dialog.commitments.rows if one.target_code == "A5"
    ]
    assert amounts
    assert all(old * 65 == new * 60 for old, new in amounts if old is not None and new is not None)
    window.press(Qt.Key.Key_Return)
    window.until(lambda: any("In gebruik: Plan Samenleven, versie 2027-01-01" in one for one in window.notices()))
    assert ("plan-samenleven", "2027-01-01", "in_use") in page.rows()
    assert ("plan-samenleven", before, "older") in page.rows()
    assert window.application.shell.current == "plans"
    window.answer_notice("2027-01-01", "Ongedaan maken")
    window.until(lambda: any(before in one for one in window.notices()))
    assert window.workspace.plan.version == before
    assert ("plan-samenleven", "2027-01-01", "not_in_use") in page.rows()
    window.press(Qt.Key.Key_Y, CTRL)
    window.until(lambda: window.workspace.plan.version == "2027-01-01")


def test_all_faults_of_a_file_are_told_at_once_and_nothing_is_kept(window: WindowPage, tmp_path: Path) -> None:
    path = tmp_path / "stuk.yaml"
    path.write_text("format: 1\ncode: x\n", encoding="utf-8")
    page = PlansPage(window)
    before = page.rows()
    page.screen.examine(path)
    words = window.dialog(PlanFaultsDialog).faults.toPlainText()
    assert len(words.splitlines()) > 3
    assert all("stuk.yaml" in one for one in words.splitlines())
    window.press(Qt.Key.Key_Return)
    window.closed()
    assert page.rows() == before


def test_a_second_plan_is_loaded_taken_in_use_and_out_of_use(window: WindowPage) -> None:
    plan = read_plan(SECOND)
    page = PlansPage(window)
    page.screen.examine(SECOND)
    page.choose("Alleen inlezen")
    window.until(lambda: (plan.code, plan.version, "not_in_use") in page.rows())
    page.select(plan.code, plan.version)
    assert plan.actions[0].title in page.details()
    window.focus(page.screen.ui.use)
    window.press(Qt.Key.Key_Space)
    page.choose("In gebruik nemen")
    window.until(lambda: (plan.code, plan.version, "in_use") in page.rows())
    assert window.workspace.plans.with_id(plan.id) is not None
    page.select(plan.code, plan.version)
    window.focus(page.screen.ui.stop)
    window.press(Qt.Key.Key_Space)
    window.until(lambda: (plan.code, plan.version, "not_in_use") in page.rows())
    assert window.workspace.plans.with_id(plan.id) is None
    assert window.workspace.undo_names().undo == ("Taken out of use: {plan}", window.workspace.undo_names().undo[1])  # type: ignore[index]


def test_without_any_plan_the_screen_leads_back(window: WindowPage) -> None:
    page = PlansPage(window)
    code, version = page.rows()[0][:2]
    for _ in range(len([one for one in page.rows() if one[2] == "in_use"])):
        code, version, _ = next(one for one in page.rows() if one[2] == "in_use")
        page.select(code, version)
        page.screen.ui.stop.click()
        window.settle()
    assert any("Er is geen plan in gebruik" in one for one in window.notices())
    assert not window.workspace.plan.years
    page.select(code, version)
    page.screen.ui.use.click()
    page.choose("In gebruik nemen")
    window.until(lambda: window.workspace.plan.code == code)


def test_a_version_is_written_as_a_file_and_as_a_form(window: WindowPage, tmp_path: Path) -> None:
    page, plan = PlansPage(window), window.workspace.plan
    for name in ("plan.yaml", "plan.xlsx"):
        page.screen.export_to(plan.content_hash, tmp_path / name)
        window.until(lambda name=name: any(name in one for one in window.notices()))  # type: ignore[misc]
        assert read_plan(tmp_path / name) == plan
    page.screen.form_to(tmp_path / "leeg.xlsx")
    window.until(lambda: any("leeg.xlsx" in one for one in window.notices()))
    sheets = {one.name: one.rows for one in read_workbook(tmp_path / "leeg.xlsx").sheets}
    assert {"Uitleg", "Plan", "Perioden", "Acties", "Doelgroepen", "Tarieven", "Bronnen"} <= set(sheets)
    assert all(
        len([row for row in rows if any(row)]) == 1 for name, rows in sheets.items() if name not in ("Uitleg", "Plan")
    )
    page.screen.examine(tmp_path / "leeg.xlsx")
    assert "blad Plan, cel" in window.dialog(PlanFaultsDialog).faults.toPlainText()
    window.press(Qt.Key.Key_Escape)


def test_the_ways_to_the_screen(window: WindowPage) -> None:
    window.search("plannen")
    assert window.application.shell.current == "plans"
    window.open_page("settings")
    window.settle()
    window.screen("settings", SettingsScreen).plan.plans.click()
    assert window.application.shell.current == "plans"
    window.open_page("kpis")
    window.settle()
    chooser = window.screen("kpis", KpisScreen).ui.year
    year, asked = chooser.year(), []
    chooser.year_chosen.connect(lambda: asked.append(chooser.year()))
    window.focus(chooser)
    for _ in range(chooser.count() + 1):
        window.press(Qt.Key.Key_Down)
    assert window.application.shell.current == "kpis", "walking through the years stays on the page"
    assert PLANS not in asked
    chooser.setCurrentIndex(chooser.findData(year))
    asked.clear()
    window.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    window.until(lambda: chooser.view().isVisible())
    window.press(Qt.Key.Key_End)
    window.press(Qt.Key.Key_Return)
    window.until(lambda: window.application.shell.current == "plans")
    assert (chooser.year(), asked) == (year, [])


def test_newer_rules_are_taken_over_together(window: WindowPage, tmp_path: Path) -> None:
    workspace = window.workspace
    mechelen = workspace.query(government_by_code, "12025").id
    target = workspace.plan.action(7).targets[0]
    lier = workspace.query(government_by_code, "12021").id
    before = {line.id for line in workspace.query(list_commitments, 2) if line.target_id == target.id}
    for government in (mechelen, lier):
        if not any(line.government_id == government for line in workspace.query(list_commitments, 2, [government], 7)):
            workspace.run(AddCommitment(government, 2, target.id, confirmed=10))
    made = {line.id for line in workspace.query(list_commitments, 2) if line.target_id == target.id} - before
    page = PlansPage(window)
    page.screen.examine(newer(window, tmp_path, ("rate_eur: 650,", "rate_eur: 700,")))
    page.choose("Inlezen en in gebruik nemen")
    window.until(lambda: not page.screen.ui.later.isHidden())
    window.focus(page.screen.ui.later)
    window.press(Qt.Key.Key_Space)
    older = window.dialog(LaterRulesDialog)
    window.focus(older.every)
    window.press(Qt.Key.Key_Return)
    window.until(lambda: page.screen.ui.later.isHidden())
    amounts = {line.amount_cents for line in window.workspace.query(list_commitments, 2) if line.id in made}
    assert amounts == {700_000}
