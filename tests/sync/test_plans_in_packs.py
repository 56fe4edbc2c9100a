"""A version of a plan travels in a pack: looked at, stored beside the others, taken in use by the coach only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.i18n.exchange_labels import preview_notes
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.services.exchange.apply_pack import preview_pack
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.plans.commands import UsePlan
from samenleven_desktop.services.plans.later_rules import TakeOverRules, later_rules
from samenleven_desktop.services.plans.overview import PlanState, plan_versions
from samenleven_desktop.services.plans.stored_plans import load_plan
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.workfile.workspace import Workspace
from tests.builders import WorkFile
from tests.several_plans import add_work, take_in_use
from tests.sync.colleagues import Colleague, all_know, copy_of
from tests.sync.forging import opened

pytestmark = pytest.mark.slow


@pytest.fixture
def pair(work_file: WorkFile, tmp_path: Path) -> Iterator[tuple[Colleague, Colleague]]:
    one, two = copy_of(work_file, tmp_path, "one"), copy_of(work_file, tmp_path, "two")
    all_know(one, two)
    yield one, two
    one.close()
    two.close()


def versions(workspace: Workspace, code: str) -> list[tuple[str, PlanState, str | None]]:
    return [(row.version, row.state, row.author) for row in workspace.query(plan_versions) if row.code == code]


def amounts(workspace: Workspace, plan_id: str) -> set[tuple[str, int | None]]:
    plan = workspace.plans.with_id(plan_id)
    assert plan is not None
    return {
        (line.government_name, line.amount_cents)
        for year in plan.years
        for line in workspace.query(list_commitments, year.id)
    }


def test_a_plan_comes_with_the_work_under_it(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    (plan,) = take_in_use(one.workspace, "two-years")
    add_work(one.workspace, plan, one.workspace.query(government_by_code, "12025").id, 0)
    pack = one.give(two)
    before = two.digest
    shown = preview_pack(two.workspace, pack)
    assert shown.plans == ((plan.name, plan.version),)
    assert f"Het brengt {plan.name}, versie {plan.version}, mee" in " ".join(preview_notes(Language("nl"), shown))
    assert versions(two.workspace, plan.code) == [], "a look stores nothing"
    got = two.take(pack)
    assert (got.waiting, got.plans) == ((), shown.plans)
    assert versions(two.workspace, plan.code) == [(plan.version, PlanState.NOT_IN_USE, "coach Rivierenland")]
    assert two.digest == one.digest
    assert check_health(two.workspace) == []
    two.workspace.run(UsePlan(plan.id, plan.content_hash))
    assert amounts(two.workspace, plan.id) == amounts(one.workspace, plan.id)
    two.workspace.undo()
    again = two.take(pack)
    assert (again.new, again.plans) == (0, ())
    two.workspace.undo()
    assert versions(two.workspace, plan.code) == [], "taking the pack back leaves nothing of it"
    assert two.digest == before
    assert two.take(pack).plans == shown.plans
    assert two.digest == one.digest


def test_a_correction_reaches_a_colleague_who_takes_it_over(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    first = one.workspace.plan
    target = first.action(5).targets[0]
    antwerpen = one.workspace.query(government_by_code, "11002").id
    two.workspace.run(AddCommitment(antwerpen, 3, target.id, confirmed=100))
    terms = tuple(replace(each, rate_cents=7_000) for each in target.terms)
    action = replace(first.action(5), targets=(replace(target, terms=terms), *first.action(5).targets[1:]))
    newer = replace(
        first, version="2027-01-01", actions=tuple(action if each.number == 5 else each for each in first.actions)
    )
    load_plan(one.workspace, newer, use=True)
    # The same name with another content, made at the same time.
    other = replace(newer, name="Plan Samenleven, anders")
    load_plan(two.workspace, other, use=False)
    two.take(one.give(two))
    found = {(row.version, row.name, row.state) for row in two.workspace.query(plan_versions) if row.code == first.code}
    assert found == {
        (first.version, first.name, PlanState.IN_USE),
        ("2027-01-01", first.name, PlanState.NOT_IN_USE),
        ("2027-01-01", other.name, PlanState.NOT_IN_USE),
    }
    assert two.workspace.plan.content_hash == first.content_hash
    two.workspace.run(UsePlan(newer.id, newer.content_hash))
    differing = [one for one in two.workspace.query(later_rules) if one.target_code == "A5"]
    assert {one.new.amount_cents for one in differing} >= {700_000}
    two.workspace.run(TakeOverRules(tuple(one.commitment_id for one in differing)))
    one.take(two.give(one))
    mine = [line for line in one.workspace.query(list_commitments, 3) if line.government_id == antwerpen]
    assert 700_000 in {line.amount_cents for line in mine if line.target_id == target.id}


def test_a_version_that_is_no_plan_refuses_the_pack(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    take_in_use(one.workspace, "two-years")
    pack = one.give(two)
    before = two.digest
    for spoil, words in (
        (lambda content: content["actions"][0]["targets"][0]["terms"][0].update(rate_eur="veel"), "veel"),
        (lambda content: content.pop("years"), "projectjaren ontbreekt"),
        (lambda content: content.update(colour="red"), "colour"),
    ):
        inside = opened(pack, two)
        (sent,) = inside.body["plan_versions"]
        spoil(sent["content"])
        forged = inside.close(one, two.folder / "forged.samenleven", two)
        with pytest.raises(UserError) as caught:
            two.take(forged)
        assert words in Language("nl").error(caught.value)
        assert two.digest == before
    inside = opened(pack, two)
    inside.body["plan_versions"][0]["content"]["format"] = 99
    later = two.take(inside.close(one, two.folder / "later.samenleven", two))
    assert later.plans == (), "a plan of a newer program is left out"


def test_a_version_that_is_not_in_use_changes_no_year(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    first = one.workspace.plan
    longer = replace(first.years[-1], end=first.years[-1].end.replace(year=2030))
    load_plan(one.workspace, replace(first, version="2027-01-01", years=(*first.years[:-1], longer)), use=True)
    two.take(one.give(two))
    with two.workspace.store.read() as connection:
        end = connection.exec_driver_sql("SELECT end FROM project_year WHERE id = ?", (longer.id,)).scalar()
    assert end == first.years[-1].end.isoformat()
