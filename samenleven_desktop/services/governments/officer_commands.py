"""Commands on officers: adding one by role, the governments they support, handing one over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.fields import OFFICER
from samenleven_desktop.services.core.checks import check_value, check_words
from samenleven_desktop.services.core.command import UnitOfWork, WithoutDetails
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.repositories import people, work


@dataclass(frozen=True)
class AddOfficer(WithoutDetails):
    """Adds a coach, by role and region rather than by name. Returns the id."""

    label: str
    region: str | None = None

    name: ClassVar[str] = N_("Coach added")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        label = check_words(self.label, "label", N_("Type how colleagues know you, for instance your role and region."))
        return work.add_officer(unit, label=label, region=check_value(OFFICER["region"], self.region))


@dataclass(frozen=True)
class ChooseGovernments(WithoutDetails):
    """Sets which governments an officer supports from today on; ended assignments keep their history."""

    officer_id: str
    government_ids: tuple[str, ...]

    name: ClassVar[str] = N_("My governments changed")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        today: date = context.today
        present = work.assignments(unit, self.officer_id, today)
        for government_id in self.government_ids:
            if government_id not in present:
                work.add_assignment(
                    unit, officer_id=self.officer_id, government_id=government_id, role="first", valid_from=today
                )
        for government_id, (assignment_id, since) in present.items():
            if government_id in self.government_ids:
                continue
            if since == today:
                work.delete_assignment(unit, assignment_id)
            else:
                work.end_assignment(unit, assignment_id, today - timedelta(days=1))


@dataclass(frozen=True)
class HandOver:
    """Hands a government over from the current officer to a colleague, from today on: one assignment ends and another
    begins.

    The colleague is added to the officers if not yet listed. Dossier and agreements do not change; a `report` (name and
    content) is added to the attachments.
    """

    government_id: str
    to_officer_id: str
    to_label: str
    report: tuple[str, bytes] | None = None

    name: ClassVar[str] = N_("Government handed over to {colleague}")

    def details(self) -> Mapping[str, object]:
        return {"colleague": self.to_label}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        today = context.today
        if context.officer_id == self.to_officer_id:
            raise UserError(N_("You cannot hand a government over to yourself."), field="to")
        if not work.has_officer(unit, self.to_officer_id):
            work.add_officer(unit, id=self.to_officer_id, label=self.to_label, region=None)
        mine = work.assignments(unit, context.officer_id, today) if context.officer_id is not None else {}
        if self.government_id in mine:
            assignment_id, since = mine[self.government_id]
            if since == today:
                work.delete_assignment(unit, assignment_id)
            else:
                work.end_assignment(unit, assignment_id, today - timedelta(days=1))
        if self.government_id not in work.assignments(unit, self.to_officer_id, today):
            work.add_assignment(
                unit,
                officer_id=self.to_officer_id,
                government_id=self.government_id,
                role="first",
                valid_from=today,
            )
        if self.report is not None:
            name, content = self.report
            people.add_attachment(
                unit,
                content,
                government_id=self.government_id,
                about_table=None,
                about_id=None,
                name=name,
                added_on=today,
            )
