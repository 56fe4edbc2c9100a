"""The grid in a window with two other fields, driven by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.ui.models.editable_model import Summed
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.cell_delegate import CellEditor
from samenleven_desktop.ui.widgets.grid_panel import GridPanel
from tests.ui.grids import Target, make_model

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key
WHOLE = "Typ een geheel getal, bijvoorbeeld 1450."
# Columns of the test grid.
NAME, ASKED, REACHED, PRICE, NOTE = range(5)


class Desk:
    """The grid in a window that has the keyboard, between two other fields."""

    def __init__(self, qtbot: QtBot, rows: list[Target] | None = None) -> None:
        self.bot = qtbot
        self.model = make_model(rows)
        self.panel = GridPanel(Theme("light"), self.model, "Engagementen")
        self.model.setParent(self.panel)
        self.table = self.panel.table
        self.window = QWidget()
        box = QVBoxLayout(self.window)
        self.above, self.below = QLineEdit(), QLineEdit()
        for widget in (self.above, self.panel, self.below):
            box.addWidget(widget)
        self.edits: list[list[FieldEdit]] = []
        self.model.edited.connect(self.edits.append)
        self.sums: list[Summed] = []
        self.table.selection_summed.connect(self.sums.append)
        qtbot.addWidget(self.window)
        self.window.resize(760, 360)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.go(0, REACHED)

    def go(self, row: int, column: int) -> None:
        self.table.setFocus()
        self.table.select_cell(row, column)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(QApplication.focusWidget(), key, modifier)

    def write(self, words: str) -> None:
        for letter in words:
            QTest.keyClicks(QApplication.focusWidget(), letter)

    def select(self, top: int, left: int, bottom: int, right: int) -> None:
        """From one corner to the other with Shift and the arrows."""
        self.go(top, left)
        self.press(Key.Key_Down, SHIFT, bottom - top)
        self.press(Key.Key_Right, SHIFT, right - left)

    @property
    def place(self) -> tuple[int, int]:
        return self.table.currentIndex().row(), self.table.currentIndex().column()

    @property
    def editor(self) -> QLineEdit | None:
        widget = QApplication.focusWidget()
        return widget if isinstance(widget, CellEditor) else None

    def words(self, row: int, column: int) -> str:
        return str(self.model.index(row, column).data())

    def told(self) -> str:
        return self.panel.line.words.text()


def clip(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
