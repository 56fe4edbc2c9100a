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
    from samenleven_desktop.domain.plan import Plan, ProjectYear
    from samenleven_desktop.domain.plans import Plans
    from samenleven_desktop.ui.theme import Theme


@dataclass(frozen=True)
class UiContext:
    """Immutable; recreated, together with the screens, when language, theme or work file changes."""

    language: Language
    theme: Theme
    runner: Runner
    navigator: Navigator
    plans: Plans
    day: Callable[[], date]
    practice: bool

    @property
    def plan(self) -> Plan:
        """The plan that counts today."""
        return self.plans.counting(self.today)

    def plan_of(self, year_id: str) -> Plan:
        """Returns the plan of a project year; the one that counts today if no plan in use has it."""
        return self.plans.of_year(year_id) or self.plan

    def at(self, year: str | int | None) -> tuple[Plan, ProjectYear]:
        """Returns a project year by its id, or (in drafts of earlier versions) by its number, with its plan."""
        number = year if isinstance(year, int) else None
        plan = self.plans.counting(self.today, number) if number is not None else self.plan_of(str(year))
        found = next((one for one in plan.years if year in (one.id, one.number)), None)
        return plan, found or plan.year_on(self.today)

    def action_choices(self) -> list[tuple[str, str]]:
        """Returns id and name of every action of the plans in use, those of the plan that counts first."""
        found = []
        for plan in (self.plan, *(one for one in self.plans if one.id != self.plan.id)):
            mark = "" if plan.id == self.plan.id else f" · {plan.short_name}"
            found += [(one.id, f"{one.number} {one.short_title}{mark}") for one in plan.actions]
        return found

    def target_choices(self) -> list[tuple[str, str]]:
        """Returns id and name of every target of the plans in use, those of the plan that counts first."""
        found = []
        for plan in (self.plan, *(one for one in self.plans if one.id != self.plan.id)):
            mark = "" if plan.id == self.plan.id else f" · {plan.short_name}"
            for action in plan.actions:
                for target in action.targets:
                    label = f" · {target.label}" if len(action.targets) > 1 else ""
                    found.append((target.id, f"{action.number} {action.short_title}{label}{mark}"))
        return found

    @property
    def today(self) -> date:
        """The date that counts as today; computed at each access, as the window may stay open past midnight."""
        return self.day()
