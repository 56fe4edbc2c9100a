"""Time for people and time for ordering: the clock that is injected, and the hybrid logical clock of the log.

A hybrid logical clock value is one integer: milliseconds since 1970 in the high bits, a counter of 16 bits below.
It never runs back on a device, whatever the wall clock does, and it never blocks anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from samenleven_desktop.domain.ids import new_id


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Runtime:
    """What a test wants to hold in its hand: the moment, the day that counts as today, and new ids.

    `day` overrides today (`--today`, or the date of a practice file); the moment itself stays the real one.
    """

    now: Callable[[], datetime] = utc_now
    new_id: Callable[[], str] = new_id
    day: date | None = field(default=None)

    def today(self) -> date:
        return self.day or self.now().astimezone().date()


class HybridClock:
    """Gives ever larger values; `last` is the highest value seen so far on this device or in a pack."""

    def __init__(self, now: Callable[[], datetime], last: int = 0) -> None:
        self._now = now
        self._last = last

    @property
    def last(self) -> int:
        return self._last

    def tick(self) -> int:
        wall = int(self._now().timestamp() * 1000) << 16
        self._last = max(wall, self._last + 1)
        return self._last
