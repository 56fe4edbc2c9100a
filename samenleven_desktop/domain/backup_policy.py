"""Which backups stay: all of the last two days with a backup, then one a day, one a week, one a month.

Days, weeks and months are those in which backups were made, in the order of making; the clock of this moment has no
say. A clock that was wrong for a while takes one place and pushes nothing out. The numbers are our choice; no source
prescribes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

ALL_DAYS, DAYS, WEEKS, MONTHS = 2, 14, 10, 13


def kept(moments: Sequence[datetime]) -> list[bool]:
    """For each backup, the one made last first, whether it stays: the last of its day, week or month, and the newest
    of all in any case."""
    days: list[date] = []
    weeks: list[tuple[int, int]] = []
    months: list[tuple[int, int]] = []
    stay = []
    for moment in moments:
        day = moment.astimezone().date()
        week, month = day.isocalendar()[:2], (day.year, day.month)
        new_day, new_week, new_month = day not in days, week not in weeks, month not in months
        if new_day:
            days.append(day)
        if new_week:
            weeks.append(week)
        if new_month:
            months.append(month)
        stay.append(
            day in days[:ALL_DAYS]
            or (new_day and len(days) <= DAYS)
            or (new_week and len(weeks) <= WEEKS)
            or (new_month and len(months) <= MONTHS)
        )
    return stay
