"""A sum with unknown parts says what it covers, on screen, paper and command line; advance and balance too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.commitment_notes import CommitmentNote
from samenleven_desktop.i18n.coverage_texts import coverage_words
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports.document import texts
from samenleven_desktop.services.governments.queries import dossier, government_by_code
from samenleven_desktop.services.governments.whole_lists import totals_of
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.queries import commitments_by_id, list_commitments
from samenleven_desktop.services.reports.kinds import document_of
from samenleven_desktop.services.reports.queries import coaching_data
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import TODAY, WorkFile

DUTCH = Language("nl")


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    yield opened
    opened.close()


def target_ids(workspace: Workspace, *, rated: bool) -> list[str]:
    """Targets of year 2 that the call finances, one per action, with or without a known rate."""
    found: dict[int, str] = {}
    plan = workspace.plan
    for action in plan.actions:
        for target in action.targets:
            terms = target.in_year(2)
            if (
                terms is not None
                and plan.financed(target.id, 2) is not False
                and (terms.rate_cents is not None) == rated
            ):
                found.setdefault(action.number, target.id)
    return list(found.values())


def test_a_half_sum_says_what_it_covers_everywhere(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    rated, unrated = target_ids(workspace, rated=True)[:3], target_ids(workspace, rated=False)[:2]
    taken = {action.number for action in workspace.plan.actions for one in action.targets if one.id in rated}
    unrated = [one for one in unrated if workspace.plan.target(one).action_number not in taken]
    assert unrated
    for target in (*rated, *unrated):
        workspace.run(AddCommitment(mechelen, 2, target, confirmed=10))
    actions, unknown = len(rated) + len(unrated), len(unrated)
    words = f"voor {len(rated)} van {actions} acties; van {unknown} is geen tarief bekend"
    money = workspace.query(dossier, mechelen, 2).money
    assert (money.coverage.actions, money.coverage.unknown) == (actions, unknown)
    assert coverage_words(DUTCH, money.coverage) == words
    lines = workspace.query(list_commitments, 2, [mechelen])
    assert money.granted_cents == sum(line.amount_cents or 0 for line in lines)
    data = workspace.query(coaching_data, mechelen, date(2023, 10, 1), TODAY, True, 2)
    assert data.money.coverage == money.coverage
    assert (data.money.granted_cents, data.money.advance_cents) == (money.granted_cents, money.advance_cents)
    document = workspace.query(document_of, ReportRequest("coaching", (mechelen,), 2), DUTCH)
    assert any(words in one for one in texts(document))
    document = workspace.query(document_of, ReportRequest("kpi", (mechelen,), 2), DUTCH)
    assert any("* = niet het hele bedrag" in one for one in texts(document))
    totals = workspace.query(totals_of, lines)
    assert sum(one.without_amount for one in totals) == unknown


def test_without_any_known_amount_there_is_no_nought(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    workspace.run(AddCommitment(mechelen, 2, target_ids(workspace, rated=False)[0], confirmed=10))
    money = workspace.query(dossier, mechelen, 2).money
    assert (money.granted_cents, money.advance_cents, money.balance_cents, money.own_cents) == (None, None, None, None)


def test_a_whole_sum_says_nothing_more(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    workspace.run(AddCommitment(mechelen, 2, target_ids(workspace, rated=True)[0], confirmed=10))
    # Nothing was granted: that costs nothing, whatever the rate.
    workspace.run(AddCommitment(mechelen, 2, target_ids(workspace, rated=False)[-1], confirmed=0))
    assert coverage_words(DUTCH, workspace.query(dossier, mechelen, 2).money.coverage) == ""


def test_the_highest_amount_is_that_of_an_action(workspace: Workspace) -> None:
    """Two targets of one action were each compared with the whole highest amount."""
    plan = workspace.plan
    action = next(
        one
        for one in plan.actions
        if one.max_subsidy_page_cents is not None and sum(target.in_year(1) is not None for target in one.targets) > 1
    )
    first, second = [one for one in action.targets if one.in_year(1)][:2]
    most = action.max_subsidy_form_cents or action.max_subsidy_page_cents or 0
    mechelen = workspace.query(government_by_code, "12025").id
    ids = [
        workspace.run(AddCommitment(mechelen, 1, one.id, confirmed=10, granted_cents=most * 6 // 10)).result
        for one in (first, second)
    ]
    for line in workspace.query(list_commitments, 1, [mechelen]):
        assert CommitmentNote.ABOVE_MAXIMUM in line.notes
    (alone,) = workspace.query(commitments_by_id, ids[:1])
    assert CommitmentNote.ABOVE_MAXIMUM in alone.notes
    assert alone.other_targets_cents == most * 6 // 10
