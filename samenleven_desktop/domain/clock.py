"""The injectable clock for display and dates, and the hybrid logical clock that orders the log.

A hybrid logical clock value is one integer: milliseconds since 1970 in the high bits, a 16-bit counter below. It never
decreases on a device, whatever the wall clock does, and never blocks. A value from the future, of a colleague whose
clock is wrong or who lies, is no floor for this device: it would spoil every change made here for good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from samenleven_desktop.domain.ids import new_id

# A day: time zones, and clocks that are a little off.
_AHEAD_MS = 24 * 3600 * 1000
# The first moment of 2200: what lies beyond is no clock, also if this device said so once.
_LAST_OWN = 7_258_118_400_000 << 16


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

    def has_seen(self, value: int) -> None:
        """Later values are above this one, unless it lies in the future."""
        if not is_ahead(value, self._now()):
            self._last = max(self._last, value)

    def has_given(self, value: int) -> None:
        """Later values are above this one of the same device, also after its clock was set back."""
        if value < _LAST_OWN:
            self._last = max(self._last, value)

    def tick(self) -> int:
        wall = int(self._now().timestamp() * 1000) << 16
        self._last = max(wall, self._last + 1)
        return self._last


def is_ahead(value: int, now: datetime) -> bool:
    """Returns whether a clock value lies more than a day in the future."""
    return value > (int(now.timestamp() * 1000) + _AHEAD_MS) << 16


def day_of(value: int) -> date:
    """Returns the day (UTC) of a clock value."""
    return datetime.fromtimestamp((value >> 16) / 1000, UTC).date()
