"""Commands on mentor governments and inspiring examples that officers add to those of the plan file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.fields import EXAMPLE, MENTOR
from samenleven_desktop.services.core.checks import check_actions, record_values
from samenleven_desktop.services.core.command import UnitOfWork, WithoutDetails
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.repositories import mentors_and_examples as rows
from samenleven_desktop.storage.view import View


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
            **record_values(MENTOR, self),
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
            action_id=_checked(context, self.action_id),
            government_id=_known(unit, self.government_id),
            **record_values(EXAMPLE, self),
        )


@dataclass(frozen=True)
class ChangeMentor(WithoutDetails):
    """Changes what is known of a mentor that an officer added; government and action stay."""

    mentor_id: str
    source: str
    learning_network: bool | None = None
    note: str | None = None

    name: ClassVar[str] = N_("Mentor government changed")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        rows.change_mentor(
            unit,
            self.mentor_id,
            **record_values(MENTOR, self),
        )


@dataclass(frozen=True)
class ChangeExample(WithoutDetails):
    """Changes an inspiring example that an officer added; its action stays."""

    example_id: str
    title: str
    source: str
    government_id: str | None = None
    note: str | None = None

    name: ClassVar[str] = N_("Inspiring example changed")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        rows.change_example(
            unit,
            self.example_id,
            government_id=_known(unit, self.government_id),
            **record_values(EXAMPLE, self),
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


def _known(unit: UnitOfWork, government_id: str | None) -> str | None:
    """Raises UserError if this file does not have the government."""
    if government_id is not None:
        reference.government(View(unit.connection), government_id)
    return government_id
