"""Packs that were received: open conflicts, queued records, the list of packs, and undoing a pack."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.readmodels.exchange import (
    AuthorLine,
    Choice,
    ConflictLine,
    PackLine,
    PackPreview,
    PackUndo,
    WaitingLine,
)
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.exchange.apply_pack import Progress, apply_pack
from samenleven_desktop.services.exchange.conflict_commands import ResolveConflicts
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.exchange import pack_undo, peers
from samenleven_desktop.storage.queries import conflicts as stored
from samenleven_desktop.storage.queries import pack_reach
from samenleven_desktop.storage.store import UndoStep
from samenleven_desktop.storage.view import View

TAKEN_BACK = N_("This file was taken back already.")


@dataclass(frozen=True)
class Inbox:
    """Open conflicts, and records whose parent has not arrived."""

    conflicts: tuple[ConflictLine, ...]
    waiting: tuple[WaitingLine, ...]


def list_conflicts(context: QueryContext) -> list[ConflictLine]:
    """Returns the open conflicts, the last found first."""
    return [
        replace(
            line,
            mine=replace(line.mine, value=context.shown(line.field, line.mine.value)),
            theirs=replace(line.theirs, value=context.shown(line.field, line.theirs.value)),
        )
        for line in stored.conflicts(context.view)
    ]


def list_waiting(context: QueryContext) -> list[WaitingLine]:
    """Returns records that cannot be shown yet, because their parent has not arrived."""
    return stored.waiting(context.view)


def inbox(context: QueryContext) -> Inbox:
    return Inbox(tuple(list_conflicts(context)), tuple(list_waiting(context)))


def take_pack_over(
    workspace: Workspace,
    path: Path,
    choices: Mapping[str, Choice],
    progress: Progress = lambda _: None,
    *,
    erase: bool = False,
    unproven: bool = False,
) -> Done[PackPreview]:
    """Applies a pack, and then settles those of its conflicts for which the officer already made a choice.

    `erase`: the officer agreed to what it erases; `unproven`: to work of others that nothing proves to be theirs.
    """
    shown, changes, problem = apply_pack(workspace, path, progress, erase=erase, unproven=unproven)
    open_ones = {one.id for one in shown.conflicts}
    made = {id_: choice for id_, choice in choices.items() if id_ in open_ones}
    if made:
        changes += workspace.run(ResolveConflicts(made)).changes
    return Done(shown.pack_id, shown, changes, problem)


def pack_lines(workspace: Workspace) -> list[PackLine]:
    """Returns the packs sent and received, newest first."""
    with workspace.store.read() as connection:
        labels = {one.fingerprint: one.label for one in peers.colleagues(connection)}
        notes, standing = peers.pack_notes(connection), workspace.store.pack_steps(connection)
    return [
        PackLine(
            pack_id=one.pack_id,
            received=one.direction == "in",
            colleague=labels.get(one.fingerprint, ""),
            number=one.number,
            profile=Profile(one.profile),
            file_name=one.file_name,
            changes=one.changes,
            done_at=datetime.fromisoformat(one.done_at),
            command_id=one.command_id,
            standing=one.command_id in standing,
            authors=tuple(AuthorLine(**author) for author in json.loads(one.authors or "[]")),
        )
        for one in notes
    ]


def look_at_undo(workspace: Workspace, command_id: str) -> PackUndo:
    """Returns the effect of undoing a pack. Raises UserError if it was undone already."""
    step = _step(workspace, command_id)
    by_changes, rows = workspace.store.undo_pack(step, only_look=True)
    records = Counter(table for table, _ in {(one.table, one.row_id) for one in rows})
    with workspace.store.read() as connection:
        erased = pack_reach.lines_of(View(connection), pack_undo.erased_by(connection, command_id))
    built_upon = workspace.store.is_built_upon(step)
    return PackUndo(command_id, _colleague(step), built_upon, records, by_changes, step.sealed, erased)


def next_to_ask_about(workspace: Workspace) -> PackUndo | None:
    """If the newest step applied a pack that cannot just be removed again, returns the effect of undoing it."""
    with workspace.store.read() as connection:
        step = workspace.store.next_undo(connection)
    if step is None or step.kind != "pack" or not (step.sealed or workspace.store.is_built_upon(step)):
        return None
    return look_at_undo(workspace, step.command_id)


def take_back(workspace: Workspace, command_id: str) -> Done[str]:
    """Undoes a pack; returns its sender. Raises UserError if it was undone already."""
    step = _step(workspace, command_id)
    _, rows = workspace.store.undo_pack(step)
    return Done(command_id, _colleague(step), rows)


def _step(workspace: Workspace, command_id: str) -> UndoStep:
    with workspace.store.read() as connection:
        step = workspace.store.pack_steps(connection).get(command_id)
    if step is None:
        raise UserError(TAKEN_BACK)
    return step


def _colleague(step: UndoStep) -> str:
    return str(json.loads(step.details).get("colleague", ""))
