"""The terms of the plan around each of its days, and what today and this week hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.domain.plan_calendar import PlanDay, Reminder, terms
from samenleven_desktop.interchange.plan_reader import read_plan
from samenleven_desktop.paths import resources_dir
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.plans.calendar import plan_days
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.start.start_summary import start_summary
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import WorkFile

TODAY = date(2024, 3, 11)
PLAN = read_plan(resources_dir() / "plans" / "plan-samenleven.yaml")
# Kind, project year, first day, last day: as the plan file has them.
DAYS = [
    ("submission", 1, date(2022, 3, 1), date(2022, 7, 1)),
    ("interim", 1, date(2023, 4, 1), date(2023, 5, 5)),
    ("final", 1, date(2023, 9, 1), date(2023, 10, 15)),
    ("submission", 2, date(2023, 5, 26), date(2023, 7, 10)),
    ("interim", 2, date(2024, 4, 22), date(2024, 5, 6)),
    ("final", 2, date(2024, 10, 1), date(2024, 10, 15)),
    ("submission", 3, date(2024, 4, 22), date(2024, 5, 6)),
]


def one(kind: str, year: int, today: date, ahead: int = 365, plan: Plan = PLAN) -> PlanDay | None:
    found = [term for term in terms(plan, today, ahead) if (term.kind, term.year) == (kind, year)]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(("kind", "year", "opens", "last"), DAYS)
@pytest.mark.parametrize(
    ("before", "reminder"),
    [
        (31, Reminder.FAR),
        (30, Reminder.MONTH),
        (15, Reminder.MONTH),
        (14, Reminder.FORTNIGHT),
        (8, Reminder.FORTNIGHT),
        (7, Reminder.WEEK),
        (1, Reminder.WEEK),
        (0, Reminder.WEEK),
        (-1, Reminder.PASSED),
        (-14, Reminder.PASSED),
    ],
)
def test_around_each_last_day(kind: str, year: int, opens: date, last: date, before: int, reminder: Reminder) -> None:
    today = last - timedelta(days=before)
    term = one(kind, year, today)
    assert term is not None
    assert (term.opens, term.day, term.days_left, term.reminder) == (opens, last, before, reminder)
    assert term.open_now == (opens <= today <= last)
    assert term.sources
    assert all(source not in PLAN.sources for source in term.sources)


@pytest.mark.parametrize(("kind", "year", "opens", "last"), DAYS)
def test_what_is_too_far_or_long_past_is_not_there(kind: str, year: int, opens: date, last: date) -> None:
    assert one(kind, year, last + timedelta(days=15)) is None
    assert one(kind, year, last - timedelta(days=61), ahead=60) is None
    assert one(kind, year, last - timedelta(days=60), ahead=60) is not None
    day_before = one(kind, year, opens - timedelta(days=1))
    assert day_before is not None
    assert not day_before.open_now


def test_they_come_in_order_and_say_what_the_plan_notes() -> None:
    found = terms(PLAN, TODAY, 365)
    assert [(term.kind, term.year, term.days_left) for term in found] == [
        ("interim", 2, 56),
        ("submission", 3, 56),
        ("final", 2, 218),
    ]
    assert found[0].sources == (PLAN.sources["V-KPI2"],)
    assert found[1].note == "Tot 12 uur."


def test_a_report_without_a_day_is_not_known_as_long_as_it_matters() -> None:
    within = terms(PLAN, date(2025, 1, 15), 365)
    assert [(term.kind, term.day, term.reminder, term.open_now) for term in within] == [
        ("interim", None, Reminder.NOT_KNOWN, False),
        ("final", None, Reminder.NOT_KNOWN, False),
    ]
    assert within[0].certainty == "inferred"
    assert one("interim", 3, date(2025, 5, 30)) is not None
    assert one("interim", 3, date(2025, 5, 31)) is None
    assert one("final", 3, date(2024, 9, 30)) is None
    assert terms(PLAN, date(2026, 3, 1), 365) == []


def test_a_day_without_a_first_day_is_never_open() -> None:
    years = tuple(replace(year, submission_opens=None) for year in PLAN.years)
    term = one("submission", 3, date(2024, 5, 6), plan=replace(PLAN, years=years))
    assert term is not None
    assert (term.open_now, term.days_left) == (False, 0)


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    officer = opened.run(AddOfficer("coach")).result
    opened.choose_officer(officer)
    opened.run(ChooseGovernments(officer, (opened.query(government_by_code, "12025").id,)))
    yield opened
    opened.close()


def test_start_and_the_query_tell_the_same(workspace: Workspace) -> None:
    assert workspace.query(start_summary).terms == tuple(workspace.query(plan_days))
    assert workspace.query(plan_days, 20) == []


def agree(workspace: Workspace, code: str, what: str, days: int | None) -> None:
    due = None if days is None else TODAY + timedelta(days=days)
    workspace.run(AddAgreement(workspace.query(government_by_code, code).id, Party.COACH, what, due))


def plan_session(workspace: Workspace, code: str, days: int, start: int) -> str:
    content = SessionContent(
        day=TODAY + timedelta(days=days),
        start_minute=start,
        end_minute=start + 60,
        form=SessionMode.VISIT,
        government_ids=(workspace.query(government_by_code, code).id,),
    )
    return workspace.run(RegisterSession(content)).result


def test_what_is_late_stands_apart_from_the_next_seven_days(workspace: Workspace) -> None:
    agree(workspace, "12025", "vandaag", 0)
    agree(workspace, "12025", "gisteren", -1)
    agree(workspace, "12025", "lang geleden", -90)
    agree(workspace, "12025", "over zeven dagen", 7)
    agree(workspace, "12025", "over acht dagen", 8)
    agree(workspace, "12025", "ooit", None)
    agree(workspace, "12021", "van een ander bestuur", 1)
    plan_session(workspace, "12025", 0, 840)
    plan_session(workspace, "12025", 1, 570)
    plan_session(workspace, "12025", 8, 570)
    plan_session(workspace, "12025", -1, 570)
    plan_session(workspace, "12021", 1, 570)
    summary = workspace.query(start_summary)
    assert [(item.text, item.late) for item in summary.late] == [("lang geleden", True), ("gisteren", True)]
    assert summary.late_agreements == 2
    assert [(item.text or item.form, item.late) for item in summary.week] == [
        ("vandaag", False),
        (SessionMode.VISIT, False),
        (SessionMode.VISIT, False),
        ("over zeven dagen", False),
    ]
    assert [item.minute for item in summary.week] == [None, 840, 570, None]
    assert {item.government_names for item in (*summary.late, *summary.week)} == {("Mechelen",)}
