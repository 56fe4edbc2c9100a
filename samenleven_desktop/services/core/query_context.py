"""The argument of every query: a consistent view of the store, the plans in use, and the day that counts as today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from samenleven_desktop.domain.plan import Plan, ProjectYear, Target
from samenleven_desktop.domain.plans import ActionRef, Plans

if TYPE_CHECKING:
    from samenleven_desktop.storage.queries.actions import StoredAction
    from samenleven_desktop.storage.view import View

YearRef = int | str | None
"""A project year: its number in the plan that counts, its id (of any plan), or None: the one that counts today."""


# Columns with the ids of actions; "actions" of an offer held numbers before 0008.
_ACTIONS = ("action_id", "action_ids", "linked_action_ids", "actions")
# Columns with the id of a government, a partnership or an organisation that a person chose.
_APPLICANTS = ("applicant_id", "organisation_id")


@dataclass(frozen=True)
class QueryContext:
    """Passed to a query by the workspace; valid only inside that call, on that thread.

    `plan` is the plan at hand: the one that counts today, unless the caller chose another. Rows of other plans are
    resolved by their ids, never by their numbers.
    """

    view: View
    plan: Plan
    today: date
    officer_id: str | None
    practice: bool = False
    plan_cache: dict[tuple[str, str | None, str | None], Plan | None] = field(default_factory=dict)
    """Versions that are not in use and were loaded; shared by the queries of a workspace."""
    plans: Plans = field(default_factory=lambda: Plans(()))
    named: bool = False
    """Whether the caller named the plan at hand (`--plan`)."""

    def within(self, plan: Plan) -> QueryContext:
        """Returns the same view with another plan at hand."""
        return self if plan is self.plan else replace(self, plan=plan)

    def plan_with_id(self, plan_id: str) -> Plan | None:
        """Returns a plan by id: as it is in use, or else its newest version; None if this file does not have it."""
        if plan_id == self.plan.id:
            return self.plan
        return self.plans.with_id(plan_id) or self._stored(plan_id)

    def plan_of(self, plan_id: str, version: str, version_hash: str | None = None) -> Plan:
        """Returns the version of a plan under which a record was made; another version if this file lacks it.

        A record names it by the hash of its content; one from before 0009, or from another file, by its name.
        """
        present = self.plan_with_id(plan_id)
        if version_hash is not None and present is not None and present.content_hash == version_hash:
            return present
        by_hash = None if version_hash is None else self._stored(plan_id, version_hash=version_hash)
        return by_hash or self._stored(plan_id, version) or present or self.plan

    def plan_of_target(self, target_id: str) -> Plan:
        """Returns the plan with a target: the one at hand, another one in use, or one that had it."""
        if self.plan.has_target(target_id):
            return self.plan
        found = self.plans.of_target(target_id)
        if found is not None:
            return found
        from samenleven_desktop.storage.queries.reference import plan_of_target, plan_versions

        plan_id = plan_of_target(self.view, target_id)
        for version in plan_versions(self.view, plan_id or ""):
            plan = self._stored(plan_id or "", version_hash=version)
            if plan is not None and plan.has_target(target_id):
                return plan
        return self.plan

    def plan_of_action(self, action_id: str) -> Plan | None:
        """Returns the plan with an action: the one at hand, another one in use, or the last version that had it."""
        if self.plan.action_with_id(action_id) is not None:
            return self.plan
        found = self.plans.of_action(action_id)
        if found is not None:
            return found
        from samenleven_desktop.storage.queries.reference import plan_of_action, plan_versions

        plan_id = plan_of_action(self.view, action_id)
        for version_hash in plan_versions(self.view, plan_id or ""):
            plan = self._stored(plan_id or "", version_hash=version_hash)
            if plan is not None and plan.action_with_id(action_id) is not None:
                return plan
        return None

    def target(self, target_id: str) -> Target:
        """Returns a target of any plan; one that a newer version dropped comes from the last version that had it.

        Raises KeyError for an id that no plan of this file has.
        """
        return self.plan_of_target(target_id).target(target_id)

    def year(self, year: YearRef = None) -> ProjectYear:
        """Returns a project year; one that the plan does not have gives the current one (the newest that has begun)."""
        return self.at(year)[1]

    def at(self, year: YearRef) -> tuple[QueryContext, ProjectYear]:
        """Returns a project year, and the same view with its plan at hand."""
        if isinstance(year, str):
            for plan in (self.plan, *self.plans):
                for one in plan.years:
                    if one.id == year:
                        return self.within(plan), one
            year = None
        if year is not None:
            plan = self.plan if self.plan.year(year) is not None else self.plans.counting(self.today, year)
            found = plan.year(year)
            if found is not None:
                return self.within(plan), found
        return self, self.plan.year_on(self.today)

    def plan_words(self, plan_id: str | None) -> str:
        """Returns the short name of a plan in rows that show its numbers; empty for the plan at hand."""
        if plan_id is None or plan_id == self.plan.id:
            return ""
        plan = self.plan_with_id(plan_id)
        return "?" if plan is None else plan.short_name

    def action_refs(self, action_ids: Iterable[str]) -> tuple[ActionRef, ...]:
        """Returns these actions as rows name them, those of the plan at hand first; unknown ids are left out.

        The id of a plan stands for all its actions and is left out.
        """
        found = []
        for plan in (self.plan, *(one for one in self.plans if one.id != self.plan.id)):
            known = [plan.action_with_id(one) for one in action_ids]
            found += [
                ActionRef(one.id, one.number, one.short_title, self.plan_words(plan.id))
                for one in sorted((one for one in known if one is not None), key=lambda one: one.number)
            ]
        return tuple(found)

    def name_actions(self, stored: Iterable[StoredAction]) -> tuple[ActionRef, ...]:
        """Returns stored actions as rows name them, those of the plan at hand first."""
        refs = []
        for one in stored:
            plan = self.plan_with_id(one.plan_id)
            action = None if plan is None else plan.action_with_id(one.id)
            title = "" if action is None else action.short_title
            refs.append(ActionRef(one.id, one.number, title, self.plan_words(one.plan_id)))
        return tuple(sorted(refs, key=lambda ref: (ref.plan != "", ref.plan, ref.number)))

    def shown(self, field: str, value: object) -> object:
        """Returns a logged value as people read it: names and numbers instead of ids."""
        if not isinstance(value, str) or field not in (*_ACTIONS, *_APPLICANTS, "target_id"):
            return value
        if field in _APPLICANTS:
            from samenleven_desktop.storage.queries.reference import governments_by_id

            found = governments_by_id(self.view, [value]).get(value)
            return value if found is None else found.name
        if field == "target_id":
            return self._target_words(value)
        from samenleven_desktop.storage.queries.actions import of_offer

        ids = of_offer(None, value, False) if field == "actions" else value.split()
        whole = [plan.name for plan in (self.plan, *self.plans) if plan.id in ids]
        words = ", ".join([*(ref.words for ref in self.action_refs(ids)), *dict.fromkeys(whole)])
        return words or value

    def _target_words(self, target_id: str) -> str:
        plan = self.plan_of_target(target_id)
        if not plan.has_target(target_id):
            return target_id
        target = plan.target(target_id)
        return f"{target.code} {plan.action(target.action_number).short_title}"

    def _stored(self, plan_id: str, version: str | None = None, version_hash: str | None = None) -> Plan | None:
        key = plan_id, version, version_hash
        if key not in self.plan_cache:
            from samenleven_desktop.interchange.plan_reader import plan_from_json
            from samenleven_desktop.storage.queries.reference import plan_content

            content = plan_content(self.view, plan_id, version, version_hash)
            self.plan_cache[key] = None if content is None else plan_from_json(content)
        return self.plan_cache[key]
