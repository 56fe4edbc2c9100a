"""The folder shared by colleagues: the packs in it for this officer, and files still being copied."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from samenleven_desktop.domain.errors import EnvironmentFault, UserError
from samenleven_desktop.readmodels.exchange import FolderLine, FolderState
from samenleven_desktop.services.exchange.apply_pack import OWN_PACK, LocalIdentity, local_identity, read_manifest
from samenleven_desktop.services.exchange.status import NO_FOLDER, watched_folder
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.exchange import peers
from samenleven_desktop.sync import pack

# A file that changed this recently and is unreadable may still be incomplete.
SETTLING = timedelta(minutes=2)
CPU_SECONDS, PER = 1.0, 60.0
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


class CpuAllowance:
    """How much time of the processor reading files may cost: a second per minute, so that nobody notices it.

    Whoever can write in the shared folder decides how many files lie there and how often they change.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic, used: Callable[[], float] = time.thread_time) -> None:
        self._now, self._used = now, used
        self._since, self._spent = now(), 0.0

    @property
    def left(self) -> bool:
        """Whether another file may be read: the dearest one costs less than the half that is kept."""
        if self._now() - self._since >= PER:
            self._since, self._spent = self._now(), 0.0
        return self._spent < CPU_SECONDS / 2

    @contextmanager
    def spending(self) -> Iterator[None]:
        before = self._used()
        try:
            yield
        finally:
            self._spent += self._used() - before


def scan_folder(
    asked: FolderScan, before: Sequence[FolderLine] = (), allowance: CpuAllowance | None = None
) -> list[FolderLine]:
    """Returns every pack in the folder, newest first. Of each only the header is read.

    A file that has not changed since `before` is not read again, whether it was good or not. What `allowance` leaves no
    time for waits for a next time. Raises EnvironmentFault if the folder is missing.
    """
    path = asked.folder
    if not path.is_dir():
        raise EnvironmentFault(NO_FOLDER, field="folder", folder=str(path))
    allowed = allowance or CpuAllowance()
    known = {(one.path, one.size, one.changed_at): one for one in before}
    found = []
    for file in path.glob(f"*{pack.ENDING}"):
        if file.name.startswith("."):
            continue
        try:
            facts = file.stat()
        except OSError:
            continue  # deleted since the listing
        changed_at = datetime.fromtimestamp(facts.st_mtime, UTC)
        line = known.get((file, facts.st_size, changed_at))
        if line is None or not _stands(line, asked):
            if allowed.left:
                with allowed.spending():
                    line = _line(asked, file, facts.st_size, changed_at)
            else:
                line = FolderLine(file, facts.st_size, changed_at, FolderState.NOT_READ, None, None, 0)
        if line.pack_id is not None:
            state = FolderState.KNOWN if line.pack_id in asked.taken else FolderState.NEW
            line = replace(line, state=state)
        found.append(line)
    return sorted(found, key=lambda line: (line.changed_at, line.path.name), reverse=True)


def _stands(line: FolderLine, asked: FolderScan) -> bool:
    """Returns whether reading an unchanged file again would say the same."""
    if line.state is FolderState.NOT_READ:
        return False
    if line.state is FolderState.COPYING:
        return _is_settling(line.changed_at, asked.now)
    # Whose card is trusted since may be read now, and the other way round.
    return line.state in _SETTLED or line.judged_with == _judged_with(asked.us)


def _is_settling(changed_at: datetime, now: datetime) -> bool:
    return abs(now - changed_at) < SETTLING


def _judged_with(us: LocalIdentity) -> str:
    trusted = sorted((one.fingerprint, one.revoked_at or "") for one in us.colleagues.values())
    return repr((us.fingerprint, us.practice is None, trusted))


def _line(asked: FolderScan, file: Path, size: int, changed_at: datetime) -> FolderLine:
    judged_with = _judged_with(asked.us)
    try:
        manifest, sender = read_manifest(asked.us, file)
    except UserError as problem:
        state = FolderState.REFUSED
        if problem.message in (OWN_PACK, pack.NOT_FOR_YOU):
            # A pack made here is encrypted for others and cannot be read here. It is recognised by its name.
            state = FolderState.OWN if file.name in asked.made else FolderState.OTHERS
        elif problem.message == pack.NO_PACK and _is_settling(changed_at, asked.now):
            state = FolderState.COPYING
        return FolderLine(file, size, changed_at, state, None, None, 0, None, problem, judged_with)
    number = manifest.recipients[asked.us.fingerprint]
    return FolderLine(
        file, size, changed_at, FolderState.NEW, sender.label, number, manifest.changes, manifest.pack_id, None,
        judged_with,
    )  # fmt: skip


def received_numbers(workspace: Workspace) -> list[dict[str, Any]]:
    """Returns the newest team numbers of each colleague, with the sender and the date."""
    with workspace.store.read() as connection:
        labels = {one.fingerprint: one.label for one in peers.colleagues(connection)}
        return [
            {"colleague": labels.get(fingerprint, ""), "made_at": made_at, **json.loads(content)}
            for fingerprint, made_at, content in peers.team_numbers(connection)
        ]
