"""Every `--out` refuses every file that the program keeps, and keeps links and modes of other targets."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from samenleven_desktop.storage.backup import existing
from tests.builders import WorkFile
from tests.cli.conftest import Caller

DOORS = {
    "report": ("report", "coaching", "--government", "12025", "--out"),
    "export": ("export", "sessions", "--out"),
    "export all": ("export", "all", "--out"),
    "person": ("person", "diensthoofd", "--out"),
    "card": ("identity", "card", "--out"),
    "rejected": ("import", "rows.csv", "--as", "entries", "--rejected"),
}
ENDINGS = {"report": ".pdf", "export": ".xlsx", "export all": ".json", "person": ".pdf", "card": "", "rejected": ".csv"}


@pytest.mark.parametrize("door", DOORS)
def test_every_out_refuses_the_files_of_the_program(ask: Caller, work_file: WorkFile, door: str) -> None:
    ask("backup", "make")
    rows = work_file.path.with_name("rows.csv")
    rows.write_text("Gemeente;Actie;Datum;Aantal\nNergens;5;01/03/2024;1\n", encoding="utf-8")
    words = [str(rows) if one == "rows.csv" else one for one in DOORS[door]]
    copy = existing(work_file.path)[0].path
    own = [work_file.path, Path(f"{work_file.path}.key"), Path(f"{work_file.path}.lock"), copy, Path(f"{copy}.key")]
    before = [one.read_bytes() for one in own]
    for target in own:
        link = work_file.path.with_name(f"link-{own.index(target)}{ENDINGS[door]}")
        link.symlink_to(target)
        for named in (target, link):
            answer = ask(*words, named)
            assert answer.code in (1, 2), (named, answer)
    assert [one.read_bytes() for one in own] == before


def test_an_out_that_exists_keeps_its_mode_and_link(ask: Caller, work_file: WorkFile) -> None:
    target, link = work_file.path.with_name("lijst.csv"), work_file.path.with_name("snel.csv")
    target.write_bytes(b"")
    target.chmod(0o600)
    link.symlink_to(target)
    mine = work_file.path.with_name("lijst.csv.new")
    mine.write_bytes(b"mine")
    assert ask("export", "sessions", "--out", link).code == 0
    assert link.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert target.stat().st_size
    assert mine.read_bytes() == b"mine"
