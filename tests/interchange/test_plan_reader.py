"""The shipped plan against its sources, another plan, and plan files with faults."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest

from samenleven_desktop.domain.errors import EnvironmentFault, UserError
from samenleven_desktop.domain.kpi import KpiState, Reached, expected_today, kpi_state
from samenleven_desktop.domain.plan import Plan, TargetKind
from samenleven_desktop.interchange.plan_reader import plan_from_json, plan_to_json, read_plan
from samenleven_desktop.paths import resources_dir

DATA = Path(__file__).parents[1] / "data"
PLANS = DATA / "plans"

# `financed_by_year` as the dossier has it; None is "no page of that year found".
FINANCED: dict[int, tuple[bool | None, bool | None, bool | None]] = {
    **dict.fromkeys((1, 3, 4, 12), (False, False, False)),
    **dict.fromkeys((2, 5, 7, 8, 9, 13, 14, 15, 18, 20, 21, 24), (True, True, True)),
    **dict.fromkeys((6, 10, 11, 16, 17, 19, 22), (True, None, None)),
    23: (False, True, True),
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(resources_dir() / "plans" / "plan-samenleven.yaml")


def form_rows() -> list[dict[str, str]]:
    with (DATA / "call-2022-form.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_plan_has_seven_objectives_and_twenty_four_actions(plan: Plan) -> None:
    assert [objective.number for objective in plan.objectives] == list(range(1, 8))
    assert [action.number for action in plan.actions] == list(range(1, 25))
    by_objective = [[a.number for a in plan.actions if a.objective_number == n] for n in range(1, 8)]
    assert [len(numbers) for numbers in by_objective] == [3, 2, 3, 3, 4, 4, 5]
    assert {a.number for a in plan.actions if not a.title_certain} == {6, 8, 10, 11, 19, 22}


def test_year_one_has_the_rows_of_the_form_with_their_rates_and_caps(plan: Plan) -> None:
    rows = {row["rule_uri"].rsplit("/", 1)[1]: row for row in form_rows()}
    found = {}
    for action in plan.actions:
        for target in action.targets:
            terms = target.in_year(1)
            if terms is not None and terms.portal_rule is not None:
                found[terms.portal_rule] = (terms.rate_cents, terms.cap_units)
                assert (terms.financed, terms.certainty, terms.source) == (True, "certain", "GIT-FORM")
    assert len(rows) == 27
    assert found == {
        rule: (int(row["subsidy_per_unit_eur"]) * 100, int(row["max_units"])) for rule, row in rows.items()
    }
    in_order = [
        terms.portal_rule
        for action in plan.actions
        for target in action.targets
        if (terms := target.in_year(1)) is not None and terms.portal_rule is not None
    ]
    assert in_order == list(rows)


def test_the_objectives_of_the_form_are_those_of_the_actions(plan: Plan) -> None:
    names = {objective.number: objective.name for objective in plan.objectives}
    by_rule = {
        terms.portal_rule: names[action.objective_number]
        for action in plan.actions
        for target in action.targets
        for terms in target.terms
        if terms.portal_rule is not None
    }
    for row in form_rows():
        expected = row["objective_nl"].replace("1 gemeenschap", "Eén gemeenschap")
        assert by_rule[row["rule_uri"].rsplit("/", 1)[1]] == expected


def test_financed_stays_unknown_where_no_page_of_that_year_was_found(plan: Plan) -> None:
    for action in plan.actions:
        assert tuple(action.financed_in(year) for year in (1, 2, 3)) == FINANCED[action.number], action.number
        for target in action.targets:
            for terms in target.terms:
                assert terms.financed is FINANCED[action.number][terms.year - 1]


def test_widened_actions_have_one_target_from_year_two(plan: Plan) -> None:
    def codes(number: int, year: int) -> list[str]:
        return [target.code for target in plan.action(number).targets if target.in_year(year)]

    assert codes(9, 1) == ["A9a", "A9b", "A9c"]
    assert codes(9, 2) == codes(9, 3) == ["A9"]
    assert [codes(number, 2) for number in (13, 21, 24)] == [["A13"], ["A21"], ["A24"]]
    assert codes(10, 3) == ["A10a", "A10b", "A10c"]
    assert codes(17, 2) == ["A17a", "A17b"]
    assert codes(23, 1) == []
    caps = {}
    for number in (9, 13, 21, 23, 24):
        terms = plan.action(number).targets[-1].in_year(2)
        assert terms is not None
        assert terms.certainty == ("unknown" if number == 13 else "inferred")
        caps[number] = (terms.rate_cents, terms.cap_units)
    assert caps == {9: (65000, 263), 13: (None, None), 21: (65000, 23), 23: (21000, 180), 24: (21000, 180)}


def test_the_unit_of_action_fifteen_changed(plan: Plan) -> None:
    (target,) = plan.action(15).targets
    assert [terms.unit for terms in target.terms] == ["gezin", "kind of jongere", "kind of jongere"]
    assert target.label_in(1) == "kwetsbare gezinnen"
    assert target.label_in(2) == "kwetsbare kinderen en jongeren"


def test_actions_outside_the_call_can_be_followed_without_money(plan: Plan) -> None:
    for number in (1, 3, 4, 12):
        (target,) = plan.action(number).targets
        assert target.code == f"A{number}"
        assert target.kind is TargetKind.COUNT
        assert [(t.year, t.rate_cents, t.cap_units, t.financed) for t in target.terms] == [
            (year, None, None, False) for year in (1, 2, 3)
        ]


def test_jury_targets_are_those_that_the_jury_judges(plan: Plan) -> None:
    judged = {a.number for a in plan.actions for t in a.targets if t.kind is not None and t.kind.judged_by_jury}
    assert plan.reporting_rules is not None
    assert plan.reporting_rules.jury is not None
    assert judged == set(plan.reporting_rules.jury.action_numbers) == {2, 16, 18, 19, 22}


def test_project_years_have_their_periods_and_deadlines(plan: Plan) -> None:
    assert [(y.start, y.end, y.label) for y in plan.years] == [
        (date(2022, 10, 1), date(2023, 9, 30), "2022-2023"),
        (date(2023, 10, 1), date(2024, 9, 30), "2023-2024"),
        (date(2024, 10, 1), date(2025, 9, 30), "2024-2025"),
    ]
    due = [(deadline.opens, deadline.due) for year in plan.years for deadline in year.deadlines]
    assert due == [
        (date(2023, 4, 1), date(2023, 5, 5)),
        (date(2023, 9, 1), date(2023, 10, 15)),
        (date(2024, 4, 22), date(2024, 5, 6)),
        (date(2024, 10, 1), date(2024, 10, 15)),
        (None, None),
        (None, None),
    ]
    windows = [(year.submission_opens, year.submission_closes) for year in plan.years]
    assert windows == [
        (date(2022, 3, 1), date(2022, 7, 1)),
        (date(2023, 5, 26), date(2023, 7, 10)),
        (date(2024, 4, 22), date(2024, 5, 6)),
    ]
    assert [year.threshold_inhabitants for year in plan.years] == [7500, 7500, 7500]
    assert [year.threshold_figures_year for year in plan.years] == [None, 2022, None]
    assert [year.renewal_budget for year in plan.years] == [True, True, None]
    assert [year.budget_cents for year in plan.years] == [10_000_000_00, 16_000_000_00, 16_970_780_00]
    assert [year.granted_cents for year in plan.years] == [14_136_359_00, 16_907_780_00, 16_830_000_00]
    assert "neighbouring" not in plan.years[0].threshold_upper_groups
    assert "neighbouring" in plan.years[1].threshold_upper_groups


def test_rules_say_what_is_chosen_and_what_no_source_gives(plan: Plan) -> None:
    rules = plan.kpi_rules
    assert (rules.at_risk_share, rules.share_certainty) == (0.25, "certain")
    assert (rules.at_risk_days_before, rules.days_certainty) == (60, "chosen")
    money = plan.money_rules
    assert (money.advance_share, money.balance_share, money.own_contribution_ratio) == (0.8, 0.2, 1.0)
    assert plan.stimulus_rules is not None
    assert {s.kind: s.amount_cents for s in plan.stimulus_rules.kinds} == {
        "samenwerking": 10_000_00,
        "mentorrol": None,
        "sociale_impact_obligatie": None,
    }
    assert plan.partnership_rules is not None
    assert plan.partnership_rules.max_per_government == 1
    assert plan.partnership_rules.kept_from_year == 1
    assert plan.reporting_rules is not None
    assert plan.reporting_rules.double_counting is not None
    assert plan.reporting_rules.double_counting.min_investment_factor == 2
    assert sorted({mentor.action_number for mentor in plan.mentors}) == [8, 9, 13, 16, 17, 22]


def test_published_figures_add_up_to_the_published_totals(plan: Plan) -> None:
    def totals(action: int) -> tuple[int, int]:
        rows = [row for row in plan.published_figures if row.action_number == action]
        return sum(row.budget_cents or 0 for row in rows), sum(row.committed or 0 for row in rows)

    assert totals(5) == (11_447_686_00, 234_589)
    assert totals(2)[0] == 1_350_000_00


def strings_named(value: object, names: tuple[str, ...]) -> Iterator[str]:
    if isinstance(value, tuple):
        for part in value:
            yield from strings_named(part, names)
    elif is_dataclass(value):
        for field in fields(value):
            part = getattr(value, field.name)
            if field.name in names and not isinstance(part, dict):
                yield from (part,) if isinstance(part, str) else part
            else:
                yield from strings_named(part, names)


def test_every_source_key_in_the_plan_resolves(plan: Plan) -> None:
    keys = list(strings_named(plan, ("source", "sources")))
    assert len(keys) > 200
    assert set(keys) <= set(plan.sources)
    assert set(strings_named(plan, ("certainty",))) <= {"certain", "inferred", "chosen", "unknown"}


def test_ids_come_from_the_codes_and_are_fixed(plan: Plan) -> None:
    ids = [plan.id, *(a.id for a in plan.actions), *(t.id for a in plan.actions for t in a.targets)]
    ids += [year.id for year in plan.years]
    assert len(set(ids)) == len(ids)
    # Stores out there hold these ids: a change here would orphan their rows.
    assert plan.id == "737d0253-d391-596b-b2df-4cad9729c8d9"
    assert plan.action(5).targets[0].id == "99f7367a-80b1-5edd-ae3c-af49d87c5eec"
    assert plan.years[1].id == "a275f2dc-798a-5521-b154-674f88dbc0a4"


def test_a_plan_survives_the_way_through_json(plan: Plan) -> None:
    plan.target(plan.actions[0].targets[0].id)  # fills the caches, which must not travel
    again = plan_from_json(plan_to_json(plan))
    assert again == plan
    assert again.action(5) == plan.action(5)
    second = read_plan(PLANS / "second-plan.yaml")
    assert plan_from_json(plan_to_json(second)) == second


def test_reading_the_kept_plan_does_not_import_yaml() -> None:
    code = (
        "import sys; from samenleven_desktop.interchange.plan_reader import plan_from_json;"
        "assert 'yaml' not in sys.modules; assert 'samenleven_desktop.interchange.plan_structs' not in sys.modules"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id": 3}', "null"])
def test_damaged_json_is_a_fault_of_the_work_file(text: str) -> None:
    with pytest.raises(EnvironmentFault):
        plan_from_json(text)


def test_a_second_plan_loads_and_its_rules_hold() -> None:
    plan = read_plan(PLANS / "second-plan.yaml")
    assert [year.days for year in plan.years] == [181, 547]
    feast = plan.action(1).targets[0]
    assert [terms.rate_cents for terms in feast.terms] == [7250, 8000]
    assert plan.action(2).financed_in(2) is None
    assert plan.stimulus_rules is not None
    assert plan.stimulus_rules.kinds[0].amount_cents == 125050
    # Half of the first year gone, 21 days before the interim date, under 40 % of the confirmed number.
    year = plan.years[0]
    day = date(2031, 3, 20)
    assert expected_today(100, year, day) == 100 * 79 // 181
    reached = Reached(39, True, day, None)
    assert kpi_state(feast, year, plan.kpi_rules, 100, reached, day) is KpiState.AT_RISK
    assert kpi_state(feast, year, plan.kpi_rules, 100, Reached(40, True, day, None), day) is KpiState.BEHIND
    assert plan.year_on(date(2031, 8, 1)).number == 1


def test_ids_of_two_plans_never_meet(plan: Plan) -> None:
    other = read_plan(PLANS / "second-plan.yaml")
    ours = {a.id for a in plan.actions} | {y.id for y in plan.years}
    assert ours.isdisjoint({a.id for a in other.actions} | {y.id for y in other.years})


@pytest.mark.parametrize("path", sorted((PLANS / "broken").glob("*.yaml")), ids=lambda path: path.stem)
def test_each_fault_gives_the_sentence_at_the_head_of_the_file(path: Path) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    with pytest.raises(UserError) as caught:
        read_plan(path)
    assert str(caught.value).replace("\n", " | ") == expected


def test_the_plan_without_a_fault_loads() -> None:
    assert read_plan(PLANS / "small-plan.yaml").code == "klein"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "p.yaml is not a plan file."),
        (b"\xff\xfe\x00x", "p.yaml is not text in UTF-8."),
        (b"a: \x01", "p.yaml, line 1: this is not valid YAML."),
        (b"x" * 5_000_001, "p.yaml is larger than 5 MB; that is not a plan file."),
        (b"[" * 100_000, "p.yaml, line 1: this is nested too deeply."),
        (b"{? [a] : b}", "p.yaml, line 1: this is not valid YAML."),
        (b"--- {}\n--- {}\n", "p.yaml, line 2: a second document begins here."),
        (b"PK\x03\x04 no yaml", "p.yaml, line 1: this is not valid YAML."),
    ],
    ids=["empty", "utf16", "control", "large", "deep", "odd-key", "two-documents", "zip"],
)
def test_files_that_are_no_plan_at_all(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        read_plan(path)
    assert str(caught.value) == sentence


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=re.escape(f"The file {tmp_path / 'geen.yaml'} does not exist.")):
        read_plan(tmp_path / "geen.yaml")
    with pytest.raises(UserError, match="cannot be read"):
        read_plan(tmp_path)
