"""The three lanes on which everything that is not drawing happens, and the way results come back to the window.

The store lane writes, in order; the read lane answers queries, so that a long write never holds up a screen; the
free lane does files, PDF and key work. Work gets values and gives values and knows no widget. Results arrive on the
GUI thread by signal; a result for a screen that is gone, or that a newer question overtook, is dropped.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Concatenate, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from samenleven_desktop.domain.errors import N_, Bug, SamenlevenError
from samenleven_desktop.ui.turns import Gate

if TYPE_CHECKING:
    from samenleven_desktop.services.command import AnyCommand, Done
    from samenleven_desktop.services.reading import Reading
    from samenleven_desktop.services.workspace import Workspace

T = TypeVar("T")

Failed = Callable[[SamenlevenError], None]

UNEXPECTED = N_("Something went wrong in the program itself. What was saved is safe.")


@dataclass(frozen=True)
class _Outcome:
    value: Any
    error: SamenlevenError | None
    then: Callable[[Any], None] | None
    failed: Failed | None
    owner: QObject | None
    turn: tuple[str, int] | None


class Runner(QObject):
    """Owned by the application; screens ask it and never touch the workspace."""

    changed = Signal(object, object)
    """(Done, initiator): a command was carried out and is safe on disk."""
    noted = Signal(object)
    """(owner): something was kept that is no record, such as a backup or a setting of the file."""
    failed = Signal(object)
    """An error that nobody who asked wanted to show: the window shows it."""
    crashed = Signal(str)
    """The text of a fault of the program, for the report window; holds no values of records."""
    idle_changed = Signal(bool)

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace: Workspace | None = None
        self._store = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._read = ThreadPoolExecutor(1, thread_name_prefix="read")
        self._free = ThreadPoolExecutor(2, thread_name_prefix="free")
        self._turns: dict[str, int] = {}
        self._under_way = 0
        self._closed = False
        self._gate = Gate(self)
        self._arrived.connect(self._deliver)

    @property
    def idle(self) -> bool:
        """Nothing is under way on any lane and every result was delivered."""
        return self._under_way == 0

    def open(
        self, opener: Callable[[], Workspace], then: Callable[[Workspace], None], failed: Failed | None = None
    ) -> None:
        """Opens or makes a work file on the store lane; from then on queries and commands go to it."""

        def opened(workspace: Workspace) -> None:
            self.workspace = workspace
            then(workspace)

        self._submit(self._store, opener, opened, failed, self)

    def close_workspace(self, then: Callable[[], None] | None = None) -> None:
        """Closes the work file after all that was asked before."""
        workspace, self.workspace = self.workspace, None
        if workspace is not None:
            self._submit(self._store, workspace.close, lambda _: then() if then else None, None, self)

    def query(
        self,
        ask: Callable[Concatenate[Reading, ...], T],
        /,
        *args: Any,
        then: Callable[[T], None],
        owner: QObject,
        failed: Failed | None = None,
        turn: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Asks on the read lane. With `turn`, an answer that a newer question of that name overtook is dropped."""
        workspace = self._open_workspace()
        self._submit(self._read, lambda: workspace.query(ask, *args, **kwargs), then, failed, owner, turn)

    def run(
        self,
        command: AnyCommand,
        *,
        initiator: QObject,
        then: Callable[[Done[Any]], None] | None = None,
        failed: Failed | None = None,
        draft: str | None = None,
    ) -> None:
        """Carries out a command on the store lane, and drops the `draft` it was written in with it; `then` and
        `changed` come after it is safe on disk."""
        workspace = self._open_workspace()
        self._write(lambda: workspace.run(command, draft=draft), initiator, then, failed)

    def write(
        self,
        work: Callable[[Workspace], Done[Any]],
        *,
        initiator: QObject,
        then: Callable[[Done[Any]], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """A command with what belongs around it, such as the backup before an import; told as any command."""
        workspace = self._open_workspace()
        self._write(lambda: work(workspace), initiator, then, failed)

    def undo(self, *, initiator: QObject, then: Callable[[Done[Any]], None] | None = None) -> None:
        self._write(self._open_workspace().undo, initiator, then, None)

    def redo(self, *, initiator: QObject, then: Callable[[Done[Any]], None] | None = None) -> None:
        self._write(self._open_workspace().redo, initiator, then, None)

    def on_store(
        self,
        work: Callable[[Workspace], T],
        *,
        then: Callable[[T], None] | None = None,
        owner: QObject,
        failed: Failed | None = None,
        turn: str | None = None,
        noted: bool = False,
    ) -> None:
        """Other work on the file in the order of the store lane: drafts, backups, keys. `noted`: pages may show what
        it keeps."""
        workspace = self._open_workspace()

        def done(value: T) -> None:
            if then is not None and shiboken6.isValid(owner):
                then(value)
            self.noted.emit(owner)

        if noted:
            # Owned by the runner: the pages hear of it also when the one that asked is gone.
            self._submit(self._store, lambda: work(workspace), done, failed, self, turn)
        else:
            self._submit(self._store, lambda: work(workspace), then, failed, owner, turn)

    def on_read(
        self,
        work: Callable[[Workspace], T],
        *,
        then: Callable[[T], None],
        owner: QObject,
        failed: Failed | None = None,
        turn: str | None = None,
    ) -> None:
        """Other reading of the workspace that is no query: file facts, undo names, drafts, reports."""
        workspace = self._open_workspace()
        self._submit(self._read, lambda: work(workspace), then, failed, owner, turn)

    def free(
        self,
        work: Callable[[], T],
        *,
        then: Callable[[T], None] | None = None,
        owner: QObject,
        failed: Failed | None = None,
    ) -> None:
        """Work that does not touch the work file: files, PDF, printing."""
        self._submit(self._free, work, then, failed, owner)

    def give_way(self) -> None:
        """For long work on a lane, between two pieces of it: first the window does what it has to do."""
        self._gate.give_way()

    def shut_down(self) -> None:
        """Waits for the store lane and closes the file; what was asked is written, answers are no longer shown."""
        self._closed = True
        self._gate.open_for_good()
        self._read.shutdown(wait=True, cancel_futures=True)
        self._free.shutdown(wait=True, cancel_futures=True)
        if self.workspace is not None:
            self._store.submit(self.workspace.close)
            self.workspace = None
        self._store.shutdown(wait=True)

    def _open_workspace(self) -> Workspace:
        if self.workspace is None:
            raise Bug("no work file is open")
        return self.workspace

    def _write(
        self,
        work: Callable[[], Done[Any]],
        initiator: QObject,
        then: Callable[[Done[Any]], None] | None,
        failed: Failed | None,
    ) -> None:
        def done(value: Done[Any]) -> None:
            if then is not None and shiboken6.isValid(initiator):
                then(value)
            self.changed.emit(value, initiator)

        def refused(error: SamenlevenError) -> None:
            if failed is not None and shiboken6.isValid(initiator):
                failed(error)
            else:
                self.failed.emit(error)

        # Owned by the runner: the notice goes out even when the screen that asked is gone.
        self._submit(self._store, work, done, refused, self)

    def _submit(
        self,
        lane: ThreadPoolExecutor,
        work: Callable[[], T],
        then: Callable[[T], None] | None,
        failed: Failed | None,
        owner: QObject,
        turn: str | None = None,
    ) -> None:
        if self._closed:
            return
        token = None
        if turn is not None:
            self._turns[turn] = self._turns.get(turn, 0) + 1
            token = (turn, self._turns[turn])
        self._under_way += 1
        if self._under_way == 1:
            self.idle_changed.emit(False)

        def finished(future: Future[T]) -> None:
            if future.cancelled():
                self._arrived.emit(_Outcome(None, None, None, None, None, None))
                return
            error = future.exception()
            if error is not None and not isinstance(error, SamenlevenError):
                bug = Bug(UNEXPECTED)
                bug.__cause__ = error
                error = bug
            value = None if error else future.result()
            self._arrived.emit(_Outcome(value, error, then, failed, owner, token))

        lane.submit(work).add_done_callback(finished)

    def _deliver(self, outcome: _Outcome) -> None:
        self._under_way -= 1
        try:
            self._hand_over(outcome)
        finally:
            if self._under_way == 0:
                self.idle_changed.emit(True)

    def _hand_over(self, outcome: _Outcome) -> None:
        if self._closed or outcome.owner is None or not shiboken6.isValid(outcome.owner):
            return
        if outcome.turn is not None and self._turns[outcome.turn[0]] != outcome.turn[1]:
            return
        if outcome.error is None:
            if outcome.then is not None:
                outcome.then(outcome.value)
        elif isinstance(outcome.error, Bug):
            self.crashed.emit(_trace(outcome.error))
        elif outcome.failed is not None:
            outcome.failed(outcome.error)
        else:
            self.failed.emit(outcome.error)


def _trace(error: Bug) -> str:
    """Where it went wrong, without the values in it: those may be personal."""
    cause = error.__cause__ or error
    frames = traceback.extract_tb(cause.__traceback__)
    lines = [f"{frame.filename.rpartition('samenleven_desktop')[2] or frame.name}:{frame.lineno}" for frame in frames]
    return "\n".join([type(cause).__name__, *lines])
