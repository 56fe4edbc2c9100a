"""Stimuli of real governments on a real store: candidacies, mergers, changes that are marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.stimulus import COACH_JUDGES, Outcome, StimulusState
from samenleven_desktop.domain.threshold import ThresholdFact
from samenleven_desktop.interchange.reference_files import read_reference
from samenleven_desktop.paths import resources_dir
from samenleven_desktop.services.governments.partnership_commands import AddMember, MakePartnership, NoteOfficialFigure
from samenleven_desktop.services.governments.queries import dossier, government_by_code
from samenleven_desktop.services.plans.stored_plans import load_plan
from samenleven_desktop.services.stimuli.commands import (
    ChangeStimulus,
    DeleteStimulus,
    JudgeCondition,
    SetCallBudget,
    StartCandidacy,
    StimulusContent,
)
from samenleven_desktop.services.stimuli.queries import StimulusLine, see_outcomes, stimuli
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.models import GovernmentRow, PartnershipMemberRow
from samenleven_desktop.storage.unit_of_work import Step
from tests.builders import WorkFile, action_ids
from tests.sync.colleagues import all_know, copy_of

TODAY = date(2024, 3, 11)
START = date(2022, 10, 1)


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    yield opened
    opened.close()


def government(workspace: Workspace, code: str) -> str:
    return workspace.query(government_by_code, code).id


def line(workspace: Workspace, code: str, kind: str, year: int = 2) -> StimulusLine:
    found = workspace.query(stimuli, year, [government(workspace, code)])
    return next(one for one in found if one.kind == kind)


def together(workspace: Workspace, code: str, *codes: str) -> str:
    ids = tuple(government(workspace, one) for one in codes)
    return workspace.run(MakePartnership(f"Samen {code}", code, ids[0], ids, START)).result


def test_a_larger_government_with_a_smaller_one(workspace: Workspace) -> None:
    assert line(workspace, "12025", "samenwerking").outcome is Outcome.NOT_POSSIBLE
    together(workspace, "SW-A", "12025", "12009")
    for code in ("SW-A", "12025"):
        found = line(workspace, code, "samenwerking")
        assert (found.outcome, found.amount_cents, found.amount_typed) == (Outcome.POSSIBLE, 1_000_000, False)
        assert all(one.fact and one.source for one in found.conditions)
    assert line(workspace, "12009", "samenwerking").outcome is Outcome.NOT_POSSIBLE


def test_once_a_year_and_renewable_in_the_next(workspace: Workspace) -> None:
    together(workspace, "SW-A", "12025", "12009")
    mechelen = government(workspace, "12025")
    made = workspace.run(
        StartCandidacy(mechelen, 2, "samenwerking", StimulusContent(StimulusState.GRANTED, decided_on=TODAY))
    ).result
    granted = line(workspace, "12025", "samenwerking")
    assert (granted.state, granted.record_id, granted.received) == (StimulusState.GRANTED, made, 1)
    workspace.run(StartCandidacy(mechelen, 2, "samenwerking"))
    second = [one for one in workspace.query(stimuli, 2, [mechelen]) if one.kind == "samenwerking"]
    assert sorted(one.outcome for one in second) == [Outcome.NOT_POSSIBLE, Outcome.POSSIBLE]
    workspace.run(SetCallBudget(3, True))
    assert line(workspace, "12025", "samenwerking", 3).renewable is ThresholdFact.MET
    workspace.run(SetCallBudget(3, None))
    assert line(workspace, "12025", "samenwerking", 3).renewable is ThresholdFact.NOT_KNOWN


def test_a_candidacy_is_filled_in_step_by_step(workspace: Workspace) -> None:
    mechelen = government(workspace, "12025")
    assert line(workspace, "12025", "mentorrol").outcome is Outcome.INCOMPLETE
    made = workspace.run(StartCandidacy(mechelen, 2, "mentorrol")).result
    filled = StimulusContent(
        action_id=action_ids(9)[0], learning_network=True, amount_cents=500_000, texts={"motivation": "Veel ervaring."}
    )
    workspace.run(ChangeStimulus(made, "mentorrol", filled))
    found = line(workspace, "12025", "mentorrol")
    assert (found.outcome, found.amount_cents, found.amount_typed) == (Outcome.POSSIBLE, 500_000, True)
    workspace.undo()
    assert line(workspace, "12025", "mentorrol").outcome is Outcome.INCOMPLETE
    workspace.run(DeleteStimulus(made))
    assert line(workspace, "12025", "mentorrol").record_id is None


def test_no_stimulus_changes_an_own_contribution(workspace: Workspace) -> None:
    mechelen = government(workspace, "12025")
    before = workspace.query(dossier, mechelen, 2).money
    workspace.run(
        StartCandidacy(mechelen, 2, "mentorrol", StimulusContent(StimulusState.GRANTED, amount_cents=999_900))
    )
    assert workspace.query(dossier, mechelen, 2).money == before


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (StimulusContent(amount_cents=-1), "amount_cents"),
        (StimulusContent(action_id=action_ids(99)[0]), "action_id"),
        (StimulusContent(texts={"motivation": "x" * 2501}), "motivation"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(workspace: Workspace, content: StimulusContent, field: str) -> None:
    with pytest.raises(UserError) as caught:
        workspace.run(StartCandidacy(government(workspace, "12025"), 2, "mentorrol", content))
    assert caught.value.field == field


def test_a_change_of_members_or_figures_marks_the_outcome(workspace: Workspace) -> None:
    made = together(workspace, "SW-A", "12025", "12021")
    lines = workspace.query(stimuli, 2, [made])
    see_outcomes(workspace, lines)
    assert [one.changed_from for one in workspace.query(stimuli, 2, [made])] == [None, None, None]
    before = next(one.outcome for one in lines if one.kind == "samenwerking")
    workspace.run(AddMember(made, government(workspace, "12009"), date(2023, 10, 1)))
    workspace.run(NoteOfficialFigure(government(workspace, "12025"), 2022, 10, "mail van ABB"))
    (changed,) = [one for one in workspace.query(stimuli, 2, [made]) if one.changed_from is not None]
    assert (changed.kind, changed.changed_from) == ("samenwerking", before)


def test_every_merger_gives_explained_answers_before_and_after(empty_file: WorkFile) -> None:
    mergers = read_reference(resources_dir() / "reference").mergers
    assert mergers
    answers: dict[date, dict[str, tuple[str, tuple[str, ...]]]] = {}
    for day in (date(2024, 12, 31), date(2025, 1, 1)):
        opened = open_workspace(empty_file.path, Runtime(day=day), empty_file.passphrase)
        try:
            found = {}
            for merger in mergers:
                old = next(one for one in opened.query(lambda reading, code=merger.old_code: _with_code(reading, code)))
                for one in opened.query(stimuli, 3, [old]):
                    assert one.conditions
                    assert all(condition.fact.message and condition.source for condition in one.conditions)
                    if one.kind == "samenwerking":
                        counted = str(dict(one.conditions[0].fact.values))
                        found[merger.old_code] = (one.government_name, (counted,))
            answers[day] = found
        finally:
            opened.close()
    before, after = answers[date(2024, 12, 31)], answers[date(2025, 1, 1)]
    assert before.keys() == after.keys()
    assert before["11007"][0] == "Borsbeek"
    assert after["11007"][0] == "Antwerpen"
    assert before["46013"][0] != after["46013"][0] or before["46013"][1] != after["46013"][1]
    assert all(before[code] != after[code] for code in before)


def _with_code(reading, code: str) -> list[str]:  # type: ignore[no-untyped-def]
    from samenleven_desktop.storage.queries.reference import governments_by_code

    found = governments_by_code(reading.view, code)
    return [one.id for one in found if one.valid_until is not None] or [found[0].id]


def judged_by_the_coach(workspace: Workspace) -> None:
    """Plan Samenleven with one stimulus whose only condition is left to the coach."""
    plan = workspace.plan
    assert plan.stimulus_rules is not None
    first, *others = plan.stimulus_rules.kinds
    condition = replace(first.conditions[0], code="samen", check=COACH_JUDGES, any_of=None, years=())
    kinds = (replace(first, conditions=(condition,)), *others)
    changed = replace(plan, version="2027-01-01", stimulus_rules=replace(plan.stimulus_rules, kinds=kinds))
    load_plan(workspace, changed, use=True)


def test_a_condition_that_the_coach_judges(workspace: Workspace) -> None:
    judged_by_the_coach(workspace)
    mechelen = government(workspace, "12025")
    found = line(workspace, "12025", "samenwerking")
    assert (found.outcome, found.conditions[0].asked) == (Outcome.INCOMPLETE, "Judge this condition.")
    for finding, outcome in (
        (ThresholdFact.MET, Outcome.POSSIBLE),
        (ThresholdFact.NOT_MET, Outcome.NOT_POSSIBLE),
        (ThresholdFact.NOT_KNOWN, Outcome.INCOMPLETE),
    ):
        workspace.run(JudgeCondition(mechelen, 2, "samenwerking", "samen", finding, f"besproken: {finding}"))
        found = line(workspace, "12025", "samenwerking")
        assert (found.outcome, found.conditions[0].fact.values["note"]) == (outcome, f"besproken: {finding}")
        assert found.conditions[0].day == TODAY
    assert line(workspace, "12025", "samenwerking", 3).conditions[0].fact.values == {}, "another year is judged apart"
    assert line(workspace, "12021", "samenwerking").outcome is Outcome.INCOMPLETE, "so is another government"
    workspace.undo()
    assert line(workspace, "12025", "samenwerking").outcome is Outcome.NOT_POSSIBLE
    for kind, code, year in (("samenwerking", "anders", 2), ("mentorrol", "samen", 2), ("samenwerking", "samen", 9)):
        with pytest.raises(UserError):
            workspace.run(JudgeCondition(mechelen, year, kind, code, ThresholdFact.MET))


def test_a_judgement_travels_and_the_newest_counts(work_file: WorkFile, tmp_path: Path) -> None:
    one, two = copy_of(work_file, tmp_path, "one"), copy_of(work_file, tmp_path, "two")
    all_know(one, two)
    try:
        for colleague in (one, two):
            judged_by_the_coach(colleague.workspace)
        mechelen = government(one.workspace, "12025")
        one.workspace.run(JudgeCondition(mechelen, 2, "samenwerking", "samen", ThresholdFact.MET, "gezien in Mechelen"))
        two.take(one.give(two))
        found = line(two.workspace, "12025", "samenwerking")
        assert (found.outcome, found.conditions[0].fact.values["note"]) == (Outcome.POSSIBLE, "gezien in Mechelen")
        two.workspace.run(JudgeCondition(mechelen, 2, "samenwerking", "samen", ThresholdFact.NOT_MET))
        one.take(two.give(one))
        assert line(one.workspace, "12025", "samenwerking").outcome is Outcome.NOT_POSSIBLE
        assert one.digest == two.digest
    finally:
        one.close()
        two.close()


def test_a_partnership_as_two_colleagues_may_leave_it(workspace: Workspace) -> None:
    """One lets another municipality apply, which the other took out; a partner that was deleted still stands in it."""
    partnership = together(workspace, "SW-A", "12025", "12009")
    gone = together(workspace, "SW-B", "12021", "44021")
    with workspace.store.write(Step("both", kind="setup")) as unit:
        unit.change(GovernmentRow, partnership, applicant_id=government(workspace, "12021"))
        unit.insert(PartnershipMemberRow, partnership_id=partnership, member_id=gone, valid_from=START)
        unit.delete(GovernmentRow, gone)
    for code in ("SW-A", "12025", "12009", "12021"):
        assert workspace.query(stimuli, 2, [government(workspace, code)])
        assert workspace.query(dossier, government(workspace, code), 2)
