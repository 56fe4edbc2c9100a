"""A folder that colleagues share: what lies in it for this officer, and what is still being copied."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.services.exchange.taking import OWN_PACK, about_us, read_pack
from samenleven_desktop.storage.exchange import peers
from samenleven_desktop.storage.store import Store
from samenleven_desktop.sync import pack

FOLDER = "exchange_folder"
NO_FOLDER = N_("The folder {folder} is not there. Choose another, or put the stick in.")
# A file that changed so recently and cannot be read may still be on its way.
SETTLING = timedelta(minutes=2)


class FolderState(StrEnum):
    """New for you, taken over already, made here, not for you or not trusted, or still being copied."""

    NEW = "new"
    KNOWN = "known"
    OWN = "own"
    REFUSED = "refused"
    COPYING = "copying"


@dataclass(frozen=True)
class FolderLine:
    """A pack in the folder. `problem` says why it cannot be taken over."""

    path: Path
    size: int
    changed_at: datetime
    state: FolderState
    sender: str | None
    number: int | None
    changes: int
    problem: UserError | None = None


def watched(store: Store) -> Path | None:
    with store.read() as connection:
        found = store.meta(connection, FOLDER)
    return Path(found) if found else None


def watch(store: Store, path: Path | None) -> None:
    """None: no folder. Raises EnvironmentFault when it is not there."""
    if path is not None and not path.is_dir():
        raise EnvironmentFault(NO_FOLDER, field="folder", folder=str(path))
    store.set_meta(**{FOLDER: "" if path is None else str(path)})


def look(store: Store) -> list[FolderLine]:
    """Every pack in the watched folder, newest first; nothing without a folder. Raises EnvironmentFault when the folder
    is not there."""
    path = watched(store)
    if path is None:
        return []
    if not path.is_dir():
        raise EnvironmentFault(NO_FOLDER, field="folder", folder=str(path))
    us = about_us(store)
    with store.read() as connection:
        taken = {one.pack_id for one in peers.pack_notes(connection, "in")}
    found = []
    for file in path.glob(f"*{pack.ENDING}"):
        if file.name.startswith("."):
            continue
        try:
            facts = file.stat()
        except OSError:
            continue  # gone between looking and asking
        changed_at = datetime.fromtimestamp(facts.st_mtime, UTC)
        try:
            read, sender = read_pack(us, file)
        except UserError as problem:
            state = FolderState.REFUSED
            if problem.message == OWN_PACK or problem.message == pack.NOT_FOR_YOU:
                state = FolderState.OWN if problem.message == OWN_PACK else FolderState.REFUSED
            elif problem.message == pack.NO_PACK and store.surroundings.now() - changed_at < SETTLING:
                state = FolderState.COPYING
            found.append(FolderLine(file, facts.st_size, changed_at, state, None, None, 0, problem))
            continue
        manifest = read.manifest
        state = FolderState.KNOWN if manifest.pack_id in taken else FolderState.NEW
        number = manifest.recipients[us.fingerprint]
        found.append(FolderLine(file, facts.st_size, changed_at, state, sender.label, number, manifest.changes))
    return sorted(found, key=lambda line: (line.changed_at, line.path.name), reverse=True)


def received_numbers(store: Store) -> list[dict[str, Any]]:
    """The newest team numbers of each colleague, with who gave them and when."""
    with store.read() as connection:
        labels = {one.fingerprint: one.label for one in peers.colleagues(connection)}
        return [
            {"colleague": labels.get(fingerprint, ""), "made_at": made_at, **json.loads(content)}
            for fingerprint, made_at, content in peers.team_numbers(connection)
        ]
