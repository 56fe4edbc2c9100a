"""Commands on other instruments: subsidies and calls besides the plan's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.fields import INSTRUMENT
from samenleven_desktop.domain.instrument import InstrumentState
from samenleven_desktop.services.core.checks import check_actions, record_values
from samenleven_desktop.services.core.command import UnitOfWork, WithoutDetails
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.repositories import instruments as rows


@dataclass(frozen=True)
class InstrumentContent:
    """An instrument as entered: amount in cents, `document` its page or the name of a document.

    `deadline` is the next day by which something must be handed in, `end` the last day it pays for. Without an action
    it pays for the work of the government as a whole.
    """

    name: str
    giver: str | None = None
    instrument_state: InstrumentState = InstrumentState.CONSIDERED
    action_id: str | None = None
    amount_cents: int | None = None
    deadline: date | None = None
    end: date | None = None
    document: str | None = None
    note: str | None = None

    def checked(self, context: QueryContext) -> dict[str, object]:
        """Returns the values of the row. Raises UserError naming the field."""
        values = record_values(INSTRUMENT, self)
        check_actions(context, [self.action_id] if self.action_id else [], "action_id")
        return {**values, "action_id": self.action_id or None}


@dataclass(frozen=True)
class AddInstrument:
    """Adds an instrument of a government; returns its id."""

    government_id: str
    content: InstrumentContent

    name: ClassVar[str] = N_("Other instrument added: {instrument}")

    def details(self) -> Mapping[str, object]:
        return {"instrument": INSTRUMENT["name"].tidy(self.content.name)}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        return rows.add_instrument(unit, self.government_id, **self.content.checked(context))


@dataclass(frozen=True)
class ChangeInstrument:
    """Changes an instrument; its government stays."""

    instrument_id: str
    content: InstrumentContent

    name: ClassVar[str] = N_("Other instrument changed: {instrument}")

    def details(self) -> Mapping[str, object]:
        return {"instrument": INSTRUMENT["name"].tidy(self.content.name)}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        rows.change_instrument(unit, self.instrument_id, **self.content.checked(context))


@dataclass(frozen=True)
class DeleteInstrument(WithoutDetails):
    instrument_id: str

    name: ClassVar[str] = N_("Other instrument deleted")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        rows.delete_instrument(unit, self.instrument_id)
