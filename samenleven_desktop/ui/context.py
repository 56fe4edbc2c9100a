"""What every screen is given: words, look, lanes, and the wishes it may utter to go elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.runner import Runner

if TYPE_CHECKING:
    from samenleven_desktop.domain.plan import Plan
    from samenleven_desktop.ui.theme import Theme


class Wishes(QObject):
    """Where a screen wants to go or what it wants the window to do; the application listens."""

    page_requested = Signal(str)
    dossier_requested = Signal(str)
    """A government id."""
    session_form_requested = Signal(object, object)
    """(session id or None for a new one, government id or None)."""
    report_requested = Signal(str, str)
    """(kind, government id or session id)."""
    stimulus_report_requested = Signal(str, int)
    """(government id, or empty for the overview of mine; project year)."""
    notice_requested = Signal(str, str)
    """(role: info, good, attention or bad; text)."""
    undo_offered = Signal(str, str)
    """(what was done, the id of its step): told with a button that takes it back."""
    language_requested = Signal(str)
    theme_requested = Signal(str)
    """light, dark or system."""
    file_requested = Signal(Path)
    """Another work file to open."""
    welcome_requested = Signal()
    reload_requested = Signal(str)
    """The whole file is another now: everything is built anew; then this sentence is said."""
    keeping_requested = Signal(int)
    """A part of *Bewaren en herstellen*, by its place."""
    copy_requested = Signal(str, object)
    """(file name, bytes): a readable copy to open outside the program."""


@dataclass(frozen=True)
class UiContext:
    """Immutable; made anew when language, theme or work file changes (the screens are then built anew)."""

    language: Language
    theme: Theme
    runner: Runner
    wishes: Wishes
    plan: Plan
    day: Callable[[], date]
    practice: bool

    @property
    def today(self) -> date:
        """The day that counts as today, asked anew each time: the window may stay open past midnight."""
        return self.day()
