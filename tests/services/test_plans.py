"""Newer and second plan files: said what they change, kept whole or not at all, old work under its own rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.plan_diff import PlanChangeKind
from samenleven_desktop.paths import resources_dir
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.plans.commands import UsePlan
from samenleven_desktop.services.plans.later_rules import TakeOverRules, later_rules
from samenleven_desktop.services.plans.stored_plans import (
    PlanLine,
    examine_plan_file,
    list_plans,
    list_versions,
    load_plan,
)
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.backup import existing
from tests.builders import PASSPHRASE, WorkFile

TODAY = date(2024, 3, 11)
SHIPPED = resources_dir() / "plans" / "plan-samenleven.yaml"


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    yield opened
    opened.close()


def plan_file(folder: Path, *changes: tuple[str, str]) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new)
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def lines(workspace: Workspace) -> list[PlanLine]:
    """The plans of the file, without the shipped one that is not in use in these files."""
    return [one for one in workspace.query(list_plans) if one.code != "sociale-cohesie-2026"]


def newer(workspace: Workspace, folder: Path, *changes: tuple[str, str]) -> Path:
    return plan_file(folder, (f"version: {workspace.plan.version}", "version: 2027-01-01"), *changes)


def test_a_newer_version_is_compared_and_old_work_keeps_its_rate(workspace: Workspace, tmp_path: Path) -> None:
    target = workspace.plan.action(5).targets[0]
    mechelen, lier = (workspace.query(government_by_code, code).id for code in ("12025", "12021"))
    workspace.run(AddCommitment(mechelen, 2, target.id, confirmed=100))
    candidate = workspace.query(examine_plan_file, newer(workspace, tmp_path, ("rate_eur: 60,", "rate_eur: 65,")))
    rates = [change for change in candidate.changes if change.field == "rate_cents"]
    assert {(change.place, change.old, change.new) for change in rates} == {
        (("target", "A5", "year", str(year)), 6_000, 6_500) for year in (1, 2, 3)
    }
    assert {change.kind for change in candidate.changes} == {PlanChangeKind.CHANGED}
    before = len(existing(workspace.path))
    load_plan(workspace, candidate.plan)
    assert len(existing(workspace.path)) == before + 1
    assert workspace.plan.version == "2027-01-01"
    workspace.run(AddCommitment(lier, 2, target.id, confirmed=100))
    amounts = {line.government_name: line.amount_cents for line in workspace.query(list_commitments, 2)}
    assert amounts == {"Mechelen": 600_000, "Lier": 650_000}


def test_it_stays_after_opening_again_and_the_shipped_one_does_not_come_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    load_plan(workspace, workspace.query(examine_plan_file, newer(workspace, tmp_path)).plan)
    path = workspace.path
    with workspace.store.write_untracked() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '0' WHERE key = 'shipped_data'")
    workspace.close()
    again = open_workspace(path, Runtime(day=TODAY), PASSPHRASE)
    try:
        assert again.plan.version == "2027-01-01"
        (line,) = lines(again)
        assert (line.versions, line.chosen) == (2, True)
    finally:
        again.close()


def test_a_target_that_ends_keeps_its_old_work_readable(workspace: Workspace, tmp_path: Path) -> None:
    from dataclasses import replace

    plan = workspace.plan
    target = plan.action(9).targets[-1]
    mechelen = workspace.query(government_by_code, "12025").id
    year = target.terms[-1].year
    workspace.run(AddCommitment(mechelen, year, target.id, confirmed=10))
    action = replace(plan.action(9), targets=plan.action(9).targets[:-1])
    shorter = replace(
        plan, version="2027-01-01", actions=tuple(action if one.number == 9 else one for one in plan.actions)
    )
    load_plan(workspace, shorter)
    (line,) = workspace.query(list_commitments, year, None, 9)
    assert (line.target_code, line.action_number) == (target.code, 9)


def test_a_second_plan_is_kept_beside_the_first_and_can_be_chosen(workspace: Workspace, tmp_path: Path) -> None:
    path = plan_file(
        tmp_path,
        ("code: plan-samenleven", "code: sociaal-cohesieplan"),
        ("name: Plan Samenleven", "name: Sociaal cohesieplan"),
    )
    candidate = workspace.query(examine_plan_file, path)
    assert candidate.old is None
    load_plan(workspace, candidate.plan)
    assert workspace.plan.code == "plan-samenleven"
    plans = lines(workspace)
    assert {(one.code, one.chosen) for one in plans} == {("plan-samenleven", True), ("sociaal-cohesieplan", False)}
    other = next(one.id for one in plans if not one.chosen)
    workspace.run(UsePlan(other))
    assert workspace.plan.name == "Sociaal cohesieplan"
    assert workspace.query(list_commitments) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ((), "in use already"),
        ((("number: 7, name", "number: 8, name"),), "there is no objective"),
        ((("format: 1", "format: 9"),), "format 9"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_and_nothing_is_kept(
    workspace: Workspace, tmp_path: Path, changes: tuple[tuple[str, str], ...], words: str
) -> None:
    with pytest.raises(UserError) as caught:
        workspace.query(examine_plan_file, plan_file(tmp_path, *changes))
    assert words in str(caught.value)
    assert len(lines(workspace)) == 1


def test_two_versions_of_one_name_stand_side_by_side(workspace: Workspace, tmp_path: Path) -> None:
    target = workspace.plan.action(5).targets[0]
    mechelen, lier, gent = (workspace.query(government_by_code, code).id for code in ("12025", "12021", "44021"))
    workspace.run(AddCommitment(mechelen, 2, target.id, confirmed=100))
    other = workspace.query(examine_plan_file, plan_file(tmp_path, ("rate_eur: 60,", "rate_eur: 66,"))).plan
    first = workspace.plan
    assert (other.version, other.content_hash) != (first.version, first.content_hash)
    load_plan(workspace, other)
    assert workspace.plan.content_hash == first.content_hash, "not in use until the coach says so"
    versions = [one for one in workspace.query(list_versions) if one.code == "plan-samenleven"]
    assert {(one.version, one.in_use, one.made_on, one.made_from) for one in versions} == {
        (first.version, True, None, None),
        (first.version, False, TODAY, first.content_hash),
    }
    workspace.run(UsePlan(other.id, other.content_hash))
    workspace.run(AddCommitment(lier, 2, target.id, confirmed=100))
    workspace.run(UsePlan(first.id, first.content_hash))
    workspace.run(AddCommitment(gent, 2, target.id, confirmed=100))
    amounts = {line.government_name: line.amount_cents for line in workspace.query(list_commitments, 2)}
    assert amounts == {"Mechelen": 600_000, "Lier": 660_000, "Gent": 600_000}


def test_rules_that_arrive_later_are_taken_over_in_one_step(workspace: Workspace, tmp_path: Path) -> None:
    target = workspace.plan.action(5).targets[0]
    mechelen, lier, gent = (workspace.query(government_by_code, code).id for code in ("12025", "12021", "44021"))
    for government, granted in ((mechelen, None), (lier, None), (gent, 500_000)):
        workspace.run(AddCommitment(government, 2, target.id, confirmed=100, granted_cents=granted))
    candidate = workspace.query(examine_plan_file, newer(workspace, tmp_path, ("rate_eur: 60,", "rate_eur: 65,")))
    differing = [(one.government_name, one.old.amount_cents, one.new.amount_cents) for one in candidate.commitments]
    assert differing == [("Lier", 600_000, 650_000), ("Mechelen", 600_000, 650_000)], "a typed amount stays"
    assert workspace.query(later_rules) == []
    load_plan(workspace, candidate.plan)
    found = workspace.query(later_rules)
    assert found == list(candidate.commitments)
    assert workspace.run(TakeOverRules(tuple(one.commitment_id for one in found))).result == 2
    amounts = {line.government_name: line.amount_cents for line in workspace.query(list_commitments, 2)}
    assert amounts == {"Mechelen": 650_000, "Lier": 650_000, "Gent": 500_000}
    assert workspace.query(later_rules) == []
    workspace.undo()
    assert workspace.query(later_rules) == found


def test_an_older_version_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    path = plan_file(tmp_path, (f"version: {workspace.plan.version}", "version: 2020-01-01"))
    with pytest.raises(UserError, match="newer"):
        workspace.query(examine_plan_file, path)
