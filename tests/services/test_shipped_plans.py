"""The plans that ship: what a new, a practice and an older work file have in use, and what the plans say."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.interchange.plan_reader import read_plan
from samenleven_desktop.paths import resources_dir
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.governments.queries import dossier, government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.plans.commands import UsePlan
from samenleven_desktop.services.plans.stored_plans import list_plans
from samenleven_desktop.services.practice.make import PRACTICE_PASSPHRASE, make_practice
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from samenleven_desktop.services.sessions.queries import list_sessions
from samenleven_desktop.services.stimuli.queries import stimuli
from samenleven_desktop.services.workfile.workspace import create_workspace, open_workspace
from tests.builders import CHEAP, PASSPHRASE, WorkFile

TODAY = date(2026, 11, 27)
RELEASED = Path(__file__).parents[1] / "data" / "released"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(resources_dir() / "plans" / "sociale-cohesie-2026.yaml")


def test_the_next_plan_says_what_is_certain_and_nothing_else(plan: Plan) -> None:
    (year,) = plan.years
    assert (year.start, year.end) == (date(2026, 6, 15), date(2029, 6, 14))
    assert (year.submission_opens, year.submission_closes) == (date(2026, 1, 5), date(2026, 2, 16))
    assert [action.number for action in plan.actions] == [1, 2, 3]
    assert not any(action.financed_in(1) for action in plan.actions)
    terms = [one for action in plan.actions for target in action.targets for one in target.terms]
    assert {(one.rate_cents, one.cap_units, one.unit, one.certainty) for one in terms} == {
        (None, None, None, "unknown")
    }
    assert (plan.stimulus_rules, plan.partnership_rules, year.threshold_inhabitants, year.deadlines) == (
        None,
        None,
        None,
        (),
    )
    assert not plan.pays_governments
    assert [one.kind for one in plan.applicants] == ["organisation"]


def test_a_new_file_has_both_in_use_and_the_running_one_counts(tmp_path: Path) -> None:
    with closing(create_workspace(tmp_path / "nieuw.samenlevendb", PASSPHRASE, Runtime(day=TODAY), CHEAP)) as workspace:
        assert {one.code: (one.in_use, one.chosen) for one in workspace.query(list_plans)} == {
            "plan-samenleven": (True, False),
            "sociale-cohesie-2026": (True, True),
        }
        mechelen = workspace.query(government_by_code, "12025").id
        officer = workspace.run(AddOfficer("coach", "Rivierenland")).result
        workspace.choose_officer(officer)
        workspace.run(ChooseGovernments(officer, (mechelen,)))
        target = workspace.plan.action(1).targets[0]
        workspace.run(AddCommitment(mechelen, 1, target.id, confirmed=20))
        workspace.run(
            RegisterSession(SessionContent(TODAY, 540, 600, SessionMode.VISIT, (mechelen,), "Eerste gesprek."))
        )
        found = workspace.query(dossier, mechelen)
        (line,) = found.commitments
        assert (line.target_code, line.amount_cents, line.own_cents, line.advance_cents) == ("SC1", None, None, None)
        assert found.session_count == 1
        assert workspace.query(stimuli) == []


def test_an_older_file_keeps_its_own_and_is_offered_the_other(tmp_path: Path) -> None:
    for path in (RELEASED / "0006").iterdir():
        shutil.copyfile(path, tmp_path / path.name)
    with closing(open_workspace(tmp_path / "werk.samenlevendb", Runtime(day=TODAY), PASSPHRASE)) as workspace:
        lines = {one.code: one for one in workspace.query(list_plans)}
        assert {code: one.in_use for code, one in lines.items()} == {
            "plan-samenleven": True,
            "sociale-cohesie-2026": False,
        }
        workspace.run(UsePlan(lines["sociale-cohesie-2026"].id))
        assert workspace.plan.code == "sociale-cohesie-2026"
        assert workspace.plans.counting(date(2024, 3, 11)).code == "plan-samenleven"


def test_a_practice_file_of_2024_has_plan_samenleven_alone(practice_file: WorkFile) -> None:
    with closing(open_workspace(practice_file.path, Runtime(), practice_file.passphrase)) as workspace:
        assert [plan.code for plan in workspace.plans] == ["plan-samenleven"]


@pytest.mark.slow
def test_a_practice_file_of_a_later_day_lives_under_both_plans(tmp_path: Path) -> None:
    path = tmp_path / "later.oefendb"
    make_practice(path, None, cost=CHEAP, day=TODAY)
    with closing(open_workspace(path, Runtime(), PRACTICE_PASSPHRASE)) as workspace:
        assert workspace.today == TODAY
        assert workspace.plan.code == "sociale-cohesie-2026"
        by_plan = Counter(line.plan_id for line in workspace.query(list_commitments))
        assert set(by_plan) == {plan.id for plan in workspace.plans}
        days = [line.day for line in workspace.query(list_sessions)]
        between = date(2025, 10, 1), date(2026, 6, 14)
        assert any(between[0] <= day <= between[1] for day in days)
        assert any(day >= date(2026, 6, 15) for day in days)
        assert [one.code for one in check_health(workspace)] == ["backup"]
