"""The grid by keyboard, as in Excel: typing and moving, the line under it, and its look."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.ui.models.editable_model import WRONG_ROLE
from samenleven_desktop.ui.theme import Theme
from tests.ui.grid_desk import ASKED, CTRL, NAME, NONE, NOTE, PRICE, REACHED, SHIFT, WHOLE, Desk, Key, clip
from tests.ui.grids import TARGETS, Target

pytestmark = [pytest.mark.gui, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


# Typing and moving


def test_typing_overwrites_and_enter_goes_down(desk: Desk) -> None:
    desk.write("75")
    assert desk.editor is not None
    assert desk.editor.text() == "75"
    desk.press(Key.Key_Return)
    assert desk.edits == [[FieldEdit("a", "reached", 75)]]
    assert desk.place == (1, REACHED)
    assert desk.table.hasFocus()
    desk.press(Key.Key_Return, SHIFT)
    assert desk.place == (0, REACHED)


def test_f2_changes_and_escape_leaves_it(desk: Desk) -> None:
    desk.press(Key.Key_F2)
    assert desk.editor is not None
    assert desk.editor.text() == "40"
    desk.press(Key.Key_End)
    desk.write("5")
    desk.press(Key.Key_Left)
    assert desk.editor is not None
    desk.press(Key.Key_Escape)
    assert (desk.words(0, REACHED), desk.edits, desk.place) == ("40", [], (0, REACHED))
    desk.press(Key.Key_F2)
    desk.press(Key.Key_End)
    desk.write("5")
    desk.press(Key.Key_Return)
    assert desk.edits == [[FieldEdit("a", "reached", 405)]]


@pytest.mark.parametrize(
    ("key", "place"),
    [
        (Key.Key_Down, (2, REACHED)),
        (Key.Key_Up, (0, REACHED)),
        (Key.Key_Right, (1, PRICE)),
        (Key.Key_Left, (1, ASKED)),
        (Key.Key_Tab, (1, PRICE)),
        (Key.Key_Backtab, (1, ASKED)),
        (Key.Key_Enter, (2, REACHED)),
    ],
)
def test_each_of_these_keys_keeps_what_is_typed_and_goes_on(desk: Desk, key: Qt.Key, place: tuple[int, int]) -> None:
    desk.go(1, REACHED)
    desk.write("7")
    desk.press(key)
    assert desk.edits == [[FieldEdit("b", "reached", 7)]]
    assert desk.place == place


def test_a_row_is_filled_with_tabs_and_enter_goes_under_the_first(desk: Desk) -> None:
    desk.go(0, ASKED)
    for words in ("1", "2", "3,5", "klaar"):
        desk.write(words)
        desk.press(Key.Key_Tab)
    # Over the fixed first column to the next row.
    assert desk.place == (1, ASKED)
    desk.go(0, ASKED)
    desk.press(Key.Key_Tab, times=2)
    desk.press(Key.Key_Return)
    assert desk.place == (1, ASKED)
    assert [edit.value for edits in desk.edits for edit in edits] == [1, 2, 350, "klaar"]


def test_tab_leaves_after_the_last_cell_and_ctrl_tab_anywhere(desk: Desk) -> None:
    desk.go(3, NOTE)
    desk.press(Key.Key_Tab)
    assert desk.panel.line.isVisible()
    assert not desk.table.hasFocus()
    desk.go(0, ASKED)
    desk.press(Key.Key_Backtab, SHIFT)
    assert desk.above.hasFocus()
    desk.go(1, REACHED)
    desk.press(Key.Key_Tab, CTRL)
    assert not desk.table.hasFocus()


def test_wrong_words_stay_and_escape_brings_the_old_ones_back(desk: Desk) -> None:
    desk.write("veertig")
    desk.press(Key.Key_Return)
    wrong = desk.model.index(0, REACHED)
    assert desk.edits == []
    assert (wrong.data(), wrong.data(WRONG_ROLE)) == ("veertig", True)
    assert desk.panel.line.wrong.text() == "1 cel is nog niet bewaard"
    assert desk.told() == WHOLE
    desk.press(Key.Key_Down)
    assert desk.told() != WHOLE
    desk.press(Key.Key_Up, times=2)
    assert desk.told() == WHOLE
    desk.go(3, NOTE)
    desk.panel.line.wrong.setFocus()
    desk.press(Key.Key_Space)
    assert desk.place == (0, REACHED)
    assert desk.table.hasFocus()
    desk.press(Key.Key_F2)
    assert desk.editor is not None
    assert desk.editor.text() == "veertig"
    assert desk.editor.accessibleDescription() == WHOLE
    desk.press(Key.Key_Escape)
    desk.press(Key.Key_Escape)
    assert desk.words(0, REACHED) == "40"
    assert not desk.panel.line.wrong.isVisible()


def test_a_wrong_cell_is_read_aloud_with_what_is_wrong(desk: Desk) -> None:
    desk.write("veertig")
    desk.press(Key.Key_Return)
    reader = QAccessible.queryAccessibleInterface(desk.table)
    cells = [reader.child(place) for place in range(reader.childCount())]
    cell = next(one for one in cells if one.text(QAccessible.Text.Name) == "veertig")
    assert cell.text(QAccessible.Text.Description) == WHOLE


def test_delete_empties_and_a_fixed_cell_says_why_not(desk: Desk) -> None:
    desk.select(0, REACHED, 2, REACHED)
    desk.press(Key.Key_Delete)
    assert desk.edits == [[FieldEdit("a", "reached", None), FieldEdit("c", "reached", None)]]
    desk.go(0, NAME)
    desk.press(Key.Key_Delete)
    assert desk.told() == "“Actie” wordt berekend of elders ingevuld: je kunt er niets typen."
    desk.go(3, REACHED)
    desk.press(Key.Key_Delete)
    assert desk.told() == "Een jury beoordeelt dit, er valt niets te tellen."
    assert len(desk.edits) == 1


def test_a_choice_is_completed(desk: Desk) -> None:
    desk.go(0, NOTE)
    desk.write("afg")
    desk.press(Key.Key_Return)
    assert desk.edits == [[FieldEdit("a", "note", "afgerond")]]


def test_leaving_the_grid_keeps_what_is_typed(desk: Desk) -> None:
    desk.write("77")
    desk.below.setFocus()
    assert desk.edits == [[FieldEdit("a", "reached", 77)]]


def test_enter_with_ctrl_and_a_double_click_open_the_row(desk: Desk) -> None:
    with desk.bot.waitSignal(desk.table.row_activated) as opened:
        desk.press(Key.Key_Return, CTRL)
    assert opened.args == [TARGETS[0]]
    place = desk.table.visualRect(desk.model.index(1, NAME)).center()
    QTest.mouseClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with desk.bot.waitSignal(desk.table.row_activated) as opened:
        QTest.mouseDClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [TARGETS[1]]
    place = desk.table.visualRect(desk.model.index(1, PRICE)).center()
    QTest.mouseClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.table.open_words() == "870,50"


@pytest.mark.parametrize("added", [[], [Target("e", "Nieuw", 5)]], ids=["same rows", "other rows"])
def test_rows_that_arrive_while_typing_lose_nothing(desk: Desk, added: list[Target]) -> None:
    desk.go(1, REACHED)
    desk.write("12")
    desk.model.set_rows([*added, *[replace(row, asked=row.asked + 1) for row in TARGETS]])
    assert desk.table.open_words() == "12"
    desk.write("3")
    desk.press(Key.Key_Return)
    assert desk.edits == [[FieldEdit("b", "reached", 123)]]
    assert desk.place == (2 + len(added), REACHED)


@pytest.mark.parametrize(
    ("key", "modifier", "place"),
    [
        (Key.Key_Down, CTRL, (3, REACHED)),
        (Key.Key_Left, CTRL, (1, NAME)),
        (Key.Key_Home, NONE, (1, NAME)),
        (Key.Key_End, CTRL, (3, NOTE)),
        (Key.Key_PageUp, NONE, (0, REACHED)),
    ],
)
def test_the_edges_are_one_key_away(
    desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier, place: tuple[int, int]
) -> None:
    desk.go(1, REACHED)
    desk.press(key, modifier)
    assert desk.place == place
    desk.go(1, REACHED)
    desk.press(key, modifier | SHIFT)
    rows, columns = sorted((1, place[0])), sorted((REACHED, place[1]))
    assert desk.table.blocks() == [(range(rows[0], rows[1] + 1), range(columns[0], columns[1] + 1))]


def test_shift_and_the_mouse_select_a_block(desk: Desk) -> None:
    desk.press(Key.Key_Return)
    place = desk.table.visualRect(desk.model.index(3, PRICE)).center()
    QTest.mouseClick(desk.table.viewport(), Qt.MouseButton.LeftButton, SHIFT, place)
    assert desk.table.blocks() == [(range(1, 4), range(REACHED, PRICE + 1))]


def test_an_empty_grid_takes_every_key(desk: Desk) -> None:
    desk.model.set_rows([])
    desk.table.setFocus()
    clip("5")
    for key in (Key.Key_Return, Key.Key_Down, Key.Key_End, Key.Key_Delete, Key.Key_F2, Key.Key_5, Key.Key_Escape):
        desk.press(key)
    for key in (Key.Key_C, Key.Key_V, Key.Key_D, Key.Key_A, Key.Key_Return, Key.Key_End):
        desk.press(key, CTRL)
    assert desk.edits == []
    desk.press(Key.Key_Tab)
    assert not desk.table.hasFocus()


# The line under it


def test_the_line_adds_up_what_is_selected(desk: Desk) -> None:
    desk.select(0, ASKED, 2, ASKED)
    assert desk.told() == "Som 600 · gemiddelde 200 · 3 getallen"
    desk.select(0, PRICE, 2, PRICE)
    money = "Som €\N{NO-BREAK SPACE}2.120,50 · gemiddelde €\N{NO-BREAK SPACE}1.060,25 · 2 getallen"
    assert desk.told() == money
    desk.select(0, NAME, 1, NAME)
    assert desk.told() == "2 cellen geselecteerd"
    desk.select(0, REACHED, 1, PRICE)
    assert desk.told() == "4 cellen geselecteerd · 3 getallen"
    desk.go(0, ASKED)
    assert desk.told().startswith("Typ om een cel te wijzigen")


def test_the_sum_follows_what_is_typed(desk: Desk) -> None:
    desk.select(0, REACHED, 2, REACHED)
    assert desk.sums[-1].total == 1490
    desk.model.setData(desk.model.index(1, REACHED), "10")
    assert desk.sums[-1].total == 1500


def test_blocks_picked_with_ctrl_are_added_up_too(desk: Desk) -> None:
    desk.go(0, REACHED)
    flags = QItemSelectionModel.SelectionFlag.Select
    other = desk.model.index(2, REACHED)
    desk.table.selectionModel().select(QItemSelection(other, other), flags)
    assert desk.sums[-1].total == 1490
    desk.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "40\r\n1450\r\n"


# The look


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_current_cell_and_a_wrong_one_can_be_seen(qtbot: QtBot, qapp: QApplication, mode: str) -> None:
    theme = Theme(mode)
    theme.apply(qapp)
    desk = Desk(qtbot)
    desk.table._delegate.theme = theme
    desk.write("veel")
    desk.press(Key.Key_Return)
    image = desk.table.viewport().grab().toImage()
    ring, wrong = (
        desk.table.visualRect(desk.model.index(1, REACHED)),
        desk.table.visualRect(desk.model.index(0, REACHED)),
    )
    scale = image.devicePixelRatio()

    def seen(box_x: int, box_y: int) -> str:
        return str(image.pixelColor(round(box_x * scale), round(box_y * scale)).name())

    assert seen(ring.left() + 1, ring.center().y()) == theme.color("accent").name()
    assert seen(wrong.center().x(), wrong.top() + 3) == theme.color("bad_tint").name()


def test_the_sentence_shows_under_the_pointer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtWidgets import QToolTip

    desk.write("veel")
    desk.press(Key.Key_Return)
    spot = desk.table.visualRect(desk.model.index(0, REACHED)).center()
    QApplication.sendEvent(
        desk.table.viewport(), QHelpEvent(QEvent.Type.ToolTip, spot, desk.table.viewport().mapToGlobal(spot))
    )
    assert QToolTip.text() == WHOLE
    QToolTip.hideText()
    desk.bot.waitUntil(lambda: not QToolTip.isVisible())


def test_hidden_columns_are_passed_over_and_left_alone(desk: Desk) -> None:
    """Moving, selecting, emptying and pasting see the columns that are on screen, and no others."""
    table, model = desk.table, desk.model
    hidden = model.columns[2].name
    kept = [model.words(model.index(row, 2)) for row in range(model.rowCount())]
    table.hide_columns({hidden})
    assert 2 not in table.shown_columns()
    desk.go(1, 1)
    desk.press(Qt.Key.Key_Right)
    assert table.currentIndex().column() == 3
    desk.press(Qt.Key.Key_Left)
    desk.press(Qt.Key.Key_Right, SHIFT)
    assert table.blocks() == [(range(1, 2), range(1, 2)), (range(1, 2), range(3, 4))]
    table.selectAll()
    table.clear_cells()
    assert [model.words(model.index(row, 2)) for row in range(model.rowCount())] == kept
    # The current cell moves out of a column that is hidden.
    desk.go(0, 3)
    table.hide_columns({hidden, model.columns[3].name})
    assert not table.isColumnHidden(table.currentIndex().column())
    table.hide_columns(set())
    assert table.shown_columns() == list(range(len(model.columns)))
