"""`plan`: what a work file knows of plans, and one loaded, taken in use and exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from samenleven_desktop.interchange.plan_reader import read_plan
from tests.builders import WorkFile
from tests.cli.conftest import Caller

PLANS = Path(__file__).parents[1] / "data" / "plans"


@pytest.fixture
def plans(call: Caller, empty_file: WorkFile, monkeypatch: pytest.MonkeyPatch) -> Caller:
    """Runs `plan` on a work file without work."""
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", empty_file.passphrase)
    return lambda *words: call("--store", empty_file.path, "--lang", "nl", "plan", *words)


def in_use(plans: Caller) -> dict[str, bool]:
    return {one["code"]: one["in_use"] for one in plans("list", "--json").json["plans"]}


def test_a_plan_is_loaded_used_shown_and_exported(plans: Caller, tmp_path: Path) -> None:
    source = PLANS / "format-2.yaml"
    looked = plans("load", source, "--preview", "--json").json
    assert (looked["plan"], looked["before"], looked["done"]) == ("tweede-vorm", None, False)
    assert "tweede-vorm" not in in_use(plans)
    assert plans("load", source, "--json").json["done"]
    before = in_use(plans)
    assert before["tweede-vorm"] is False
    plans("use", "tweede-vorm")
    assert in_use(plans) == before | {"tweede-vorm": True}
    shown = plans("show", "tweede-vorm", "--json").json["plan"]
    assert [one["government"] for one in shown["drawing_rights"]] == ["12025", "12025", "12021"]
    out = tmp_path / "uit.yaml"
    plans("export", "tweede-vorm", "--out", out)
    assert read_plan(out) == read_plan(source)
    form = tmp_path / "uit.xlsx"
    plans("export", "tweede-vorm", "--out", form)
    assert read_plan(form) == read_plan(source)
    assert plans("export", "tweede-vorm", "--out", tmp_path / "uit.txt").code == 1


def test_every_fault_of_a_file_is_told_at_once(plans: Caller) -> None:
    answer = plans("load", PLANS / "broken" / "several.yaml")
    lines = answer.err.strip().splitlines()
    assert (answer.code, len(lines)) == (1, 7)
    assert lines[0].startswith("several.yaml: regel 12, actie 1, ")
    assert "72.50" in lines[1]


def test_a_plan_in_words_names_its_rules(plans: Caller) -> None:
    words = plans("show", "plan-samenleven").out
    assert "Wie vertrekt, verliest het recht op een vernieuwde subsidie." in words
    assert "Een eigen bijdrage is niet nodig." in words
    assert "Vernieuwing vraagt minstens 25 % van het bevestigde aantal." in words
    assert "Gehele getallen van 0 of meer." in words


@pytest.mark.parametrize("words", [("show",), ("load",), ("use",), ("export", "plan-samenleven")])
def test_what_is_missing_is_a_wrong_usage(plans: Caller, words: tuple[str, ...]) -> None:
    assert plans(*words).code == 2


def test_one_version_of_several_is_named_by_its_hash(plans: Caller, tmp_path: Path) -> None:
    source = (PLANS / "format-2.yaml").read_text(encoding="utf-8")
    other = tmp_path / "anders.yaml"
    other.write_text(source.replace("rate_eur: 100", "rate_eur: 120"), encoding="utf-8")
    plans("load", PLANS / "format-2.yaml")
    plans("load", other)
    versions = [one for one in plans("list", "--json").json["versions"] if one["code"] == "tweede-vorm"]
    assert len(versions) == 2
    rates = set()
    for one in versions:
        plans("use", f"tweede-vorm@{one['hash'][:12]}")
        shown = plans("show", "tweede-vorm", "--json").json["plan"]
        rates.add(shown["actions"][0]["targets"][0]["terms"][0]["rate_eur"])
    assert rates == {100, 120}
    assert plans("use", "tweede-vorm@zz").code == 1
    assert plans("rules", "--json").json == {"count": 0, "commitments": []}
