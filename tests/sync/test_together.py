"""Colleagues over a longer time: a government goes over and comes back, clocks are years off, both spend one budget."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.domain.offer_use import Payer
from samenleven_desktop.readmodels.exchange import Choice
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.exchange.colleagues import find_colleague, own_card
from samenleven_desktop.services.exchange.conflict_commands import ResolveConflicts
from samenleven_desktop.services.exchange.hand_over import hand_over
from samenleven_desktop.services.governments.officer_commands import AddOfficer
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import ChangeCommitments
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.offers.commands import AddOffer, OfferContent, UseOffer
from samenleven_desktop.services.offers.queries import uses_of_commitment
from samenleven_desktop.services.safekeeping.history import field_history
from samenleven_desktop.services.sessions.queries import assigned_ids, list_agreements
from tests.builders import TODAY, WorkFile, action_ids
from tests.sync.colleagues import Colleague, all_know, copy_of, newcomer
from tests.sync.test_exchange import commitment, edit, inbox


@pytest.fixture
def team(work_file: WorkFile, tmp_path: Path) -> Iterator[tuple[Colleague, Colleague]]:
    """A coach with work, and a coach with an empty work file."""
    one, two = copy_of(work_file, tmp_path, "one"), newcomer(tmp_path, "two")
    two.workspace.choose_officer(two.workspace.run(AddOfficer("coach Kempen"), kind="setup").result)
    all_know(one, two)
    yield one, two
    one.close()
    two.close()


def hand(giver: Colleague, taker: Colleague, code: str) -> Path:
    target = giver.folder / f"overdracht-{len(list(giver.folder.iterdir()))}.samenleven"
    named = find_colleague(giver.workspace, own_card(taker.workspace).fingerprint)
    hand_over(giver.workspace, giver.workspace.query(government_by_code, code).id, [named], target)
    return target


def test_a_government_that_goes_over_and_comes_back_keeps_one_history(team: tuple[Colleague, Colleague]) -> None:
    one, two = team
    mechelen = one.workspace.query(government_by_code, "12025").id
    edit(one, "note", "voor de overdracht")
    got = two.take(hand(one, two, "12025"))
    assert got.handover == "Mechelen"
    assert mechelen not in one.workspace.query(assigned_ids)
    assert mechelen in two.workspace.query(assigned_ids)
    agreements = {line.id for line in one.workspace.query(list_agreements, mechelen)}
    assert agreements
    assert {line.id for line in two.workspace.query(list_agreements, mechelen)} == agreements
    row = commitment(one.workspace)
    edit(two, "note", "bij de collega")
    back = one.take(hand(two, one, "12025"))
    assert (back.conflicts, back.different) == ((), ())
    assert mechelen in one.workspace.query(assigned_ids)
    assert mechelen not in two.workspace.query(assigned_ids)
    edit(one, "note", "weer terug")
    two.take(one.give(two, profile=Profile.CHOICE, governments=(mechelen,)))
    histories = [
        [(value.value, value.officer) for value in side.workspace.query(field_history, "commitment", row, "note")]
        for side in (one, two)
    ]
    assert histories[0] == histories[1]
    assert [words for words, _ in histories[0] if words] == ["weer terug", "bij de collega", "voor de overdracht"]
    assert inbox(one) == inbox(two) == []
    came = [
        [value.came_from for value in side.workspace.query(field_history, "commitment", row, "note")][:3]
        for side in team
    ]
    assert came == [[None, "coach Kempen", None], ["coach Rivierenland", None, "coach Rivierenland"]]


@pytest.mark.slow
@pytest.mark.parametrize("years", [-20, 20])
def test_a_clock_that_is_years_off_blocks_nothing(work_file: WorkFile, tmp_path: Path, years: int) -> None:
    wrong = Runtime(now=lambda: datetime.now(UTC) + timedelta(days=365 * years), day=TODAY)
    one, two = copy_of(work_file, tmp_path, "one", wrong), copy_of(work_file, tmp_path, "two")
    all_know(one, two)
    edit(one, "note", "van een")
    two.take(one.give(two))
    edit(two, "note", "van twee")
    got = one.take(two.give(one))
    assert got.conflicts == ()
    assert one.digest == two.digest
    edit(one, "note", "nog eens")
    edit(two, "note", "tegelijk")
    two.take(one.give(two))
    one.take(two.give(one))
    (asked,) = inbox(one)
    one.workspace.run(ResolveConflicts({asked.id: Choice.MINE}))
    two.take(one.give(two))
    assert one.digest == two.digest
    assert inbox(two) == []
    one.close()
    two.close()


@pytest.mark.slow
def test_two_who_spend_one_budget_unseen_are_told_so(work_file: WorkFile, tmp_path: Path) -> None:
    one, two = copy_of(work_file, tmp_path, "one"), copy_of(work_file, tmp_path, "two")
    all_know(one, two)
    mechelen = one.workspace.query(government_by_code, "12025").id
    offer = one.workspace.run(AddOffer(OfferContent("Charter", "Inter", OfferCost.PAID, action_ids(5)))).result
    lines = one.workspace.query(list_commitments, 2, [mechelen])
    row = min(line.id for line in lines if line.action_number == 5)
    one.workspace.run(ChangeCommitments((FieldEdit(row, "granted_cents", 100_000),)))
    two.take(one.give(two))
    for side in (one, two):
        use = UseOffer(offer, mechelen, TODAY, row, price_cents=60_000, paid_from=Payer.SUBSIDY)
        side.workspace.run(use)
    got = two.take(one.give(two))
    assert got.overspent == ("Mechelen: Charter",)
    assert got.left_to_decide
    assert len(two.workspace.query(uses_of_commitment, row)) >= 2
    one.close()
    two.close()
