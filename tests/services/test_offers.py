"""Offers, their use and what they cost, on a real store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.domain.offer_use import Payer, UseWarning
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.governments.partnership_commands import MakePartnership
from samenleven_desktop.services.governments.queries import dossier, government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment, ChangeCommitments, DeleteCommitment
from samenleven_desktop.services.kpi.queries import list_commitments, list_entries
from samenleven_desktop.services.offers.commands import (
    AddOffer,
    ChangeOffer,
    ChangeUses,
    DeleteOffer,
    DeleteUse,
    OfferContent,
    UseOffer,
)
from samenleven_desktop.services.offers.queries import (
    catalogue,
    list_offers,
    offer,
    organisation_costs,
    uses,
    uses_of_commitment,
    uses_of_offer,
)
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import WorkFile, action_ids

TODAY = date(2024, 3, 11)
CHARTER = OfferContent("Charter toegankelijke gemeente", "Inter", OfferCost.PAID, action_ids(18), price_cents=7_200)


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    yield opened
    opened.close()


def mechelen(workspace: Workspace) -> str:
    return workspace.query(government_by_code, "12025").id


def commit(workspace: Workspace, action: int, government: str | None = None, **values: int) -> str:
    target = next(one for one in workspace.plan.action(action).targets if one.in_year(2))
    owner = government or mechelen(workspace)
    return workspace.run(AddCommitment(owner, 2, target.id, confirmed=100, **values)).result


def test_an_own_offer_is_added_changed_and_deleted(workspace: Workspace) -> None:
    made = workspace.run(AddOffer(CHARTER)).result
    found = workspace.query(offer, made)
    assert (found.title, found.action_numbers, found.shipped) == (CHARTER.title, (18,), False)
    workspace.run(ChangeOffer(made, OfferContent("Charter", "Inter", OfferCost.FREE, action_ids(18, 16))))
    assert workspace.query(offer, made).action_numbers == (16, 18)
    workspace.run(DeleteOffer(made))
    with pytest.raises(UserError):
        workspace.query(offer, made)
    workspace.undo()
    assert workspace.query(offer, made).title == "Charter"


def test_a_change_of_a_shipped_offer_lies_over_it_and_can_be_taken_off(workspace: Workspace) -> None:
    shipped = next(line for line in workspace.query(list_offers) if line.shipped)
    count = len(workspace.query(list_offers))
    for title in ("Onze naam", "Nog een naam"):
        workspace.run(ChangeOffer(shipped.id, OfferContent(title, shipped.organisation, OfferCost.FREE)))
        assert workspace.query(offer, shipped.id).title == title
    changed = workspace.query(offer, shipped.id)
    assert (changed.changed_by_us, changed.mentor_code) == (True, shipped.mentor_code)
    assert len(workspace.query(list_offers)) == count
    workspace.run(UseOffer(shipped.id, mechelen(workspace), TODAY))
    assert workspace.query(uses_of_offer, shipped.id)[0].offer_title == "Nog een naam"
    workspace.run(DeleteOffer(shipped.id))
    assert workspace.query(offer, shipped.id) == shipped
    with pytest.raises(UserError):
        workspace.run(DeleteOffer(shipped.id))


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (OfferContent(" ", "Inter", OfferCost.PAID), "title"),
        (OfferContent("x", "", OfferCost.PAID), "organisation"),
        (OfferContent("x", "y", OfferCost.PAID, action_ids(99)), "actions"),
        (OfferContent("x", "y", OfferCost.PAID, price_cents=-1), "price_cents"),
        (OfferContent("x", "y", OfferCost.PAID, valid_from=TODAY, valid_until=date(2024, 3, 10)), "valid_until"),
    ],
)
def test_what_is_wrong_with_an_offer_is_said_at_the_field(
    workspace: Workspace, content: OfferContent, field: str
) -> None:
    before = workspace.query(list_offers)
    with pytest.raises(UserError) as caught:
        workspace.run(AddOffer(content))
    assert caught.value.field == field
    assert workspace.query(list_offers) == before


def test_a_use_with_its_warnings_in_dossier_catalogue_and_lists(workspace: Workspace) -> None:
    government, made = mechelen(workspace), workspace.run(AddOffer(CHARTER)).result
    first = commit(workspace, 5, granted_cents=100_000)
    workspace.run(UseOffer(made, government, TODAY, first, price_cents=60_000, paid_from=Payer.SUBSIDY, real_units=30))
    second = workspace.run(
        UseOffer(made, government, TODAY, first, price_cents=60_000, paid_from=Payer.SUBSIDY, real_units=10)
    ).result
    seen = workspace.query(dossier, government, 2)
    assert sorted(use.warnings for use in seen.offer_uses) == [(), (UseWarning.ABOVE_GRANTED,)]
    assert (seen.money.paid_offers_cents, seen.money.paid_from_subsidy_cents) == (120_000, 120_000)
    (line,) = [one for one in workspace.query(catalogue, 2) if one.offer.id == made]
    assert line.usage is not None
    assert (line.usage.governments, line.usage.uses, line.usage.price_cents) == (1, 2, 120_000)
    assert [(total.units, total.cost_per_unit_cents) for total in line.usage.brought] == [(40, 3_000)]
    (cost,) = [one for one in workspace.query(organisation_costs, 2) if one.organisation == "Inter"]
    assert (cost.price_cents, cost.from_subsidy_cents, cost.offers) == (120_000, 120_000, 1)
    assert len(workspace.query(uses_of_commitment, first)) == 2
    workspace.run(ChangeUses((FieldEdit(second, "price_cents", 40_000), FieldEdit(second, "evaluation", "goed"))))
    assert all(not use.warnings for use in workspace.query(uses, [government], date.min, date.max))
    workspace.undo()
    assert any(use.warnings for use in workspace.query(uses, [government], date.min, date.max))
    workspace.run(DeleteUse(second))
    assert len(workspace.query(uses_of_offer, made)) == 1


def test_the_subsidy_for_an_action_that_is_not_financed_is_taken_and_warned_of(workspace: Workspace) -> None:
    government = mechelen(workspace)
    action = next(
        one.number
        for one in workspace.plan.actions
        if one.targets and one.targets[0].in_year(2) and workspace.plan.financed(one.targets[0].id, 2) is False
    )
    made = workspace.run(AddOffer(CHARTER)).result
    workspace.run(UseOffer(made, government, TODAY, commit(workspace, action), price_cents=1, paid_from=Payer.SUBSIDY))
    assert workspace.query(uses_of_offer, made)[0].warnings == (UseWarning.NOT_FINANCED,)


def test_a_member_uses_an_offer_toward_the_target_of_its_partnership_only(workspace: Workspace) -> None:
    lier, duffel = (workspace.query(government_by_code, code).id for code in ("12021", "12009"))
    together = workspace.run(MakePartnership("Samen", "SW-S", lier, (lier, duffel), date(2022, 10, 1))).result
    target = commit(workspace, 5, together)
    made = workspace.run(AddOffer(CHARTER)).result
    workspace.run(UseOffer(made, duffel, TODAY, target))
    with pytest.raises(UserError) as caught:
        workspace.run(UseOffer(made, mechelen(workspace), TODAY, target))
    assert caught.value.field == "target"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("end", date(2024, 3, 1)),
        ("price_cents", -5),
        ("expected_units", -1),
        ("real_units", "veel"),
        ("paid_from", "iemand"),
        ("start", None),
        ("offer_id", "x"),
    ],
)
def test_a_wrong_value_is_named_and_changes_nothing(workspace: Workspace, field: str, value: object) -> None:
    made = workspace.run(AddOffer(CHARTER)).result
    use = workspace.run(UseOffer(made, mechelen(workspace), TODAY)).result
    before = workspace.query(uses_of_offer, made)
    with pytest.raises(UserError) as caught:
        workspace.run(ChangeUses((FieldEdit(use, "real_units", 7), FieldEdit(use, field, value))))
    assert caught.value.field == field
    assert workspace.query(uses_of_offer, made) == before


def test_a_commitment_that_goes_takes_its_rows_and_leaves_the_offer(workspace: Workspace) -> None:
    made = workspace.run(AddOffer(CHARTER)).result
    target = commit(workspace, 5)
    use = workspace.run(UseOffer(made, mechelen(workspace), TODAY, target)).result
    workspace.run(AddKpiEntry(target, TODAY, EntryKind.READING, 12, offer_use_id=use))
    assert workspace.query(list_entries, [target])[0].offer_title == CHARTER.title
    workspace.run(DeleteCommitment(target))
    assert workspace.query(list_commitments, 2) == []
    assert workspace.query(uses_of_offer, made)[0].commitment_id is None
    workspace.undo()
    assert [line.reached_to_date for line in workspace.query(list_commitments, 2)] == [12]


def test_the_same_units_for_two_actions_are_marked(workspace: Workspace) -> None:
    made = workspace.run(AddOffer(CHARTER)).result
    first, second = commit(workspace, 5), commit(workspace, 9)
    use = workspace.run(UseOffer(made, mechelen(workspace), TODAY, first)).result
    for target in (first, second):
        workspace.run(AddKpiEntry(target, TODAY, EntryKind.INCREMENT, 12, offer_use_id=use))
    workspace.run(AddKpiEntry(first, TODAY, EntryKind.INCREMENT, 5))
    marked = {line.units: line.also_counted_for for line in workspace.query(list_entries, [first])}
    assert marked == {12: (9,), 5: ()}


def test_a_row_is_corrected_once(workspace: Workspace) -> None:
    target = commit(workspace, 5)
    wrong = workspace.run(AddKpiEntry(target, TODAY, EntryKind.INCREMENT, 90)).result
    workspace.run(AddKpiEntry(target, TODAY, EntryKind.INCREMENT, 9, corrects_id=wrong))
    assert [line.reached_to_date for line in workspace.query(list_commitments, 2)] == [9]
    with pytest.raises(UserError, match="corrected before"):
        workspace.run(AddKpiEntry(target, TODAY, EntryKind.INCREMENT, 8, corrects_id=wrong))
    assert {line.id: line.corrected for line in workspace.query(list_entries, [target])}[wrong]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("confirmed", -1),
        ("confirmed", "honderd"),
        ("existing_reach", None),
        ("rank", 0),
        ("granted_cents", -100),
        ("jury_result", "misschien"),
        ("motivation", "x" * 200_000),
        ("target_id", "x"),
    ],
)
def test_a_wrong_number_of_a_commitment_changes_nothing(workspace: Workspace, field: str, value: object) -> None:
    target = commit(workspace, 5)
    before = workspace.query(list_commitments, 2)
    with pytest.raises(UserError) as caught:
        workspace.run(ChangeCommitments((FieldEdit(target, "requested", 5), FieldEdit(target, field, value))))
    assert caught.value.field == field
    assert workspace.query(list_commitments, 2) == before
