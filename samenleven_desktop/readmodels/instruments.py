"""Other instruments as listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.instrument import InstrumentState


@dataclass(frozen=True)
class InstrumentLine:
    """A subsidy or call besides the plan's; amount in cents.

    `action` is the number of the action, with its plan if that is not the one at hand; empty without an action.
    """

    id: str
    government_id: str
    government_code: str
    government_name: str
    action_id: str | None
    action: str
    action_title: str
    name: str
    giver: str | None
    instrument_state: InstrumentState
    amount_cents: int | None
    deadline: date | None
    end: date | None
    document: str | None
    note: str | None
