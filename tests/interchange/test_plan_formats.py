"""Format 2 of plan files: everything that format 1 refused, and a way there and back that loses nothing."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from samenleven_desktop.domain import plan_texts
from samenleven_desktop.domain.file_place import FilePlace
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.plan_build import build_plan
from samenleven_desktop.interchange.plan_checks import check_plan
from samenleven_desktop.interchange.plan_content import Faults, plan_content, shape
from samenleven_desktop.interchange.plan_form import plan_to_form
from samenleven_desktop.interchange.plan_reader import plan_from_json, plan_to_json, read_plan
from samenleven_desktop.interchange.plan_structs import PlanFile
from samenleven_desktop.interchange.plan_words import CAPTIONS, path_words
from samenleven_desktop.interchange.plan_yaml import plan_to_yaml
from samenleven_desktop.paths import resources_dir
from tests.plan_contents import contents

PLANS = Path(__file__).parents[1] / "data" / "plans"
EVERY = [*sorted((resources_dir() / "plans").glob("*.yaml")), *sorted(PLANS.glob("*.yaml"))]
PACKAGE = Path(__file__).parents[2] / "samenleven_desktop"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(PLANS / "format-2.yaml")


def plan_of(content: dict[str, Any]) -> Plan:
    faults = Faults("p.yaml", lambda path: FilePlace(path_words(content, path)))
    file = plan_content(content, faults)
    check_plan(file, faults)
    faults.tell()
    return build_plan(file)


def test_a_year_has_shares_and_a_risk_of_its_own(plan: Plan) -> None:
    first, second = plan.money_rules_in(1), plan.money_rules_in(2)
    assert (first.advance_share, first.balance_share, first.own_contribution_ratio) == (0.8, 0.2, 1.0)
    assert (second.advance_share, second.balance_share, second.own_contribution_ratio) == (0.6, 0.4, 0.1)
    assert plan.kpi_rules_in(1).at_risk_share is None
    assert (plan.kpi_rules_in(2).at_risk_share, plan.kpi_rules_in(2).at_risk_days_before) == (0.5, 10)


def test_governments_have_drawing_rights_and_kinds_without_a_threshold(plan: Plan) -> None:
    assert [plan.drawing_right(code, year) for code, year in (("12025", 1), ("12025", 2), ("12021", 2))] == [
        1_250_050,
        1_250_050,
        None,
    ]
    assert not plan.needs_threshold("municipality")
    assert plan.needs_threshold("partnership"), "a plan that is silent asks for it"


def test_any_number_of_deadlines_and_an_amount_per_year(plan: Plan) -> None:
    assert [(one.kind, one.name, one.due) for one in plan.years[0].deadlines] == [
        ("interim", "Eerste stand", date(2026, 4, 15)),
        ("interim", "Tweede stand", date(2026, 7, 15)),
        ("other", "Werkbezoek", date(2026, 10, 1)),
        ("final", None, date(2027, 2, 15)),
    ]
    assert plan.stimulus_rules is not None
    assert [plan.stimulus_rules.kinds[0].amount_in(year) for year in (1, 2)] == [50_000, 75_025]


def test_what_no_program_can_judge_is_said(plan: Plan) -> None:
    said = [one.message.format(**one.values) for one in plan_texts.committing(plan, 1, 2)]
    assert said == ["For the coach to judge: De club vergadert in de gemeente."]
    assert plan_texts.committing(plan, 1, 1) == []
    renewal = [one.message.format(**one.values) for one in plan_texts.renewing(plan, 2)]
    assert renewal == ["Renewal asks at least 25 % of the confirmed number.", "Wie minder haalt motiveert dat."]
    assert [one.message for one in plan_texts.stimulating(plan)] == [
        "Stimuli may not be combined with one another.",
        "Several stimuli are possible in one project year.",
        "The government has to add money of its own.",
    ]
    shipped = read_plan(resources_dir() / "plans" / "plan-samenleven.yaml")
    figures = plan_texts.committing(shipped, 5, 1)[0]
    assert (figures.values["committed"], figures.values["reached"]) == (68429, 118178)


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_a_plan_file_is_written_and_read_again_unchanged(path: Path, tmp_path: Path) -> None:
    plan, again = read_plan(path), tmp_path / "weer.yaml"
    again.write_bytes(plan_to_yaml(plan))
    assert read_plan(again) == plan
    form = tmp_path / "formulier.xlsx"
    form.write_bytes(plan_to_form(plan, Language("nl")))
    assert read_plan(form) == plan


@pytest.mark.slow
@pytest.mark.hypothesis
# Shrinking a whole plan takes minutes: a fault names its place by itself.
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.reuse, Phase.generate])
@given(content=contents())
def test_every_valid_plan_comes_back_unchanged(content: dict[str, Any]) -> None:
    plan = plan_of(content)
    assert plan_from_json(plan_to_json(plan)) == plan
    with TemporaryDirectory() as folder:
        path = Path(folder) / "p.yaml"
        path.write_bytes(plan_to_yaml(plan))
        assert read_plan(path) == plan
        for language in ("nl", "en"):
            form = Path(folder) / f"{language}.xlsx"
            form.write_bytes(plan_to_form(plan, Language(language)))
            assert read_plan(form) == plan


def structs(cls: Any = PlanFile) -> Iterator[Any]:
    yield cls
    for one in msgspec.structs.fields(cls):
        table, _ = shape(one.type)
        if table is not None:
            yield from structs(table)


def test_every_field_of_a_plan_file_has_a_caption() -> None:
    names = {one.name for cls in structs() for one in msgspec.structs.fields(cls)}
    # The list of kinds is named by the sheet and by each of its elements.
    assert names - CAPTIONS.keys() == {"kinds"}


def dataclasses_of(cls: Any, seen: set[Any]) -> Iterator[Any]:
    if cls in seen:
        return
    seen.add(cls)
    yield cls
    for hint in get_type_hints(cls).values():
        for one in (hint, *get_args(hint), *(inner for part in get_args(hint) for inner in get_args(part))):
            if is_dataclass(one):
                yield from dataclasses_of(one, seen)


@pytest.mark.slow
def test_something_reads_every_field_of_a_plan() -> None:
    """Reading, building, writing and comparing whole plans do not count: they would pass any field along."""
    passing = {"plan_build.py", "plan_tables.py", "plan_structs.py", "plan_content.py", "plan_diff.py", "plan_rules.py"}
    read = set()
    for path in PACKAGE.rglob("*.py"):
        if path.name not in passing:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            read |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    unread = {
        f"{cls.__name__}.{one.name}"
        for cls in dataclasses_of(Plan, set())
        for one in fields(cls)
        if one.name not in read
    }
    assert unread == set()


def migration_hash(text: str) -> str:
    path = PACKAGE.parent / "db" / "migrations" / "versions" / "0009_plan_versions.py"
    spec = importlib.util.spec_from_file_location("migration_0009", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: str = module._hash(text)
    return found


def test_a_version_is_known_by_what_it_says_whatever_the_device(plan: Plan) -> None:
    kept = plan_from_json(plan_to_json(plan))
    assert kept.content_hash == plan.content_hash == migration_hash(plan_to_json(plan))
    # A field that a later program adds, not known in this plan, changes nothing.
    assert migration_hash(plan_to_json(plan)[:-1] + ',"later":null,"more":[]}') == plan.content_hash
    assert replace(plan, name="Anders").content_hash != plan.content_hash


def test_a_new_field_of_a_plan_is_empty_unless_a_file_says_so() -> None:
    """Otherwise the hash of every version would change with it; these were there before versions had one."""
    known = {"title_certain", "granted_rounded", "threshold_certainty", "certainty", "share_certainty",
             "days_certainty", "advance_certainty", "facts"}  # fmt: skip
    filled = {
        one.name
        for cls in dataclasses_of(Plan, set())
        for one in fields(cls)
        if (one.default is not MISSING and one.default not in (None, "", ()))
        or one.default_factory not in (MISSING, dict)
    }
    assert filled <= known
