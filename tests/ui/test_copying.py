"""What is selected in a list goes to the clipboard, as text and as a table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from samenleven_desktop.ui.models.clipboard import read_block
from tests.pages.window import CTRL, WindowPage

pytestmark = pytest.mark.gui


def test_all_rows_or_one(window: WindowPage) -> None:
    window.open_page("governments")
    window.settle()
    ui = window.governments.screen.ui
    window.focus(ui.table)
    window.press(Qt.Key.Key_A, CTRL)
    window.press(Qt.Key.Key_C, CTRL)
    data = QGuiApplication.clipboard().mimeData()
    block = read_block(data.text())
    assert len(block) == len(ui.model.rows) > 5
    assert [row[0].split(" · ")[0] for row in block] == window.governments.names()
    assert data.html().count("<tr>") == len(block)
    assert all(len(row) == len(ui.model.columns) for row in block)
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_C, CTRL)
    assert len(read_block(QGuiApplication.clipboard().text())) == 1
    window.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    window.press(Qt.Key.Key_C, CTRL)
    assert len(read_block(QGuiApplication.clipboard().text())) == 2
