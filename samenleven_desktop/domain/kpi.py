"""Computes the numbers and states of a commitment from ledger rows. Pure functions; rules come from the plan file."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.plan import KpiRules, ProjectYear, Target

BELOW_NOTHING = N_("With this number the total would be {total}: a total cannot be less than nothing.")


class EntryKind(StrEnum):
    """An increment counts units since the previous row; a reading is the total on that day."""

    INCREMENT = "increment"
    READING = "reading"


class KpiState(StrEnum):
    REACHED = "reached"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    AT_RISK = "at_risk"
    NO_ENTRY = "no_entry"
    JURY = "jury"
    NOT_GRANTED = "not_granted"


class Uncounted(StrEnum):
    """The reason why a ledger row does not count toward its commitment."""

    CORRECTED = "corrected"
    BEFORE_YEAR = "before_year"
    AFTER_YEAR = "after_year"
    AFTER_REPORT = "after_report"
    REPORT_DAY_UNKNOWN = "report_day_unknown"
    AFTER_TODAY = "after_today"
    IN_READING = "in_reading"

    @property
    def outside(self) -> bool:
        """Whether the day of the row lies outside those that count for its project year, now and later."""
        return self in _OUTSIDE


_OUTSIDE = frozenset(
    (Uncounted.BEFORE_YEAR, Uncounted.AFTER_YEAR, Uncounted.AFTER_REPORT, Uncounted.REPORT_DAY_UNKNOWN)
)


@dataclass(frozen=True)
class CountingDays:
    """The days of the entries that count for a project year: `first` to `last`, both inclusive.

    A reading after `last` tells the total of the year up to `readings_until`, the last day of the final report; None if
    the plan does not know that day.
    """

    first: date
    last: date
    readings_until: date | None

    @classmethod
    def of(cls, year: ProjectYear) -> CountingDays:
        final = year.deadline("final")
        due = None if final is None else final.due
        return cls(year.start, year.end, None if due is None else max(due, year.end))

    @property
    def last_of_all(self) -> date:
        return self.readings_until or self.last

    def why_not(self, kind: EntryKind, day: date) -> Uncounted | None:
        """Returns why an entry of that day never counts for the year; None if it does."""
        if day < self.first:
            return Uncounted.BEFORE_YEAR
        if day <= self.last:
            return None
        if kind is EntryKind.INCREMENT:
            return Uncounted.AFTER_YEAR
        if self.readings_until is None:
            return Uncounted.REPORT_DAY_UNKNOWN
        return None if day <= self.readings_until else Uncounted.AFTER_REPORT


@dataclass(frozen=True)
class LedgerEntry:
    """The counted values of a row of the KPI ledger.

    A correction is a separate row that replaces the row whose id is in `corrects`.
    """

    day: date
    kind: EntryKind
    units: int
    id: str = ""
    corrects: str | None = None


@dataclass(frozen=True)
class Reached:
    """The reach on a day.

    `conflict_day` is set if two readings of that day contradict each other; `total` then uses the higher one until the
    coach decides.
    """

    total: int
    has_entry: bool
    last_day: date | None
    conflict_day: date | None

    @property
    def known(self) -> int | None:
        """The reach as shown: without any entry there is none, whatever the existing reach."""
        return self.total if self.has_entry else None


def reached_to_date(entries: Iterable[LedgerEntry], existing_reach: int, day: date) -> Reached:
    """Returns the last reading up to `day` plus the increments after it, of rows that count for their year.

    A reading covers the whole reach, existing reach included; without any reading the existing reach is counted once,
    before the increments. Increments of the day of a reading are in that reading. The order of the rows does not matter
    (source: the KPI is reported on the whole reach, V-REP).
    """
    rows = list(entries)
    corrected = {entry.corrects for entry in rows if entry.corrects}
    seen = [entry for entry in rows if entry.day <= day and entry.id not in corrected]
    if not seen:
        return Reached(existing_reach, False, None, None)
    last_day = max(entry.day for entry in seen)
    reading_days = [entry.day for entry in seen if entry.kind is EntryKind.READING]
    if not reading_days:
        return Reached(existing_reach + sum(entry.units for entry in seen), True, last_day, None)
    reading_day = max(reading_days)
    readings = {entry.units for entry in seen if entry.kind is EntryKind.READING and entry.day == reading_day}
    after = sum(entry.units for entry in seen if entry.kind is EntryKind.INCREMENT and entry.day > reading_day)
    return Reached(max(readings) + after, True, last_day, reading_day if len(readings) > 1 else None)


def check_total(rows: Iterable[LedgerEntry], existing_reach: int, new: Collection[LedgerEntry]) -> None:
    """Raises UserError if one of the `new` rows takes so much away that less than nothing is left, then or later."""
    less = {one.day for one in new if one.units < 0}
    together = [*rows, *new]
    for day in sorted(less | {date.max}) if less else ():
        total = reached_to_date(together, existing_reach, day).total
        if total < 0:
            raise UserError(BELOW_NOTHING, field="units", total=total)


def expected_today(confirmed: int | None, year: ProjectYear, day: date) -> int | None:
    """Returns the share of the confirmed number for the elapsed part of the year, rounded down to whole units."""
    return None if confirmed is None else confirmed * year.elapsed_days(day) // year.days


def kpi_state(
    target: Target, year: ProjectYear, rules: KpiRules, confirmed: int | None, reached: Reached, day: date
) -> KpiState:
    """Returns the first state that applies, in the order of the design.

    The order is: jury, not granted, no entry, reached, at risk, behind, on course. Without a confirmed number there is
    nothing to be behind on: the commitment is *on course* once it has an entry.
    """
    if target.kind is not None and target.kind.judged_by_jury:
        return KpiState.JURY
    if confirmed == 0:
        return KpiState.NOT_GRANTED
    if not reached.has_entry:
        return KpiState.NO_ENTRY
    if confirmed is None:
        return KpiState.ON_COURSE
    if reached.total >= confirmed:
        return KpiState.REACHED
    interim, share, days = year.deadline("interim"), rules.at_risk_share, rules.at_risk_days_before
    if interim is not None and share is not None and days is not None:
        near_interim = day >= interim.last_known - timedelta(days=days)
        if near_interim and reached.total < confirmed * share:
            return KpiState.AT_RISK
    expected = expected_today(confirmed, year, day)
    if expected is not None and reached.total < expected:
        return KpiState.BEHIND
    return KpiState.ON_COURSE
