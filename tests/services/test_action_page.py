"""The page of an action: what the plan and the work know of it, also with two plans in use and between plans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.domain.stimulus import StimulusState
from samenleven_desktop.services.actions.queries import action_page, find_actions
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.offers.commands import AddOffer, LinkOffer, OfferContent
from samenleven_desktop.services.offers.mentor_and_example_commands import (
    AddExample,
    AddMentor,
    ChangeExample,
    ChangeMentor,
    DeleteKnowledge,
)
from samenleven_desktop.services.offers.queries import list_offers
from samenleven_desktop.services.plans.commands import StopUsingPlan, UsePlan
from samenleven_desktop.services.sessions.queries import list_sessions
from samenleven_desktop.services.stimuli.commands import StartCandidacy, StimulusContent
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import TODAY, WorkFile, action_ids
from tests.several_plans import EVERY, FILES, SHIPPED, take_in_use

(NINE,) = action_ids(9)


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def test_the_page_says_what_the_plan_says(workspace: Workspace) -> None:
    page = workspace.query(action_page, NINE)
    action = workspace.plan.action(9)
    assert page.action == action
    assert page.objective == "Werk"
    assert {line.target_label for line in page.terms} == {target.label for target in action.targets}
    assert page.terms[0].period == "2022-2023"
    assert page.terms[0].rate_cents == action.targets[0].terms[0].rate_cents
    assert [one.name for one in page.mentors] == ["Mechelen"]


def test_an_action_outside_the_call_says_another_instrument_pays(workspace: Workspace) -> None:
    page = workspace.query(action_page, action_ids(3)[0])
    assert {line.financed for line in page.terms} == {False}


def test_the_work_on_the_page_is_that_of_the_lists(workspace: Workspace) -> None:
    lines = [line for line in workspace.query(list_commitments) if line.action_id == action_ids(5)[0]]
    everyone = workspace.query(action_page, action_ids(5)[0], False)
    assert lines
    assert sorted(line.id for _, line in everyone.commitments) == sorted(line.id for line in lines)
    years = [line.year for _, line in everyone.commitments]
    assert years == sorted(years, reverse=True)
    about = [line for line in workspace.query(list_sessions) if action_ids(5)[0] in [one.id for one in line.actions]]
    assert [line.id for line in everyone.sessions] == [line.id for line in about][:100]
    assert everyone.session_count == len(about)
    mine = workspace.query(action_page, action_ids(5)[0])
    assert {line.government_code for _, line in mine.commitments} < {line.government_code for line in lines}


def test_mentors_and_examples_are_added_changed_and_deleted(workspace: Workspace) -> None:
    lier = workspace.query(government_by_code, "12021").id
    mentor = workspace.run(AddMentor(lier, NINE, "intervisie van maart")).result
    example = workspace.run(AddExample("Babbelonië", NINE, "eigen bezoek")).result
    workspace.run(ChangeMentor(mentor, "website", True, "elke maand"))
    workspace.run(ChangeExample(example, "Babbelonië in de bib", "website", lier))
    page = workspace.query(action_page, NINE)
    changed = next(one for one in page.mentors if one.id == mentor)
    assert (changed.source, changed.learning_network, changed.note) == ("website", True, "elke maand")
    assert [(one.title, one.government_name) for one in page.examples if one.id] == [("Babbelonië in de bib", "Lier")]
    for one in (mentor, example):
        workspace.run(DeleteKnowledge(one))
    page = workspace.query(action_page, NINE)
    assert not any(one.id for one in (*page.mentors, *page.examples))
    with pytest.raises(UserError):
        workspace.run(ChangeMentor(mentor, "website"))


def test_an_example_names_only_governments_of_this_file(workspace: Workspace) -> None:
    with pytest.raises(UserError):
        workspace.run(AddExample("Babbelonië", NINE, "eigen bezoek", government_id="nergens"))


def test_an_offer_is_linked_to_an_action_once(workspace: Workspace) -> None:
    offer = workspace.run(AddOffer(OfferContent("Taalcafé", "vzw Voorbeeld", OfferCost.FREE, action_ids(5)))).result
    for _ in range(2):
        workspace.run(LinkOffer(offer, NINE))
    line = next(one for one in workspace.query(list_offers) if one.id == offer)
    assert sorted(line.action_ids) == sorted(action_ids(5, 9))
    assert offer in [one.id for one in workspace.query(action_page, NINE).offers]


def test_linking_a_shipped_offer_keeps_what_was_shipped(workspace: Workspace) -> None:
    shipped = next(
        one
        for one in workspace.query(list_offers)
        if one.shipped and one.action_numbers and 9 not in one.action_numbers and not one.all_actions
    )
    workspace.run(LinkOffer(shipped.id, NINE))
    line = next(one for one in workspace.query(list_offers) if one.id == shipped.id)
    assert set(line.action_ids) == {*shipped.action_ids, NINE}
    assert line.changed_by_us
    assert (line.title, line.cost, line.source) == (shipped.title, shipped.cost, shipped.source)


def test_an_offer_for_every_action_needs_no_link(workspace: Workspace) -> None:
    every = next(one for one in workspace.query(list_offers) if one.all_actions)
    workspace.run(LinkOffer(every.id, NINE))
    assert next(one for one in workspace.query(list_offers) if one.id == every.id).action_ids == every.action_ids


def test_a_granted_mentor_role_proposes_its_row_until_it_is_there(workspace: Workspace) -> None:
    lier = workspace.query(government_by_code, "12021").id
    content = StimulusContent(state=StimulusState.CANDIDATE, action_id=NINE, learning_network=True)
    kind = next(one.kind for one in workspace.plan.stimulus_rules.kinds if one.per_action)  # type: ignore[union-attr]
    workspace.run(StartCandidacy(lier, 2, kind, content))
    assert workspace.query(action_page, NINE).proposals == ()
    granted = StimulusContent(state=StimulusState.GRANTED, action_id=NINE, learning_network=True)
    workspace.run(StartCandidacy(lier, 3, kind, granted))
    (proposal,) = workspace.query(action_page, NINE).proposals
    assert (proposal.government_id, proposal.learning_network, proposal.period) == (lier, True, "2024-2025")
    workspace.run(AddMentor(lier, NINE, "mentorrol", True))
    assert workspace.query(action_page, NINE).proposals == ()


@pytest.mark.parametrize("day", [date(2025, 12, 1), date(2026, 11, 27)])
def test_actions_of_two_plans_with_one_number_have_a_page_each(work_file: WorkFile, day: date) -> None:
    workspace = open_workspace(work_file.path, Runtime(day=day), work_file.passphrase)
    try:
        (other,) = take_in_use(workspace, "same-numbers")
        theirs = other.actions[0]
        (ours,) = action_ids(theirs.number)
        pages = [workspace.query(action_page, one, False) for one in (ours, theirs.id)]
        assert [page.plan_name for page in pages] == ["Plan Samenleven", other.name]
        assert [page.action.id for page in pages] == [ours, theirs.id]
        assert pages[1].commitments == ()
        assert pages[1].mentors == ()
        assert {line.plan_id for _, line in pages[0].commitments} <= {
            pages[0].action.id and workspace.plans.with_id("plan-samenleven").id
        }  # type: ignore[union-attr]
    finally:
        workspace.close()


def test_an_action_of_a_plan_that_is_not_in_use_keeps_its_page(work_file: WorkFile) -> None:
    workspace = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    try:
        workspace.run(StopUsingPlan(workspace.plan.id))
        page = workspace.query(action_page, NINE, False)
        assert not page.in_use
        assert page.action.number == 9
        assert workspace.query(find_actions, "9", 5) == []
    finally:
        workspace.close()


def test_an_unknown_action_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UserError):
        workspace.query(action_page, "geen")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("9", 9),
        ("actie 9", 9),
        ("A9a", 9),
        ("a5", 5),
        ("wijkverbeteringscontracten", 3),
        ("oefenkansen nederlands", 5),
        ("preventie radicalisering", 1),
        ("nederlands voor volwassenen", 5),
        ("anderstalige volwassene oefenkans", 5),
    ],
)
def test_an_action_is_found_by_number_title_earlier_name_and_definition(
    workspace: Workspace, words: str, number: int
) -> None:
    found = workspace.query(find_actions, words, 5)
    assert found[0].record_id == action_ids(number)[0]
    assert found[0].title.startswith(f"{number} ")


def test_each_action_of_each_plan_is_found_by_all_that_names_it(workspace: Workspace) -> None:
    take_in_use(workspace, *FILES)
    workspace.run(UsePlan(SHIPPED[1].id))
    for plan in EVERY:
        for action in plan.actions:
            labels = [target.label for target in action.targets if target.label]
            for words in (
                str(action.number),
                action.title,
                *action.earlier_names,
                *filter(None, [action.kpi]),
                *labels,
            ):
                found = workspace.query(find_actions, words, 200)
                assert action.id in {one.record_id for one in found}, (plan.code, action.number, words)


def test_every_word_has_to_be_there(workspace: Workspace) -> None:
    assert workspace.query(find_actions, "oefenkansen qqqzzz", 5) == []
    assert workspace.query(find_actions, "actie qqqzzz", 5) == []
    assert workspace.query(find_actions, "actie 99", 5) == []


def test_actions_of_every_plan_in_use_are_found_with_their_plan(workspace: Workspace, tmp_path: Path) -> None:
    (other,) = take_in_use(workspace, "same-numbers")
    number = str(other.actions[0].number)
    found = workspace.query(find_actions, number, 9)
    assert {other.actions[0].id, action_ids(int(number))[0]} <= {one.record_id for one in found}
    assert {one.snippet.split(" · ")[0] for one in found} == {"Plan Samenleven", other.short_name}
