"""`samenleven stimulus`: the published names, facts and sources in each answer."""

from __future__ import annotations

import zipfile
from pathlib import Path

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
    "received_before",
    "action_number",
    "sentence",
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


def test_explanation_and_overview_as_pdf(ask: Caller, tmp_path: Path) -> None:
    for kind, options in (("stimulus-explanation", ("--government", "12025")), ("stimulus-overview", ())):
        out = tmp_path / f"{kind}.pdf"
        answer = ask("report", kind, *options, "--year", 2, "--out", out, "--json")
        assert (answer.code, answer.json["kind"], answer.json["year"]) == (0, kind, 2)
        assert out.read_bytes().startswith(b"%PDF")
    assert ask("report", "stimulus-explanation", "--out", tmp_path / "x.pdf").code == 2


def test_the_overview_as_a_spreadsheet(ask: Caller, tmp_path: Path) -> None:
    out = tmp_path / "overzicht.xlsx"
    assert ask("report", "stimulus-overview", "--year", 2, "--out", out).code == 0
    with zipfile.ZipFile(out) as book:
        words = book.read("xl/sharedStrings.xml").decode()
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert all(name in words for name in ("Overzicht van de stimulansen", "Mechelen", "onvolledig", "Bron"))
    assert "<f>" not in sheet
