"""What a pasted text cannot do to a terminal: steer it, reverse it, or hide what follows."""

from __future__ import annotations

from pathlib import Path

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.workfile.workspace import open_workspace
from tests.builders import TODAY, WorkFile
from tests.cli.conftest import Caller

STEERING = "\x1b\x9b\x9d\x07\u202e\u202d\u2066\u200f\u061c\u2028\x85"
LONG = "afspraak " * 5_000


def agree(work_file: WorkFile, words: str) -> None:
    workspace = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    mechelen = workspace.query(government_by_code, "12025").id
    workspace.run(AddAgreement(mechelen, Party.GOVERNMENT, words, TODAY))
    workspace.close()


def test_a_list_prints_no_sign_that_steers(ask: Caller, work_file: WorkFile) -> None:
    agree(work_file, f"voor {STEERING}na")
    shown = ask("list", "follow-ups")
    assert "voor" in shown.out
    assert not set(shown.out) & set(STEERING)
    document = ask("list", "follow-ups", "--json")
    assert not set(document.out) & set(STEERING)


def test_a_complaint_prints_no_sign_that_steers(ask: Caller, tmp_path: Path) -> None:
    for words in (
        ("list", f"x{STEERING}"),
        ("import", tmp_path / f"a{STEERING}.csv"),
        ("report", "week", "--out", f"{STEERING}.x"),
    ):
        answer = ask(*words)
        assert answer.code in (1, 2)
        assert not set(answer.err) & set(STEERING)


def test_a_text_too_long_for_a_cell_is_named_and_on_a_sheet_of_its_own(
    ask: Caller, work_file: WorkFile, tmp_path: Path
) -> None:
    agree(work_file, LONG)
    for ending, named in (("xlsx", True), ("ods", True), ("csv", False)):
        answer = ask("export", "follow-ups", "--out", tmp_path / f"uit.{ending}")
        assert answer.code == 0
        assert ("Lange teksten" in answer.err) == named
