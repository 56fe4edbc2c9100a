"""What helps: every kind of help in its order, with the room that is left, and nothing invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from samenleven_desktop.domain.advice import AdviceKind, AdviceReason
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.domain.offer_use import Payer
from samenleven_desktop.services.governments.partnership_commands import MakePartnership
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.governments.whole_lists import list_mentors
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.offers.advice import advice, known_examples
from samenleven_desktop.services.offers.commands import AddOffer, OfferContent, UseOffer
from samenleven_desktop.services.offers.mentor_and_example_commands import AddExample, AddMentor, DeleteKnowledge
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import WorkFile, action_ids

TODAY = date(2024, 3, 11)


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    yield opened
    opened.close()


def government(workspace: Workspace, code: str = "12025") -> str:
    return workspace.query(government_by_code, code).id


def commit(workspace: Workspace, action: int, owner: str | None = None, **values: int) -> str:
    target = next(one for one in workspace.plan.action(action).targets if one.in_year(2))
    return workspace.run(AddCommitment(owner or government(workspace), 2, target.id, confirmed=100, **values)).result


def paid_offer(workspace: Workspace, action: int) -> str:
    return workspace.run(
        AddOffer(OfferContent("Op maat", "Inter", OfferCost.PAID, action_ids(action), price_cents=500))
    ).result


def test_all_that_lags_and_only_that_gets_advice_in_the_order_of_the_kinds(workspace: Workspace) -> None:
    commit(workspace, 5)
    commit(workspace, 17)
    found = workspace.query(advice, government(workspace), 2)
    assert {one.action_number for one in found} == {5, 17}
    kinds = [list(AdviceKind).index(one.kind) for one in found if one.action_number == 17]
    assert kinds == sorted(kinds)
    assert any(one.kind is AdviceKind.AGENCY for one in found if one.action_number == 5)
    assert any(one.title == "Gent" and one.reason is AdviceReason.LEARNING_NETWORK for one in found)
    assert workspace.query(advice, government(workspace), 1) == []


def test_the_room_left_in_the_subsidy_shrinks_with_what_is_paid_from_it(workspace: Workspace) -> None:
    target, offer = commit(workspace, 5, granted_cents=10_000), paid_offer(workspace, 5)

    def found() -> tuple[AdviceReason, int | None, bool]:
        (one,) = [one for one in workspace.query(advice, government(workspace), 2, 5) if one.offer_id == offer]
        return one.reason, one.room_cents, one.in_use

    assert found() == (AdviceReason.ROOM_IN_SUBSIDY, 10_000, False)
    for price, payer in ((4_000, Payer.SUBSIDY), (9_000, Payer.OWN_CONTRIBUTION)):
        workspace.run(UseOffer(offer, government(workspace), TODAY, target, price_cents=price, paid_from=payer))
    assert found() == (AdviceReason.ROOM_IN_SUBSIDY, 6_000, True)
    workspace.run(UseOffer(offer, government(workspace), TODAY, target, price_cents=6_000, paid_from=Payer.SUBSIDY))
    assert found() == (AdviceReason.NO_ROOM_IN_SUBSIDY, 0, True)


def test_what_the_call_does_not_finance_or_nobody_knows_is_said(workspace: Workspace) -> None:
    plan = workspace.plan
    for financed, reason in ((False, AdviceReason.NOT_FINANCED), (None, AdviceReason.FINANCED_NOT_KNOWN)):
        year, action = next(
            (year.number, action.number)
            for year in plan.years
            for action in plan.actions
            for target in action.targets[:1]
            if target.in_year(year.number) is not None and plan.financed(target.id, year.number) is financed
        )
        offer = paid_offer(workspace, action)
        found = [one for one in workspace.query(advice, government(workspace), year, action) if one.offer_id == offer]
        assert {one.reason for one in found} == {reason}


def test_a_member_is_helped_with_the_targets_of_its_partnership(workspace: Workspace) -> None:
    lier, duffel = government(workspace, "12021"), government(workspace, "12009")
    together = workspace.run(MakePartnership("Samen", "SW-S", lier, (lier, duffel), date(2022, 10, 1))).result
    commit(workspace, 5, together)
    assert {one.action_number for one in workspace.query(advice, duffel, 2)} == {5}


def test_cities_with_an_agency_of_their_own_are_told_so_and_refused_nothing(workspace: Workspace) -> None:
    for code, agency in (("11002", "Atlas"), ("44021", "Amal"), ("21004", "Vlaamse Gemeenschapscommissie (VGC)")):
        found = workspace.query(advice, government(workspace, code), 2, 5)
        assert [one.title for one in found if one.kind is AdviceKind.OWN_AGENCY] == [agency]
        assert any(one.kind is AdviceKind.AGENCY for one in found)
    assert not [
        one for one in workspace.query(advice, government(workspace), 2, 5) if one.kind is AdviceKind.OWN_AGENCY
    ]


def test_a_mentor_is_no_mentor_for_itself_and_an_ended_offer_is_left_out(workspace: Workspace) -> None:
    gent = government(workspace, "44021")
    assert not [one for one in workspace.query(advice, gent, 2, 17) if one.title == "Gent"]
    ended = OfferContent("Voorbij", "Inter", OfferCost.FREE, action_ids(5), valid_until=date(2024, 3, 10))
    elsewhere = OfferContent("Elders", "Inter", OfferCost.FREE, action_ids(5), region="Westkust")
    for content in (ended, elsewhere):
        workspace.run(AddOffer(content))
    titles = {one.title for one in workspace.query(advice, government(workspace), 2, 5)}
    assert not titles & {"Voorbij", "Elders"}


def test_own_mentors_and_examples_stand_beside_those_of_the_plan(workspace: Workspace) -> None:
    halle = government(workspace, "23027")
    mentor = workspace.run(AddMentor(halle, *action_ids(5), "eigen bezoek", learning_network=True)).result
    example = workspace.run(AddExample("Taalcafé", *action_ids(5), "eigen bezoek")).result
    titles = {(one.kind, one.title) for one in workspace.query(advice, government(workspace), 2, 5)}
    assert {(AdviceKind.MENTOR, "Halle"), (AdviceKind.EXAMPLE, "Taalcafé")} <= titles
    assert ("Halle", 5) in {(one.government_name, one.action_number) for one in workspace.query(list_mentors)}
    for record in (mentor, example):
        workspace.run(DeleteKnowledge(record))
    assert "Taalcafé" not in {one.title for one in workspace.query(known_examples)}
    with pytest.raises(UserError):
        workspace.run(DeleteKnowledge(example))


@pytest.mark.parametrize("source", ["", "  "])
def test_knowledge_needs_a_source(workspace: Workspace, source: str) -> None:
    with pytest.raises(UserError) as caught:
        workspace.run(AddExample("Taalcafé", *action_ids(5), source))
    assert caught.value.field == "source"
