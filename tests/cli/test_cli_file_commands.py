"""practice, check, undo, history, backup, self-test: through the real entry point."""

from __future__ import annotations

from pathlib import Path

import pytest

from samenleven_desktop.services.practice.make import PRACTICE_PASSPHRASE
from samenleven_desktop.services.self_test import steps as self_test
from tests.builders import PASSPHRASE, TODAY, WorkFile
from tests.cli.conftest import Caller
from tests.raw import RawFile


def test_check_says_that_a_file_is_sound(ask: Caller, work_file: WorkFile) -> None:
    answer = ask("check")
    assert (answer.code, answer.err) == (0, "")
    assert str(work_file.path) in answer.out
    assert ask("check", "--json").json == {
        "file": str(work_file.path),
        "sound": True,
        "findings": [],
        "advice": ["Er is nog geen back-up."],
        "repaired": 0,
    }


def test_undo_takes_back_the_newest_step_and_then_there_is_none(ask: Caller, work_file: WorkFile) -> None:
    before = len(RawFile.read(work_file).tables["support_session"])
    undone = ask("undo", "--json").json
    assert undone["undone"] == "Session of {day} registered"
    assert undone["details"] == {"day": TODAY.isoformat()}
    assert len(RawFile.read(work_file).tables["support_session"]) == before - 1
    again = ask("undo", "--lang", "en")
    assert (again.code, again.out, again.err) == (1, "", "There is nothing to undo.\n")


def test_undo_names_the_step_for_a_person(ask: Caller) -> None:
    assert ask("undo", "--lang", "en").out == "Undone: Session of 11 March 2024 registered\n"


def test_history_of_the_file_and_of_one_government(ask: Caller) -> None:
    ask("undo")
    newest, step = ask("history", "--json", "--limit", 2).json["history"]
    assert (newest["kind"], newest["name"], newest["reverted"]) == ("undo", step["name"], False)
    assert (step["kind"], step["reverted"], step["officer"]) == ("do", True, "coach Rivierenland")
    assert {change["table"] for change in step["changes"]} >= {"support_session", "session_government"}
    assert len(ask("history", "--json").json["history"]) == 50
    some = ask("history", "--json", "--government", "44021", "--limit", 1000).json["history"]
    every = ask("history", "--json", "--limit", 1000).json["history"]
    assert 0 < len(some) < len(every)
    table = ask("history", "--lang", "en", "--limit", 2).out
    assert "Undone: Session of 11 March 2024 registered" in table
    assert ask("history", "--government", "nergens").code == 1


def test_backups_are_made_and_listed_without_the_passphrase(
    ask: Caller, call: Caller, work_file: WorkFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask("backup", "list", "--json").json == {"count": 0, "backups": []}
    made = ask("backup", "make", "--json").json["backup"]
    assert Path(made["file"]).exists()
    monkeypatch.delenv("SAMENLEVEN_PASSPHRASE")
    listed = call("backup", "list", "--store", work_file.path, "--json").json["backups"]
    assert [one["file"] for one in listed] == [made["file"]]
    assert (listed[0]["reason"], listed[0]["size"]) == ("manual", made["size"])
    work_file.path.unlink()
    assert made["file"] in call("backup", "list", "--store", work_file.path).out
    copy = WorkFile(Path(made["file"]), PASSPHRASE)
    assert len(RawFile.read(copy).tables["commitment"]) > 100


def test_a_practice_file_opens_without_a_question_and_keeps_its_date(call: Caller, practice_file: WorkFile) -> None:
    answer = call("kpi", "--store", practice_file.path, "--json")
    assert answer.json["practice"] is True
    assert answer.json["today"] == "2024-03-11"
    assert call("kpi", "--store", practice_file.path, "--json", "--today", "2024-06-01").json["today"] == "2024-06-01"
    assert call("kpi", "--store", practice_file.path, "--lang", "en").out.startswith("Practice file, invented figures")


def test_practice_makes_the_file_with_the_passphrase_that_is_given(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.db"
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", "een eigen lange zin")
    made = call("practice", "--store", path, "--seed", 3, "--json")
    assert made.code == 0, made.err
    assert (made.json["scale"], made.json["seed"]) == (1, 3)
    rows = call("list", "governments", "--store", path, "--json").json["governments"]
    assert "12025" in {row["code"] for row in rows}
    again = call("practice", "--store", path)
    assert (again.code, len(again.err.splitlines())) == (1, 1)
    assert str(path) in again.err
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", PRACTICE_PASSPHRASE)
    assert call("kpi", "--store", path).code == 3


def test_practice_tells_its_public_passphrase(call: Caller, tmp_path: Path) -> None:
    assert PRACTICE_PASSPHRASE in call("practice", "--store", tmp_path / "p.db").out
    assert call("practice", "--store", tmp_path / "q.db", "--json").json["passphrase"] == PRACTICE_PASSPHRASE


def test_practice_does_not_print_a_passphrase_of_ones_own(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", "een eigen lange zin")
    assert "een eigen lange zin" not in call("practice", "--store", tmp_path / "p.db").out
    made = call("practice", "--store", tmp_path / "q.db", "--json")
    assert made.json["passphrase"] is None


def test_a_passphrase_that_is_too_short_is_refused_and_leaves_nothing(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", "kort")
    answer = call("practice", "--store", tmp_path / "p.db")
    assert (answer.code, len(answer.err.splitlines())) == (1, 1)
    assert not list(tmp_path.glob("p.db*[!k]"))


def test_the_passphrase_is_asked_in_a_terminal(
    call: Caller, work_file: WorkFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return work_file.passphrase

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", typed)
    assert call("kpi", "--store", work_file.path).code == 0
    assert len(asked) == 1
    assert work_file.path.name in asked[0]


@pytest.mark.slow
def test_self_test_proves_each_step_and_cleans_up(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    answer = call("self-test", "--json")
    assert (answer.code, answer.err) == (0, "")
    assert answer.json["ok"] is True
    assert len(answer.json["steps"]) == 13
    kept = sorted(path.name for path in (Path(__file__).parents[1] / "data" / "released").iterdir())
    assert answer.json["steps"][-1]["about"] == ", ".join(kept)
    assert list(tmp_path.iterdir()) == []
    assert len(call("self-test", "--lang", "en").out.splitlines()) == 13


def test_the_self_test_opens_the_kept_files_with_the_passphrase_of_the_tests() -> None:
    assert self_test.RELEASED_PASSPHRASE == PASSPHRASE


@pytest.mark.slow
def test_the_self_test_misses_a_kept_file(call: Caller, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "0001").mkdir()
    (tmp_path / "0001" / "werk.samenlevendb").write_bytes(b"damaged" * 1000)
    monkeypatch.setattr(self_test, "released_dir", lambda: tmp_path)
    answer = call("self-test", "--json")
    assert answer.code == 3
    assert [step["ok"] for step in answer.json["steps"]] == [True] * 12 + [False]


def test_the_self_test_misses_the_calendars_of_holidays(
    call: Caller, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As in a package without the data files of that library."""
    monkeypatch.setattr("holidays.holiday_base.Path", lambda _: tmp_path / "x.py")
    answer = call("self-test", "--lang", "en")
    assert answer.code == 3
    assert answer.out.splitlines()[-1].startswith("Show the agenda and write it as a calendar file: fails")


def test_a_step_that_fails_ends_the_self_test(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "pdf_text", lambda pdf: "")
    answer = call("self-test", "--lang", "en")
    assert answer.code == 3
    assert len(answer.err.splitlines()) == 1
    assert answer.out.splitlines()[-1].startswith("Make a coaching report as PDF and read it back: fails")
