"""The worker threads of the window (store, read, two for files), and how their results return to the GUI thread.

The store worker writes, in order; the read worker answers queries, so that a long write never blocks a screen; the file
worker pool handles files, PDF and key derivation. Work functions take and return values and know no widgets. Results
arrive on the GUI thread by signal. A result is dropped if its screen is gone, its work file was closed, or a newer
request with the same name was made.
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

from samenleven_desktop.domain.errors import N_, Bug, EnvironmentFault, SamenlevenError, UserError
from samenleven_desktop.technical_log import fault_places
from samenleven_desktop.ui.gil_scheduling import GuiYield

if TYPE_CHECKING:
    from samenleven_desktop.services.core.command import AnyCommand, Done
    from samenleven_desktop.services.core.query_context import QueryContext
    from samenleven_desktop.services.workfile.workspace import Workspace

T = TypeVar("T")

logger = logging.getLogger(__name__)

Failed = Callable[[SamenlevenError], None]

_FILE_WORKERS = 2
_CLOSED = N_("The work file is closed, so this was not saved. Open it and save again.")
UNEXPECTED = N_("Something went wrong in the program itself. What was saved is safe.")


@dataclass(eq=False)
class _Job:
    """One piece of work with its callbacks.

    The runner keeps it until the result is delivered and clears it on the GUI thread: a widget whose last reference is
    dropped on a worker thread would be destroyed there.
    """

    work: Callable[[], Any] | None
    then: Callable[[Any], None] | None
    failed: Failed | None
    owner: QObject | None
    latest: tuple[str, int] | None
    file: Workspace | None
    """The work file that it queries; None for work that does not need one."""
    reads: bool
    """Work that only reads is skipped once the work file is being closed."""

    def clear(self) -> None:
        self.work = self.then = self.failed = self.owner = self.file = None


class Runner(QObject):
    """Owned by the application; screens use it and never access the workspace directly."""

    changed = Signal(object, object)
    """(Done, initiator): a command was run and its changes are on disk."""
    noted = Signal(object)
    """(owner): something other than a record was saved, such as a backup or a setting of the work file."""
    failed = Signal(object)
    """An error for which the caller passed no handler: the window shows it."""
    crashed = Signal(str)
    """The details of a bug, for the report window; contains no values of records."""
    idle_changed = Signal(bool)
    closing = Signal()
    """The work file or the process is about to close: receivers must queue unsaved input now."""
    closed = Signal()
    """A work file was closed, and no worker holds a reference to it any more."""
    worked = Signal()
    """A result was delivered."""

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace: Workspace | None = None
        self._jobs: set[_Job] = set()
        self._drained: list[threading.Event] = []
        self._store = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._read = ThreadPoolExecutor(1, thread_name_prefix="read")
        self._file_pool = ThreadPoolExecutor(_FILE_WORKERS, thread_name_prefix="free")
        self._newest: dict[str, int] = {}
        self._doubts: tuple[object, ...] = ()
        """What was asked last; used on the store worker only."""
        self._pending = 0
        self.is_closed = False
        self._gui_yield = GuiYield(self)
        self._arrived.connect(self._deliver)

    @property
    def idle(self) -> bool:
        """Whether no work is pending on any worker and every result was delivered."""
        return self._pending == 0

    def open(
        self, opener: Callable[[], Workspace], then: Callable[[Workspace], None], failed: Failed | None = None
    ) -> None:
        """Opens or creates a work file on the store worker; later queries and commands use it."""

        def opened(workspace: Workspace) -> None:
            self.workspace = workspace
            then(workspace)

        self._submit(self._store, opener, opened, failed, self)

    def close_workspace(self, then: Callable[[], None] | None = None) -> None:
        """Closes the work file after all queued writes and the read in progress.

        Queued reads are skipped, and results that still arrive are dropped.
        """
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
        """Overwrites freed memory, such as texts of a closed work file. Call it after a garbage collection."""
        from samenleven_desktop.services.core.freed_memory import forget_on_this_thread, forget_what_was_read

        self._store.submit(forget_on_this_thread)
        self._read.submit(forget_on_this_thread)
        both = threading.Barrier(_FILE_WORKERS)

        def on_each() -> None:
            with contextlib.suppress(threading.BrokenBarrierError):
                both.wait(1)
            forget_on_this_thread()

        for _ in range(_FILE_WORKERS):
            self._file_pool.submit(on_each)
        self._submit(self._file_pool, forget_what_was_read, None, None, self)

    def finish_writing(self, seconds: float) -> bool:
        """Waits until all queued work of the store worker is on disk; returns False on a timeout.

        Blocks the caller: use it only when the process is being ended.
        """
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
        """Runs a query on the read worker; does nothing if no work file is open.

        With `latest`, the result is dropped if a newer query with that name was made.
        """
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
        """Runs a command on the store worker, and deletes the `draft` of its form in the same transaction.

        `then` and `changed` follow once the changes are on disk. A command with something seldom meant in it, such as a
        day in 2204, fails with a question the first time; the same command again is the answer.
        """
        self._write(lambda file: file.run(self._asked(file, command), draft=draft), initiator, then, failed)

    def _asked(self, file: Workspace, command: AnyCommand) -> AnyCommand:
        """Called on the store worker. Raises UserError naming the field."""
        from samenleven_desktop.services.core.doubts import ASKED, doubts

        found = doubts(command, file.today)
        before, self._doubts = self._doubts, found
        if found and found != before:
            raise UserError(ASKED[found[0].sentence], field=found[0].field, **found[0].values)
        return command

    def write(
        self,
        work: Callable[[Workspace], Done[Any]],
        *,
        initiator: QObject,
        then: Callable[[Done[Any]], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Runs a command together with related work, such as the backup before an import; reported as any command."""
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
        """Runs other work on the store worker, in order: drafts, backups, keys.

        `noted`: emit `noted`, because pages may show what was saved.
        """
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
            # Owned by the runner, so that the pages are notified even if the caller is gone.
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
        """Runs other reads of the workspace on the read worker: file facts, undo names, drafts, reports."""
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
        """Runs work in the file worker pool that does not touch the work file: files, PDF, printing."""
        self._submit(self._file_pool, work, then, failed, owner)

    def yield_to_gui(self) -> None:
        """Yields to the GUI thread; called on a worker between two pieces of long work."""
        self._gui_yield.yield_to_gui()

    def shut_down(self) -> None:
        """Waits for the workers and closes the work file: queued writes are completed, further results are dropped."""
        if self.workspace is not None:
            self.closing.emit()
        self.is_closed = True
        self._gui_yield.open_for_good()
        self._read.shutdown(wait=True, cancel_futures=True)
        for drained in self._drained:
            drained.set()
        self._file_pool.shutdown(wait=True, cancel_futures=True)
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
                return  # written, and the work file was closed since
            if then is not None and shiboken6.isValid(initiator):
                then(value)
            self.changed.emit(value, initiator)

        def refused(error: SamenlevenError) -> None:
            if failed is not None and workspace is self.workspace and shiboken6.isValid(initiator):
                failed(error)
            else:
                self.failed.emit(error)

        # Owned by the runner, so that `changed` is emitted even if the screen that asked is gone.
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
        self._pending += 1
        if self._pending == 1:
            self.idle_changed.emit(False)
        worker.submit(self._run_job, job)

    def _run_job(self, job: _Job) -> None:
        """Runs on a worker: does the work and sends the result to the GUI thread."""
        if job.reads and job.file is not self.workspace:
            self._arrived.emit((job, None, None))
            return
        assert job.work is not None
        try:
            value, error = job.work(), None
        except SamenlevenError as known:
            value, error = None, known
        except Exception as unknown:  # noqa: BLE001 - shown in the report window, whatever it is
            value, error = None, Bug(UNEXPECTED)
            error.__cause__ = unknown
        self._arrived.emit((job, value, error))

    def _deliver(self, arrived: tuple[_Job, Any, SamenlevenError | None]) -> None:
        job, value, error = arrived
        self._jobs.discard(job)
        self._pending -= 1
        try:
            self._call_back(job, value, error)
        finally:
            job.clear()
            self.worked.emit()
            if self._pending == 0:
                self.idle_changed.emit(True)

    def _call_back(self, job: _Job, value: Any, error: SamenlevenError | None) -> None:
        if isinstance(error, Bug):
            logger.error("fault: %s", fault_places(error.__cause__ or error))
        if self.is_closed or job.owner is None or not shiboken6.isValid(job.owner):
            return
        if job.file is not None and job.file is not self.workspace:
            return  # a result for a work file that was closed since
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
