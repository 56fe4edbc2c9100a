"""Over dit programma: from the menu, in both languages, by keyboard; the licence of each part can be read and saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from samenleven_desktop import __version__
from samenleven_desktop.ui.dialogs.about import AboutDialog
from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui


def open_about(window: WindowPage, caption: str) -> AboutDialog:
    menu = window.application.shell.menu.menu()
    (action,) = [one for one in menu.actions() if one.text() == caption]
    action.trigger()
    dialog = window.dialog(AboutDialog)
    window.until(lambda: bool(dialog.model.rows))
    return dialog


def test_every_part_is_told_with_its_licence(window: WindowPage) -> None:
    dialog = open_about(window, "Over dit programma")
    parts = {one.name: one for one in dialog.model.rows}
    assert parts["Inter"].licence == "OFL-1.1"
    assert "LGPL" in parts["PySide6_Essentials"].licence
    assert dialog.table.hasFocus()
    first = dialog.licence.toPlainText()
    assert first
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    window.until(lambda: dialog.licence.toPlainText() != first)
    dialog.copy.click()
    assert __version__ in QGuiApplication.clipboard().text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    window.closed()


def test_the_list_is_saved_and_a_folder_that_is_not_there_is_told(window: WindowPage, tmp_path: Path) -> None:
    dialog = open_about(window, "Over dit programma")
    dialog.save_list(tmp_path / "delen.json")
    window.until(lambda: dialog.caption.text() == "De lijst is opgeslagen.")
    assert len(json.loads((tmp_path / "delen.json").read_text())) == len(dialog.model.rows)
    dialog.save_list(tmp_path / "weg" / "delen.json")
    window.until(lambda: "bestaat niet" in dialog.caption.text())
    dialog.close()
    window.closed()


def test_it_speaks_english_too(window: WindowPage) -> None:
    window.application.wishes.language_requested.emit("en")
    window.settle()
    dialog = open_about(window, "About this program")
    assert dialog.windowTitle() == "About this program"
    assert "parts made by others" in dialog.caption.text()
    dialog.close()
    window.closed()
