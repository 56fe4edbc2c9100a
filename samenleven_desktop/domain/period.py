"""Periods for what is about days: sessions, hours, agreements, contacts. A project year belongs to a plan, a period to
the calendar; the one that opens first always holds today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samenleven_desktop.domain.plan import ProjectYear, calendar_year
from samenleven_desktop.domain.plans import Plans


class PeriodKind(StrEnum):
    PROJECT_YEAR = "project_year"
    CALENDAR_YEAR = "calendar_year"
    TWELVE_MONTHS = "twelve_months"
    EVERYTHING = "everything"
    DAYS = "days"


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both inclusive; None is open. `year_id` is set for a project year."""

    kind: PeriodKind
    first: date | None = None
    last: date | None = None
    year_id: str = ""

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    @property
    def days(self) -> tuple[date, date]:
        """The first and last day, with the bounds of the calendar where it is open."""
        return self.first or date.min, self.last or date.max


EVERYTHING = Period(PeriodKind.EVERYTHING)


def of_year(year: ProjectYear) -> Period:
    return Period(PeriodKind.PROJECT_YEAR, year.start, year.end, year.id)


def this_calendar_year(today: date) -> Period:
    whole = calendar_year(today)
    return Period(PeriodKind.CALENDAR_YEAR, whole.start, whole.end)


def twelve_months(today: date) -> Period:
    """The twelve months up to and including today."""
    before = today - timedelta(days=365) if (today.month, today.day) == (2, 29) else today.replace(year=today.year - 1)
    return Period(PeriodKind.TWELVE_MONTHS, before + timedelta(days=1), today)


def opening(plans: Plans, today: date) -> Period:
    """Returns the period that opens first: the project year that holds today, otherwise this calendar year."""
    plan = plans.counting(today)
    return of_year(plan.year_on(today)) if plan.runs_on(today) else this_calendar_year(today)


def offered(plans: Plans, today: date) -> list[Period]:
    """Returns the periods to choose from, the one that opens first at the top; then every project year."""
    first = opening(plans, today)
    years = [of_year(year) for _, year in plans.years()]
    fixed = [this_calendar_year(today), twelve_months(today), EVERYTHING]
    return [first, *(one for one in (*fixed, *years) if one != first)]
