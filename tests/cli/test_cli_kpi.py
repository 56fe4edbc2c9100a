"""`samenleven kpi`: every number as counted another way, straight from the rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from samenleven_desktop.services.practice.make import PRACTICE_PASSPHRASE
from tests.builders import CODES, PARTNERSHIP, TODAY, WorkFile
from tests.cli.conftest import Caller
from tests.raw import RawFile

NUMBERS = (
    "existing_reach",
    "requested",
    "confirmed",
    "interim_reached",
    "final_reached",
    "reached_to_date",
    "expected_today",
    "amount_cents",
)
# Once published these names stay (design 7): a name that goes or changes breaks somebody's script.
COMMITMENT_NAMES = {
    "id",
    "government_id",
    "government_code",
    "government_name",
    "year",
    "action_number",
    "action_title",
    "target_id",
    "target_code",
    "target_label",
    "target_kind",
    "unit",
    "rank",
    *NUMBERS,
    "state",
    "last_entry",
    "conflict_day",
    "amount_granted",
    "paid_uses",
    "free_uses",
    "agency_uses",
    "computed_cents",
    "other_targets_cents",
    "own_cents",
    "advance_cents",
    "balance_cents",
    "jury_result",
    "motivation",
    "anchor_moments",
    "note",
    "notes",
    "plan",
    "plan_id",
    "action_id",
    "year_id",
}
DOCUMENT_NAMES = {
    "plan",
    "plan_version",
    "year",
    "year_start",
    "year_end",
    "today",
    "judged_on",
    "practice",
    "filter",
    "commitments",
    "targets",
    "money",
}


def assert_as_counted(document: Any, expected: dict[str, dict[str, Any]]) -> None:
    found = {line["id"]: line for line in document["commitments"]}
    assert found.keys() == expected.keys()
    for id_, numbers in expected.items():
        assert {name: found[id_][name] for name in numbers} == numbers, found[id_]


@pytest.mark.parametrize("year", [1, 2, 3])
@pytest.mark.parametrize("today", [date(2022, 9, 30), date(2023, 3, 1), TODAY, date(2026, 1, 1)])
def test_each_number_is_that_of_the_rows(ask: Caller, work_file: WorkFile, year: int, today: date) -> None:
    expected = RawFile.read(work_file).expected_kpi(year, today)
    assert len(expected) > 30
    answer = ask("kpi", "--year", year, "--json", "--today", today)
    assert (answer.code, answer.err) == (0, "")
    assert_as_counted(answer.json, expected)


def test_every_state_occurs_in_what_is_compared(work_file: WorkFile) -> None:
    raw = RawFile.read(work_file)
    states = {row["state"] for year in (1, 2) for row in raw.expected_kpi(year, TODAY).values()}
    assert states == {"reached", "on_course", "behind", "at_risk", "no_entry", "jury"}


@pytest.mark.slow
def test_the_practice_file_of_the_program_says_what_its_rows_say(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    made = call("practice", "--store", path, "--json")
    assert made.code == 0, made.err
    assert made.json["file"] == str(path)
    expected = RawFile.read(WorkFile(path, PRACTICE_PASSPHRASE)).expected_kpi(2, TODAY)
    answer = call("kpi", "--store", path, "--year", 2, "--json")
    assert answer.json["practice"] is True
    assert answer.json["today"] == "2024-03-11"
    assert_as_counted(answer.json, expected)


def test_the_sums_per_target_are_those_of_the_commitments(ask: Caller) -> None:
    document = ask("kpi", "--year", 2, "--json").json
    assert sum(target["commitments"] for target in document["targets"]) == len(document["commitments"])
    for target in document["targets"]:
        lines = [line for line in document["commitments"] if line["target_id"] == target["target_id"]]
        for name in NUMBERS:
            known = [line[name] for line in lines if line[name] is not None]
            assert target[name] == (sum(known) if known else None)
        assert {state: n for state, n in target["states"].items() if n} == {
            state: sum(line["state"] == state for line in lines) for state in {line["state"] for line in lines}
        }


def test_the_filters_leave_only_what_was_asked(ask: Caller, work_file: WorkFile) -> None:
    expected = RawFile.read(work_file).expected_kpi(2, TODAY)
    for code in (*CODES, PARTNERSHIP, PARTNERSHIP.lower()):
        document = ask("kpi", "--year", 2, "--json", "--government", code).json
        wanted = {id_: row for id_, row in expected.items() if row["government_code"] == code.upper()}
        assert wanted
        assert_as_counted(document, wanted)
        assert document["filter"] == {"government": code, "action": None}
    for action in ("9", "A9"):
        document = ask("kpi", "--year", 2, "--json", "--action", action).json
        assert_as_counted(document, {id_: row for id_, row in expected.items() if row["target_code"] == "A9"})


def test_the_names_in_the_json_stay_as_published(ask: Caller) -> None:
    document = ask("kpi", "--json").json
    assert document.keys() == DOCUMENT_NAMES
    assert all(line.keys() == COMMITMENT_NAMES for line in document["commitments"])
    assert document["year"] == 2, "without --year: the project year of today"
    assert (document["year_start"], document["judged_on"]) == ("2023-10-01", "2024-03-11")


def test_the_table_is_aligned_and_in_the_chosen_language(ask: Caller) -> None:
    dutch, english = (ask("kpi", "--year", 2, "--government", "12025", "--lang", code).out for code in ("nl", "en"))
    rule = next(line for line in english.splitlines() if line.startswith("---"))
    assert len(rule.split()) == 12
    assert "2023-2024" in dutch
    assert "€ 6.775.000" in dutch
    assert "€6,775,000" in english
    assert "existing reach" in english
    assert "11 March 2024" in english


def test_a_wrong_filter_is_named(ask: Caller) -> None:
    for words, part in (
        (("--year", "9"), "9"),
        (("--action", "99"), "99"),
        (("--government", "99999"), "99999"),
        (("--plan", "ander-plan"), "ander-plan"),
    ):
        answer = ask("kpi", *words)
        assert (answer.code, answer.out) == (1, "")
        assert len(answer.err.splitlines()) == 1
        assert part in answer.err


def test_the_plan_may_be_named_by_code_or_id(ask: Caller) -> None:
    document = ask("kpi", "--json").json
    assert ask("kpi", "--json", "--plan", document["plan"]).json == document
