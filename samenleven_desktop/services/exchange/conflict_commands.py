"""The command that settles conflicts with colleagues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.readmodels.exchange import Choice
from samenleven_desktop.services.core.command import UnitOfWork
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import conflicts as stored
from samenleven_desktop.storage.repositories import conflicts as rows

DECIDED = N_("This conflict is decided already.")
NOT_BOTH = N_("Of this field only one value can stand. Choose yours or that of your colleague.")


@dataclass(frozen=True)
class ResolveConflicts:
    """Settles conflicts by their short id, as one undo step."""

    name: ClassVar[str] = N_("Conflicts decided")
    choices: Mapping[str, Choice]

    def details(self) -> Mapping[str, object]:
        return {"n": len(self.choices)}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> int:
        """Returns the number of settled conflicts. Raises UserError for one that is not open, or cannot keep both
        values."""
        open_ones = {one.id: one for one in stored.conflicts(context.view)}
        for id_, choice in self.choices.items():
            line = open_ones.get(id_)
            if line is None:
                raise UserError(DECIDED, field=id_)
            if choice is Choice.BOTH and not line.can_both:
                raise UserError(NOT_BOTH, field=id_)
            rows.settle(unit, line, choice)
        return len(self.choices)
