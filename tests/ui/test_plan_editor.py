"""The editor of a draft plan: typing, faults at the field, paste from Excel, drafts that survive, a version kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from samenleven_desktop.interchange.plan_draft import draft_grids
from samenleven_desktop.interchange.plan_form import plan_values
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.plans.plan_drafts import list_drafts
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.storage.keys import key_file_path
from samenleven_desktop.ui.models.editable_model import WRONG_ROLE
from samenleven_desktop.ui.screens.plan_editor.tabs import editor_tabs
from tests.pages.screens import PlanEditorPage, PlansPage
from tests.pages.window import CTRL, WindowPage
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui


def new_plan(window: WindowPage) -> PlanEditorPage:
    page = PlansPage(window)
    window.focus(page.screen.ui.new)
    window.press(Qt.Key.Key_Space)
    return PlanEditorPage(window)


def test_every_field_and_grid_stands_in_one_tab() -> None:
    tabs = editor_tabs()
    for one in plan_values():
        assert sum(tab.has_value(".".join(one.names)) for tab in tabs) == 1, one.names
    for grid in draft_grids().values():
        shown = [column.key for tab in tabs for view in tab.views if view.grid == grid.key for column in view.columns]
        assert {one.key for one in grid.columns} <= set(shown), grid.key
        assert len([one for one in shown if one != "number"]) == len({one for one in shown if one != "number"}), (
            grid.key
        )
    assert sum(view.grid == "years" and view.takes_lines for tab in tabs for view in tab.views) == 1


def test_a_plan_is_made_from_nothing_and_kept_as_a_version(window: WindowPage) -> None:
    editor = new_plan(window)
    assert any("code ontbreekt" in one for one in editor.faults())
    for field, words in (("code", "buurtplan"), ("name", "Buurtplan"), ("version", "2026-12-01")):
        editor.fill(field, words)
    editor.tab(7)
    editor.type_cell("sources", 0, "key", "BRIEF")
    editor.type_cell("sources", 0, "address", "Brief van 1 december 2026")
    editor.tab(1)
    editor.type_line("years", ("number", "1"), ("name", "Jaar 1"), ("start", "1-1-2027"), ("end", "31-12-2027"))
    assert editor.cell("years", 0, "sources") == "BRIEF"
    editor.tab(2)
    editor.type_line("actions", ("number", "1"), ("title", "Buren leren elkaar kennen"), ("rate_eur", "72,50"))
    assert [editor.cell("actions", 0, key) for key in ("code", "kind", "years", "certainty", "source")] == [
        "A1", "tellen", "1", "zeker", "BRIEF",
    ]  # fmt: skip
    assert editor.cell("actions", 0, "label") == "Buren leren elkaar kennen"
    editor.type_cell("actions", 0, "label", "buren")
    assert editor.faults() == []
    window.press(Qt.Key.Key_S, CTRL)
    page = PlansPage.of(window)
    page.choose("Bewaren en in gebruik nemen")
    window.until(lambda: any("Buurtplan, versie 2026-12-01" in one for one in window.notices()))
    assert ("buurtplan", "2026-12-01", "in_use") in page.rows()
    plan = next(one for one in window.workspace.plans if one.code == "buurtplan")
    terms = plan.actions[0].targets[0].terms[0]
    assert (plan.actions[0].short_title, terms.rate_cents, terms.unit) == ("Buren leren elkaar kennen", 7_250, None)
    assert list_drafts(window.workspace) == []


def test_a_fault_is_marked_in_its_cell_and_the_list_leads_there(window: WindowPage) -> None:
    page = PlansPage(window)
    page.select("plan-samenleven", window.workspace.plan.version)
    window.focus(page.screen.ui.correct)
    window.press(Qt.Key.Key_Space)
    editor = PlanEditorPage(window)
    assert editor.faults() == []
    editor.tab(2)
    editor.type_cell("actions", 0, "rate_eur", "veel")
    (words,) = editor.faults()
    assert "tarief in euro moet een getal zijn, niet veel" in words
    table = editor.table("actions")
    at = [one.key for one in table.rows_model.columns].index("rate_eur")
    index = table.rows_model.index(0, at)
    assert index.data(WRONG_ROLE)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == words
    editor.tab(7)
    window.focus(editor.screen.ui.faults.table)
    window.press(Qt.Key.Key_Return)
    window.until(table.hasFocus)
    assert (editor.screen.ui.tabs.currentIndex(), table.currentIndex().column()) == (1, at)
    window.press(Qt.Key.Key_S, CTRL)
    window.until(lambda: any("nog 1 ding" in one for one in window.notices()))


def test_a_block_from_excel_becomes_lines(window: WindowPage) -> None:
    editor = new_plan(window)
    editor.tab(2)
    table = editor.table("actions")
    window.focus(table)
    lines = [f"{n}\tActie {n}\tX{n}\tdoel {n}\tgeteld\t1\tdeelnemer\t{n}0,50\t100\tja" for n in range(1, 31)]
    QGuiApplication.clipboard().setText("\r\n".join(lines) + "\r\n")
    window.press(Qt.Key.Key_V, CTRL)
    model = editor.part.models[next(one for one in editor.part.grids if one.grid == "actions")]
    assert len(model.lines) == 30
    assert (model.lines[29].cell("title"), model.lines[29].cell("rate_eur")) == ("Actie 30", "300,50")
    assert len(editor.screen.draft.grid("action_details")) == 30


def test_what_is_typed_survives_a_crash_and_is_listed(window: WindowPage, open_window: Open, tmp_path: Path) -> None:
    editor = new_plan(window)
    editor.fill("name", "Plan van straks")
    editor.tab(2)
    editor.type_line("actions", ("number", "een"), ("title", "Fout nummer"))
    window.focus(editor.table("actions"))
    editor.write("in de ce")
    editor.kept()
    # The file as it lies on disk now, as after a loss of power.
    copy = tmp_path / "crash" / "werk.samenlevendb"
    copy.parent.mkdir()
    path = window.workspace.path
    for one in path.parent.glob(f"{path.name}*"):
        if one.is_file():
            shutil.copyfile(one, copy.parent / one.name.replace(path.name, copy.name))
    assert key_file_path(copy).exists()
    again = open_window(copy)
    page = PlansPage(again)
    row = page.screen.ui.versions.model.rows[0]
    assert (row.name, row.state.value) == ("Plan van straks", "draft")
    page.screen.ui.versions.table.select_row(0)
    again.focus(page.screen.ui.go_on)
    again.press(Qt.Key.Key_Space)
    found = PlanEditorPage(again)
    again.until(lambda: found.screen.draft.values.get("name") == "Plan van straks")
    found.tab(2)
    assert found.cell("actions", 0, "number") == "een"
    assert "in de ce" in " ".join(" ".join(row.cells.values()) for row in found.screen.draft.grid("actions"))


def test_a_draft_that_is_thrown_away_comes_back(window: WindowPage) -> None:
    editor = new_plan(window)
    editor.fill("name", "Toch niet")
    editor.kept()
    window.focus(editor.screen.ui.discard)
    window.press(Qt.Key.Key_Space)
    window.until(lambda: window.application.shell.current == "plans")
    assert list_drafts(window.workspace) == []
    window.answer_notice("weggegooid", "Ongedaan maken")
    found = PlanEditorPage(window)
    window.until(lambda: found.screen.draft.values.get("name") == "Toch niet")


def test_the_next_period_begins_where_the_last_one_ends(window: WindowPage) -> None:
    plan = window.workspace.plan
    page = PlansPage(window)
    page.select(plan.code, plan.version)
    window.focus(page.screen.ui.extend)
    window.press(Qt.Key.Key_Space)
    editor = PlanEditorPage(window)
    assert editor.faults() == []
    window.press(Qt.Key.Key_S, CTRL)
    page.choose("Alleen bewaren")
    window.until(lambda: window.application.shell.current == "plans")
    made = next(
        row for row in page.screen.ui.versions.model.rows if row.code == plan.code and row.state.value == "not_in_use"
    )
    page.select(plan.code, made.version)
    assert "Projectjaar 4" in page.details()


def test_undo_in_a_grid_takes_back_what_was_typed_there_and_nothing_saved(window: WindowPage) -> None:
    window.run(AddAgreement(window.workspace.query(government_by_code, "12025").id, Party.COACH, "zaal vragen", None))
    saved = window.workspace.undo_names().undo
    editor = new_plan(window)
    editor.tab(2)
    for number, title in (("1", "Een"), ("2", "Twee")):
        editor.type_line("actions", ("number", number), ("title", title))

    def titles() -> list[str]:
        return [row.cell("title") for row in editor.screen.draft.grid("actions")]

    window.focus(editor.table("actions"))
    window.press(Qt.Key.Key_Home, CTRL)
    window.press(Qt.Key.Key_Delete, CTRL)
    window.until(lambda: len(titles()) == 1)
    for expected in (["Een", "Twee"], ["Een", ""], ["Een"], [""], [], []):
        window.press(Qt.Key.Key_Z, CTRL)
        assert titles() == expected
    assert window.workspace.undo_names().undo == saved, "one key too many leaves saved work alone"
    for expected in ([""], ["Een"], ["Een", ""], ["Een", "Twee"]):
        window.press(Qt.Key.Key_Y, CTRL)
        assert titles() == expected
    assert editor.cell("actions", 1, "title") == "Twee"
    assert [row.cell("number") for row in editor.screen.draft.grid("action_details")] == ["1", "2"]
