"""The first page of a dossier through the real window: what one needs for a visit, and what can be done from there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from samenleven_desktop.domain.instrument import InstrumentState
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.instruments.commands import AddInstrument, InstrumentContent
from samenleven_desktop.services.kpi.queries import list_entries
from samenleven_desktop.ui.dialogs.commitment import TakeUpDialog
from samenleven_desktop.ui.screens.dossier.screen import ACTIONS, DossierScreen
from samenleven_desktop.ui.widgets.row_frame import GroupRow, RowFrame
from samenleven_desktop.ui.widgets.row_groups import share_rows
from tests.builders import WorkFile
from tests.pages.window import WindowPage
from tests.several_plans import fill
from tests.ui.conftest import Open
from tests.ui.test_plans_by_day import RUNNING, opened, start_of

pytestmark = pytest.mark.gui


def row(screen: DossierScreen, words: str) -> RowFrame:
    return next(one for one in screen.ui.overview.work.rows if words in one.row.title)


def test_the_actions_stand_in_groups_with_their_numbers_in_words(window: WindowPage) -> None:
    window.search("mechelen")
    work = window.dossier.work()
    assert list(work) == ["Vraagt aandacht", "Op koers", "Beoordeeld door een jury"]
    assert work["Vraagt aandacht"][0] == "14, Contact met bedrijfsleven, 25 van 59 personen, loopt achter"
    assert work["Vraagt aandacht"][1] == "7, Naar hogere studies, doel 33 personen, nog geen meting"
    assert work["Op koers"][0] == "5, Oefenkansen Nederlands, 62 van 65 deelnames"
    assert work["Beoordeeld door een jury"][0] == "2, Lokaal actieplan polarisatie, 1 actieplan aangevraagd"
    overview = window.dossier.screen.ui.overview
    assert (
        overview.money.words().replace("\xa0", " ")
        == "Subsidie € 266.660 voor 9 van 13 acties; van 4 is geen tarief bekend"
    )
    assert overview.paid.words().replace("\xa0", " ") == "Betalend aanbod € 4.500"
    assert overview.work.rows[0].holds_focus()


def test_the_number_of_a_tab_is_that_of_its_rows(window: WindowPage) -> None:
    window.search("mechelen")
    ui = window.dossier.screen.ui
    for place, model, hidden in (
        (2, ui.sessions_model, ui.sessions_hidden),
        (3, ui.offers_model, ui.offers_hidden),
    ):
        ui.tabs.setCurrentIndex(place)
        window.settle()
        shown = len(model.rows)
        assert ui.tabs.tabText(place).split()[-1] == str(shown)
        assert hidden.isVisible()
        QTest.mouseClick(hidden.show_all, Qt.MouseButton.LeftButton)
        window.settle()
        assert len(model.rows) > shown
        assert ui.tabs.tabText(place).split()[-1] == str(len(model.rows))
        assert not hidden.isVisible()


def test_a_total_is_typed_in_the_row_itself(window: WindowPage) -> None:
    window.search("mechelen")
    screen = window.dossier.screen
    row(screen, "Naar hogere studies").setFocus()
    window.press(Qt.Key.Key_Right)
    field = row(screen, "Naar hogere studies").edit
    assert field is not None
    assert field.hasFocus()
    window.keys("veel")
    window.press(Qt.Key.Key_Return)
    assert screen.ui.overview.problem.isVisible()
    # What was typed stays when something else makes the page load again.
    screen.reload()
    window.settle()
    field = row(screen, "Naar hogere studies").edit
    assert field is not None
    assert field.text() == "veel"
    field.setText("20")
    window.press(Qt.Key.Key_Return)
    window.until(lambda: any("20 van 33 personen" in one for rows in window.dossier.work().values() for one in rows))
    assert not screen.ui.overview.problem.isVisible()
    line = next(one for one in screen.ui.targets_model.rows if one.action_number == 7)
    (entry,) = [one for one in window.workspace.query(list_entries, [line.id]) if one.units == 20]
    assert (entry.day, entry.kind, entry.corrected) == (window.workspace.today, "reading", False)
    row(screen, "Naar hogere studies").press_link()
    # A total holds what came that day, so with one of today the two together are its correction.
    window.keys("+4")
    window.press(Qt.Key.Key_Return)
    window.until(lambda: any("24 van 33 personen" in one for rows in window.dossier.work().values() for one in rows))
    assert next(one.units for one in window.workspace.query(list_entries, [line.id]) if not one.corrected) == 24
    assert next(one for one in screen.ui.targets_model.rows if one.id == line.id).conflict_day is None


def test_what_helps_opens_the_advice_at_that_action(window: WindowPage) -> None:
    window.search("mechelen")
    screen = window.dossier.screen
    row(screen, "Contact met bedrijfsleven").press_link()
    window.settle()
    ui = screen.ui
    assert ui.tabs.currentIndex() == ACTIONS
    assert ui.targets_model.row(ui.targets.currentIndex()).action_number == 14
    assert ui.advice.isVisible()


def test_an_agreement_is_ticked_off_with_undo(window: WindowPage) -> None:
    window.search("mechelen")
    before = window.dossier.agreements()
    assert len(before) == 2
    window.dossier.screen.ui.overview.agreements.focus_first()
    window.press(Qt.Key.Key_Space)
    window.until(lambda: window.dossier.agreements() == before[1:])
    assert any(one.startswith("Afspraak afgewerkt") for one in window.dossier.timeline())
    window.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    window.until(lambda: window.dossier.agreements() == before)


def test_the_blue_button_says_with_whom(window: WindowPage) -> None:
    shell = window.application.shell
    assert shell.new_session.accessibleName() == "Nieuwe sessie"
    window.search("mechelen")
    window.until(lambda: shell.new_session.accessibleName() == "Sessie met Mechelen")
    window.open_page("start")
    assert shell.new_session.accessibleName() == "Nieuwe sessie"
    window.application.navigator.open_page("dossier")
    assert shell.new_session.accessibleName() == "Sessie met Mechelen"
    # Opened again while it is on screen.
    window.application.navigator.open_dossier(window.dossier.screen.government_id or "")
    window.settle()
    assert shell.new_session.accessibleName() == "Sessie met Mechelen"
    primary = [
        one for one in shell.findChildren(QPushButton) if one.property("primary") and one.isVisible() and one.text()
    ]
    assert primary == [shell.new_session]


def test_work_of_every_plan_stands_in_one_dossier(open_window: Open, empty_file: WorkFile, tmp_path: Path) -> None:
    window = opened(open_window, fill(empty_file), RUNNING)
    mechelen = window.workspace.query(government_by_code, "12025").id
    content = InstrumentContent(
        "Lokaal sociaal cohesieplan", None, InstrumentState.APPLIED, None, 4_200_000, date(2026, 12, 15)
    )
    window.run(AddInstrument(mechelen, content))
    window.search("mechelen")
    screen, work = window.dossier.screen, window.dossier.work()
    here = window.workspace.plan
    first = screen.ui.overview.work.groups[0]
    assert (first.title, first.note) == ("Op koers", f"3 · {here.name}")
    assert [one.replace("\xa0", " ") for one in work["Andere middelen"]] == [
        "Lokaal sociaal cohesieplan, € 42.000 · aangevraagd, indienen tegen 15 dec"
    ]
    others = [plan.name for plan in window.workspace.plans if plan.id != here.id]
    assert {name for name in work if name in others} == set(others)
    group = next(one for one in screen.ui.overview.work.groups if one.title == "Plan Samenleven")
    assert group.note == "afgelopen op 30 september 2025"
    screen.ui.overview.work.head_pressed.emit(group.key)
    window.settle()
    assert {line.plan_id for line in screen.ui.targets_model.rows} == {
        plan.id for plan in window.workspace.plans if plan.name == "Plan Samenleven"
    }
    assert here.name in window.dossier.work()


def test_an_action_of_a_small_plan_is_taken_up_from_its_row(open_window: Open, empty_file: WorkFile) -> None:
    start_of(empty_file, "without-money")
    window = opened(open_window, empty_file, RUNNING)
    window.search("mechelen")
    work = window.dossier.work()
    assert list(work) == [window.workspace.plan.name]
    assert [one.rpartition(", ")[2] for one in work[window.workspace.plan.name]] == ["nog niet opgenomen"] * 3
    frame = window.dossier.screen.ui.overview.work.rows[1]
    frame.press_link()
    dialog = window.dialog(TakeUpDialog)
    assert f"take:{dialog.target.currentData()}" == frame.row.key
    dialog.reject()
    window.closed()


@pytest.mark.parametrize("without", [True, False])
def test_an_empty_dossier_says_what_is_so(open_window: Open, empty_file: WorkFile, without: bool) -> None:
    start_of(empty_file, day=date(2025, 12, 1), without=without)
    window = opened(open_window, empty_file, date(2025, 12, 1))
    window.search("mechelen")
    (group,) = window.dossier.screen.ui.overview.work.groups
    wanted = (
        "Er is geen plan in gebruik." if without else "Er zijn nog geen doelen opgenomen in Plan Samenleven 2024-2025."
    )
    assert (group.rows, group.nothing) == ((), wanted)
    assert "Nog geen sessie." in window.dossier.screen.ui.overview.report.text()


def test_whole_rows_share_the_room_by_their_height() -> None:
    assert share_rows([3, 9, 2], 5) == [2, 2, 1]
    assert share_rows([2, 2], 100, [30, 43]) == [1, 1]
    assert share_rows([2, 2], 150, [30, 43]) == [2, 2]
    assert share_rows([5], 29, [30]) == [0]


def test_a_badge_gives_way_before_a_name_is_cut(window: WindowPage) -> None:
    window.search("mechelen")
    frame = row(window.dossier.screen, "Contact met bedrijfsleven")
    badge = frame._pill
    assert isinstance(frame.row, GroupRow)
    assert badge is not None
    assert badge.isVisible()
    frame.resize(300, frame.height())
    assert not badge.isVisible()
    assert "loopt achter" in frame.accessibleName()
