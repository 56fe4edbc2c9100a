"""The tour of a Dutch window finds English sentences of the catalogue, wherever a widget shows them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListView, QPushButton, QTabBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from samenleven_desktop.ui.screenshots.language_check import EnglishWords
from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui


@pytest.fixture(scope="module")
def english() -> EnglishWords:
    return EnglishWords()


@pytest.mark.parametrize("text", ["8 late", "+ government", "Wie: government", "<b>Save</b>", "Start · Save", "&Save"])
def test_an_english_sentence_is_recognised_inside_what_stands_around_it(english: EnglishWords, text: str) -> None:
    assert english.is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "8 te laat",
        "+ bestuur",
        "Wie: bestuur",
        "3 of 4",
        "Online",
        "Mechelen",
        "",
        "Plan",
        "logboek: /root/.local/state/log",
    ],
)
def test_dutch_and_names_are_left_alone(english: EnglishWords, text: str) -> None:
    assert not english.is_english(text)


def test_every_place_where_a_widget_shows_words_is_read(english: EnglishWords, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    label, press, tabs, choice, line, rows = (
        QLabel("Save"),
        QPushButton("Close"),
        QTabBar(),
        QComboBox(),
        QLineEdit(),
        QListView(),
    )
    tabs.addTab("Open agreements")
    choice.addItem("Dark")
    line.setPlaceholderText("Name")
    rows.setModel(QStringListModel(["Place"], rows))
    label.setToolTip("Month")
    press.setAccessibleName("Year")
    for widget in (label, press, tabs, choice, line, rows):
        box.addWidget(widget)
    window.show()
    found = english.in_window(window)
    assert found == ["Close", "Dark", "Month", "Name", "Open agreements", "Place", "Save", "Year"]
    label.hide()
    assert "Save" not in english.in_window(window)


def test_the_window_itself_is_dutch(english: EnglishWords, window: WindowPage) -> None:
    assert english.in_window(window.application.shell) == []
