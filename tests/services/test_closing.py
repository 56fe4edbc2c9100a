"""Closing in a hurry, while others read: every handle goes, and restoring a backup works each time."""

from __future__ import annotations

import sys
import threading

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.safekeeping.keys import change_passphrase
from samenleven_desktop.services.safekeeping.workspace_file import back_up, check_health, put_back
from samenleven_desktop.services.sessions.queries import list_sessions
from samenleven_desktop.services.start.start_summary import start_summary
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.store import CLOSED
from tests.builders import PASSPHRASE, TODAY, WorkFile
from tests.open_handles import open_handles


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks in /proc")
def test_a_backup_is_restored_after_each_of_thirty_hurried_closes(work_file: WorkFile) -> None:
    path = work_file.path
    backup = None
    for number in range(30):
        workspace = open_workspace(path, Runtime(day=TODAY), PASSPHRASE)
        backup = backup or back_up(workspace).backup.path
        if number:
            put_back(workspace, backup)
        endings: list[BaseException] = []
        under_way = threading.Event()
        readers = [
            threading.Thread(target=read_until_closed, args=(workspace, under_way, endings))
            for _ in range(2 + number % 2)
        ]
        for one in readers:
            one.start()
        assert under_way.wait(10)
        workspace.close()
        assert open_handles(path) == []
        for one in readers:
            one.join(10)
        assert open_handles(path) == [], "a late question opens nothing"
        assert {type(one) for one in endings} == {EnvironmentFault}
        assert {one.message for one in endings if isinstance(one, EnvironmentFault)} == {CLOSED}
        assert bytes(workspace.store._key) == bytes(32)


def read_until_closed(workspace: Workspace, under_way: threading.Event, endings: list[BaseException]) -> None:
    try:
        while True:
            workspace.query(list_sessions)
            under_way.set()
            workspace.query(list_commitments, 1)
            workspace.query(start_summary)
    except Exception as error:  # noqa: BLE001 - looked at by the test
        endings.append(error)


def test_closing_twice_is_closing_once_and_a_closed_file_answers_nothing(work_file: WorkFile) -> None:
    workspace = open_workspace(work_file.path, Runtime(day=TODAY), PASSPHRASE)
    workspace.close()
    workspace.close()
    for ask in (
        lambda: workspace.query(list_sessions),
        lambda: back_up(workspace),
        lambda: workspace.save_draft("x", {}),
        lambda: check_health(workspace),
        lambda: change_passphrase(workspace, PASSPHRASE, "een andere lange zin"),
        lambda: put_back(workspace, work_file.path),
    ):
        with pytest.raises(EnvironmentFault) as found:
            ask()
        assert found.value.message == CLOSED
    open_workspace(work_file.path, Runtime(day=TODAY), PASSPHRASE).close()
