"""The technical log of the command line: what happened, no value of a record, and shown with --debug."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from samenleven_desktop import technical_log
from samenleven_desktop.paths import log_file
from tests.builders import WorkFile
from tests.cli.conftest import Caller


@pytest.fixture(autouse=True)
def _own_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    yield
    technical_log.stop_log()


def test_a_command_is_noted_without_what_it_was_about(ask: Caller, work_file: WorkFile) -> None:
    assert ask("kpi", "--year", 2, "--government", "12025").code == 0
    noted = log_file().read_text()
    assert "start: version" in noted
    for value in ("12025", "Mechelen", work_file.path.name, work_file.passphrase):
        assert value not in noted
    assert stat.S_IMODE(log_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(log_file().parent.stat().st_mode) == 0o700


def test_debug_shows_it(ask: Caller) -> None:
    quiet, told = ask("kpi", "--year", 2), ask("--debug", "kpi", "--year", 2)
    assert "start: version" not in quiet.err
    assert "start: version" in told.err
    assert told.out == quiet.out


def test_a_fault_is_noted_by_its_place_and_not_by_its_words(ask: Caller, tmp_path: Path) -> None:
    foreign = tmp_path / "geheim van de buren.samenlevendb"
    foreign.write_bytes(b"no database")
    assert ask("--store", foreign, "check").code == 3
    noted = log_file().read_text()
    assert "EnvironmentFault" in noted
    assert "storage/" in noted
    assert "geheim" not in noted


def test_a_log_that_cannot_be_written_stops_nothing(
    ask: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    assert ask("kpi", "--year", 2).code == 0


def test_the_log_rotates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(technical_log, "_LARGEST", 2_000)
    technical_log.start_log()
    for number in range(200):
        technical_log.logger.info("line %s", number)
    parts = technical_log.log_parts()
    assert len(parts) > 2
    assert all(part.stat().st_size <= 2_000 for part in parts)
    assert all(stat.S_IMODE(part.stat().st_mode) == 0o600 for part in parts)
