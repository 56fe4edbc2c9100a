"""Page objects of the screens that have no file of their own here: they open the screen and wait until it is filled."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from samenleven_desktop.reports.pdf_text import pdf_text
from samenleven_desktop.ui.dialogs.plan_preview import PlanPreview
from samenleven_desktop.ui.screens.importing.screen import ImportScreen
from samenleven_desktop.ui.screens.kpis.screen import KpisScreen
from samenleven_desktop.ui.screens.offers.screen import OffersScreen
from samenleven_desktop.ui.screens.plan_editor.part import EditorPart
from samenleven_desktop.ui.screens.plan_editor.screen import PlanEditorScreen
from samenleven_desktop.ui.screens.plans.screen import PlansScreen
from samenleven_desktop.ui.screens.reports.screen import ReportsScreen
from samenleven_desktop.ui.screens.safekeeping.screen import SafekeepingScreen
from samenleven_desktop.ui.screens.settings.screen import SettingsScreen
from samenleven_desktop.ui.screens.settings.who import WhoScreen
from samenleven_desktop.ui.screens.start.screen import StartScreen
from samenleven_desktop.ui.screens.stimuli.screen import StimuliScreen
from samenleven_desktop.ui.screens.support.screen import SupportScreen
from samenleven_desktop.ui.screens.welcome.screen import WelcomeScreen
from samenleven_desktop.ui.screens.welcome.unlock_screen import UnlockScreen
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.grid import GridTable
from tests.pages.window import CTRL, WindowPage


class StartPage:
    """The page that is shown first; it is not opened here."""

    def __init__(self, window: WindowPage) -> None:
        self.screen = window.screen("start", StartScreen)
        self.ui = self.screen.ui

    def values(self) -> dict[str, str]:
        """What the map says of each government."""
        return {one.name: one.value for one in self.ui.map_card.map.areas}

    def rows(self, group: str) -> list[tuple[str, str, str]]:
        """The rows of late, week or attention: title, detail and pill, also those for which there is no room."""
        found = [one for one in self.ui.now.groups if one.key == group]
        return [(row.title, row.detail, row.pill[0] if row.pill else "") for one in found for row in one.rows]

    def focused(self) -> str:
        """The title of the row that has the focus."""
        return next((frame.row.title for frame in self.ui.now.rows if frame.holds_focus()), "")

    def legend(self) -> list[str]:
        return [one.text() for one in self.ui.map_card.legend.findChildren(QLabel) if one.isVisible()]


class SupportPage:
    def __init__(self, window: WindowPage) -> None:
        self.window = window
        window.open_page("support")
        self.screen = window.screen("support", SupportScreen)

    def part(self, number: int) -> None:
        """Alt+1 .. Alt+5."""
        self.window.press(Qt.Key(int(Qt.Key.Key_1) + number), Qt.KeyboardModifier.AltModifier)

    def agreements(self) -> list[str]:
        return [line.what for line in self.screen.agreements.model.rows]

    def complete(self, what: str) -> None:
        """Goes down to an agreement and ticks it, by keys."""
        panel = self.screen.agreements
        self.window.until(lambda: what in self.agreements())
        self.window.focus(panel.table)
        self.window.press(Qt.Key.Key_Home, CTRL)
        for _ in range(self.agreements().index(what)):
            self.window.press(Qt.Key.Key_Down)
        self.window.press(Qt.Key.Key_Space)


class OffersPage:
    def __init__(self, window: WindowPage) -> None:
        self.screen = window.screen("offers", OffersScreen)
        self.ui = self.screen.ui

    def detail(self) -> str:
        """The title of the offer that is shown in full."""
        return self.ui.detail.title_label.text()


class KpisPage:
    def __init__(self, window: WindowPage) -> None:
        window.open_page("kpis")
        self.screen = window.screen("kpis", KpisScreen)
        self.ui = self.screen.ui


class StimuliPage:
    def __init__(self, window: WindowPage) -> None:
        window.open_page("stimuli")
        self.screen = window.screen("stimuli", StimuliScreen)
        self.panel = self.screen.panel
        window.until(lambda: bool(self.screen.model.rows))

    def choose(self, name: str, kind: str) -> None:
        """A government, and the stimulus of which the checks are shown."""
        place = next(row for row, line in enumerate(self.screen.model.rows) if line.name == name)
        self.screen.table.select_row(place)
        QTest.mouseClick(self.panel.kind.buttons[kind], Qt.MouseButton.LeftButton)


class ReportsPage:
    def __init__(self, window: WindowPage) -> None:
        self.window = window
        window.open_page("reports")
        self.screen = window.screen("reports", ReportsScreen)
        self.ui = self.screen.ui
        self.shown()

    def shown(self) -> str:
        """The words of the report that is shown, when it is."""
        self.window.until(lambda: self.window.application.runner.idle and not self.screen.timer.isActive())
        return pdf_text(self.screen.pdf) if self.screen.pdf else ""

    def choose(self, chooser: Chooser, data: object) -> str:
        """By keyboard: the list is opened, walked and closed with Enter."""
        self.window.focus(chooser)
        steps = chooser.findData(data) - chooser.currentIndex()
        for _ in range(abs(steps)):
            QTest.keyClick(chooser, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
        chooser.activated.emit(chooser.currentIndex())
        return self.shown()

    def click(self, button: QAbstractButton) -> str:
        button.click()
        return self.shown()


class SettingsPage:
    def __init__(self, window: WindowPage) -> None:
        window.open_page("settings")
        window.settle()
        self.screen = window.screen("settings", SettingsScreen)
        self.passphrase, self.plan = self.screen.key, self.screen.plan

    def lock_after(self, minutes: int) -> None:
        chooser = self.screen.lock
        chooser.setCurrentIndex(chooser.findData(minutes))
        chooser.activated.emit(chooser.currentIndex())

    def change_passphrase(self, present: str, new: str) -> None:
        self.passphrase.present.setText(present)
        self.passphrase.passphrase.setText(new)
        self.passphrase.change.click()


class PlansPage:
    def __init__(self, window: WindowPage, *, open_it: bool = True) -> None:
        if open_it:
            window.application.navigator.open_page("plans")
            window.settle()
        self.window = window

    @classmethod
    def of(cls, window: WindowPage) -> PlansPage:
        """Its previews also come up over the editor of a draft."""
        return cls(window, open_it=False)

    @property
    def screen(self) -> PlansScreen:
        """The screen that is shown now: taking a plan in use builds the window anew."""
        return self.window.screen("plans", PlansScreen)

    def rows(self) -> list[tuple[str, str, str]]:
        """Name, version and state of each version."""
        return [(row.code, row.version, row.state.value) for row in self.screen.ui.versions.model.rows]

    def select(self, code: str, version: str) -> None:
        rows = self.screen.ui.versions.model.rows
        self.screen.ui.versions.table.select_row(
            next(at for at, row in enumerate(rows) if (row.code, row.version) == (code, version))
        )
        self.window.settle()

    def details(self) -> str:
        """What the selected version says."""
        return "\n".join(f"{heading}\n{words}" for heading, words in self.screen.ui.details.facts())

    def choose(self, caption: str) -> None:
        """Presses a button of the preview, by keyboard."""
        dialog = self.window.dialog(PlanPreview)
        made = next(one for one in dialog.choices if one.text() == caption)
        self.window.focus(made)
        self.window.press(Qt.Key.Key_Space)
        self.window.closed()


class PlanEditorPage:
    """The editor of a draft plan, by keyboard."""

    def __init__(self, window: WindowPage) -> None:
        self.window = window
        window.until(lambda: window.application.shell.current == "plan_editor")
        window.settle()
        self.screen = window.screen("plan_editor", PlanEditorScreen)

    @property
    def part(self) -> EditorPart:
        return self.screen.part(self.screen.ui.tabs.currentIndex())

    def tab(self, number: int) -> None:
        """Alt+1 .. Alt+7"""
        self.window.press(Qt.Key(int(Qt.Key.Key_0) + number), Qt.KeyboardModifier.AltModifier)

    def choose(self, field: str, words: str) -> None:
        """One of the words of a field with a list, typed until it is found."""
        self.window.focus(self.part.rows.box(field).editor)
        self.window.keys(words)

    def fill(self, field: str, words: str) -> None:
        self.window.type_into(self.part.rows.box(field).editor, words)

    def table(self, grid: str) -> GridTable:
        view = next(one for one in self.part.grids if one.grid == grid and (one.takes_lines or not one.part))
        return self.part.grids[view].table

    def type_line(self, grid: str, *cells: tuple[str, str]) -> None:
        """Goes to the empty line of a grid and types in the columns that are named."""
        table = self.table(grid)
        row = len(self.part.models[next(one for one in self.part.grids if one.grid == grid)].lines)
        for column, words in cells:
            self.type_cell(grid, row, column, words)
        assert table.model().rowCount() > row + 1

    def type_cell(self, grid: str, row: int, column: str, words: str) -> None:
        """Goes to a cell with the arrow keys, types, and Enter."""
        table = self.table(grid)
        self.window.focus(table)
        keys = [one.key for one in table.rows_model.columns]
        self.window.press(Qt.Key.Key_Home, CTRL)
        self.window.press(Qt.Key.Key_Up, CTRL)
        for _ in range(row):
            self.window.press(Qt.Key.Key_Down)
        for _ in range(keys.index(column)):
            self.window.press(Qt.Key.Key_Right)
        self.write(words)
        self.window.press(Qt.Key.Key_Return)

    def write(self, words: str) -> None:
        """Each key to what has the focus then: the first one opens the cell."""
        for one in words:
            self.window.keys(one)

    def cell(self, grid: str, row: int, column: str) -> str:
        return self.part.models[next(one for one in self.part.grids if one.grid == grid)].lines[row].cell(column)

    def faults(self) -> list[str]:
        """What is still to be put right, once it is checked."""
        self.window.until(lambda: self.screen.checked is not None and self.window.application.runner.idle)
        return [row.words for row in self.screen.ui.faults.model.rows]

    def kept(self) -> None:
        """Until what was typed is safe as a draft."""
        self.window.until(lambda: not self.screen.keeper.unsaved and self.window.application.runner.idle)


class KeepingPage:
    """Safekeeping: backups, history, bin, health and retention."""

    def __init__(self, window: WindowPage, part: int) -> None:
        window.application.navigator.open_safekeeping(part)
        window.settle()
        self.screen = window.screen("keeping", SafekeepingScreen)


class ImportPage:
    def __init__(self, window: WindowPage, path: Path | None = None) -> None:
        window.application.navigator.open_page("import")
        self.screen = window.screen("import", ImportScreen)
        self.ui = self.screen.ui
        if path is not None:
            self.screen.open_file(path)
        window.settle()


class WhoPage:
    """Which governments the coach follows."""

    def __init__(self, window: WindowPage) -> None:
        self.window = window
        window.application.navigator.open_page("who")
        window.settle()
        self.screen = window.screen("who", WhoScreen)
        window.until(lambda: self.screen.list.count() > 0)

    def tick(self, code: str) -> None:
        """Filters to one government and ticks it, by keys."""
        found = self.screen.list
        self.window.type_into(self.screen.filter, code)
        (row,) = [row for row in range(found.count()) if not found.item(row).isHidden()]
        self.window.focus(found)
        found.setCurrentRow(row)
        self.window.press(Qt.Key.Key_Space)

    def save(self) -> None:
        self.window.focus(self.screen.save_button)
        self.window.press(Qt.Key.Key_Space)
        self.window.until(lambda: self.window.application.shell.current == "start")
        self.window.settle()


class WelcomePage:
    def __init__(self, window: WindowPage) -> None:
        window.application.work_file.show_welcome()
        self.screen = window.screen("welcome", WelcomeScreen)


class UnlockPage:
    """The page of a closed file, once it is shown."""

    def __init__(self, window: WindowPage) -> None:
        self.window = window
        window.until(lambda: window.application.shell.current == "unlock")
        self.screen = window.screen("unlock", UnlockScreen)

    def words(self) -> set[str]:
        """Every sentence of the page: among them why the file is not open."""
        return {one.text() for one in self.screen.findChildren(QLabel)}

    def open_with(self, passphrase: str) -> None:
        self.screen.secret.setText(passphrase)
        with self.window.bot.waitSignal(self.window.application.ready, timeout=20_000):
            QTest.mouseClick(self.screen.open, Qt.MouseButton.LeftButton)
        self.window.settle()
