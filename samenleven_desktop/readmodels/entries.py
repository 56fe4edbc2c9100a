"""What decides where a new KPI entry counts, as the form of an entry needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.kpi import CountingDays


@dataclass(frozen=True)
class EntryFacts:
    """The counting days of a commitment; of its entries that count, the total and the sum of what was added per day."""

    days: CountingDays
    totals: Mapping[date, int]
    added: Mapping[date, int]
