"""The three workers on which everything that is not drawing happens, and the way results come back to the window.

The store worker writes, in order; the read worker answers queries, so that a long write never holds up a screen; the
free workers do files, PDF and key derivation. Work gets values and gives values and knows no widget. Results arrive on
the GUI thread by signal. A result is dropped when its screen is gone, its file was closed or a newer question of the
same name was asked.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Concatenate, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from samenleven_desktop.domain.errors import N_, Bug, EnvironmentFault, SamenlevenError
from samenleven_desktop.technical_log import fault_places
from samenleven_desktop.ui.gil_scheduling import GuiYield

if TYPE_CHECKING:
    from samenleven_desktop.services.core.command import AnyCommand, Done
    from samenleven_desktop.services.core.query_context import QueryContext
    from samenleven_desktop.services.workfile.workspace import Workspace

T = TypeVar("T")

logger = logging.getLogger(__name__)

Failed = Callable[[SamenlevenError], None]

_FREE_WORKERS = 2
_CLOSED = N_("The work file is closed, so this was not saved. Open it and save again.")
UNEXPECTED = N_("Something went wrong in the program itself. What was saved is safe.")


@dataclass(eq=False)
class _Job:
    """One piece of work, and who wants its answer.

    The runner keeps it until the answer was delivered and empties it on the GUI thread: a widget whose last reference
    is dropped on a worker thread would be destroyed there.
    """

    work: Callable[[], Any] | None
    then: Callable[[Any], None] | None
    failed: Failed | None
    owner: QObject | None
    latest: tuple[str, int] | None
    file: Workspace | None
    """The work file it asks something of; None for work that needs none."""
    reads: bool
    """Only reads: it is not worth doing any more once the file is being closed."""

    def clear(self) -> None:
        self.work = self.then = self.failed = self.owner = self.file = None


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
    closing = Signal()
    """The work file, or the whole process, is about to end: what is not on its way to disk yet is asked for now."""
    closed = Signal()
    """A work file was closed, and no worker holds anything of it any more."""
    worked = Signal()
    """An answer was delivered."""

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace: Workspace | None = None
        self._jobs: set[_Job] = set()
        self._drained: list[threading.Event] = []
        self._store = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._read = ThreadPoolExecutor(1, thread_name_prefix="read")
        self._free = ThreadPoolExecutor(_FREE_WORKERS, thread_name_prefix="free")
        self._newest: dict[str, int] = {}
        self._under_way = 0
        self.is_closed = False
        self._gate = GuiYield(self)
        self._arrived.connect(self._deliver)

    @property
    def idle(self) -> bool:
        """Nothing is under way on any worker and every result was delivered."""
        return self._under_way == 0

    def open(
        self, opener: Callable[[], Workspace], then: Callable[[Workspace], None], failed: Failed | None = None
    ) -> None:
        """Opens or makes a work file on the store worker; from then on queries and commands go to it."""

        def opened(workspace: Workspace) -> None:
            self.workspace = workspace
            then(workspace)

        self._submit(self._store, opener, opened, failed, self)

    def close_workspace(self, then: Callable[[], None] | None = None) -> None:
        """Closes the work file after everything that was to be written and what is being read; reading that waits in
        the queue is left out, and answers that still come are dropped."""
        if self.workspace is not None:
            self.closing.emit()
        workspace, self.workspace = self.workspace, None
        if workspace is None:
            return
        drained = threading.Event()
        self._drained.append(drained)
        self._read.submit(drained.set)

        def close() -> None:
            drained.wait()
            workspace.close()

        def closed(_: None) -> None:
            self._drained.remove(drained)
            if then is not None:
                then()
            self.closed.emit()

        self._submit(self._store, close, closed, None, self)

    def forget(self) -> None:
        """Overwrites what was freed, such as texts of a file that was closed. After a collection of garbage."""
        from samenleven_desktop.services.core.secrets import forget_on_this_thread, forget_what_was_read

        self._store.submit(forget_on_this_thread)
        self._read.submit(forget_on_this_thread)
        both = threading.Barrier(_FREE_WORKERS)

        def on_each() -> None:
            with contextlib.suppress(threading.BrokenBarrierError):
                both.wait(1)
            forget_on_this_thread()

        for _ in range(_FREE_WORKERS):
            self._free.submit(on_each)
        self._submit(self._free, forget_what_was_read, None, None, self)

    def finish_writing(self, seconds: float) -> bool:
        """Waits until what was asked of the store worker is on disk; False when it takes longer. Blocks: only for a
        program that is being ended."""
        done = threading.Event()
        self._store.submit(done.set)
        return done.wait(seconds)

    def query(
        self,
        ask: Callable[Concatenate[QueryContext, ...], T],
        /,
        *args: Any,
        then: Callable[[T], None],
        owner: QObject,
        failed: Failed | None = None,
        latest: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Asks on the read worker; without an open file nothing is asked. With `latest`, an answer is dropped when a
        newer question of that name was asked."""
        workspace = self.workspace
        if workspace is not None:
            self._submit(
                self._read, lambda: workspace.query(ask, *args, **kwargs), then, failed, owner, latest, workspace
            )

    def run(
        self,
        command: AnyCommand,
        *,
        initiator: QObject,
        then: Callable[[Done[Any]], None] | None = None,
        failed: Failed | None = None,
        draft: str | None = None,
    ) -> None:
        """Carries out a command on the store worker, and drops the `draft` it was written in with it; `then` and
        `changed` come after it is safe on disk."""
        self._write(lambda file: file.run(command, draft=draft), initiator, then, failed)

    def write(
        self,
        work: Callable[[Workspace], Done[Any]],
        *,
        initiator: QObject,
        then: Callable[[Done[Any]], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """A command with what belongs around it, such as the backup before an import; told as any command."""
        self._write(work, initiator, then, failed)

    def undo(self, *, initiator: QObject, then: Callable[[Done[Any]], None] | None = None) -> None:
        self._write(lambda file: file.undo(), initiator, then, None)

    def redo(self, *, initiator: QObject, then: Callable[[Done[Any]], None] | None = None) -> None:
        self._write(lambda file: file.redo(), initiator, then, None)

    def on_store(
        self,
        work: Callable[[Workspace], T],
        *,
        then: Callable[[T], None] | None = None,
        owner: QObject,
        failed: Failed | None = None,
        latest: str | None = None,
        noted: bool = False,
    ) -> None:
        """Other work on the file in the order of the store worker: drafts, backups, keys. `noted`: pages may show what
        it keeps."""
        workspace = self.workspace
        if workspace is None:
            return

        def done(value: T) -> None:
            if then is not None and shiboken6.isValid(owner):
                then(value)
            self.noted.emit(owner)

        def refused(error: SamenlevenError) -> None:
            if failed is not None and shiboken6.isValid(owner):
                failed(error)
            else:
                self.failed.emit(error)

        if noted:
            # Owned by the runner: the pages hear of it also when the one that asked is gone.
            self._submit(self._store, lambda: work(workspace), done, refused, self, latest, workspace)
        else:
            self._submit(self._store, lambda: work(workspace), then, failed, owner, latest, workspace)

    def on_read(
        self,
        work: Callable[[Workspace], T],
        *,
        then: Callable[[T], None],
        owner: QObject,
        failed: Failed | None = None,
        latest: str | None = None,
    ) -> None:
        """Other reading of the workspace that is no query: file facts, undo names, drafts, reports."""
        workspace = self.workspace
        if workspace is not None:
            self._submit(self._read, lambda: work(workspace), then, failed, owner, latest, workspace)

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
        """For long work on a worker, between two pieces of it: first the window does what it has to do."""
        self._gate.give_way()

    def shut_down(self) -> None:
        """Waits for the store worker and closes the file; what was asked is written, answers are no longer shown."""
        if self.workspace is not None:
            self.closing.emit()
        self.is_closed = True
        self._gate.open_for_good()
        self._read.shutdown(wait=True, cancel_futures=True)
        for drained in self._drained:
            drained.set()
        self._free.shutdown(wait=True, cancel_futures=True)
        if self.workspace is not None:
            self._store.submit(self.workspace.close)
            self.workspace = None
        self._store.shutdown(wait=True)
        for job in self._jobs:
            job.clear()
        self._jobs.clear()

    def _write(
        self,
        work: Callable[[Workspace], Done[Any]],
        initiator: QObject,
        then: Callable[[Done[Any]], None] | None,
        failed: Failed | None,
    ) -> None:
        workspace = self.workspace
        if workspace is None:
            self.failed.emit(EnvironmentFault(_CLOSED))
            return

        def done(value: Done[Any]) -> None:
            if workspace is not self.workspace:
                return  # written, and the file was closed since
            if then is not None and shiboken6.isValid(initiator):
                then(value)
            self.changed.emit(value, initiator)

        def refused(error: SamenlevenError) -> None:
            if failed is not None and workspace is self.workspace and shiboken6.isValid(initiator):
                failed(error)
            else:
                self.failed.emit(error)

        # Owned by the runner: the notice goes out even when the screen that asked is gone.
        self._submit(self._store, lambda: work(workspace), done, refused, self)

    def _submit(
        self,
        worker: ThreadPoolExecutor,
        work: Callable[[], T],
        then: Callable[[T], None] | None,
        failed: Failed | None,
        owner: QObject,
        latest: str | None = None,
        file: Workspace | None = None,
    ) -> None:
        if self.is_closed:
            return
        token = None
        if latest is not None:
            self._newest[latest] = self._newest.get(latest, 0) + 1
            token = (latest, self._newest[latest])
        job = _Job(work, then, failed, owner, token, file, worker is self._read)
        self._jobs.add(job)
        self._under_way += 1
        if self._under_way == 1:
            self.idle_changed.emit(False)
        worker.submit(self._do, job)

    def _do(self, job: _Job) -> None:
        """On a worker: does the work and sends the answer to the GUI thread."""
        if job.reads and job.file is not self.workspace:
            self._arrived.emit((job, None, None))
            return
        assert job.work is not None
        try:
            value, error = job.work(), None
        except SamenlevenError as known:
            value, error = None, known
        except Exception as unknown:  # noqa: BLE001 - told in the report window, whatever it is
            value, error = None, Bug(UNEXPECTED)
            error.__cause__ = unknown
        self._arrived.emit((job, value, error))

    def _deliver(self, arrived: tuple[_Job, Any, SamenlevenError | None]) -> None:
        job, value, error = arrived
        self._jobs.discard(job)
        self._under_way -= 1
        try:
            self._hand_over(job, value, error)
        finally:
            job.clear()
            self.worked.emit()
            if self._under_way == 0:
                self.idle_changed.emit(True)

    def _hand_over(self, job: _Job, value: Any, error: SamenlevenError | None) -> None:
        if isinstance(error, Bug):
            logger.error("fault: %s", fault_places(error.__cause__ or error))
        if self.is_closed or job.owner is None or not shiboken6.isValid(job.owner):
            return
        if job.file is not None and job.file is not self.workspace:
            return  # an answer for a file that was closed since
        if job.latest is not None and self._newest[job.latest[0]] != job.latest[1]:
            return
        if error is None:
            if job.then is not None:
                job.then(value)
        elif isinstance(error, Bug):
            self.crashed.emit(fault_places(error.__cause__ or error))
        elif job.failed is not None:
            job.failed(error)
        else:
            self.failed.emit(error)
