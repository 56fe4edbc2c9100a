"""Taking versions of plans in and out of use: one undo step each, after a backup, outside the change log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.services.plans.commands import StopUsingPlan, UsePlan
from samenleven_desktop.services.plans.overview import PlanState, compare_version, plan_rows, plan_versions
from samenleven_desktop.services.plans.stored_plans import load_plan, take_in_use, take_out_of_use
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.backup import existing
from tests.builders import WorkFile

TODAY = date(2024, 3, 11)


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


@pytest.fixture
def newer(workspace: Workspace) -> Plan:
    made = replace(workspace.plan, version="2027-01-01")
    load_plan(workspace, made, use=False)
    return made


def states(workspace: Workspace, code: str = "plan-samenleven") -> dict[str, PlanState]:
    return {row.version: row.state for row in workspace.query(plan_versions) if row.code == code}


def changes(workspace: Workspace) -> int:
    with workspace.store.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM change").scalar() or 0)


def test_each_step_is_undone_and_redone_and_logs_no_change(workspace: Workspace, newer: Plan) -> None:
    first, before, backups = workspace.plan, changes(workspace), len(existing(workspace.path))
    take_in_use(workspace, newer.id, newer.content_hash)
    assert len(existing(workspace.path)) == backups + 1
    assert workspace.plan.content_hash == newer.content_hash
    assert states(workspace) == {first.version: PlanState.OLDER, "2027-01-01": PlanState.IN_USE}
    take_out_of_use(workspace, newer.id)
    assert workspace.plans.with_id(newer.id) is None
    workspace.undo()
    assert workspace.plan.content_hash == newer.content_hash
    workspace.undo()
    assert workspace.plan.content_hash == first.content_hash
    assert states(workspace) == {first.version: PlanState.IN_USE, "2027-01-01": PlanState.NOT_IN_USE}
    workspace.redo()
    assert workspace.plan.content_hash == newer.content_hash
    workspace.redo()
    assert workspace.plans.with_id(newer.id) is None
    assert changes(workspace) == before
    name, details = workspace.undo_names().undo or ("", {})
    assert (name, details["plan"]) == ("Taken out of use: {plan}", first.name)


def test_it_stays_after_opening_again(workspace: Workspace, newer: Plan, work_file: WorkFile) -> None:
    take_in_use(workspace, newer.id, newer.content_hash)
    workspace.close()
    again = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    try:
        assert again.plan.content_hash == newer.content_hash
        again.undo()
        assert again.plan.version != newer.version
    finally:
        again.close()


def test_the_years_of_the_version_in_use_count(workspace: Workspace) -> None:
    first = workspace.plan
    longer = replace(first.years[-1], end=date(2030, 1, 1))
    made = replace(first, version="2027-01-01", years=(*first.years[:-1], longer))

    def stored() -> object:
        with workspace.store.read() as connection:
            return connection.exec_driver_sql("SELECT end FROM project_year WHERE id = ?", (longer.id,)).scalar()

    load_plan(workspace, made, use=False)
    assert stored() == first.years[-1].end.isoformat()
    workspace.run(UsePlan(made.id, made.content_hash))
    assert stored() == "2030-01-01"
    workspace.undo()
    assert stored() == first.years[-1].end.isoformat()


def test_what_is_not_there_is_refused(workspace: Workspace) -> None:
    for command in (UsePlan("nowhere"), UsePlan(workspace.plan.id, "0" * 64), StopUsingPlan("nowhere")):
        with pytest.raises(UserError):
            workspace.run(command)


def test_a_step_that_was_overtaken_is_not_undone(workspace: Workspace, newer: Plan) -> None:
    first = workspace.plan
    workspace.run(UsePlan(newer.id, newer.content_hash))
    with workspace.store.write_untracked() as connection:
        connection.exec_driver_sql("UPDATE plan SET in_use = (hash = ?) WHERE id = ?", (first.content_hash, first.id))
    with pytest.raises(UserError, match="changed since"):
        workspace.undo()


def test_what_taking_a_version_in_use_would_change(workspace: Workspace, newer: Plan) -> None:
    assert workspace.query(compare_version, newer.content_hash).changes == ()
    workspace.run(StopUsingPlan(newer.id))
    assert workspace.query(compare_version, newer.content_hash).old is None
    assert {row.state for row in plan_rows(workspace)} == {PlanState.NOT_IN_USE}
