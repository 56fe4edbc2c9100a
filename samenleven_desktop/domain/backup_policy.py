"""Which backups stay: all of the last two days, then one a day, one a week, one a month.

The periods are our choice; no source prescribes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

ALL = timedelta(days=2)
DAILY = timedelta(days=14)
WEEKLY = timedelta(weeks=10)
MONTHLY = timedelta(days=400)


def kept(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """The moments whose backups stay: the newest of each day, week or month, and always the newest of all."""
    newest_first = sorted(set(moments), reverse=True)
    stay = set(newest_first[:1])
    seen: set[tuple[object, ...]] = set()
    for moment in newest_first:
        slot = _slot(moment, now)
        if slot is not None and slot not in seen:
            seen.add(slot)
            stay.add(moment)
    return stay


def _slot(moment: datetime, now: datetime) -> tuple[object, ...] | None:
    """What a moment shares with others of which only the newest stays; None when it is too old for all."""
    age, day = now - moment, moment.astimezone().date()
    if age <= ALL:
        return ("moment", moment)
    if age <= DAILY:
        return ("day", day)
    if age <= WEEKLY:
        return ("week", *day.isocalendar()[:2])
    return ("month", day.year, day.month) if age <= MONTHLY else None
