"""Selects the backups to keep: all of the last two days with a backup, then one a day, one a week, one a month.

Only days, weeks and months with backups count, in order of creation; the current time is not used. A clock that was
wrong for a while takes one slot and does not push others out. The numbers are our choice; no source prescribes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

ALL_DAYS, DAYS, WEEKS, MONTHS = 2, 14, 10, 13


def kept(moments: Sequence[datetime]) -> list[bool]:
    """Returns for each backup, newest first, whether to keep it.

    The last of its day, week or month is kept, and always the newest.
    """
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
