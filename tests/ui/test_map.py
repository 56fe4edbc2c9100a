"""The map as a coach meets it: pointing, clicking, walking with the keys, and what is read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.map import Outline
from samenleven_desktop.services.governments.map import outlines
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.map import MapArea, MapWidget
from samenleven_desktop.ui.widgets.map_looks import Look, MapLegend

pytestmark = [pytest.mark.gui, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]

GOOD, BAD, EMPTY = Look("good"), Look("bad", "hatch"), Look("surface")
AREAS = [
    MapArea("d", "Duffel", "2 op koers", GOOD, ("12009",)),
    MapArea("l", "Lier", "geen KPI's", EMPTY, ("12021",)),
    MapArea("m", "Mechelen", "1 risico", BAD, ("12025",)),
    MapArea("s", "Samen", "1 achter", Look("attention", "dots"), ("12014", "12007")),
]


@pytest.fixture(scope="module")
def drawn() -> Mapping[str, Outline]:
    return outlines(date(2024, 3, 11))


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Theme:
    made = Theme(request.param)
    made.apply(qapp)
    return made


@pytest.fixture
def shown(theme: Theme, drawn: Mapping[str, Outline], qtbot: QtBot) -> Iterator[MapWidget]:
    """A map of four in a window that has the keyboard."""
    window = QWidget()
    made = MapWidget(theme, Language("nl"), "Kaart", "Kaart: Statbel", "Kaart: Statbel, voluit")
    box = QVBoxLayout(window)
    box.addWidget(QPushButton("eerst"))
    box.addWidget(made)
    made.show_outlines(drawn)
    made.show_areas(AREAS)
    qtbot.addWidget(window)
    window.resize(600, 420)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    window.close()


def middle(shown: MapWidget, area_id: str) -> QPoint:
    """A point well inside: the middle of all points of a grid that lie in the area."""
    points = [
        QPoint(x, y)
        for x in range(0, shown.width(), 3)
        for y in range(0, shown.height(), 3)
        if (found := shown.area_at(QPointF(x, y))) is not None and found.id == area_id
    ]
    assert points, area_id
    x, y = sum(p.x() for p in points) / len(points), sum(p.y() for p in points) / len(points)
    return min(points, key=lambda point: (point.x() - x) ** 2 + (point.y() - y) ** 2)


@pytest.mark.parametrize("area_id", ["d", "l", "m", "s"])
def test_a_click_in_the_middle_opens_that_one(shown: MapWidget, qtbot: QtBot, area_id: str) -> None:
    with qtbot.waitSignal(shown.area_activated) as opened:
        QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=middle(shown, area_id))
    assert opened.args == [area_id]


def test_a_click_beside_or_a_press_that_goes_elsewhere_opens_nothing(shown: MapWidget, qtbot: QtBot) -> None:
    inside = middle(shown, "m")
    with qtbot.assertNotEmitted(shown.area_activated):
        QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
        QTest.mouseClick(shown, Qt.MouseButton.RightButton, pos=inside)
        QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=inside)
        QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=middle(shown, "d"))


def test_north_is_up_and_both_directions_have_one_scale(shown: MapWidget, drawn: Mapping[str, Outline]) -> None:
    duffel, mechelen = middle(shown, "d"), middle(shown, "m")
    assert duffel.y() < mechelen.y()
    assert duffel.x() > mechelen.x()
    left, bottom, right, top = drawn["12025"].box
    points = [
        (x, y)
        for x in range(shown.width())
        for y in range(shown.height())
        if (found := shown.area_at(QPointF(x, y))) is not None and found.id == "m"
    ]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    drawn_shape = (max(xs) - min(xs)) / (max(ys) - min(ys))
    assert drawn_shape == pytest.approx((right - left) / (top - bottom), rel=0.03)


def test_the_keys_walk_by_name_and_enter_opens(shown: MapWidget, qtbot: QtBot) -> None:
    pointed: list[str | None] = []
    shown.area_pointed.connect(lambda area: pointed.append(area.name if area else None))
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(shown, key)
    assert pointed == ["Duffel", "Lier", "Mechelen", "Samen", "Duffel", "Samen", "Mechelen"]
    QTest.keyClick(shown, Qt.Key.Key_Home)
    QTest.keyClick(shown, Qt.Key.Key_End)
    QTest.keyClick(shown, Qt.Key.Key_L)
    assert pointed[-3:] == ["Duffel", "Samen", "Lier"]
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(shown.area_activated) as opened:
            QTest.keyClick(shown, key)
        assert opened.args == ["l"]


def test_a_key_that_means_nothing_here_goes_on(shown: MapWidget) -> None:
    seen: list[int] = []

    class Above(QWidget):
        def keyPressEvent(self, event: object) -> None:
            seen.append(event.key())  # type: ignore[attr-defined]

    above = Above()
    shown.setParent(above)
    for key in (Qt.Key.Key_X, Qt.Key.Key_Escape, Qt.Key.Key_Return):
        QTest.keyClick(shown, key)
    assert seen == [Qt.Key.Key_X, Qt.Key.Key_Escape, Qt.Key.Key_Return]
    assert shown.current() is None
    shown.setParent(None)  # type: ignore[call-overload]
    shown.deleteLater()


def test_what_is_read_aloud_names_the_government_and_its_value(shown: MapWidget) -> None:
    assert shown.accessibleName() == "Kaart"
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    assert shown.accessibleName() == "Kaart: Duffel, 2 op koers"
    QTest.keyClick(shown, Qt.Key.Key_End)
    assert shown.accessibleName() == "Kaart: Samen, 1 achter"
    shown.show_areas(AREAS[:3])
    assert shown.accessibleName() == "Kaart"


def test_other_values_keep_the_place_of_the_keyboard(shown: MapWidget) -> None:
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(shown, Qt.Key.Key_M)
    shown.show_areas([MapArea(one.id, one.name, "anders", GOOD, one.codes) for one in AREAS])
    assert shown.accessibleName() == "Kaart: Mechelen, anders"


def test_the_tool_tip_says_name_and_value(shown: MapWidget, qtbot: QtBot) -> None:
    place = middle(shown, "m")
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, shown.mapToGlobal(place))
    QApplication.sendEvent(shown, event)
    qtbot.waitUntil(QToolTip.isVisible)
    assert QToolTip.text() == "Mechelen\n1 risico"
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    names = {shown.tip_at(QPointF(x, y)) for x in range(0, 560, 10) for y in range(0, 400, 10)}
    assert {"Aarschot", "Aartselaar"} <= names
    assert shown.tip_at(QPointF(-500, -500)) == ""


def test_hovering_shows_a_hand_and_tells_who(shown: MapWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.area_pointed) as pointed:
        QTest.mouseMove(shown, middle(shown, "s"))
    assert pointed.args is not None
    assert pointed.args[0].name == "Samen"
    assert shown.cursor().shape() == Qt.CursorShape.PointingHandCursor
    with qtbot.waitSignal(shown.area_pointed) as pointed:
        QTest.mouseMove(shown, QPoint(2, 2))
    assert pointed.args == [None]
    assert shown.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_names_are_written_the_most_urgent_first_and_never_over_one_another(shown: MapWidget) -> None:
    """Each area is there twice: the second name would cover the first and is left out."""
    first = list(shown.areas)
    again = [replace(one, id=f"{one.id}2", rank=9) for one in first]

    def drawn(*areas: MapArea) -> QImage:
        shown.show_areas(areas)
        return shown.grab().toImage()

    nameless = [replace(one, name="") for one in first], [replace(one, name="") for one in again]
    assert drawn(*first, *again) == drawn(*first, *nameless[1])
    assert drawn(*first, *again) != drawn(*nameless[0], *nameless[1])


def test_fills_differ_in_pattern_too_and_the_focus_is_seen(shown: MapWidget, theme: Theme) -> None:
    shown.show_areas([replace(one, name="") for one in shown.areas])
    plain = shown.grab().toImage()

    def colours(area_id: str, around: int = 6) -> set[str]:
        place, steps = middle(shown, area_id), range(-around, around + 1)
        return {plain.pixelColor(place + QPoint(x, y)).name().upper() for x in steps for y in steps}

    assert colours("d", 2) == {theme.color("good").name().upper()}
    assert colours("l", 2) == {theme.color("surface").name().upper()}
    assert theme.color("bad").name().upper() in colours("m")
    assert len(colours("m")) > 1
    assert len(colours("s")) > 1
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    ringed = shown.grab().toImage()
    accent = theme.color("accent")
    found = [(x, y) for x in range(ringed.width()) for y in range(ringed.height()) if ringed.pixelColor(x, y) == accent]
    assert len(found) > 100


def test_another_size_places_it_anew(shown: MapWidget, qtbot: QtBot) -> None:
    before = middle(shown, "m")
    shown.window().resize(900, 700)
    qtbot.waitUntil(lambda: shown.width() > 800)
    after = middle(shown, "m")
    assert (after.x() / shown.width(), after.y() / shown.height()) != (before.x() / 580, before.y() / 400)
    shown.window().resize(QSize(60, 40))
    shown.grab()


def test_without_anything_of_mine_all_of_flanders_is_shown(shown: MapWidget) -> None:
    shown.show_areas([])
    names = {shown.tip_at(QPointF(x, y)) for x in range(0, shown.width(), 4) for y in range(0, shown.height(), 4)}
    assert {"Brugge", "Gent", "Antwerpen", "Genk", "Leuven"} <= names
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Return):
        QTest.keyClick(shown, key)
    assert shown.current() is None


def test_an_area_without_an_outline_harms_nothing(shown: MapWidget) -> None:
    shown.show_areas([MapArea("x", "Nergens", "", GOOD, ("99999",))])
    shown.grab()
    assert shown.area_at(QPointF(100, 100)) is None


def test_the_legend_says_it_in_words(theme: Theme, qtbot: QtBot) -> None:
    legend = MapLegend(theme)
    qtbot.addWidget(legend)
    legend.show_entries([(BAD, "risico: 2"), (GOOD, "op koers: 5")])
    legend.show_entries([(EMPTY, "geen KPI's: 4"), (GOOD, "op koers: 1")])
    legend.resize(180, 80)
    legend.show()
    legend.grab()
    assert [one.text() for one in legend.findChildren(QLabel) if one.isVisible()] == ["geen KPI's: 4", "op koers: 1"]
