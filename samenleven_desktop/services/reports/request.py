"""The options of a report, as chosen in the window or on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samenleven_desktop.services.core.query_context import YearRef


@dataclass(frozen=True)
class ReportRequest:
    """The options of a report: a kind of `REPORT_KINDS`; governments (none: all of the officer's) or a session.

    `year` None: the year in which the period ends; `period` None: that year; `without` are the sections left out (None:
    the default of the kind); `personal`: whether names and texts about persons may be included. `action_id`: of the
    sheet of an action; None: a sheet of every action of the plan.
    """

    kind: str
    government_ids: tuple[str, ...] = ()
    year: YearRef = None
    period: tuple[date, date] | None = None
    personal: bool = True
    without: frozenset[str] | None = None
    session_id: str | None = None
    action_id: str | None = None
    addressee_id: str | None = None
    """The contact to whom it is addressed; left out without `personal`."""
