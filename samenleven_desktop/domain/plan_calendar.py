"""The dates that a plan sets for its applicants: application windows and due days of reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samenleven_desktop.domain.plan import Plan

REMIND_DAYS = (30, 14, 7)
PASSED_DAYS = 14
"""Days during which a past date is still shown."""
UNKNOWN_DAYS = 60
"""Days after its period during which a report without a known due day is still shown."""


class Reminder(StrEnum):
    """The urgency of a date: the coach is reminded 30, 14 and 7 days before it, each time more prominently."""

    FAR = "far"
    MONTH = "month"
    FORTNIGHT = "fortnight"
    WEEK = "week"
    PASSED = "passed"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class PlanDay:
    """A plan date as of `today`. `kind` is submission, interim or final; instrument for that of another instrument.

    Submission is possible from `opens`; `day` is the last day; None if no source states it. `sources` are the URLs that
    the plan file names for it, `certainty` is that of the plan file.
    """

    today: date
    kind: str
    year: int
    opens: date | None
    day: date | None
    sources: tuple[str, ...]
    certainty: str = "certain"
    note: str | None = None
    plan: str = ""
    """The short name of the plan, if it is not the one that counts."""
    about: str = ""
    """The government and name of another instrument."""

    @property
    def days_left(self) -> int | None:
        """Returns 0 on the last day, a negative number afterwards."""
        return None if self.day is None else (self.day - self.today).days

    @property
    def open_now(self) -> bool:
        """Returns whether its first day is known and has been reached, and its last day has not passed."""
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
    """Returns dates due in the next `ahead_days` days or passed less than two weeks ago, soonest first.

    Reports without a known due day come last, from the first day of their period until two months after it.
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
                    ": ".join(words for words in (report.name, report.note) if words) or None,
                )
