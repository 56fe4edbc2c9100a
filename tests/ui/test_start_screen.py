"""*Start* through the real window: the map leads to dossiers, follows changes, and gives way where it is narrow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.stimulus import StimulusState
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.governments import map as area
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.safekeeping.keys import new_recovery_code
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.stimuli.commands import StartCandidacy, StimulusContent
from samenleven_desktop.services.workfile.workspace import create_workspace
from samenleven_desktop.storage.keys import KeyCost
from samenleven_desktop.ui.screens.settings.who import WhoScreen
from samenleven_desktop.ui.screens.support.screen import SupportScreen
from tests.pages.screens import StartPage, WhoPage
from tests.pages.window import WindowPage
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui


def test_the_map_shows_my_governments_with_words(window: WindowPage) -> None:
    shown = StartPage(window).values()
    assert len(shown) == 21
    assert shown["Lier"] == "4 op koers, 2 loopt achter (via Samenwerking Rivierenland)"
    assert "Samenwerking Rivierenland" not in shown
    assert sum(int(words.rpartition(" ")[2]) for words in StartPage(window).legend()) == 21
    assert StartPage(window).legend()[0].startswith("risico: ")


def test_by_keyboard_from_the_map_to_a_dossier(window: WindowPage) -> None:
    card = StartPage(window).ui.map_card
    StartPage(window).ui.map_card.colour.setFocus()
    for _ in range(8):
        if card.map.hasFocus():
            break
        window.press(Qt.Key.Key_Tab)
    assert card.map.hasFocus()
    assert card.name.text() == "Asse"
    window.press(Qt.Key.Key_M)
    assert card.name.text() == "Machelen"
    window.press(Qt.Key.Key_M)
    window.press(Qt.Key.Key_Right)
    window.press(Qt.Key.Key_Left)
    assert card.map.accessibleName().startswith("Kaart van mijn werkgebied: Mechelen, ")
    assert card.name.text() == "Mechelen"
    assert "op koers" in card.value.text()
    window.press(Qt.Key.Key_Return)
    window.until(lambda: window.dossier.title == "Mechelen")


def test_another_colour_tells_of_the_last_contact(window: WindowPage) -> None:
    card = StartPage(window).ui.map_card
    card.colour.setFocus()
    assert not StartPage(window).legend()[0].startswith("meer dan")
    window.press(Qt.Key.Key_Right)
    window.press(Qt.Key.Key_Space)
    assert card.colour.choice() == "contact"
    window.until(lambda: StartPage(window).legend()[:1] == ["meer dan 60 dagen: 7"])
    assert StartPage(window).values()["Asse"] == "laatste sessie op 19 februari 2024, 21 dagen geleden"


def test_a_third_colour_tells_which_stimulus_is_within_reach(window: WindowPage) -> None:
    workspace = window.workspace
    mechelen, bornem = (workspace.query(government_by_code, code).id for code in ("12025", "12007"))
    for government, state in ((mechelen, StimulusState.GRANTED), (bornem, StimulusState.SUBMITTED)):
        window.application.runner.run(
            StartCandidacy(government, 2, "mentorrol", StimulusContent(state)), initiator=window.application
        )
    window.settle()
    StartPage(window).ui.map_card.colour.set_choice("stimulus")
    StartPage(window).ui.map_card.colour.choice_changed.emit("stimulus")
    window.until(lambda: "een stimulans toegekend: 1" in StartPage(window).legend())
    assert "een kandidatuur loopt: 1" in StartPage(window).legend()
    assert "Mentorrol: toegekend" in StartPage(window).values()["Mechelen"]
    assert "Mentorrol: ingediend" in StartPage(window).values()["Bornem"]


def test_a_click_on_the_map_opens_a_dossier(window: WindowPage) -> None:
    drawn = StartPage(window).ui.map_card.map
    one = next(
        QPoint(x, y)
        for x in range(0, drawn.width(), 4)
        for y in range(0, drawn.height(), 4)
        if (found := drawn.area_at(QPoint(x, y).toPointF())) is not None and found.name == "Mechelen"
    )
    QTest.mouseClick(drawn, Qt.MouseButton.LeftButton, pos=one)
    window.until(lambda: window.dossier.title == "Mechelen")


def test_a_session_changes_map_week_and_last_sessions(window: WindowPage) -> None:
    page, workspace = StartPage(window), window.application.runner.workspace
    assert workspace is not None
    bornem = workspace.query(government_by_code, "12007").id
    page.ui.map_card.colour.set_choice("contact")
    content = SessionContent(date(2024, 3, 13), 570, 660, SessionMode.VISIT, (bornem,))
    window.application.runner.run(RegisterSession(content), initiator=window.application)
    window.application.runner.run(
        AddAgreement(bornem, Party.COACH, "sleutel vragen", date(2024, 3, 11)), initiator=window.application
    )
    window.until(lambda: ("sleutel vragen", "Bornem · jij", "vandaag") in page.rows("week"))
    window.settle()
    assert ("Sessie in Bornem, bezoek", "woensdag 13 maart · 09:30–11:00", "") in page.rows("week")
    # Planned is not held: the last contact stays what it was.
    assert "13 maart" not in StartPage(window).values()["Bornem"]


def test_the_rows_lead_on_by_keyboard(window: WindowPage) -> None:
    page = StartPage(window)
    late = page.rows("late")
    assert late[0] == (
        "Registratieformulier delen met de vrijwilligers",
        "Mechelen · partner",
        "23 jan · 7 weken te laat",
    )
    page.ui.now.focus_first()
    window.press(Qt.Key.Key_End)
    window.press(Qt.Key.Key_Home)
    window.press(Qt.Key.Key_Return)
    window.until(lambda: window.dossier.title == "Mechelen")
    window.open_page("start")
    page.ui.recent.focus_first()
    window.press(Qt.Key.Key_Return)
    window.until(lambda: window.application.shell.current == "session")


def test_a_late_agreement_is_ticked_off_in_its_row_and_comes_back_with_undo(window: WindowPage) -> None:
    page = StartPage(window)
    before = page.rows("late")
    page.ui.now.focus_first()
    window.press(Qt.Key.Key_Space)
    window.until(lambda: page.rows("late") == before[1:])
    assert page.focused() == before[1][0]
    assert any(before[0][0] in notice for notice in window.notices())
    window.settle()
    window.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    window.until(lambda: page.rows("late") == before)


def test_show_all_opens_the_list_with_that_number_of_rows(window: WindowPage) -> None:
    page = StartPage(window)
    number = len(page.rows("late"))
    page.ui.now.all_wanted.emit("late")
    window.until(lambda: window.application.shell.current == "support")
    support = window.screen("support", SupportScreen)
    window.until(lambda: len(support.agreements.model.rows) == number)
    window.open_page("start")
    seen = int(page.ui.contact.figure.text())
    page.ui.contact.click()
    window.until(lambda: len(support.silence.model.rows) == seen)


def test_what_helps_opens_the_kpis_of_the_government(window: WindowPage) -> None:
    page = StartPage(window)
    assert page.rows("attention")[0] == (
        "Zaventem",
        "5 KPI's met risico, de laagste: 9 Kansengroepen naar werk (12\xa0%)",
        "risico",
    )
    name = page.rows("attention")[0][0]
    page.ui.now.action_pressed.emit(page.ui.now.groups[-1].rows[0].key)
    window.until(lambda: window.dossier.title == name)
    assert window.dossier.screen.ui.tabs.currentIndex() == 1


def test_the_next_deadline_opens_all_with_their_source(window: WindowPage) -> None:
    chip = StartPage(window).ui.terms
    assert chip.text() == "Tussentijds rapport projectjaar 2 · nog 56 dagen"
    entries = chip.entries.actions()
    assert [one.text() for one in entries] == [
        "Tussentijds rapport projectjaar 2 · 22 apr – 6 mei · nog 56 dagen",
        "Aanvragen voor projectjaar 3 · 22 apr – 6 mei · nog 56 dagen",
        "Eindrapport projectjaar 2 · 1 okt – 15 okt · nog 218 dagen",
    ]
    assert "hoe-rapporteren/inhoudelijke-rapportering-projectjaar-2-kpi" in entries[0].toolTip()


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (1280, 720)])
def test_everything_fits_without_scrolling(window: WindowPage, size: tuple[int, int]) -> None:
    page = StartPage(window).screen
    window.shell.resize(*size)
    ui = page.ui

    def fits() -> bool:
        whole = all(row.geometry().bottom() < ui.now.height() for row in ui.now.rows)
        no_bar = page.height() <= page.parentWidget().height()
        return window.shell.height() == size[1] and no_bar and whole and len(ui.now.rows) >= 8

    window.until(fits)
    assert len(ui.recent.rows) == 3
    assert ui.map_card.map.height() >= 130


def test_where_it_is_narrow_the_map_comes_after_the_lists(window: WindowPage) -> None:
    page = StartPage(window).screen
    window.shell.resize(640, 360)
    window.until(lambda: page.ui.map_card.y() > page.ui.now_card.y())
    assert page.ui.map_card.map.width() >= 220
    window.shell.resize(1280, 720)
    window.until(lambda: page.ui.numbers.y() == page.ui.now_card.y())
    assert page.ui.map_card.x() > page.ui.now_card.x()


@pytest.fixture
def no_outlines(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A program without its map file."""
    monkeypatch.setattr(area, "_FILE", "nergens.topojson")
    for cached in (area._topology, area._layer):
        cached.cache_clear()
    yield
    for cached in (area._topology, area._layer):
        cached.cache_clear()


def test_a_lost_map_file_is_told_in_its_place_and_the_lists_stay(no_outlines: None, window: WindowPage) -> None:
    ui = StartPage(window).ui
    assert ui.map_card.fault.isVisible()
    assert "nergens.topojson" in ui.map_card.fault.text()
    assert window.notices() == []
    assert ui.now.rows


@pytest.fixture
def empty_window(open_window: Open, tmp_path: Path) -> WindowPage:
    path = tmp_path / "leeg.samenlevendb"
    made = create_workspace(path, "een lange zin", Runtime(), KeyCost(1, 8, 1))
    made.choose_officer(made.run(AddOfficer("coach")).result)
    made.close()
    return open_window(path, passphrase="een lange zin")


def steps(window: WindowPage) -> list[tuple[str, str]]:
    """Title and badge or link of each of the first steps."""
    groups = StartPage(window).ui.now.groups
    return [
        (row.title, row.pill[0] if row.pill else row.action)
        for group in groups
        if group.title == "Eerste stappen"
        for row in group.rows
    ]


def test_an_empty_file_shows_the_first_steps_and_ticks_them_off(empty_window: WindowPage) -> None:
    window = empty_window
    window.until(lambda: bool(steps(window)))
    assert steps(window) == [
        ("Kies je besturen", "Kiezen"),
        ("Druk het herstelblad af", "Afdrukken"),
        ("Breng je cijfers binnen", "Inlezen"),
        ("Registreer de eerste sessie", "Registreren"),
    ]
    page = StartPage(window)
    assert [group.title for group in page.ui.now.groups] == ["Eerste stappen"]
    primary = [one for one in window.shell.findChildren(QPushButton) if one.property("primary") and one.isVisible()]
    assert primary == [window.application.shell.new_session]
    page.ui.now.focus_first()
    window.press(Qt.Key.Key_Return)
    assert window.application.shell.current == "who"
    for place, shown in ((1, "settings"), (2, "import"), (3, "session")):
        window.open_page("start")
        page.ui.now.rows[place].press_link()
        window.settle()
        assert window.application.shell.current == shown
    workspace = window.workspace
    mechelen = workspace.query(government_by_code, "12025").id
    officer = workspace.officer_id
    assert officer is not None
    window.run(ChooseGovernments(officer, (mechelen,)))
    new_recovery_code(workspace, "een lange zin")
    window.open_page("start")
    window.until(lambda: [badge for _, badge in steps(window)] == ["klaar", "klaar", "Inlezen", "Registreren"])
    window.run(AddAgreement(mechelen, Party.COACH, "bellen", workspace.today))
    window.until(lambda: [group.title for group in page.ui.now.groups] == ["Eerste stappen", "Deze week"])
    window.run(RegisterSession(SessionContent(workspace.today, 540, 600, SessionMode.VISIT, (mechelen,))))
    window.until(lambda: not steps(window))
    assert [group.title for group in page.ui.now.groups] == ["Deze week", "Aandacht voor KPI's"]


def test_without_governments_the_map_is_flanders_and_a_click_chooses(empty_window: WindowPage) -> None:
    window = empty_window
    ui = StartPage(window).ui
    window.until(lambda: len(ui.map_card.map.areas) > 280)
    assert ui.map_card.fault.text() == "Je hebt nog geen besturen. Klik aan welke je volgt."
    mechelen = next(one for one in ui.map_card.map.areas if one.name == "Mechelen")
    ui.map_card.map.setFocus(Qt.FocusReason.TabFocusReason)
    while (current := ui.map_card.map.current()) is None or current.name != "Mechelen":
        window.press(Qt.Key.Key_M)
    window.press(Qt.Key.Key_Return)
    window.until(lambda: window.application.shell.current == "who")
    who = window.screen("who", WhoScreen)
    window.until(lambda: who.chosen_ids() == (mechelen.id,))
    WhoPage(window).save()
    window.until(lambda: [one.name for one in ui.map_card.map.areas] == ["Mechelen"])
    assert not ui.map_card.fault.isVisible()
