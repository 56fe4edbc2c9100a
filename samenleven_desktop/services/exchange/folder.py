"""The folder shared by colleagues: the packs in it for this officer, and files still being copied."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from samenleven_desktop.domain.errors import EnvironmentFault, UserError
from samenleven_desktop.readmodels.exchange import FolderLine, FolderState
from samenleven_desktop.services.exchange.apply import OWN_PACK, LocalIdentity, local_identity, read_pack
from samenleven_desktop.services.exchange.status import NO_FOLDER, watched_folder
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.exchange import peers
from samenleven_desktop.sync import pack

# A file that changed this recently and is unreadable may still be incomplete.
SETTLING = timedelta(minutes=2)
_SETTLED = (FolderState.OWN, FolderState.OTHERS)


@dataclass(frozen=True)
class FolderScan:
    """The data of the work file needed to scan the folder; the scan itself does not use the file."""

    folder: Path
    us: LocalIdentity
    taken: frozenset[str]
    made: frozenset[str]
    now: datetime


def prepare_scan(workspace: Workspace) -> FolderScan | None:
    """Returns None if no folder is watched."""
    path = watched_folder(workspace)
    if path is None:
        return None
    us = local_identity(workspace)
    with workspace.store.read() as connection:
        taken = frozenset(one.pack_id for one in peers.pack_notes(connection, "in"))
        made = frozenset(one.file_name for one in peers.pack_notes(connection, "out"))
    return FolderScan(path, us, taken, made, workspace.store.runtime.now())


def scan_folder(asked: FolderScan, before: Sequence[FolderLine] = ()) -> list[FolderLine]:
    """Returns every pack in the folder, newest first.

    Packs that were valid `before` and have not changed since are not decrypted again.
    Raises EnvironmentFault if the folder is missing.
    """
    path = asked.folder
    if not path.is_dir():
        raise EnvironmentFault(NO_FOLDER, field="folder", folder=str(path))
    known = {(one.path, one.size, one.changed_at): one for one in before if one.pack_id or one.state in _SETTLED}
    found = []
    for file in path.glob(f"*{pack.ENDING}"):
        if file.name.startswith("."):
            continue
        try:
            facts = file.stat()
        except OSError:
            continue  # deleted since the listing
        changed_at = datetime.fromtimestamp(facts.st_mtime, UTC)
        line = known.get((file, facts.st_size, changed_at)) or _line(asked, file, facts.st_size, changed_at)
        if line.pack_id is not None:
            state = FolderState.KNOWN if line.pack_id in asked.taken else FolderState.NEW
            line = replace(line, state=state)
        found.append(line)
    return sorted(found, key=lambda line: (line.changed_at, line.path.name), reverse=True)


def _line(asked: FolderScan, file: Path, size: int, changed_at: datetime) -> FolderLine:
    try:
        read, sender = read_pack(asked.us, file)
    except UserError as problem:
        state = FolderState.REFUSED
        if problem.message in (OWN_PACK, pack.NOT_FOR_YOU):
            # A pack made here is encrypted for others and cannot be read here. It is recognised by its name.
            state = FolderState.OWN if file.name in asked.made else FolderState.OTHERS
        elif problem.message == pack.NO_PACK and asked.now - changed_at < SETTLING:
            state = FolderState.COPYING
        return FolderLine(file, size, changed_at, state, None, None, 0, None, problem)
    manifest = read.manifest
    number = manifest.recipients[asked.us.fingerprint]
    return FolderLine(file, size, changed_at, FolderState.NEW, sender.label, number, manifest.changes, manifest.pack_id)


def received_numbers(workspace: Workspace) -> list[dict[str, Any]]:
    """Returns the newest team numbers of each colleague, with the sender and the date."""
    with workspace.store.read() as connection:
        labels = {one.fingerprint: one.label for one in peers.colleagues(connection)}
        return [
            {"colleague": labels.get(fingerprint, ""), "made_at": made_at, **json.loads(content)}
            for fingerprint, made_at, content in peers.team_numbers(connection)
        ]
