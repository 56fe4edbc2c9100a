"""Work of several plans in one file: whatever happened, no action of one plan is named for another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.ids import shipped_id
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.domain.plans import Plans
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.services.governments.queries import dossier, government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.offers.advice import advice
from samenleven_desktop.services.offers.commands import AddOffer, OfferContent, UseOffer
from samenleven_desktop.services.offers.queries import list_offers, uses
from samenleven_desktop.services.plans.commands import UsePlan
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from samenleven_desktop.services.sessions.queries import list_sessions
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import WorkFile
from tests.several_plans import EVERY, FILES, SHIPPED, TODAY, take_in_use

STEPS = st.lists(
    st.tuples(
        st.integers(0, len(EVERY) - 1),
        st.integers(0, 200),
        st.integers(0, 900),
        st.sampled_from(["session", "offer", "use"]),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def several(empty_template: WorkFile, tmp_path_factory: pytest.TempPathFactory) -> WorkFile:
    file = empty_template.copy_to(tmp_path_factory.mktemp("apart"), "apart.samenlevendb")
    with closing(open_workspace(file.path, Runtime(day=TODAY), file.passphrase)) as workspace:
        take_in_use(workspace, *FILES)
        workspace.run(UsePlan(SHIPPED[1].id))
        workspace.run(UsePlan(EVERY[-1].id))
    return file


def play(workspace: Workspace, government: str, steps: list[tuple[int, int, int, str]]) -> None:
    """Does some work; every text says of which action and plan it is."""
    for which, place, days, what in steps:
        plan = EVERY[which]
        action = plan.actions[place % len(plan.actions)]
        name, day = f"{plan.code}/{action.short_title}", TODAY - timedelta(days=days)
        if what == "session":
            content = SessionContent(day, 540, 600, SessionMode.VISIT, (government,), name, action_ids=(action.id,))
            workspace.run(RegisterSession(content))
            continue
        offer = workspace.run(AddOffer(OfferContent(name, "vzw", OfferCost.FREE, (action.id,)))).result
        years = [year for year in plan.years if any(target.in_year(year.number) for target in action.targets)]
        if what == "use" and years:
            year = years[place % len(years)]
            target = next(target for target in action.targets if target.in_year(year.number) is not None)
            known = [
                line.id
                for line in workspace.query(list_commitments, year.id, [government])
                if line.target_id == target.id
            ]
            made = known[0] if known else workspace.run(AddCommitment(government, year.number, target.id)).result
            workspace.run(UseOffer(offer, government, day, made))


def plan_named(text: str) -> Plan:
    return next(plan for plan in EVERY if text.startswith(f"{plan.code}/"))


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, today=st.dates(date(2022, 1, 1), date(2029, 1, 1)))
def test_no_action_is_named_for_another_plan(
    several: WorkFile, steps: list[tuple[int, int, int, str]], today: date
) -> None:
    with TemporaryDirectory() as folder:
        file = several.copy_to(Path(folder))
        with closing(open_workspace(file.path, Runtime(day=TODAY), file.passphrase)) as workspace:
            government = workspace.query(government_by_code, "12025").id
            play(workspace, government, steps)
        with closing(open_workspace(file.path, Runtime(day=today), file.passphrase)) as workspace:
            look_at_everything(workspace, government)


def look_at_everything(workspace: Workspace, government: str) -> None:
    here = workspace.plan
    for line in workspace.query(list_sessions):
        plan = plan_named(line.report)
        (ref,) = line.actions
        assert line.report == f"{plan.code}/{ref.title}"
        assert ref.plan == ("" if plan.id == here.id else plan.short_name)
    for one in workspace.query(list_offers):
        if not one.shipped:
            plan = plan_named(one.title)
            assert bool(one.action_numbers) == (plan.id == here.id)
            assert all(plan.id == here.id or plan.short_name in words for words in one.actions)
    for use in workspace.query(uses, None, date.min, date.max):
        if use.plan_id is not None:
            assert use.plan_id == plan_named(use.offer_title).id
            assert use.plan == ("" if use.plan_id == here.id else plan_named(use.offer_title).short_name)
    for line in workspace.query(list_commitments):
        plan = next(plan for plan in EVERY if plan.id == line.plan_id)
        assert line.action_title == plan.action(line.action_number).short_title
    for plan, year in workspace.plans.years():
        assert {line.plan_id for line in workspace.query(dossier, government, year.id).commitments} <= {plan.id}
        action = plan.actions[0]
        for given_ in workspace.query(advice, government, year.id, action.number):
            if given_.offer_id is not None and "/" in given_.title:
                assert plan_named(given_.title).id == plan.id


@pytest.mark.parametrize(
    ("day", "year", "code"),
    [
        (date(2020, 1, 1), None, "plan-samenleven"),
        (date(2024, 3, 11), None, "plan-samenleven"),
        (date(2025, 12, 1), None, "zelfde-nummers"),
        (date(2028, 1, 1), None, "zonder-geld"),
        (date(2030, 1, 1), None, "twee-jaar"),
        (date(2028, 1, 1), 3, "plan-samenleven"),
        (date(2028, 1, 1), 4, "twee-jaar"),
        (date(2028, 1, 1), 2, "zonder-geld"),
    ],
)
def test_the_plan_that_counts(day: date, year: int | None, code: str) -> None:
    assert Plans.of(EVERY).counting(day, year).code == code


def test_without_plans_there_is_one_without_anything() -> None:
    none = Plans.of(()).counting(TODAY)
    assert (none.code, none.actions, none.years) == ("", (), ())
    assert none.year_on(TODAY).label == "2026"


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    yield opened
    opened.close()


def test_a_row_with_only_numbers_belongs_to_plan_samenleven(workspace: Workspace) -> None:
    """As a pack of an earlier version brings it, and as it stands in a file that was migrated."""
    made = workspace.run(AddOffer(OfferContent("Oud", "vzw", OfferCost.FREE))).result
    every = workspace.run(AddOffer(OfferContent("Alles", "vzw", OfferCost.FREE))).result
    with workspace.store.write_untracked() as connection:
        connection.exec_driver_sql("UPDATE offer SET actions = '5 9', action_ids = NULL WHERE id = ?", (made,))
        connection.exec_driver_sql("UPDATE offer SET all_actions = 1, action_ids = NULL WHERE id = ?", (every,))
    take_in_use(workspace, "same-numbers")
    found = {line.id: line for line in workspace.query(list_offers)}
    assert found[made].action_ids == tuple(shipped_id("action", "plan-samenleven", number) for number in (5, 9))
    assert (workspace.plan.code, found[made].action_numbers) == ("zelfde-nummers", ())
    assert found[made].actions == ("5 (Plan Samenleven)", "9 (Plan Samenleven)")
    assert not found[every].all_actions
