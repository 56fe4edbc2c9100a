"""The grid by keyboard, as in Excel: filling, copying and pasting through the real clipboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from samenleven_desktop.services.core.command import FieldEdit
from tests.ui.grid_desk import CTRL, NAME, NONE, NOTE, PRICE, REACHED, Desk, Key, clip
from tests.ui.grids import Target

pytestmark = [pytest.mark.gui, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


# Fill, copy, paste


def test_fill_down_is_one_action(desk: Desk) -> None:
    desk.select(0, REACHED, 2, PRICE)
    desk.press(Key.Key_D, CTRL)
    assert desk.edits == [
        [
            FieldEdit("b", "reached", 40),
            FieldEdit("b", "price_cents", 125_000),
            FieldEdit("c", "reached", 40),
            FieldEdit("c", "price_cents", 125_000),
        ]
    ]


def test_fill_down_of_one_cell_takes_the_one_above(desk: Desk) -> None:
    desk.go(1, REACHED)
    desk.press(Key.Key_D, CTRL)
    assert desk.edits == [[FieldEdit("b", "reached", 40)]]
    desk.go(0, REACHED)
    desk.press(Key.Key_D, CTRL)
    assert "Ctrl+D" in desk.told()
    assert len(desk.edits) == 1


def test_a_block_is_copied_as_text_and_as_a_table(desk: Desk) -> None:
    desk.select(0, NAME, 1, PRICE)
    desk.press(Key.Key_C, CTRL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "Oefenkansen Nederlands\t100\t40\t1250\r\nBuddywerking\t200\t\t870,50\r\n"
    assert "<td>870,50</td>" in data.html()


def test_what_is_copied_is_pasted_back_with_its_quotes_and_line_ends(desk: Desk) -> None:
    desk.go(0, NOTE)
    desk.model.setData(desk.model.index(0, NOTE), 'eerste "groep"\ntweede\tgroep')
    desk.model.setData(desk.model.index(1, NOTE), '"tussen quotes"')
    desk.edits.clear()
    desk.select(0, NOTE, 1, NOTE)
    desk.press(Key.Key_C, CTRL)
    desk.go(2, NOTE)
    desk.press(Key.Key_V, CTRL)
    assert desk.edits == [
        [FieldEdit("c", "note", 'eerste "groep"\ntweede\tgroep'), FieldEdit("d", "note", '"tussen quotes"')]
    ]


def test_a_cell_with_a_line_end_can_be_changed_without_losing_it(desk: Desk) -> None:
    desk.model.setData(desk.model.index(0, NOTE), "eerste\ntweede")
    desk.go(0, NOTE)
    desk.press(Key.Key_F2)
    desk.press(Key.Key_End)
    desk.write("!")
    desk.press(Key.Key_Return)
    assert desk.edits[-1] == [FieldEdit("a", "note", "eerste\ntweede!")]


def test_a_block_from_excel_is_one_action_with_numbers_as_people_write_them(desk: Desk) -> None:
    clip('1.450\t€ 1.450,50\t"twee\nregels"\r\n1450\t 1 450 \tklaar\r\n')
    desk.press(Key.Key_V, CTRL)
    assert desk.edits == [
        [
            FieldEdit("a", "reached", 1450),
            FieldEdit("a", "price_cents", 145_050),
            FieldEdit("a", "note", "twee\nregels"),
            FieldEdit("b", "reached", 1450),
            FieldEdit("b", "price_cents", 145_000),
            FieldEdit("b", "note", "klaar"),
        ]
    ]
    assert desk.table.blocks() == [(range(2), range(REACHED, NOTE + 1))]


def test_two_hundred_cells_are_one_action(qtbot: QtBot, desk: Desk) -> None:
    rows = [Target(str(place), f"Actie {place}", place) for place in range(100)]
    desk.model.set_rows(rows)
    desk.go(0, REACHED)
    clip("".join(f"{place}\t{place},5\r\n" for place in range(100)))
    desk.press(Key.Key_V, CTRL)
    assert [len(edits) for edits in desk.edits] == [200]


def test_one_copied_cell_fills_the_selection(desk: Desk) -> None:
    clip("9\r\n")
    desk.select(0, REACHED, 2, PRICE)
    desk.press(Key.Key_V, CTRL)
    assert [(edit.row_id, edit.value) for edit in desk.edits[0]] == [
        ("a", 9),
        ("a", 900),
        ("b", 9),
        ("b", 900),
        ("c", 9),
        ("c", 900),
    ]


def test_wrong_cells_of_a_paste_wait_and_the_right_ones_are_told(desk: Desk) -> None:
    clip("12\nveel\n13")
    desk.press(Key.Key_V, CTRL)
    assert desk.edits == [[FieldEdit("a", "reached", 12), FieldEdit("c", "reached", 13)]]
    assert desk.words(1, REACHED) == "veel"


def test_a_paste_that_is_too_large_fills_what_fits_and_says_the_rest(desk: Desk) -> None:
    desk.go(3, PRICE)
    clip("1\ta\tx\ty\r\n2\tb\tx\ty\r\n")
    desk.press(Key.Key_V, CTRL)
    assert desk.edits == [[FieldEdit("d", "price_cents", 100), FieldEdit("d", "note", "a")]]
    assert desk.told() == "6 cellen pasten er niet meer bij en zijn weggelaten."
    desk.press(Key.Key_Up)
    assert "weggelaten" not in desk.told()


def test_fixed_cells_refuse_a_paste_as_a_whole(desk: Desk) -> None:
    desk.go(0, NAME)
    clip("Iets anders\t5")
    desk.press(Key.Key_V, CTRL)
    assert desk.edits == []
    assert desk.told().startswith("Er is niets geplakt. “Actie”")
    # The same words in the fixed cell, as after a round through Excel, are no reason.
    clip("Oefenkansen Nederlands\t5")
    desk.press(Key.Key_V, CTRL)
    assert desk.edits == [[FieldEdit("a", "asked", 5)]]


@pytest.mark.parametrize("text", ["x" * 10_000_000, "1\t2\t3\n" * 2_000], ids=["10 MB", "6000 cells"])
def test_too_much_text_is_refused_at_once_and_changes_nothing(desk: Desk, text: str) -> None:
    clip(text)
    desk.press(Key.Key_V, CTRL)
    assert desk.edits == []
    assert desk.told() == (
        "Dat is te veel in één keer: hoogstens 5.000 cellen of 200.000 tekens. Er is niets veranderd."
    )
    assert desk.words(0, REACHED) == "40"


def test_too_much_text_in_an_open_cell_is_refused_too(desk: Desk) -> None:
    clip("x" * 1_000_000)
    desk.write("7")
    desk.press(Key.Key_V, CTRL)
    assert desk.table.open_words() == "7"
    assert desk.told().startswith("Dat is te veel in één keer")


def test_cutting_copies_and_empties(desk: Desk) -> None:
    desk.go(0, PRICE)
    desk.press(Key.Key_X, CTRL)
    assert QGuiApplication.clipboard().text() == "1250"
    assert desk.edits == [[FieldEdit("a", "price_cents", None)]]


def test_the_menu_does_the_same(desk: Desk) -> None:
    clip("12")
    spot = desk.table.visualRect(desk.model.index(0, REACHED)).center()
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, spot, desk.table.viewport().mapToGlobal(spot), Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(desk.table.viewport(), asked)
    menu = desk.table.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Kopiëren\tCtrl+C",
        "Plakken\tCtrl+V",
        "Naar onder vullen\tCtrl+D",
        "Cellen leegmaken\tDelete",
    ]
    desk.bot.waitUntil(menu.isVisible)
    QTest.keyClick(menu, Key.Key_Down, NONE)
    QTest.keyClick(menu, Key.Key_Down, NONE)
    QTest.keyClick(menu, Key.Key_Return, NONE)
    assert desk.edits == [[FieldEdit("a", "reached", 12)]]


def test_a_picture_on_the_clipboard_changes_nothing(desk: Desk) -> None:
    QGuiApplication.clipboard().setMimeData(QMimeData())
    desk.press(Key.Key_V, CTRL)
    assert desk.edits == []
