"""Queries about exchange that run at every start. Imports the exchange libraries only when needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from samenleven_desktop.domain.errors import N_, EnvironmentFault
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.queries.conflicts import count_conflicts
from samenleven_desktop.storage.view import View

if TYPE_CHECKING:
    from samenleven_desktop.readmodels.exchange import PackUndo

NO_FOLDER = N_("The folder {folder} is not there. Choose another, or put the stick in.")
# In `meta`: the folder that is watched for files of colleagues.
_EXCHANGE_FOLDER = "exchange_folder"


def watched_folder(workspace: Workspace) -> Path | None:
    """Returns the shared folder or USB stick that is watched for files of colleagues."""
    found = workspace.facts_named(_EXCHANGE_FOLDER)[_EXCHANGE_FOLDER]
    return Path(found) if found else None


def watch_folder(workspace: Workspace, path: Path | None) -> None:
    """Sets the watched folder; None: no folder. Raises EnvironmentFault if it is missing."""
    if path is not None and not path.is_dir():
        raise EnvironmentFault(NO_FOLDER, field="folder", folder=str(path))
    workspace.note_fact(_EXCHANGE_FOLDER, "" if path is None else str(path))


def open_conflicts(workspace: Workspace) -> int:
    """Returns the number of open conflicts with colleagues."""
    with workspace.store.read() as connection:
        return count_conflicts(View(connection))


def pack_to_undo(workspace: Workspace) -> PackUndo | None:
    """If undo would take back a colleague's pack, and not all of it as it came: returns the effect of that."""
    step = workspace.next_undo_step()
    if step is None or step.kind != "pack":
        return None
    from samenleven_desktop.services.exchange.received_packs import next_to_ask_about

    return next_to_ask_about(workspace)
