"""The argument of every query: a consistent view of the store, the plan in use, and the day that counts as today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from samenleven_desktop.domain.plan import Plan, ProjectYear, Target

if TYPE_CHECKING:
    from samenleven_desktop.storage.view import View


@dataclass(frozen=True)
class QueryContext:
    """Passed to a query by the workspace; valid only inside that call, on that thread."""

    view: View
    plan: Plan
    today: date
    officer_id: str | None
    practice: bool = False
    plan_cache: dict[str, Plan] = field(default_factory=dict)
    """Earlier versions of the plan that were loaded; shared by the queries of a workspace."""

    def plan_of(self, version: str) -> Plan:
        """Returns the version of the plan in use under which a record was made."""
        if version == self.plan.version:
            return self.plan
        if version not in self.plan_cache:
            from samenleven_desktop.interchange.plan_file import plan_from_json
            from samenleven_desktop.storage.queries.reference import plan_content

            content = plan_content(self.view, self.plan.id, version)
            self.plan_cache[version] = self.plan if content is None else plan_from_json(content)
        return self.plan_cache[version]

    def target(self, target_id: str) -> Target:
        """Returns a target of the plan in use.

        One that a newer version dropped comes from the last version that had it.
        """
        if self.plan.has_target(target_id):
            return self.plan.target(target_id)
        from samenleven_desktop.storage.queries.reference import plan_versions

        for version in plan_versions(self.view, self.plan.id):
            if self.plan_of(version).has_target(target_id):
                return self.plan_of(version).target(target_id)
        return self.plan.target(target_id)

    def year(self, number: int | None = None) -> ProjectYear:
        """Returns a project year by its number; without a number the current one (the newest that has begun)."""
        found = None if number is None else self.plan.year(number)
        return found or self.plan.year_on(self.today)
