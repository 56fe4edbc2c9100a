"""Each number is counted one way: Start, lists, dossier, reports and command line agree with the rows behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.kpi import EntryKind, KpiState
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.reports.charts import whole_percents
from samenleven_desktop.services.exchange.team_numbers import team_numbers
from samenleven_desktop.services.governments.queries import dossier, government_by_code, list_governments
from samenleven_desktop.services.governments.whole_lists import all_governments, totals_of
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.matrix import kpi_matrix
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.offers.advice import advice
from samenleven_desktop.services.reports import queries as reports
from samenleven_desktop.services.sessions.agenda import agreements_by_due, without_contact
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement, AddKpiEntry
from samenleven_desktop.services.sessions.queries import (
    WITHOUT_CONTACT_DAYS,
    list_agreements,
    list_sessions,
    totals,
)
from samenleven_desktop.services.start.start_summary import start_summary
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import CODES, TODAY, WorkFile

FIRST, LAST = date(2023, 10, 1), date(2024, 9, 30)
NUMBER = st.integers(0, 3)
DAY = st.integers(-200, 150).map(lambda n: TODAY + timedelta(days=n))
AGREEMENTS = st.lists(st.tuples(NUMBER, st.none() | DAY), max_size=12)
SESSIONS = st.lists(st.tuples(NUMBER, NUMBER, DAY), max_size=8)


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


@pytest.mark.slow
@given(AGREEMENTS, SESSIONS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_agreements_and_sessions_are_counted_one_way(
    work_file_template: WorkFile,
    tmp_path_factory: pytest.TempPathFactory,
    agreed: list[tuple[int, date | None]],
    held: list[tuple[int, int, date]],
) -> None:
    file = work_file_template.copy_to(tmp_path_factory.mktemp("counts"))
    workspace = open_workspace(file.path, Runtime(day=TODAY), file.passphrase)
    try:
        ids = [workspace.query(government_by_code, code).id for code in CODES]
        for place, due in agreed:
            workspace.run(AddAgreement(ids[place], Party.COACH, "bellen", due), kind="setup")
        for one, other, day in held:
            both = tuple(dict.fromkeys((ids[one], ids[other])))
            workspace.run(RegisterSession(SessionContent(day, 540, 600, SessionMode.VISIT, both)), kind="setup")
        agreements_agree(workspace)
        sessions_agree(workspace)
    finally:
        workspace.close()


def agreements_agree(workspace: Workspace) -> None:
    start, parts = workspace.query(start_summary), workspace.query(agreements_by_due)
    assert (start.late_agreements, len(start.late)) == (len(parts.late), len(parts.late))
    assert start.open_agreements == len(parts.late) + len(parts.soon) + len(parts.later)
    mine = workspace.query(list_governments)
    assert sum(line.late_agreements for line in mine) == start.late_agreements
    for line in workspace.query(all_governments):
        behind = workspace.query(list_agreements, line.id, True)
        assert line.open_agreements == len(behind)
        assert line.late_agreements == sum(one.late for one in behind)
        if line.open_agreements:
            assert len(workspace.query(dossier, line.id).agreements) == line.open_agreements


def sessions_agree(workspace: Workspace) -> None:
    start, mine = workspace.query(start_summary), workspace.query(totals, FIRST, LAST, True)
    given = workspace.query(list_sessions, None, FIRST, TODAY, None, True)
    whole = workspace.query(list_sessions, None, FIRST, LAST, None, True)
    assert (start.session_count, start.session_minutes) == (mine.given, mine.minutes)
    assert (mine.given, mine.minutes) == (len(given), sum(line.minutes for line in given))
    assert mine.planned == len(whole) - len(given)
    assert mine.hidden == len(workspace.query(list_sessions, None, None, None, None, True)) - len(whole)
    assert start.without_contact.total == len(workspace.query(without_contact, WITHOUT_CONTACT_DAYS))
    numbers = {one["code"]: one for one in workspace.query(team_numbers)["governments"]}
    for code in CODES:
        government = workspace.query(government_by_code, code)
        assert workspace.query(dossier, government.id).session_count == len(
            workspace.query(list_sessions, government.id)
        )
        of_year = workspace.query(list_sessions, government.id, FIRST, TODAY)
        data = workspace.query(reports.coaching_data, government.id, FIRST, TODAY, True, 2)
        assert len(data.sessions) == len(of_year) == numbers[code]["years"][1]["sessions"]
        assert data.session_minutes == numbers[code]["years"][1]["minutes"]


def test_late_agreements_are_all_counted(workspace: Workspace) -> None:
    """A sum of comparisons came back as a truth value: never more than 1."""
    mechelen = workspace.query(government_by_code, "12025").id
    before = len([one for one in workspace.query(list_agreements, mechelen, True) if one.late])
    for _ in range(3):
        workspace.run(AddAgreement(mechelen, Party.COACH, "bellen", TODAY - timedelta(days=1)))
    line = next(one for one in workspace.query(list_governments) if one.id == mechelen)
    assert line.late_agreements == before + 3


def test_without_any_entry_there_is_no_reached_number(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    taken = {line.target_id for line in workspace.query(list_commitments, 2, [mechelen])}
    target = next(
        one for action in workspace.plan.actions for one in action.targets if one.in_year(2) and one.id not in taken
    )
    made = workspace.run(AddCommitment(mechelen, 2, target.id, existing_reach=36, confirmed=100)).result
    line = next(one for one in workspace.query(list_commitments, 2, [mechelen]) if one.id == made)
    assert (line.reached_to_date, line.state, line.existing_reach) == (None, KpiState.NO_ENTRY, 36)


def test_a_target_that_was_not_granted_counts_nowhere_and_gets_no_advice(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    before = workspace.query(dossier, mechelen, 2).states
    taken = {line.target_id for line in workspace.query(list_commitments, 2, [mechelen])}
    target = next(
        one
        for action in workspace.plan.actions
        for one in action.targets
        if one.in_year(2) and one.id not in taken and not (one.kind and one.kind.judged_by_jury)
    )
    made = workspace.run(AddCommitment(mechelen, 2, target.id, existing_reach=3, confirmed=0)).result
    line = next(one for one in workspace.query(list_commitments, 2, [mechelen]) if one.id == made)
    assert line.state is KpiState.NOT_GRANTED
    workspace.run(AddKpiEntry(made, TODAY, EntryKind.READING, 5))
    line = next(one for one in workspace.query(list_commitments, 2, [mechelen]) if one.id == made)
    assert line.state is KpiState.NOT_GRANTED
    after = workspace.query(dossier, mechelen, 2).states
    assert (after.counted, after.not_granted) == (before.counted, before.not_granted + 1)
    assert all(one.commitment_id != made for one in workspace.query(advice, mechelen, 2))
    summary = workspace.query(start_summary)
    assert all(item.state is not KpiState.NOT_GRANTED for one in summary.attention for item in one.items)


def test_a_target_without_measurement_is_left_out_of_a_mean(workspace: Workspace) -> None:
    """One of two targets is measured at 60 %: the cell and the total say 60 %, and that one is left out."""
    mechelen, lier = (workspace.query(government_by_code, code).id for code in ("12025", "12021"))
    taken = {line.action_number for line in workspace.query(list_commitments, 2)}
    action = next(
        one
        for one in workspace.plan.actions
        if one.number not in taken and sum(target.in_year(2) is not None for target in one.targets) > 1
    )
    first, second = [one for one in action.targets if one.in_year(2)][:2]
    measured = workspace.run(AddCommitment(mechelen, 2, first.id, confirmed=100)).result
    workspace.run(AddCommitment(mechelen, 2, second.id, confirmed=100, existing_reach=40))
    workspace.run(AddCommitment(lier, 2, first.id, confirmed=300))
    workspace.run(AddKpiEntry(measured, TODAY, EntryKind.READING, 60))
    matrix = workspace.query(kpi_matrix, 2)
    cell = next(row.cells[action.number] for row in matrix.rows if row.government_id == mechelen)
    assert (cell.reached, cell.confirmed, cell.unmeasured) == (60, 100, 1)
    lines = [line for line in workspace.query(list_commitments, 2) if line.action_number == action.number]
    total = next(one for one in workspace.query(totals_of, lines) if one.target_id == first.id)
    assert (total.judged_reached, total.judged_confirmed, total.unmeasured) == (60, 100, 1)
    assert (total.confirmed, total.reached_to_date) == (400, 60)


@given(st.lists(st.integers(0, 500), max_size=9))
def test_percentages_add_up(numbers: list[int]) -> None:
    parts = whole_percents(numbers)
    assert sum(parts) == (100 if sum(numbers) else 0)
    for number, part in zip(numbers, parts, strict=True):
        assert abs(part * sum(numbers) - 100 * number) < max(sum(numbers), 1)
