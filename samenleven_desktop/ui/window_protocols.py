"""Protocols of the window for its parts, and of the work file for the screens shown before one is open.

Protocols avoid that a part imports the application that owns it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from samenleven_desktop.domain.errors import SamenlevenError
    from samenleven_desktop.i18n.language import Language
    from samenleven_desktop.ui.context import UiContext
    from samenleven_desktop.ui.keyring import SystemKeyring
    from samenleven_desktop.ui.navigator import Navigator
    from samenleven_desktop.ui.preferences import Preferences
    from samenleven_desktop.ui.runner import Runner
    from samenleven_desktop.ui.shell import Shell
    from samenleven_desktop.ui.theme import Theme


class MainWindow(Protocol):
    """`language` and `shell` are replaced when the language changes; `context` is None while no work file is open."""

    language: Language
    theme: Theme
    runner: Runner
    shell: Shell
    context: UiContext | None

    @property
    def navigator(self) -> Navigator: ...

    def show_error(self, error: SamenlevenError) -> None: ...


class WorkFileControl(Protocol):
    """Opens, creates and rescues work files; implemented by `work_file.WorkFile`."""

    @property
    def language(self) -> Language: ...

    def open_file(self, path: Path, passphrase: str | None = None, recovery_code: str | None = None) -> None: ...

    def make_file(self, path: Path, passphrase: str, then: Callable[[], None]) -> None: ...

    def make_practice(self, path: Path) -> None: ...

    def rescue_file(self, path: Path, passphrase: str | None, recovery_code: str | None = None) -> None: ...

    def show_welcome(self) -> None: ...


class SettingsOwner(Protocol):
    """The settings of the whole window that the page *Instellingen* changes."""

    preferences: Preferences
    keyring: SystemKeyring

    def change_language(self, code: str) -> None: ...

    def change_theme(self, mode: str) -> None:
        """light, dark or system."""

    def leave_file(self) -> None:
        """Closes the work file and shows the welcome screen."""

    def lock(self) -> None: ...

    def lock_after(self, minutes: int) -> None:
        """Sets the minutes without input before locking, on this computer; 0 disables it."""
