"""The one search box by keys: records, texts and actions, opened with Enter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.pages.screens import OffersPage
from tests.pages.window import CTRL, WindowPage

pytestmark = pytest.mark.gui


def type_words(window: WindowPage, words: str) -> list[str]:
    window.press(Qt.Key.Key_K, CTRL)
    window.keys(words)
    finding, box = window.application.palette, window.application.shell.search
    window.until(lambda: not finding.timer.isActive() and window.application.runner.idle)
    return [box.results.item(row).text() for row in range(box.results.count())]


def test_a_text_opens_its_session(window: WindowPage) -> None:
    hits = type_words(window, "bibliotheek")
    assert hits
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Up)
    window.press(Qt.Key.Key_Return)
    window.until(lambda: window.application.shell.current in ("session", "dossier"))


def test_an_offer_opens_in_the_catalogue(window: WindowPage) -> None:
    assert "Handreiking polarisatie" in type_words(window, "handreiking")
    window.press(Qt.Key.Key_Return)
    window.until(lambda: window.application.shell.current == "offers")
    window.settle()
    assert OffersPage(window).detail() == "Handreiking polarisatie"


def test_a_member_of_the_program_does_what_it_says(window: WindowPage) -> None:
    assert type_words(window, "nieuwe ses")[0] == "Nieuwe sessie"
    window.press(Qt.Key.Key_Return)
    assert window.application.shell.current == "session"


def test_a_page_is_found_by_its_name(window: WindowPage) -> None:
    assert "Ga naar Aanbod" in type_words(window, "aanbod")
    window.press(Qt.Key.Key_Escape)
    assert window.application.shell.current == "start"


def test_nothing_found_is_said(window: WindowPage) -> None:
    assert type_words(window, "qqqzzz") == []
    assert "Niets gevonden voor 'qqqzzz'." in window.texts()
