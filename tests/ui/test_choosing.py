"""Choosers and filters put beginnings before middles, and forgive typing errors where nothing fits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from samenleven_desktop.ui.screens.offers.screen import OffersScreen
from samenleven_desktop.ui.screens.settings.who import WhoScreen
from samenleven_desktop.ui.widgets.chips import ChoicePopup
from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui


def shown(who: WhoScreen) -> list[str]:
    rows = (who.list.item(row) for row in range(who.list.count()))
    return [item.text().split(" · ")[0] for item in rows if not item.isHidden()]


@pytest.fixture
def who(window: WindowPage) -> WhoScreen:
    window.application.shell.show_page("who", "settings")
    window.settle()
    return window.screen("who", WhoScreen)


def test_my_governments_begin_with_what_was_typed(window: WindowPage, who: WhoScreen) -> None:
    window.type_into(who.filter, "mechelen")
    assert shown(who) == ["Mechelen", "Maasmechelen"]
    window.type_into(who.filter, "mechlen")
    assert shown(who)[0] == "Mechelen"
    window.type_into(who.filter, "12025")
    assert shown(who) == ["Mechelen"]


def test_enter_ticks_the_first_and_a_filter_loses_no_tick(window: WindowPage, who: WhoScreen) -> None:
    before = who.chosen_ids()
    for name in ("aalst", "maasm"):
        window.type_into(who.filter, name)
        window.press(Qt.Key.Key_Return)
    assert len(who.chosen_ids()) == len(before) + 2
    window.type_into(who.filter, "aalst")
    window.press(Qt.Key.Key_Return)
    who.filter.clear()
    assert len(who.chosen_ids()) == len(before) + 1
    assert len(shown(who)) == who.list.count()
    window.press(Qt.Key.Key_Return)
    assert len(who.chosen_ids()) == len(before) + 1, "nothing was typed"


def test_the_list_of_governments_begins_with_what_was_typed(window: WindowPage) -> None:
    governments = window.governments
    window.go(2)
    governments.screen.ui.everyone.setChecked(True)
    window.settle()
    governments.filter("halle")
    assert governments.names()[0] == "Halle"
    governments.filter("hlale")
    assert governments.names()[0] == "Halle"


def test_offers_begin_with_what_was_typed(window: WindowPage) -> None:
    window.open_page("offers")
    window.settle()
    ui = window.screen("offers", OffersScreen).ui
    window.type_into(ui.filter, "netwerk")
    window.until(lambda: len(ui.model.rows) < 10)
    titles = [line.offer.title for line in ui.model.rows]
    assert "Lerend netwerk" in titles
    window.type_into(ui.filter, "hndreiking")
    window.until(lambda: [line.offer.title for line in ui.model.rows] == ["Handreiking polarisatie"])


def test_a_chooser_begins_with_what_was_typed(window: WindowPage) -> None:
    popup = ChoicePopup("bestuur", window.shell)
    popup.offer([("a", "Maasmechelen"), ("b", "Machelen"), ("c", "Mechelen")])
    assert popup.list.count() == 3
    popup.search.setText("mechelen")
    assert [popup.list.item(row).text() for row in range(popup.list.count())] == ["Mechelen", "Maasmechelen"]
    assert popup.list.currentRow() == 0
    popup.search.setText("mahcelen")
    assert popup.list.item(0).text() == "Machelen"
    popup.search.setText("")
    assert popup.list.count() == 3
    popup.deleteLater()
