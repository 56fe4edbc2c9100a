"""Context passed to every screen: language, theme, task runner and navigation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.navigator import Navigator
from samenleven_desktop.ui.runner import Runner

if TYPE_CHECKING:
    from samenleven_desktop.domain.plan import Plan
    from samenleven_desktop.ui.theme import Theme


@dataclass(frozen=True)
class UiContext:
    """Immutable; recreated, together with the screens, when language, theme or work file changes."""

    language: Language
    theme: Theme
    runner: Runner
    navigator: Navigator
    plan: Plan
    day: Callable[[], date]
    practice: bool

    @property
    def today(self) -> date:
        """The date that counts as today; computed at each access, as the window may stay open past midnight."""
        return self.day()
