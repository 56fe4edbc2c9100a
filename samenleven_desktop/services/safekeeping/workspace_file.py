"""Backups, health check and facts of an open work file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.readmodels.history import Comparison
from samenleven_desktop.services.safekeeping import backups, health
from samenleven_desktop.services.safekeeping.backups import MadeBackup
from samenleven_desktop.services.safekeeping.days_of_use import CLOCK_LEAPT, note_use
from samenleven_desktop.services.safekeeping.erasure import expired_rows
from samenleven_desktop.services.safekeeping.erasure_commands import EraseRows
from samenleven_desktop.services.safekeeping.health import HealthProblem
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage import drafts
from samenleven_desktop.storage.backup import Backup, existing
from samenleven_desktop.storage.exchange import peers
from samenleven_desktop.storage.repositories import people as people_rows
from samenleven_desktop.storage.view import View


@dataclass(frozen=True)
class FileFacts:
    """The facts about the open file in the status line and *Instellingen*."""

    path: Path
    practice_date: date | None
    last_backup: Backup | None
    changes_not_exchanged: int
    has_recovery: bool
    has_colleagues: bool


def file_facts(workspace: Workspace) -> FileFacts:
    found, store = existing(workspace.path), workspace.store
    with store.read() as connection:
        changes, colleagues = peers.count_not_given(connection), drafts.has_colleagues(View(connection))
    newest = found[0] if found else None
    return FileFacts(workspace.path, workspace.practice_date, newest, changes, store.has_recovery(), colleagues)


def back_up(workspace: Workspace, reason: str = "manual") -> MadeBackup:
    """Makes a verified copy in both folders; see `backups.back_up`."""
    return backups.back_up(workspace.store, reason)


def daily_backup(workspace: Workspace) -> MadeBackup | None:
    """Makes a backup if the newest one is not of this calendar day; otherwise returns None.

    First erases personal data that was deleted longer ago than the bin keeps it, unless the clock jumped: the result
    then reports that.
    """
    store = workspace.store
    usage = note_use(store)
    if not backups.backup_due(store):
        return None
    if usage.limit:
        expired = workspace.query(expired_rows, usage.limit)
        if expired:
            workspace.run(EraseRows(tuple(expired)), kind="setup")
        with store.write_untracked() as connection:
            people_rows.purge_contents(View(connection), usage.limit)
    if not usage.leapt:
        backups.expire(store, usage.last)
    made = backups.back_up(store, "daily")
    if usage.leapt and made.problem is None:
        days = {"today": f"{workspace.now.astimezone():%d/%m/%Y}", "last": f"{usage.last.astimezone():%d/%m/%Y}"}
        return replace(made, problem=EnvironmentFault(CLOCK_LEAPT, **days))
    return made


def second_place(workspace: Workspace) -> Path | None:
    """The folder for a second copy of each backup, if any."""
    return backups.second_place(workspace.store)


def choose_second_place(workspace: Workspace, folder: Path | None) -> None:
    """See `backups.choose_second_place`."""
    backups.choose_second_place(workspace.store, folder)


def list_backups(workspace: Workspace) -> list[Backup]:
    """Returns the backups beside this file, newest first."""
    return existing(workspace.path)


def let_backup_go(workspace: Workspace, backup: Path) -> None:
    """Removes a backup that still holds what a colleague's file erased; see `backups.let_go`."""
    backups.let_go(workspace.store, backup)


def compare_with(workspace: Workspace, backup: Path) -> Comparison:
    """Returns the differences that restoring a backup would make."""
    return workspace.store.compare(backup)


def put_back(workspace: Workspace, backup: Path) -> None:
    """Replaces this file by a backup, after a backup of the present; this workspace then shows the restored file."""
    backups.put_back(workspace.store, backup)
    workspace.load()


def check_health(workspace: Workspace, progress: Callable[[str], None] = lambda _: None) -> list[HealthProblem]:
    """Returns the problems found by the health check; empty if there are none. `progress` gets the current part."""
    return health.examine(workspace.store, progress)


def repair_file(workspace: Workspace) -> int:
    """Repairs what can be repaired, after a backup; returns the number of repairs."""
    return health.repair(workspace.store)
