"""Which entries count for a project year: its days, the window of its final report, the day of a reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.commitment_notes import CommitmentNote
from samenleven_desktop.domain.kpi import CountingDays, EntryKind, KpiState, Uncounted
from samenleven_desktop.i18n.entry_texts import where_it_counts
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import CommitmentLine
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.queries import entry_facts, list_commitments, list_entries
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import WorkFile

READING, INCREMENT = EntryKind.READING, EntryKind.INCREMENT
DUTCH = Language("nl")


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=date(2023, 10, 20)), empty_file.passphrase)
    yield opened
    opened.close()


def committed(workspace: Workspace, year: int = 1) -> str:
    mechelen = workspace.query(government_by_code, "12025").id
    target = workspace.plan.action(5).targets[0].id
    made = AddCommitment(mechelen, year, target, existing_reach=10, confirmed=100)
    return workspace.run(made).result


def line_of(workspace: Workspace, commitment: str) -> CommitmentLine:
    return next(one for one in workspace.query(list_commitments) if one.id == commitment)


def test_a_reading_in_the_window_of_the_final_report_counts(workspace: Workspace) -> None:
    """It was listed and silently not counted: *reached* stayed 62 and the state *behind*."""
    commitment = committed(workspace)
    workspace.run(AddKpiEntry(commitment, date(2023, 3, 1), READING, 62))
    workspace.run(AddKpiEntry(commitment, date(2023, 10, 9), READING, 104))
    line = line_of(workspace, commitment)
    assert (line.reached_to_date, line.state, line.last_entry) == (104, KpiState.REACHED, date(2023, 10, 9))
    assert {one.uncounted for one in workspace.query(list_entries, [commitment])} == {None}


def test_what_is_added_after_the_year_and_a_total_after_the_report_do_not_count(workspace: Workspace) -> None:
    commitment = committed(workspace)
    for day, kind in (
        (date(2023, 3, 1), READING),
        (date(2023, 10, 9), INCREMENT),
        (date(2023, 10, 16), READING),
        (date(2022, 9, 30), INCREMENT),
    ):
        workspace.run(AddKpiEntry(commitment, day, kind, 62))
    line = line_of(workspace, commitment)
    assert line.reached_to_date == 62
    assert CommitmentNote.ENTRIES_OUTSIDE in line.notes
    rows = workspace.query(list_entries, [commitment])
    assert [(one.day, one.uncounted) for one in rows] == [
        (date(2023, 3, 1), None),
        (date(2023, 10, 16), Uncounted.AFTER_REPORT),
        (date(2023, 10, 9), Uncounted.AFTER_YEAR),
        (date(2022, 9, 30), Uncounted.BEFORE_YEAR),
    ]


def test_an_entry_before_the_year_alone_is_no_entry(workspace: Workspace) -> None:
    commitment = committed(workspace)
    workspace.run(AddKpiEntry(commitment, date(2022, 9, 1), READING, 62))
    line = line_of(workspace, commitment)
    assert (line.reached_to_date, line.state) == (None, KpiState.NO_ENTRY)


def test_an_increment_on_the_day_of_a_reading_is_part_of_it_and_says_so(workspace: Workspace) -> None:
    commitment = committed(workspace)
    workspace.run(AddKpiEntry(commitment, date(2023, 3, 1), READING, 62))
    workspace.run(AddKpiEntry(commitment, date(2023, 3, 1), INCREMENT, 5))
    assert line_of(workspace, commitment).reached_to_date == 62
    rows = {one.kind: one.uncounted for one in workspace.query(list_entries, [commitment])}
    assert rows == {READING: None, INCREMENT: Uncounted.IN_READING}


def test_a_plan_that_does_not_know_the_last_day_of_the_report_asks_for_it(empty_file: WorkFile) -> None:
    workspace = open_workspace(empty_file.path, Runtime(day=date(2025, 11, 1)), empty_file.passphrase)
    try:
        commitment = committed(workspace, 3)
        workspace.run(AddKpiEntry(commitment, date(2025, 10, 5), READING, 120))
        line = line_of(workspace, commitment)
        assert line.reached_to_date is None
        assert CommitmentNote.REPORT_DAY_ASKED in line.notes
        assert CommitmentNote.ENTRIES_OUTSIDE not in line.notes
        (row,) = workspace.query(list_entries, [commitment])
        assert row.uncounted is Uncounted.REPORT_DAY_UNKNOWN
        facts = workspace.query(entry_facts, commitment)
        assert facts is not None
        counts, words = where_it_counts(DUTCH, facts, READING, date(2025, 10, 5), date(2025, 11, 1))
        assert not counts
        assert "laatste dag van het eindrapport" in words
    finally:
        workspace.close()


@pytest.mark.parametrize(
    ("kind", "day", "counts", "words"),
    [
        (READING, date(2022, 9, 30), False, "begon op 1 oktober 2022"),
        (INCREMENT, date(2022, 10, 1), True, "Telt mee voor het projectjaar"),
        (READING, date(2023, 3, 1), True, "Telt mee voor het projectjaar"),
        (READING, date(2023, 4, 1), True, "de 5 die op die dag"),
        (INCREMENT, date(2023, 3, 1), False, "maakt er deel van uit"),
        (READING, date(2023, 10, 9), True, "tot en met 15 oktober 2023"),
        (INCREMENT, date(2023, 10, 9), False, "tot en met 15 oktober 2023"),
        (READING, date(2023, 10, 16), False, "eindrapport"),
        (READING, date(2023, 9, 30), True, "Telt mee voor het projectjaar"),
    ],
)
def test_the_form_says_while_typing_where_an_entry_counts(
    workspace: Workspace, kind: EntryKind, day: date, counts: bool, words: str
) -> None:
    commitment = committed(workspace)
    workspace.run(AddKpiEntry(commitment, date(2023, 3, 1), READING, 62))
    workspace.run(AddKpiEntry(commitment, date(2023, 4, 1), INCREMENT, 5))
    facts = workspace.query(entry_facts, commitment)
    assert facts is not None
    found = where_it_counts(DUTCH, facts, kind, day, date(2023, 10, 20))
    assert (found[0], words in found[1]) == (counts, True), found


def test_what_the_form_says_is_what_happens(workspace: Workspace) -> None:
    """Every day around the edges, both kinds: the sentence that promises counting comes true."""
    for kind in EntryKind:
        for day in (date(2022, 9, 30), date(2022, 10, 1), date(2023, 9, 30), date(2023, 10, 1), date(2023, 10, 15)):
            commitment = committed(workspace)
            facts = workspace.query(entry_facts, commitment)
            assert facts is not None
            counts, _ = where_it_counts(DUTCH, facts, kind, day, date(2023, 10, 20))
            workspace.run(AddKpiEntry(commitment, day, kind, 44))
            assert (line_of(workspace, commitment).reached_to_date is not None) == counts, (kind, day)
            workspace.undo()
            workspace.undo()


def test_a_report_that_closes_before_the_year_ends_has_no_window() -> None:
    days = CountingDays(date(2023, 1, 1), date(2023, 12, 31), date(2023, 12, 31))
    assert days.why_not(READING, date(2024, 1, 1)) is Uncounted.AFTER_REPORT
    assert replace(days, readings_until=None).why_not(READING, date(2024, 1, 1)) is Uncounted.REPORT_DAY_UNKNOWN
