"""Other instruments: subsidies and calls besides the plan's that pay for an action of a government."""

from __future__ import annotations

from enum import StrEnum


class InstrumentState(StrEnum):
    """From an idea to the end; in the order of a request."""

    CONSIDERED = "considered"
    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"
    ENDED = "ended"


OPEN_STATES = (InstrumentState.CONSIDERED, InstrumentState.APPLIED, InstrumentState.GRANTED)
"""In these a deadline still has to be met."""
