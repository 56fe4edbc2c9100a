"""Agenda items: sessions held and planned, agreements on their due day, dates of the plan and of other subsidies,
holidays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samenleven_desktop.domain.plan import Plan

SOON_DAYS = 14


class AgendaKind(StrEnum):
    SESSION = "session"
    AGREEMENT = "agreement"
    DEADLINE = "deadline"
    INSTRUMENT = "instrument"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class AgendaItem:
    """One item on one day.

    `title` is the government, the name of a holiday, or the kind of a plan date (submission_opens, submission, interim,
    final); `detail` is the form of a session, the text of an agreement, or the name of another subsidy.

    Times are minutes since midnight, if there are any; `record_id` is the record to open.
    """

    day: date
    kind: AgendaKind
    title: str
    detail: str = ""
    record_id: str | None = None
    government_id: str | None = None
    start_minute: int | None = None
    end_minute: int | None = None
    done: bool = False
    late: bool = False
    year: int | None = None
    plan: str = ""


@dataclass(frozen=True)
class Agenda:
    """The items of a period, by day and time; overdue agreements are listed separately, whatever their day."""

    first: date
    last: date
    today: date
    items: tuple[AgendaItem, ...]

    def on(self, day: date) -> tuple[AgendaItem, ...]:
        return tuple(item for item in self.items if item.day == day)


def in_order(items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """Sorts holidays and plan dates before timed items, then by time and title."""
    kinds = [AgendaKind.HOLIDAY, AgendaKind.DEADLINE, AgendaKind.INSTRUMENT, AgendaKind.SESSION, AgendaKind.AGREEMENT]
    return tuple(
        sorted(
            items, key=lambda item: (item.day, kinds.index(item.kind), item.start_minute or 0, item.title, item.detail)
        )
    )


def plan_days(plan: Plan, first: date, last: date) -> list[AgendaItem]:
    """Returns submission windows and reporting days of the plan in a period; days without a source are omitted."""
    found = []
    for year in plan.years:
        days = [("submission_opens", year.submission_opens, ""), ("submission", year.submission_closes, "")]
        days += [(deadline.kind, deadline.due, deadline.name or "") for deadline in year.deadlines]
        found += [
            AgendaItem(day, AgendaKind.DEADLINE, kind, name, year=year.number)
            for kind, day, name in days
            if day is not None and first <= day <= last
        ]
    return found


def week_of(day: date) -> tuple[date, date]:
    """Returns Monday and Sunday."""
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)


def month_of(day: date) -> tuple[date, date]:
    """Returns the first and last day of the whole weeks around a month, as shown on a calendar page."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return week_of(first)[0], week_of(after - timedelta(days=1))[1]
