"""The window before it has a work file: what is on screen while the rest of the program is being imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from samenleven_desktop.domain.clock import Runtime, utc_now
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.preferences import Preferences
from samenleven_desktop.ui.qt_texts import QtTexts
from samenleven_desktop.ui.shell import Shell, ShellTexts
from samenleven_desktop.ui.theme.system import SystemLook


@dataclass(frozen=True)
class Opening:
    """Options of the command line: work file, language, a fixed date for today, passphrase, theme and pack."""

    store: Path | None = None
    language: str | None = None
    today: date | None = None
    passphrase: str | None = None
    theme: str | None = None
    pack: Path | None = None
    now: Callable[[], datetime] = utc_now

    def runtime(self) -> Runtime:
        return Runtime(now=self.now, day=self.today)


class FirstWindow(QObject):
    """The main window in the language and look of the coach, without pages. `Application` takes it over."""

    def __init__(self, preferences: Preferences, opening: Opening) -> None:
        super().__init__()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.preferences = preferences
        self.language = Language(opening.language or preferences.language)
        self.qt_texts = QtTexts(self)
        self.qt_texts.speak(self.language)
        self.look = SystemLook(application, preferences.theme, opening.theme, self)
        self.shell = Shell(self.look.theme, ShellTexts.of(self.language))

    def show(self) -> None:
        """Shows the window at its last place, with a line that says that the work file is being opened."""
        self.shell.set_working(False)
        self.shell.set_status(self.language.text("Opening ..."))
        if self.preferences.window is not None:
            self.shell.inside.go_to(self.preferences.window)
        self.shell.show()
