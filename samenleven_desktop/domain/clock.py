"""The injectable clock for display and dates, and the hybrid logical clock that orders the log.

A hybrid logical clock value is one integer: milliseconds since 1970 in the high bits, a 16-bit counter below. It never
decreases on a device, whatever the wall clock does, and never blocks.
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
    """Injectable clock and id generator: the current time, the day that counts as today, and new ids.

    `day` overrides today (`--today`, or the date of a practice file); the time itself stays the real one.
    """

    now: Callable[[], datetime] = utc_now
    new_id: Callable[[], str] = new_id
    day: date | None = field(default=None)

    def today(self) -> date:
        return self.day or self.now().astimezone().date()


class HybridClock:
    """Returns strictly increasing values; `last` is the highest value so far on this device or in a pack."""

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
