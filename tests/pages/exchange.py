"""*Uitwisselen* as a coach uses it, by keys; file dialogs are answered where they would give a path."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from samenleven_desktop.readmodels.exchange import Choice
from samenleven_desktop.ui.dialogs.card import CompareWordsDialog
from samenleven_desktop.ui.dialogs.make_pack import MakePackDialog, free_path
from samenleven_desktop.ui.screens.exchange.conflicts import KEYS, ConflictsPanel
from samenleven_desktop.ui.screens.exchange.screen import COLLEAGUES, DECIDE, FILES, ExchangeScreen
from tests.pages.window import CTRL, WindowPage

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


class ExchangePage:
    def __init__(self, window: WindowPage) -> None:
        self.window = window
        window.application.shell.activateWindow()
        window.until(window.application.shell.isActiveWindow)
        window.open_page("exchange")
        window.settle()
        self.screen = window.screen("exchange", ExchangeScreen)

    def part(self, number: int) -> None:
        """Alt+1 .. Alt+5."""
        self.window.press(Qt.Key(int(Qt.Key.Key_1) + number), ALT)

    # Cards

    def save_card(self, path: Path) -> tuple[str, ...]:
        """Gives the words as they stand on screen."""
        self.part(COLLEAGUES)
        self.window.until(self.screen.colleagues.save_card.isEnabled)
        self.screen.colleagues.save_card_to(path)
        self.window.settle()
        return self.screen.colleagues.own_words.words

    def trust(self, card: Path, heard: tuple[str, ...]) -> None:
        """Adds a card and compares the words that were heard with those in the dialog; Enter says they are the same."""
        self.part(COLLEAGUES)
        self.screen.open_path(card)
        dialog = self.window.dialog(CompareWordsDialog)
        assert dialog.words.words == heard
        self.window.focus(dialog.act)
        self.window.press(Qt.Key.Key_Return)
        self.window.closed()

    def colleagues(self) -> list[str]:
        model = self.screen.colleagues.model
        return [model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]

    # Files

    def watch(self, folder: Path) -> None:
        self.screen.files.watch_folder(folder)
        self.window.settle()

    def make(self, profile: str | None = None) -> Path:
        """Ctrl+Shift+M and Enter, for the one colleague there is; gives the file in the watched folder."""
        self.window.press(Qt.Key.Key_M, CTRL | SHIFT)
        dialog = self.window.dialog(MakePackDialog)
        self.window.until(lambda: bool(dialog.to.chosen()))
        if profile is not None:
            button = dialog.profile.buttons[profile]
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        path = free_path(*dialog.place())
        self.window.focus(dialog.keep)
        self.window.press(Qt.Key.Key_Return)
        self.window.closed()
        assert path.is_file()
        return path

    def files(self) -> dict[str, str]:
        """Name and state of each file in the folder, as the list shows them."""
        self.part(FILES)
        model = self.screen.files.model
        return {str(model.index(row, 0).data()): str(model.index(row, 2).data()) for row in range(model.rowCount())}

    def look_at(self, name: str) -> dict[str, str]:
        """Chooses a file of the list and opens it with Enter; gives the figures of the preview."""
        self.part(FILES)
        files = self.screen.files
        self.window.until(lambda: any(one.path.name == name for one in files.model.rows))
        row = next(place for place, one in enumerate(files.model.rows) if one.path.name == name)
        files.table.select_row(row)
        self.window.focus(files.table)
        self.window.press(Qt.Key.Key_Return)
        self.window.until(lambda: files.pack.shown is not None)
        return {key: tile.figure.text() for key, tile in files.pack.tiles.items()}

    def take_over(self) -> None:
        """Ctrl+Enter."""
        self.window.press(Qt.Key.Key_Return, CTRL)
        self.window.until(lambda: self.screen.files.pack.shown is not None and self.screen.files.pack.shown.applied)

    def said(self) -> str:
        return self.screen.files.pack.note.text()

    # Conflicts

    def questions(self, panel: ConflictsPanel | None = None) -> list[tuple[str, str, str]]:
        """Field, mine and theirs, as the list shows them."""
        model = (panel or self.screen.decide.conflicts).model
        return [
            (str(model.index(row, 1).data()), str(model.index(row, 2).data()), str(model.index(row, 3).data()))
            for row in range(model.rowCount())
        ]

    def choose(self, panel: ConflictsPanel, field: str, choice: Choice) -> None:
        """Goes to the line of a field and presses 1, 2 or 3."""
        row = next(place for place, found in enumerate(self.questions(panel)) if found[0] == field)
        panel.table.select_row(row)
        self.window.focus(panel.table)
        self.window.press(Qt.Key(ord(KEYS[choice])))

    def decide(self, field: str, choice: Choice) -> None:
        self.part(DECIDE)
        self.choose(self.screen.decide.conflicts, field, choice)
