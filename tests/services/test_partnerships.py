"""Partnerships: one at a time, kept ones of year 1, leaving, the threshold at each change, the mergers of 2025."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.ids import shipped_id
from samenleven_desktop.domain.threshold import ThresholdFact
from samenleven_desktop.services.governments.officer_commands import AddOfficer
from samenleven_desktop.services.governments.partnership_commands import (
    AddMember,
    EndMembership,
    MakePartnership,
    NameApplicant,
    NoteOfficialFigure,
)
from samenleven_desktop.services.governments.partnerships import partnership, standing, threshold_without
from samenleven_desktop.services.governments.queries import choices, government_by_code, list_governments
from samenleven_desktop.services.plans.commands import UsePlan
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.queries.partnerships import memberships
from tests.builders import WorkFile

START, TODAY = date(2022, 10, 1), date(2024, 3, 11)


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    yield opened
    opened.close()


def ids(workspace: Workspace, *codes: str) -> tuple[str, ...]:
    return tuple(workspace.query(government_by_code, code).id for code in codes)


def make(workspace: Workspace, code: str, *members: str, day: date = START) -> str:
    found = ids(workspace, *members)
    return workspace.run(MakePartnership(f"Samenwerking {code}", code, found[0], found, day)).result


def test_members_region_and_threshold(workspace: Workspace) -> None:
    made = make(workspace, "SW-RIV", "12021", "12009", "12026")
    seen = workspace.query(partnership, made)
    assert [line.name for line in seen.members] == ["Lier", "Duffel", "Nijlen"]
    assert seen.reference_region == "Rivierenland"
    assert seen.regions == ()
    assert seen.threshold.threshold == 7500
    assert {one.figures_year for one in seen.threshold.counted} == {2022}


def test_the_threshold_follows_each_change_of_members_and_the_official_figure(workspace: Workspace) -> None:
    made = make(workspace, "SW-A", "12009", "12026")
    before = workspace.query(partnership, made).threshold
    assert before.finding is ThresholdFact.NOT_MET
    (mechelen,) = ids(workspace, "12025")
    joined = workspace.run(AddMember(made, mechelen, date(2023, 10, 1))).result
    assert workspace.query(partnership, made).threshold.finding is ThresholdFact.MET
    workspace.run(NoteOfficialFigure(mechelen, 2022, 10, "mail van ABB"))
    assert workspace.query(partnership, made).threshold.finding is ThresholdFact.NOT_MET
    workspace.undo()
    workspace.run(EndMembership(joined, date(2024, 1, 31)))
    assert workspace.query(partnership, made).threshold == before


def test_one_partnership_at_a_time_unless_kept_from_year_one(workspace: Workspace) -> None:
    make(workspace, "SW-A", "12021", "12009")
    second = make(workspace, "SW-B", "12026", "12029")
    (lier,) = ids(workspace, "12021")
    with pytest.raises(UserError, match="is in Samenwerking SW-A already"):
        workspace.run(AddMember(second, lier, TODAY))
    with pytest.raises(UserError, match="project year 1"):
        workspace.run(AddMember(second, lier, TODAY, kept_from_year=2))
    workspace.run(AddMember(second, lier, TODAY, kept_from_year=1))
    assert "Lier" in [line.name for line in workspace.query(partnership, second).members]


def test_who_left_may_join_another_and_the_applicant_stays(workspace: Workspace) -> None:
    first = make(workspace, "SW-A", "12021", "12009")
    second = make(workspace, "SW-B", "12026", "12029")
    lier, duffel = ids(workspace, "12021", "12009")
    lines = {line.government_id: line for line in workspace.query(partnership, first).members}
    with pytest.raises(UserError, match="applicant cannot leave"):
        workspace.run(EndMembership(lines[lier].membership_id, TODAY))
    workspace.run(EndMembership(lines[duffel].membership_id, date(2023, 9, 30)))
    workspace.run(AddMember(second, duffel, date(2023, 10, 1)))
    workspace.run(NameApplicant(second, duffel))
    assert workspace.query(partnership, second).applicant_id == duffel
    assert not next(line for line in workspace.query(partnership, first).members if line.name == "Duffel").present


def test_another_region_is_shown(workspace: Workspace) -> None:
    made = make(workspace, "SW-A", "12025", "23088")
    assert workspace.query(partnership, made).regions == ("Halle-Vilvoorde", "Rivierenland")


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("", "SW", "Give the partnership a name"),
        ("A", "", "short code"),
        ("A", "123", "short code"),
        ("A", "12025", "short code"),
    ],
)
def test_what_is_missing_is_said(workspace: Workspace, name: str, code: str, words: str) -> None:
    found = ids(workspace, "12021", "12009")
    with pytest.raises(UserError, match=words):
        workspace.run(MakePartnership(name, code, found[0], found, START))


def test_a_merger_that_doubles_is_flagged_and_not_refused(empty_file: WorkFile) -> None:
    before = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    first = make(before, "SW-A", "44012", "44020")
    second = make(before, "SW-B", "44048", "44081")
    assert before.query(partnership, first).doubled == ()
    before.close()
    after = open_workspace(empty_file.path, Runtime(day=date(2025, 3, 1)), empty_file.passphrase)
    try:
        assert after.query(partnership, first).doubled == ("Nazareth-De Pinte",)
        assert after.query(partnership, second).doubled == ("Nazareth-De Pinte",)
    finally:
        after.close()


CODES = ("12021", "12009", "12026", "12029")
moves = st.lists(st.tuples(st.sampled_from(CODES), st.integers(0, 2), st.integers(0, 700), st.booleans()), max_size=12)


@pytest.mark.slow
@given(moves)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_moves_leave_a_government_in_two_partnerships(
    empty_template: WorkFile, tmp_path_factory: pytest.TempPathFactory, todo: list[tuple[str, int, int, bool]]
) -> None:
    file = empty_template.copy_to(tmp_path_factory.mktemp("moves"))
    workspace = open_workspace(file.path, Runtime(day=TODAY), file.passphrase)
    try:
        places = [
            make(workspace, "SW-A", "23088", "23027"),
            make(workspace, "SW-B", "23002", "23094"),
            make(workspace, "SW-C", "23047", "23016"),
        ]
        for code, place, days, leave in todo:
            _move(workspace, places[place], ids(workspace, code)[0], days, leave)
        found = workspace.query(lambda reading: memberships(reading.view))
        for one in found:
            for other in found:
                if (
                    one.id < other.id
                    and one.member_id == other.member_id
                    and one.partnership_id != other.partnership_id
                ):
                    assert not one.overlaps(other.valid_from, other.valid_until)
    finally:
        workspace.close()


def _move(workspace: Workspace, place: str, member: str, days: int, leave: bool) -> None:
    day = date.fromordinal(START.toordinal() + days)
    try:
        if not leave:
            workspace.run(AddMember(place, member, day))
            return
        for line in workspace.query(partnership, place).members:
            if line.government_id == member and line.valid_until is None:
                workspace.run(EndMembership(line.membership_id, day))
    except UserError:
        return


def test_the_standing_of_a_merged_government_before_and_after(empty_file: WorkFile) -> None:
    """Borsbeek went into Antwerpen on 1 January 2025: the old name stays readable, new work is the successor's."""
    before = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    borsbeek = before.query(government_by_code, "11007")
    try:
        seen = before.query(standing, borsbeek.id, 2)
        assert (seen.government.name, seen.successor, seen.predecessors) == ("Borsbeek", None, ())
    finally:
        before.close()
    after = open_workspace(empty_file.path, Runtime(day=date(2025, 3, 1)), empty_file.passphrase)
    try:
        seen = after.query(standing, borsbeek.id, 3)
        assert seen.government.name == "Borsbeek"
        assert seen.successor is not None
        assert seen.successor.name == "Antwerpen"
        assert "Borsbeek" in [one.name for one in after.query(standing, seen.successor.id, 3).predecessors]
        assert borsbeek.id not in {one.id for one in after.query(choices)}
    finally:
        after.close()


def test_a_new_partnership_is_one_of_the_officers_own(workspace: Workspace) -> None:
    officer = workspace.run(AddOfficer("coach Rivierenland", "Rivierenland"), kind="setup").result
    workspace.choose_officer(officer)
    made = make(workspace, "SW-A", "12021", "12009")
    assert [line.id for line in workspace.query(list_governments) if line.mine] == [made]
    workspace.undo()
    assert workspace.query(list_governments) == []


def test_the_rest_is_judged_as_if_a_member_had_left(workspace: Workspace) -> None:
    made = make(workspace, "SW-A", "12009", "12025")
    (mechelen,) = ids(workspace, "12025")
    assert workspace.query(standing, made, 2).threshold.finding is ThresholdFact.MET
    assert workspace.query(threshold_without, made, mechelen, 2).finding is ThresholdFact.NOT_MET


def test_the_threshold_of_a_partnership_shows_only_under_a_plan_that_has_one(workspace: Workspace) -> None:
    made = make(workspace, "SW-A", "12021", "12009")
    assert workspace.query(standing, made, 2).counted
    workspace.run(UsePlan(shipped_id("plan", "sociale-cohesie-2026")))
    later = workspace.plans.with_id(shipped_id("plan", "sociale-cohesie-2026"))
    assert later is not None
    assert not workspace.query(standing, made, later.years[0].id).counted
