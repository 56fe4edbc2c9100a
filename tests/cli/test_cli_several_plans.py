"""Every list, number and report for every plan, on a file with work under all of them: none fails, none is mixed up."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from samenleven_desktop.cli.parser import LIST_KINDS
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.plans.commands import StopUsingPlan
from samenleven_desktop.services.workfile.workspace import open_workspace
from tests.builders import WorkFile
from tests.cli.conftest import Caller
from tests.named_apart import assert_apart, assert_lines_apart
from tests.services.test_plans_apart import STEPS, WORK, play, steps_of
from tests.several_plans import EVERY, TODAY, fill

ALL = tuple(plan.code for plan in EVERY)
REPORTS = [kind for kind in REPORT_KINDS if kind != "session"]
SETTINGS = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def plan_with(code: str) -> Plan:
    return next(plan for plan in EVERY if plan.code == code)


@pytest.fixture(scope="module")
def several(empty_template: WorkFile, tmp_path_factory: pytest.TempPathFactory) -> WorkFile:
    return fill(empty_template.copy_to(tmp_path_factory.mktemp("several"), "several.samenlevendb"))


@pytest.fixture
def tell(call: Caller, several: WorkFile, monkeypatch: pytest.MonkeyPatch) -> Caller:
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", several.passphrase)
    return lambda *words: call("--store", several.path, "--today", TODAY, *words)


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [one for part in value.values() for one in texts(part)]
    if isinstance(value, list):
        return [one for part in value for one in texts(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("code", ALL)
@pytest.mark.parametrize("kind", LIST_KINDS)
def test_every_list_answers_for_every_plan(tell: Caller, kind: str, code: str) -> None:
    answer = tell("list", kind, "--plan", code, "--json")
    assert (answer.code, answer.err) == (0, "")
    assert_apart(answer.json, plan_with(code))
    assert tell("list", kind, "--plan", code).code == 0


@pytest.mark.parametrize("code", ALL)
def test_numbers_stimuli_and_advice_answer_for_every_plan(tell: Caller, code: str) -> None:
    plan = plan_with(code)
    for words in (
        ("kpi",),
        ("stimulus",),
        ("offer-advice", "--government", "12025"),
        *(("offer-advice", "--government", "12025", "--action", action.number) for action in plan.actions[:4]),
    ):
        answer = tell(*words, "--plan", code, "--json")
        assert (answer.code, answer.err) == (0, ""), words
        others = [one for one in ALL if one != code]
        named = " ".join(texts(answer.json))
        assert not any(f"van {other}" in named for other in others), words
    kpi = tell("kpi", "--plan", code, "--year", plan.years[-1].number, "--json").json
    # Three governments, and the first three counted targets of the plan.
    assert (kpi["plan"], len(kpi["commitments"])) == (code, 6 if code == "twee-jaar" else 9)
    assert_apart(kpi, plan)


@pytest.mark.parametrize("code", ALL)
@pytest.mark.parametrize("kind", REPORT_KINDS)
def test_every_report_is_made_for_every_plan(tell: Caller, tmp_path: Path, kind: str, code: str) -> None:
    out = tmp_path / "report.csv"
    one = ("--government", "12025") if REPORT_KINDS[kind].of_one else ()
    if kind == "session":
        one = ("--session", tell("list", "sessions", "--json").json["sessions"][0]["id"])
    answer = tell("report", kind, *one, "--plan", code, "--out", out)
    assert (answer.code, answer.err) == (0, "")
    words = out.read_text("utf-8-sig")
    assert words.strip()
    assert_lines_apart(words, plan_with(code))
    if kind in ("kpi", "stimulus-overview", "stimulus-explanation"):
        # What is about a project year has nothing of another plan.
        others = [action.short_title for plan in EVERY if plan.code != code for action in plan.actions]
        own = {action.short_title for action in plan_with(code).actions}
        assert not [title for title in others if title not in own and f";{title};" in words]


def test_the_plan_that_counts_follows_the_day_and_the_year(tell: Caller, call: Caller, several: WorkFile) -> None:
    assert tell("kpi", "--json").json["plan"] == "zelfde-nummers"
    # Project years 3 and 4 belong to one plan only, 1 and 2 to several: then the plan that counts today.
    assert tell("kpi", "--year", 3, "--json").json["plan"] == "plan-samenleven"
    assert tell("kpi", "--year", 4, "--json").json["plan"] == "twee-jaar"
    assert tell("kpi", "--year", 2, "--json").json["plan"] == "zelfde-nummers"
    assert tell("kpi", "--year", 9, "--json").code == 1
    then = call("--store", several.path, "--today", "2024-03-11", "kpi", "--json").json
    assert (then["plan"], then["year"]) == ("plan-samenleven", 2)


def test_a_list_over_all_plans_says_of_which_plan_each_action_is(tell: Caller) -> None:
    sessions = tell("list", "sessions", "--json").json["sessions"]
    assert len(sessions) == 3 * len(ALL)
    for row in sessions:
        code = row["report"].rpartition("(")[2].rstrip(").")
        plan = plan_with(code)
        assert {one["title"] for one in row["actions"]} <= {action.short_title for action in plan.actions}
        assert {one["plan"] for one in row["actions"]} == {"" if code == "zelfde-nummers" else plan.short_name}
        assert row["action_numbers"] == ([1, 2, 3] if code == "zelfde-nummers" else [])
    uses = tell("list", "uses", "--json").json["uses"]
    for row in uses:
        assert row["offer_title"].endswith(f"van {plan_with_id(row['plan_id']).code}")
    table = tell("--lang", "nl", "list", "uses").out
    assert "1 (Plan Samenleven)" in table
    commitments = tell("list", "commitments", "--json").json["commitments"]
    assert {plan_with_id(row["plan_id"]).code for row in commitments} == set(ALL)


def plan_with_id(plan_id: str) -> Plan:
    return next(plan for plan in map(plan_with, ALL) if plan.id == plan_id)


def test_a_period_takes_days_and_no_year(tell: Caller) -> None:
    whole = tell("list", "sessions", "--json").json["count"]
    part = tell("list", "sessions", "--period", "2026-01-01..2026-12-31", "--json").json["sessions"]
    assert part
    assert len(part) < whole
    assert all(row["day"].startswith("2026") for row in part)
    assert tell("list", "sessions", "--period", "2026-01-01..2026-12-31", "--year", 1).code == 1
    assert tell("list", "offers", "--period", "2026-01-01..2026-12-31").code == 1


def test_without_a_plan_in_use_everything_still_answers(
    call: Caller, empty_file: WorkFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(empty_file)
    workspace = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    for plan in workspace.plans:
        workspace.run(StopUsingPlan(plan.id))
    workspace.close()
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", empty_file.passphrase)

    def tell(*words: object) -> Any:
        return call("--store", empty_file.path, "--today", TODAY, *words)

    for kind in LIST_KINDS:
        answer = tell("list", kind, "--json")
        assert (answer.code, answer.err) == (0, ""), kind
    assert tell("list", "sessions", "--json").json["count"] == 3 * len(ALL)
    for words in (("kpi",), ("stimulus",), ("offer-advice", "--government", "12025")):
        assert tell(*words, "--json").code == 0, words
    for kind, known in REPORT_KINDS.items():
        if kind != "session":
            one = ("--government", "12025") if known.of_one else ()
            answer = tell("report", kind, *one, "--out", tmp_path / f"{kind}.csv")
            assert (answer.code, answer.err) == (0, ""), kind
    answer = tell("--lang", "nl", "kpi", "--year", 2)
    assert (answer.code, answer.err.strip()) == (
        1,
        "Er is geen plan in gebruik in dit werkbestand. Neem er een in gebruik, of noem er een.",
    )


@SETTINGS
@given(
    steps=STEPS,
    today=st.dates(date(2022, 1, 1), date(2029, 1, 1)),
    code=st.sampled_from(ALL),
    kind=st.sampled_from(LIST_KINDS),
    report=st.sampled_from(REPORTS),
)
def test_nothing_is_mixed_up_after_any_history(
    call: Caller,
    several: WorkFile,
    steps: list[tuple[int, int, int, str]],
    today: date,
    code: str,
    kind: str,
    report: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    after_a_history(call, several, steps, today, code, [kind], [report], monkeypatch)


@pytest.mark.long
@pytest.mark.timeout(1800)
@settings(SETTINGS, max_examples=60)
@given(
    steps=steps_of(WORK, 25),
    today=st.dates(date(2020, 1, 1), date(2032, 1, 1)),
    code=st.sampled_from(ALL),
    reports=st.lists(st.sampled_from(REPORTS), min_size=3, max_size=3, unique=True),
)
def test_nothing_is_mixed_up_after_long_histories(
    call: Caller,
    several: WorkFile,
    steps: list[tuple[int, int, int, str]],
    today: date,
    code: str,
    reports: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    after_a_history(call, several, steps, today, code, LIST_KINDS, reports, monkeypatch)


def after_a_history(
    call: Caller,
    several: WorkFile,
    steps: list[tuple[int, int, int, str]],
    today: date,
    code: str,
    kinds: Sequence[str],
    reports: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Plays a history; these lists and reports, and the numbers, stimuli and advice, name each action for its plan."""
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", several.passphrase)
    with TemporaryDirectory() as folder:
        file = several.copy_to(Path(folder))
        with closing(open_workspace(file.path, Runtime(day=TODAY), file.passphrase)) as workspace:
            play(workspace, workspace.query(government_by_code, "12025").id, steps)

        def tell(*words: object) -> Any:
            answer = call("--store", file.path, "--today", today, *words, "--plan", code)
            assert (answer.code, answer.err) == (0, ""), words
            return answer

        lists = [("list", kind) for kind in kinds]
        for words in (*lists, ("kpi",), ("stimulus",), ("offer-advice", "--government", "12025")):
            assert_apart(tell(*words, "--json").json, plan_with(code))
        for report in reports:
            out = Path(folder) / f"{report}.csv"
            one = ("--government", "12025") if REPORT_KINDS[report].of_one else ()
            tell("report", report, *one, "--out", out)
            assert_lines_apart(out.read_text("utf-8-sig"), plan_with(code))


@pytest.mark.parametrize(
    "line",
    [
        "2;Kookclub;40",
        "zie 3 Kookclub",
        "Kookclub van zelfde-nummers, vzw Voorbeeld;1 (Plan Samenleven);gratis",
    ],
)
def test_the_check_of_lines_sees_what_is_mixed_up(line: str) -> None:
    with pytest.raises(AssertionError):
        assert_lines_apart(line, plan_with("plan-samenleven"))


def test_the_check_of_answers_sees_what_is_mixed_up() -> None:
    here = plan_with("plan-samenleven")
    for row in (
        {"action_number": 2, "action_title": "Kookclub"},
        {"actions": [{"number": 1, "title": "Kookclub", "plan": ""}]},
        {"offer_title": "Iets van zelfde-nummers", "plan_id": here.id},
    ):
        with pytest.raises(AssertionError):
            assert_apart({"rows": [row]}, here)
