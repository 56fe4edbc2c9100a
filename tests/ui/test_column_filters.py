"""Filters per column: what they mean, how they are kept, by keyboard, quick on long lists, and saved ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.models.columns import Column, ValueKind
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.models.row_filter import (
    Compare,
    Condition,
    condition_words,
    from_content,
    matcher,
    read_condition,
    to_content,
)
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.basic import button
from samenleven_desktop.ui.widgets.filters import FilterBar, FilterPopup
from samenleven_desktop.ui.widgets.table import DataTable

pytestmark = [pytest.mark.gui, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]

DUTCH, TODAY = Language("nl"), date(2024, 3, 11)
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True)
class Row:
    id: int
    name: str
    reached: int | None = None
    cents: int | None = None
    seen: date | None = None


ROWS = [
    Row(1, "Bérchem", 10, 125_050, TODAY),
    Row(2, "Lier", 62, None, TODAY - timedelta(days=61)),
    Row(3, "Duffel", None, 0, TODAY - timedelta(days=60)),
    Row(4, "Lierde", 130, 99, None),
]
COLUMNS: list[Column[Row]] = [
    Column("Bestuur", lambda row: row.name, key="name"),
    Column(
        "Behaald",
        lambda row: "–" if row.reached is None else str(row.reached),
        80,
        right=True,
        value=lambda row: row.reached,
        kind=ValueKind.NUMBER,
        key="reached",
        filter_name="Bereik",
    ),
    Column("Prijs", lambda row: "x", 80, value=lambda row: row.cents, kind=ValueKind.MONEY, key="cents"),
    Column(
        "Gezien", lambda row: str(row.seen or "–"), 100, value=lambda row: row.seen, kind=ValueKind.DATE, key="seen"
    ),
    Column("Nummer", lambda row: str(row.id) if row.id > 1 else "–", 80),
]


def shown(*conditions: Condition) -> list[int]:
    meets = matcher(COLUMNS, conditions, TODAY)
    return [row.id for row in ROWS if meets(row)]


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        (Condition("name", Compare.CONTAINS, "LIER"), [2, 4]),
        (Condition("name", Compare.CONTAINS, "berch"), [1]),
        (Condition("reached", Compare.AT_LEAST, 62), [2, 4]),
        (Condition("reached", Compare.AT_MOST, 62), [1, 2]),
        (Condition("reached", Compare.EXACTLY, 62), [2]),
        (Condition("reached", Compare.EMPTY), [3]),
        (Condition("reached", Compare.FILLED), [1, 2, 4]),
        (Condition("cents", Compare.AT_MOST, 100), [3, 4]),
        (Condition("seen", Compare.OLDER, 60), [2, 4]),
        (Condition("seen", Compare.OLDER, 10**9), [4]),
        (Condition("seen", Compare.AT_LEAST, TODAY), [1]),
        (Condition("Nummer", Compare.EMPTY), [1]),
        (Condition("gone", Compare.EMPTY), [1, 2, 3, 4]),
    ],
)
def test_what_a_condition_shows(condition: Condition, ids: list[int]) -> None:
    assert shown(condition) == ids


def test_conditions_hold_together() -> None:
    assert shown(Condition("name", Compare.CONTAINS, "lier"), Condition("reached", Compare.AT_LEAST, 100)) == [4]


@pytest.mark.parametrize(
    ("place", "how", "words", "value", "chip"),
    [
        (0, Compare.CONTAINS, " Lier ", "Lier", "Bestuur: “Lier”"),
        (1, Compare.AT_LEAST, "1.450", 1450, "Bereik ≥ 1.450"),
        (2, Compare.AT_MOST, "€ 12,50", 1250, "Prijs ≤ €\N{NO-BREAK SPACE}12,50"),
        (3, Compare.EXACTLY, "11/3", TODAY, "Gezien = 11-03-2024"),
        (3, Compare.OLDER, "60", 60, "Gezien meer dan 60 dagen geleden"),
        (1, Compare.EMPTY, "what stood there", None, "Bereik: leeg"),
    ],
)
def test_what_is_typed_reads_on_a_chip_and_is_kept(
    place: int, how: Compare, words: str, value: object, chip: str
) -> None:
    condition = read_condition(COLUMNS[place], how, words, DUTCH, TODAY)
    assert condition.value == value
    assert condition_words(condition, COLUMNS, DUTCH) == chip
    assert from_content(to_content([condition]), COLUMNS) == [condition]


@pytest.mark.parametrize(
    ("place", "how", "words"), [(1, Compare.AT_LEAST, "veel"), (2, Compare.EXACTLY, "1,234"), (3, Compare.AT_MOST, "x")]
)
def test_words_that_are_no_value_are_refused(place: int, how: Compare, words: str) -> None:
    with pytest.raises(UserError) as raised:
        read_condition(COLUMNS[place], how, words, DUTCH, TODAY)
    assert raised.value.field == "value"


@pytest.mark.parametrize(
    "content",
    [
        None,
        "text",
        ["text"],
        [{"column": "gone", "how": "empty"}],
        [{"column": "reached", "how": "contains", "value": "x"}],
        [{"column": "reached", "how": "at_least", "value": "x"}],
        [{"column": "reached", "how": "at_least", "value": True}],
        [{"column": "seen", "how": "at_least", "value": "soon"}],
        [{"column": "name", "how": "contains"}],
    ],
)
def test_what_cannot_be_asked_any_more_is_left_out(content: object) -> None:
    assert from_content(content, COLUMNS) == []


# Models


def many(number: int) -> list[Row]:
    return [Row(place, f"Bestuur {place % 300}", place % 997, place * 7, TODAY) for place in range(number)]


def test_ten_thousand_rows_are_filtered_each_asked_once(qapp: QApplication) -> None:
    asked: list[str] = []

    def name(row: Row) -> str:
        asked.append(row.name)
        return row.name

    model = RowsModel[Row]([Column("Naam", name, key="name"), *COLUMNS[1:]])
    model.set_rows(many(10_000))
    asked.clear()
    model.set_filter([Condition("name", Compare.CONTAINS, "27")], TODAY)
    assert 0 < len(model.rows) < 10_000
    assert len(asked) <= 2 * 10_000


def test_of_twenty_thousand_rows_only_those_in_sight_are_painted(qtbot: QtBot, qapp: QApplication) -> None:
    theme, asked = Theme("light"), set[int]()
    theme.apply(qapp)

    def price(row: Row) -> str:
        asked.add(row.id)
        return "x"

    model = RowsModel[Row]([*COLUMNS[:2], Column("Prijs", price, 80), *COLUMNS[3:]])
    table = DataTable(theme, model, "Besturen")
    qtbot.addWidget(table)
    table.resize(900, 600)
    table.show()
    model.set_rows(many(20_000))
    table.grab()
    assert 10 < len(asked) < 200


def test_sorting_and_filtering_keep_the_selection(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme("light")
    model = RowsModel[Row](COLUMNS)
    table = DataTable(theme, model, "Besturen")
    qtbot.addWidget(table)
    model.set_rows(ROWS)
    table.select_row(3)

    def chosen() -> int:
        return int(model.row(table.selectionModel().selectedRows()[0]).id)

    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert (chosen(), table.currentIndex().row()) == (4, 0)
    model.set_filter([Condition("name", Compare.CONTAINS, "lier")], TODAY)
    assert ([row.id for row in model.rows], chosen()) == ([4, 2], 4)
    model.set_filter([], TODAY)
    assert (chosen(), len(model.rows)) == (4, 4)
    model.set_rows([Row(4, "Anders"), *ROWS[:2]])
    assert chosen() == 4
    model.set_filter([Condition("name", Compare.CONTAINS, "ber")], TODAY)
    assert chosen() == 1


# By keyboard


class Desk:
    def __init__(self, qtbot: QtBot) -> None:
        theme = Theme("light")
        self.window = QWidget()
        self.model = RowsModel[Row](COLUMNS, self.window)
        self.table = DataTable(theme, self.model, "Besturen")
        self.bar = FilterBar(theme, DUTCH, self.table, TODAY)
        box = QVBoxLayout(self.window)
        box.addWidget(self.bar)
        box.addWidget(self.table)
        qtbot.addWidget(self.window)
        self.window.resize(700, 400)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.model.set_rows(ROWS)
        self.table.setFocus()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)

    @property
    def popup(self) -> FilterPopup:
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, FilterPopup)
        return popup

    def ids(self) -> list[int]:
        return [row.id for row in self.model.rows]

    def chips(self) -> list[str]:
        return [chip.text().strip() for chip in self.bar.findChildren(type(button(""))) if not chip.isHidden()][::-1]


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Desk:
    Theme("light").apply(qapp)
    return Desk(qtbot)


def test_a_filter_by_keyboard_alone(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_L, CTRL)
    assert desk.popup.column.currentText() == "Bereik"
    QTest.keyClicks(desk.popup.value_edit, "veel")
    QTest.keyClick(desk.popup.value_edit, Qt.Key.Key_Return)
    assert desk.popup.field.error.text() == "Typ een geheel getal, bijvoorbeeld 1450."
    assert desk.popup.value_edit.text() == "veel"
    desk.popup.value_edit.selectAll()
    QTest.keyClicks(desk.popup.value_edit, "60")
    QTest.keyClick(desk.popup.value_edit, Qt.Key.Key_Return)
    assert desk.ids() == [2, 4]
    assert "Bereik ≥ 60" in desk.chips()
    assert desk.table.hasFocus()


def test_a_column_that_is_filtered_is_changed_by_asking_again(desk: Desk) -> None:
    desk.bar.set_conditions([Condition("reached", Compare.AT_LEAST, 60), Condition("name", Compare.FILLED)])
    desk.table.select_cell(0, 1)
    desk.press(Qt.Key.Key_L, CTRL)
    assert (desk.popup.how.currentText(), desk.popup.value_edit.text()) == ("minstens", "60")
    desk.popup.how.setCurrentIndex(1)
    QTest.keyClick(desk.popup.value_edit, Qt.Key.Key_Return)
    assert desk.bar.conditions == (Condition("name", Compare.FILLED), Condition("reached", Compare.AT_MOST, 60))


def test_empty_needs_no_value_and_nothing_to_look_for_is_said(desk: Desk) -> None:
    desk.press(Qt.Key.Key_L, CTRL)
    QTest.keyClick(desk.popup.value_edit, Qt.Key.Key_Return)
    assert desk.popup.field.error.text() == "Typ waarnaar je zoekt."
    desk.popup.column.setCurrentIndex(1)
    desk.popup.how.setCurrentIndex(3)
    assert not desk.popup.value_edit.isEnabled()
    desk.popup.apply.click()
    assert desk.ids() == [3]


def test_escape_leaves_the_popup_and_changes_nothing(desk: Desk) -> None:
    desk.press(Qt.Key.Key_L, CTRL)
    QTest.keyClick(desk.popup, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert desk.ids() == [1, 2, 3, 4]


def test_a_chip_takes_its_condition_away(desk: Desk) -> None:
    desk.bar.set_conditions([Condition("reached", Compare.AT_LEAST, 60), Condition("name", Compare.CONTAINS, "rde")])
    assert desk.ids() == [4]
    chip = next(one for one in desk.bar.shown if one.accessibleName() == "Bestuur: “rde”: verwijderen")
    chip.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert desk.ids() == [2, 4]


def test_the_popup_sorts_too(desk: Desk) -> None:
    desk.press(Qt.Key.Key_L, CTRL)
    desk.popup.column.setCurrentIndex(1)
    down = next(one for one in desk.popup.findChildren(type(button(""))) if one.text() == "Aflopend")
    down.click()
    assert desk.ids() == [4, 2, 1, 3]


def test_the_funnel_in_the_head_opens_the_popup_and_does_not_sort(desk: Desk) -> None:
    head = desk.table.filter_head
    place = QPoint(head.sectionViewportPosition(1) + 9, head.height() // 2)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.popup.column.currentText() == "Bereik"
    desk.popup.close()
    assert desk.ids() == [1, 2, 3, 4]
    # Beside the funnel a click sorts as ever.
    place.setX(head.sectionViewportPosition(1) + head.sectionSize(1) - 12)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.ids()[-1] == 3


def test_fields_of_the_popup_are_named(desk: Desk) -> None:
    desk.press(Qt.Key.Key_L, CTRL)
    names = [desk.popup.column.accessibleName(), desk.popup.how.accessibleName()]
    names += [one.accessibleName() for one in desk.popup.findChildren(QLineEdit)]
    assert names == ["Kolom", "Vergelijking", "Waarde"]
    desk.popup.close()
