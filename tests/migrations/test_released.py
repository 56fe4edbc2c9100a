"""Every work file of an earlier version, kept in tests/data/released, opens in this one with its work intact."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.exchange.colleagues import list_colleagues
from samenleven_desktop.services.exchange.received_packs import pack_lines
from samenleven_desktop.services.exchange.status import open_conflicts
from samenleven_desktop.services.governments.queries import dossier, government_by_code
from samenleven_desktop.services.safekeeping.workspace_file import check_health, daily_backup
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.sessions.queries import list_sessions
from samenleven_desktop.services.workfile.workspace import open_workspace
from tests.builders import PASSPHRASE, TODAY

RELEASED = sorted(path for path in (Path(__file__).parents[1] / "data" / "released").iterdir() if path.is_dir())


def test_there_is_a_file_of_this_version() -> None:
    assert RELEASED


@pytest.mark.parametrize("folder", RELEASED, ids=lambda path: path.name)
def test_it_opens_and_holds_its_work(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        shutil.copyfile(path, tmp_path / path.name)
    workspace = open_workspace(tmp_path / "werk.samenlevendb", Runtime(day=TODAY), PASSPHRASE)
    try:
        mechelen = workspace.query(government_by_code, "12025")
        assert workspace.query(dossier, mechelen.id, 2).commitments
        assert workspace.query(list_sessions, mechelen.id)
        daily_backup(workspace)
        assert check_health(workspace) == []
        workspace.run(AddAgreement(mechelen.id, Party.COACH, "verder werken", TODAY))
        workspace.undo()
        workspace.redo()
        workspace.undo()
    finally:
        workspace.close()


def test_keys_colleagues_packs_and_an_open_conflict_are_kept(tmp_path: Path) -> None:
    (folder,) = (one for one in RELEASED if one.name == "0006")
    for path in folder.iterdir():
        shutil.copyfile(path, tmp_path / path.name)
    workspace = open_workspace(tmp_path / "werk.samenlevendb", Runtime(day=TODAY), PASSPHRASE)
    try:
        (colleague,) = list_colleagues(workspace)
        assert colleague.heard
        assert [(line.received, line.standing) for line in pack_lines(workspace)] == [(False, False), (True, True)]
        assert open_conflicts(workspace) == 1
        workspace.undo()
        assert open_conflicts(workspace) == 0
    finally:
        workspace.close()
