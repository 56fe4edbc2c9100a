"""Throwing a draft of a session away is an undo step; the caret and the undo of the report."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from samenleven_desktop.ui.actions import UNDO
from tests.pages.window import CTRL, WindowPage
from tests.ui.test_drafts import drafts, new_session, typed

pytestmark = pytest.mark.gui


def test_throwing_a_draft_away_is_an_undo_step(window: WindowPage) -> None:
    page = typed(window, "mechelen", "Een half verslag")
    QTest.mouseClick(page.screen.ui.discard, Qt.MouseButton.LeftButton)
    window.settle()
    assert page.report() == ""
    assert page.governments() == ["Mechelen"]
    assert drafts(window) == []
    window.answer_notice("weggegooid", "Ongedaan maken")
    window.until(lambda: window.session.report() == "Een half verslag")
    assert page.governments() == ["Mechelen"]
    assert len(drafts(window)) == 1
    assert not any("weggegooid" in one for one in window.notices())


def test_a_discarded_draft_comes_back_by_key_from_another_page_and_in_order(window: WindowPage) -> None:
    page = typed(window, "mechelen", "Bewaard verslag")
    page.fill()
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    page = typed(window, "mechelen", "Weggegooid verslag")
    QTest.mouseClick(page.screen.ui.discard, Qt.MouseButton.LeftButton)
    window.settle()
    window.go(1)
    window.settle()
    assert "Klad weggegooid" in window.application.menu.entry(UNDO).text()
    window.press(Qt.Key.Key_Z, CTRL)
    window.until(lambda: window.application.shell.current == "session")
    window.settle()
    assert window.session.report() == "Weggegooid verslag"
    window.go(1)
    window.settle()
    window.press(Qt.Key.Key_Z, CTRL)
    window.search("mechelen")
    assert "Bewaard verslag" not in window.dossier.sessions()


def test_the_button_that_throws_away_is_far_from_the_one_that_saves(window: WindowPage) -> None:
    page = typed(window, "mechelen", "Tekst")
    ui = page.screen.ui
    discard, save = ui.discard, ui.save
    assert discard.isVisible()
    apart = save.mapTo(window.shell, save.rect().center()) - discard.mapTo(window.shell, discard.rect().center())
    assert apart.manhattanLength() > 300


def test_words_typed_in_the_report_are_undone_word_by_word(window: WindowPage) -> None:
    page = new_session(window, "mechelen")
    window.keys("een twee drie")
    window.press(Qt.Key.Key_Z, CTRL)
    assert page.report() == "een twee "
    window.press(Qt.Key.Key_Z, CTRL)
    assert page.report() == "een "
    window.press(Qt.Key.Key_Y, CTRL)
    assert page.report() == "een twee "


def test_the_caret_stands_where_it_was_when_a_draft_is_taken_up(window: WindowPage) -> None:
    typed(window, "mechelen", "een begin")
    page = new_session(window, "lier")
    page.answer_draft("Mechelen")
    window.keys(" en verder")
    assert page.report() == "een begin en verder"
