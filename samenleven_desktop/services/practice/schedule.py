"""Dates in the practice file: working days, busy autumns and springs, quiet summers."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

# The workload of each month relative to an average one.
_BUSY = {1: 1.2, 2: 1.3, 3: 1.3, 4: 0.9, 5: 1.1, 6: 1.0, 7: 0.25, 8: 0.15, 9: 1.2, 10: 1.4, 11: 1.1, 12: 0.6}


class Calendar:
    """Working days of a period, drawn with the weight of their month."""

    def __init__(self, first: date, last: date) -> None:
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        self._days = [day for day in days if day.weekday() < 5 and not (day.month == 12 and day.day > 23)]
        self._weights = [_BUSY[day.month] for day in self._days]

    def draw(self, random: Random, count: int) -> list[date]:
        """Returns `count` days in order; a day may occur more than once."""
        return sorted(random.choices(self._days, self._weights, k=count)) if self._days else []


def times(random: Random) -> tuple[int, int, int]:
    """Returns start and end in minutes since midnight, and minutes of travel."""
    start = random.choice((540, 570, 600, 630, 780, 810, 840, 870))
    return start, start + random.choice((60, 90, 90, 120, 120, 150, 180)), random.choice((0, 20, 30, 40, 50))
