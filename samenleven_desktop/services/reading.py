"""What every query gets: a consistent view of the store, the plan in use, and the day that counts as today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from samenleven_desktop.domain.plan import Plan, ProjectYear

if TYPE_CHECKING:
    from samenleven_desktop.storage.view import View


@dataclass(frozen=True)
class Reading:
    """Given to a query by the workspace; lives only inside that call, on that thread."""

    view: View
    plan: Plan
    today: date
    officer_id: str | None
    practice: bool = False

    def year(self, number: int | None = None) -> ProjectYear:
        """A project year of the plan by number; without a number the one of today (the newest that has begun)."""
        found = None if number is None else self.plan.year(number)
        return found or self.plan.year_on(self.today)
