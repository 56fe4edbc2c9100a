"""The plans in use in a work file: several at once, or none.

Ids of actions, targets and years belong to one plan only, so they lead to it; numbers do not. Which plan counts if
nobody names one is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.plan import Action, Plan, ProjectYear, Target, no_plan


def action_words(number: int, plan: str) -> str:
    """Returns the number of an action, with the short name of its plan if there is one."""
    return f"{number} ({plan})" if plan else str(number)


@dataclass(frozen=True)
class ActionRef:
    """An action as rows name it. `plan` is the short name of its plan; empty for the plan that counts."""

    id: str
    number: int
    title: str
    plan: str = ""

    @property
    def words(self) -> str:
        """The number, with the plan if that is not the one that counts."""
        return action_words(self.number, self.plan)


@dataclass(frozen=True)
class Plans:
    """The plans in use, the one that began last first; immutable.

    `preferred` is the id of the one that was taken in use last: it counts where two plans run on the same day.
    """

    in_use: tuple[Plan, ...]
    preferred: str = ""

    @staticmethod
    def of(plans: Iterable[Plan], preferred: str = "") -> Plans:
        return Plans(tuple(sorted(plans, key=lambda plan: (plan.years[0].start, plan.code), reverse=True)), preferred)

    def __iter__(self) -> Iterator[Plan]:
        return iter(self.in_use)

    def with_id(self, plan_id: str) -> Plan | None:
        return next((plan for plan in self.in_use if plan_id in (plan.id, plan.code)), None)

    def of_action(self, action_id: str) -> Plan | None:
        return next((plan for plan in self.in_use if plan.action_with_id(action_id) is not None), None)

    def of_target(self, target_id: str) -> Plan | None:
        return next((plan for plan in self.in_use if plan.has_target(target_id)), None)

    def of_year(self, year_id: str) -> Plan | None:
        return next((plan for plan in self.in_use if any(year.id == year_id for year in plan.years)), None)

    def action(self, action_id: str) -> Action | None:
        plan = self.of_action(action_id)
        return None if plan is None else plan.action_with_id(action_id)

    def target(self, target_id: str) -> Target | None:
        plan = self.of_target(target_id)
        return None if plan is None else plan.target(target_id)

    def counting(self, day: date, year: int | None = None) -> Plan:
        """Returns the plan that counts on a day if nobody names one.

        That is the one with a period that holds the day, else the one whose last period began last (the first to begin
        if none has begun). If that plan does not have the given year and exactly one other has, the other counts.
        Without a plan in use, a plan without anything.
        """
        if not self.in_use:
            return no_plan()
        found = max(self.in_use, key=lambda plan: _claim(plan, day, plan.id == self.preferred))
        if year is not None and found.year(year) is None:
            others = [plan for plan in self.in_use if plan.year(year) is not None]
            if len(others) == 1:
                return others[0]
        return found

    def years(self) -> Iterator[tuple[Plan, ProjectYear]]:
        """Yields every period of every plan in use, plan by plan."""
        for plan in self.in_use:
            for year in plan.years:
                yield plan, year

    def first_day(self) -> date | None:
        """Returns the first day of the earliest period; None without a plan."""
        return min((year.start for _, year in self.years()), default=None)


def _claim(plan: Plan, day: date, preferred: bool) -> tuple[bool, bool, date, int]:
    """Returns what makes one plan count before another on a day."""
    begun = [year.start for year in plan.years if year.start <= day]
    # Of plans that are still to begin, the first one counts.
    wait = (day - plan.years[0].start).days if plan.years else 0
    runs = plan.runs_on(day)
    return runs, runs and preferred, max(begun, default=date.min), wait
