"""The dates that a plan sets its applicants: windows for applications and days on which reports are due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samenleven_desktop.domain.plan import Plan

REMIND_DAYS = (30, 14, 7)
PASSED_DAYS = 14
"""How long a date that has passed is still shown."""
UNKNOWN_DAYS = 60
"""How long after its period a report without a known day is still shown."""


class Reminder(StrEnum):
    """How near a date is: 30, 14 and 7 days before it the coach is reminded, each time a little louder."""

    FAR = "far"
    MONTH = "month"
    FORTNIGHT = "fortnight"
    WEEK = "week"
    PASSED = "passed"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class PlanDay:
    """A term of the plan as it stands on `today`. `kind` is submission, interim or final.

    From `opens` on one can hand in, `day` is the last day; None where no source gives it. `sources` are the addresses
    of the pages that the plan file names for it, `certainty` is the plan file's.
    """

    today: date
    kind: str
    year: int
    opens: date | None
    day: date | None
    sources: tuple[str, ...]
    certainty: str = "certain"
    note: str | None = None

    @property
    def days_left(self) -> int | None:
        """0 on the last day, below 0 when it has passed."""
        return None if self.day is None else (self.day - self.today).days

    @property
    def open_now(self) -> bool:
        """Whether its first day is known and has come, and its last day has not passed."""
        return self.opens is not None and self.day is not None and self.opens <= self.today <= self.day

    @property
    def reminder(self) -> Reminder:
        left = self.days_left
        if left is None:
            return Reminder.NOT_KNOWN
        if left < 0:
            return Reminder.PASSED
        month, fortnight, week = REMIND_DAYS
        if left <= fortnight:
            return Reminder.WEEK if left <= week else Reminder.FORTNIGHT
        return Reminder.MONTH if left <= month else Reminder.FAR


def terms(plan: Plan, today: date, ahead_days: int) -> list[PlanDay]:
    """What has its last day in the next `ahead_days` days or passed less than two weeks ago, soonest first.

    Reports without a known day come last, from the begin of the period they cover until two months after it.
    """
    found = [one for one in _all(plan, today) if one.days_left is None or -PASSED_DAYS <= one.days_left <= ahead_days]
    return sorted(found, key=lambda one: (one.day or date.max, one.year))


def _all(plan: Plan, today: date) -> Iterator[PlanDay]:
    def addresses(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(plan.sources.get(key, key) for key in keys)

    for year in plan.years:
        if year.submission_closes is not None:
            opens, closes = year.submission_opens, year.submission_closes
            of_call = addresses(year.sources)
            yield PlanDay(today, "submission", year.number, opens, closes, of_call, note=year.submission_note)
        for report in year.deadlines:
            until = report.period_end + timedelta(days=UNKNOWN_DAYS)
            if report.due is not None or report.period_start <= today <= until:
                of_report = addresses((report.source,))
                yield PlanDay(
                    today,
                    report.kind,
                    year.number,
                    report.opens,
                    report.due,
                    of_report,
                    report.certainty,
                    report.note,
                )
