"""Work files of earlier versions give the answers that the version before actions by id gave, to the same commands.

`tests/data/released_answers.json.gz` holds those answers, as version 0006 of the schema printed them. New names may be
added to a row; what was there stays, but for what `by_the_rules_of_today` names.
"""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from samenleven_desktop.__main__ import main
from tests.builders import PASSPHRASE, TODAY

DATA = Path(__file__).parents[1] / "data"
ANSWERS: dict[str, Any] = json.loads(gzip.decompress((DATA / "released_answers.json.gz").read_bytes()))
VERSIONS = sorted({key.partition(":")[0] for key in ANSWERS})


def narrowed(found: Any, expected: Any) -> Any:
    """What was found, without the names that `expected` does not have; rows in an order of their own."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return {key: narrowed(found.get(key, "absent"), value) for key, value in expected.items()}
    if isinstance(expected, list) and isinstance(found, list) and expected:
        return in_order([narrowed(one, expected[0]) for one in found])
    return found


def by_the_rules_of_today(expected: Any) -> Any:
    """The answers with what was counted wrongly then.

    Late agreements were a truth value (never more than 1). A reached number without any entry was the existing reach,
    and a sum took it in: such sums and their state are compared by tests/services/test_counts.py.
    """
    if isinstance(expected, list):
        return [by_the_rules_of_today(one) for one in expected]
    if not isinstance(expected, dict):
        return expected
    revised = {key: by_the_rules_of_today(value) for key, value in expected.items() if key != "late_agreements"}
    if "last_entry" in expected and expected["last_entry"] is None:
        revised["reached_to_date"] = None
    if expected.get("fact") == "nog geen actie genoemd":
        # It says more now: for which actions the plan knows Mechelen as mentor.
        revised["fact"] += " in een kandidatuur; bekend als mentor van actie 9, 22"
    if isinstance(expected.get("commitments"), int):
        del revised["reached_to_date"], revised["state"]
    return revised


def in_order(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


def ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: ordered(one) for key, one in value.items()}
    return in_order([ordered(one) for one in value]) if isinstance(value, list) else value


def test_there_are_answers_of_every_released_version() -> None:
    released = sorted(path.name for path in (DATA / "released").iterdir() if path.is_dir())
    assert released == VERSIONS
    for version in released:
        asked = {key.partition(": ")[2].split()[0] for key in ANSWERS if key.startswith(f"{version}:")}
        assert {"kpi", "stimulus", "list"} <= asked, version


@pytest.mark.parametrize("version", VERSIONS)
def test_the_same_commands_give_the_same_numbers(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", PASSPHRASE)
    for path in (DATA / "released" / version).iterdir():
        shutil.copyfile(path, tmp_path / path.name)
    for key, expected in ANSWERS.items():
        of, _, words = key.partition(": ")
        if of != version:
            continue
        store = str(tmp_path / "werk.samenlevendb")
        code = main([*words.split(), "--store", store, "--json", "--today", TODAY.isoformat(), "--lang", "nl"])
        out, err = capsys.readouterr()
        assert (code, err) == (0, ""), words
        revised = by_the_rules_of_today(expected)
        assert ordered(narrowed(json.loads(out), revised)) == ordered(revised), words
