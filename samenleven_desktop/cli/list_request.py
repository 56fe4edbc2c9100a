"""The options of `samenleven list`, resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ListRequest:
    """The options of a list: one government (its code and ids), one project year, also those without work."""

    code: str | None
    ids: tuple[str, ...] | None
    year: int | None
    period: tuple[date | None, date | None]
    everything: bool

    def holds(self, day: date | None) -> bool:
        """Returns whether a day lies in the period; without a period every row is meant, also one without a day."""
        first, last = self.period
        if day is None:
            return first is None and last is None
        return (first is None or first <= day) and (last is None or day <= last)

    def of(self, government_id: str) -> bool:
        return self.ids is None or government_id in self.ids
