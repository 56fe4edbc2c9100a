"""`samenleven stimulus`: the published names, facts and sources in each answer."""

from __future__ import annotations

from tests.cli.conftest import Caller

NAMES = {
    "government_code",
    "government_name",
    "kind",
    "kind_name",
    "outcome",
    "state",
    "amount_cents",
    "amount_typed",
    "received",
    "renewable",
    "conditions",
}
CONDITION = {"code", "text", "alternative", "state", "fact", "date", "source", "asked"}


def test_every_government_in_force_gets_an_answer_of_each_kind(ask: Caller) -> None:
    document = ask("stimulus", "--year", 2, "--json").json
    rows = document["stimuli"]
    assert document["count"] == len(rows) > 900
    assert all(row.keys() == NAMES for row in rows)
    assert all(condition.keys() == CONDITION for row in rows for condition in row["conditions"])
    assert all(condition["fact"] and condition["source"] for row in rows for condition in row["conditions"])
    assert {row["outcome"] for row in rows} <= {"possible", "incomplete", "not_possible"}
    assert {condition["state"] for row in rows for condition in row["conditions"]} == {"met", "not_met", "not_known"}


def test_one_government_in_both_languages(ask: Caller) -> None:
    for language, word in (("nl", "onvolledig"), ("en", "incomplete")):
        answer = ask("stimulus", "--government", "12025", "--lang", language)
        assert (answer.code, answer.err) == (0, "")
        assert word in answer.out
    assert ask("stimulus", "--government", "99999").code == 1
