"""Commands on mentor governments and inspiring examples that officers add to those of the plan file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.services.core.checks import check_actions, check_remark, check_words
from samenleven_desktop.services.core.command import UnitOfWork, WithoutDetails
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.repositories import mentors_and_examples as rows
from samenleven_desktop.storage.view import View

NO_SOURCE = N_("Say where you know this from.")


@dataclass(frozen=True)
class AddMentor(WithoutDetails):
    """Adds a government as mentor for an action; `learning_network` None: unknown. Returns the id."""

    government_id: str
    action_id: str
    source: str
    learning_network: bool | None = None
    note: str | None = None

    name: ClassVar[str] = N_("Mentor government added")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        reference.government(View(unit.connection), self.government_id)
        return rows.add_mentor(
            unit,
            government_id=self.government_id,
            action_id=_checked(context, self.action_id),
            learning_network=self.learning_network,
            note=check_remark(self.note, "note"),
            source=check_words(self.source, "source", NO_SOURCE),
        )


@dataclass(frozen=True)
class AddExample(WithoutDetails):
    """Adds an inspiring example of an action, optionally of one government. Returns the id."""

    title: str
    action_id: str
    source: str
    government_id: str | None = None
    note: str | None = None

    name: ClassVar[str] = N_("Inspiring example added")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        return rows.add_example(
            unit,
            title=check_words(self.title, "title", N_("Give the example a title.")),
            action_id=_checked(context, self.action_id),
            government_id=self.government_id,
            note=check_remark(self.note, "note"),
            source=check_words(self.source, "source", NO_SOURCE),
        )


@dataclass(frozen=True)
class DeleteKnowledge(WithoutDetails):
    """Deletes a mentor or an example that an officer added; those of the plan file cannot be deleted."""

    record_id: str

    name: ClassVar[str] = N_("Mentor or example deleted")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        rows.delete(unit, self.record_id)


def _checked(context: QueryContext, action_id: str) -> str:
    check_actions(context, [action_id], "action")
    return action_id
