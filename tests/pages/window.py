"""The window as a coach sees it: page objects that click and type, and wait for what shows that it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from samenleven_desktop.readmodels.core import KpiEntryLine
from samenleven_desktop.services.core.command import Command
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.screens.dossier.screen import HISTORY, DossierScreen
from samenleven_desktop.ui.screens.governments.screen import GovernmentsScreen
from samenleven_desktop.ui.screens.session.screen import SessionScreen
from samenleven_desktop.ui.widgets.basic import Notice
from samenleven_desktop.ui.widgets.chips import ChipsEdit

D = TypeVar("D", bound=QDialog)
S = TypeVar("S", bound=QWidget)
T = TypeVar("T")
CTRL = Qt.KeyboardModifier.ControlModifier


class WindowPage:
    """The whole window; gives the page objects of its screens."""

    def __init__(self, application: Application, qtbot: QtBot) -> None:
        self.application = application
        self.bot = qtbot

    @property
    def shell(self) -> QWidget:
        return self.application.shell

    def settle(self) -> None:
        """Until nothing is under way and every answer is shown."""
        self.until(lambda: self.application.keyring.idle and self.application.runner.idle)

    def until(self, condition: Callable[[], bool]) -> None:
        self.bot.waitUntil(condition, timeout=15_000)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key to whatever has the focus, as a person would."""
        target = QApplication.focusWidget() or self.shell
        QTest.keyClick(target, key, modifier)
        self.settle()

    def keys(self, words: str) -> None:
        target = QApplication.focusWidget() or self.shell
        QTest.keyClicks(target, words)

    def dialog(self, kind: type[D]) -> D:
        """The dialog of a kind, once it is there and has the keyboard."""
        self.until(lambda: any(one.isVisible() for one in self.shell.findChildren(kind)))
        found = next(one for one in self.shell.findChildren(kind) if one.isVisible())
        self.until(lambda: found.isAncestorOf(QApplication.focusWidget()) if QApplication.focusWidget() else False)
        self.settle()
        return found

    def closed(self) -> None:
        """Until the dialog is gone and the window has the keyboard again, as a window manager gives it."""
        self.until(lambda: not any(one.isVisible() for one in self.shell.findChildren(QDialog)))
        self.shell.activateWindow()
        self.until(self.shell.isActiveWindow)
        self.settle()

    def focus(self, widget: QWidget) -> None:
        """Where a person goes with Tab."""
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.until(lambda: QApplication.focusWidget() in (widget, widget.focusProxy()))

    def go(self, number: int) -> None:
        """Ctrl+1 .. Ctrl+9, the places of the navigation."""
        self.press(Qt.Key(int(Qt.Key.Key_0) + number), CTRL)

    def open_page(self, key: str) -> None:
        """By the key of its place in the navigation, wherever that is now."""
        self.go(list(self.application.shell.sidebar.entries).index(key) + 1)

    def search(self, words: str) -> None:
        """Ctrl+K, type, and open the first result."""
        self.press(Qt.Key.Key_K, CTRL)
        self.keys(words)
        box = self.application.shell.search
        self.until(lambda: box.results.isVisible() and box.results.count() > 0 and self.application.runner.idle)
        self.press(Qt.Key.Key_Return)

    def texts(self, widget: QWidget | None = None) -> str:
        """All words that labels show."""
        labels = (widget or self.shell).findChildren(QLabel)
        return "\n".join(one.text() for one in labels if one.isVisible())

    def answer_notice(self, words: str, caption: str) -> None:
        """Presses a button of a notice."""
        self.until(lambda: any(words in one for one in self.notices()))
        notice = next(
            one for one in self.shell.findChildren(Notice) if one.isVisible() and words in one.text_label.text()
        )
        made = next(one for one in notice.findChildren(QPushButton) if one.text() == caption)
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)
        self.settle()

    def notices(self) -> list[str]:
        return [one.text_label.text() for one in self.shell.findChildren(Notice) if one.isVisible()]

    def type_into(self, widget: QWidget, words: str) -> None:
        """Other words in a field, as after Tab and Ctrl+A."""
        self.focus(widget)
        self.press(Qt.Key.Key_A, CTRL)
        self.keys(words)

    def choose_chip(self, chips: ChipsEdit, words: str) -> None:
        """The button by Space, the words, Enter: by keyboard alone."""
        self.focus(chips.add_button)
        self.press(Qt.Key.Key_Space)
        self.until(lambda: QApplication.activePopupWidget() is not None)
        popup = QApplication.activePopupWidget()
        assert popup is not None
        search = popup.findChild(QLineEdit)
        assert search is not None
        self.until(search.hasFocus)
        # The window system tells of the popup a moment later.
        self.until(lambda: QGuiApplication.focusWindow() is popup.windowHandle())
        self.keys(words)
        self.press(Qt.Key.Key_Return)

    @property
    def workspace(self) -> Workspace:
        """The open work file, to look at what was stored."""
        workspace = self.application.runner.workspace
        assert workspace is not None
        return workspace

    def run(self, command: Command[T]) -> T:
        """A command, as another screen would run it; gives its result."""
        made: list[T] = []
        self.application.runner.run(command, initiator=self.application, then=lambda done: made.append(done.result))
        self.until(lambda: bool(made))
        self.settle()
        return made[0]

    def screen(self, key: str, kind: type[S]) -> S:
        """The screen of a place in the navigation; it is built when it was not there, and not opened."""
        found = self.application.shell.page(key)
        assert isinstance(found, kind)
        return found

    @property
    def governments(self) -> GovernmentsPage:
        return GovernmentsPage(self, self.screen("governments", GovernmentsScreen))

    @property
    def dossier(self) -> DossierPage:
        return DossierPage(self, self.screen("dossier", DossierScreen))

    @property
    def session(self) -> SessionPage:
        return SessionPage(self, self.screen("session", SessionScreen))


class GovernmentsPage:
    def __init__(self, window: WindowPage, screen: GovernmentsScreen) -> None:
        self.window, self.screen = window, screen

    def names(self) -> list[str]:
        return [line.name for line in self.screen.ui.model.rows]

    def filter(self, words: str) -> None:
        self.screen.ui.filter.setFocus()
        self.window.press(Qt.Key.Key_A, CTRL)
        self.window.press(Qt.Key.Key_Delete)
        self.window.keys(words)
        self.window.until(lambda: not self.screen.timer.isActive())

    def open(self, name: str) -> DossierPage:
        """Filters to one government and opens it with Enter."""
        self.filter(name)
        self.window.press(Qt.Key.Key_Return)
        self.window.until(lambda: self.window.dossier.title == name)
        return self.window.dossier


class DossierPage:
    def __init__(self, window: WindowPage, screen: DossierScreen) -> None:
        self.window, self.screen = window, screen

    @property
    def title(self) -> str:
        return self.screen.ui.header.title.text()

    def register_session(self) -> SessionPage:
        """The blue button of the window, which says with whom."""
        self.window.until(lambda: self.title in self.window.application.shell.new_session.accessibleName())
        QTest.mouseClick(self.window.application.shell.new_session, Qt.MouseButton.LeftButton)
        self.window.settle()
        return self.window.session

    def agreements(self) -> list[str]:
        """Every open agreement, also those for which there is no room."""
        return [row.title for group in self.screen.ui.overview.agreements.groups for row in group.rows]

    def work(self) -> dict[str, list[str]]:
        """The groups of the first page with their rows: number, title, figure and state in words."""
        return {
            group.title: [
                ", ".join(
                    filter(None, [row.lead, row.title, " ".join(row.figure or ()).strip(), (row.pill or ("",))[0]])
                )
                for row in group.rows
            ]
            for group in self.screen.ui.overview.work.groups
        }

    def timeline(self) -> list[str]:
        return [row.title for group in self.screen.ui.overview.timeline.groups for row in group.rows]

    def reached(self, action: int) -> int:
        return next(line.reached_to_date for line in self.screen.ui.targets_model.rows if line.action_number == action)

    def remark(self, entry: KpiEntryLine) -> str:
        """What stands below the kind of a ledger row."""
        below = self.screen.ui.entries_model.columns[-1].second
        return below(entry) if below is not None else ""

    def tab(self, number: int) -> None:
        self.window.press(Qt.Key(int(Qt.Key.Key_0) + number), Qt.KeyboardModifier.AltModifier)

    def sessions(self) -> list[str]:
        self.screen.ui.tabs.setCurrentIndex(2)
        self.window.settle()
        return [line.report for line in self.screen.ui.sessions_model.rows]

    def history(self) -> list[str]:
        self.screen.ui.tabs.setCurrentIndex(HISTORY)
        self.window.settle()
        model = self.screen.ui.history_model
        return [str(model.index(row, 2).data()) for row in range(model.rowCount())]


class SessionPage:
    def __init__(self, window: WindowPage, screen: SessionScreen) -> None:
        self.window, self.screen = window, screen

    def type_into(self, editor: QLineEdit | QPlainTextEdit, words: str) -> None:
        editor.setFocus()
        # One that was only just put on the page takes it a moment later.
        self.window.until(editor.hasFocus)
        self.window.press(Qt.Key.Key_A, CTRL)
        self.window.press(Qt.Key.Key_Delete)
        QTest.keyClicks(editor, words)

    def fill(self, day: str = "", start: str = "13:30", end: str = "16:00", report: str = "") -> None:
        ui = self.screen.ui
        if day:
            self.type_into(ui.day, day)
        self.type_into(ui.start, start)
        self.type_into(ui.end, end)
        if report:
            self.type_into(ui.report, report)

    def choose_action(self, words: str) -> None:
        """The chips button, the words, Enter: by keyboard alone."""
        self.window.choose_chip(self.screen.ui.actions_edit, words)

    def agree(self, what: str, by: str) -> None:
        row = self.screen.ui.agreements.rows[0]
        self.type_into(row.what, what)
        self.type_into(row.due, by)

    def agree_more(self, what: str) -> None:
        """One more line: the button under the agreements, then the words."""
        QTest.mouseClick(self.screen.ui.agreements.more, Qt.MouseButton.LeftButton)
        row = self.screen.ui.agreements.rows[-1]
        self.window.until(row.what.hasFocus)
        self.window.keys(what)

    def count(self, number: str) -> None:
        """A new total for the first target offered."""
        self.window.until(lambda: bool(self.screen.ui.entries.edits))
        self.type_into(next(iter(self.screen.ui.entries.edits.values())), number)

    def save(self) -> None:
        self.window.press(Qt.Key.Key_S, CTRL)

    def report(self) -> str:
        return self.screen.ui.report.toPlainText()

    def title(self) -> str:
        return self.screen.ui.header.title.text()

    def governments(self) -> list[str]:
        return self.screen.ui.governments.words()

    def drafts(self) -> list[str]:
        """The drafts that are offered above the form."""
        return self.window.texts(self.screen.ui.drafts).splitlines() if self.screen.ui.drafts.isVisible() else []

    def answer_draft(self, words: str, caption: str = "Verder schrijven") -> None:
        """Presses a button of the draft in whose line these words stand."""
        self.window.until(lambda: any(words in one for one in self.drafts()))
        place = next(place for place, one in enumerate(self.drafts()) if words in one)
        buttons = [one for one in self.screen.ui.drafts.findChildren(QPushButton) if one.text() == caption]
        shown = [one for one in buttons if one.isVisible()]
        QTest.mouseClick(shown[place], Qt.MouseButton.LeftButton)
        self.window.settle()

    def kept(self) -> None:
        """Until what was typed is safe as a draft."""
        self.window.until(lambda: not self.screen.keeper.unsaved and self.window.application.runner.idle)

    def error_of(self, field: str) -> str:
        return self.screen.ui.rows.box(field).error.text()
