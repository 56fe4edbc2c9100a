"""The keyring of this computer, asked on threads of its own: no lane and no drawing ever waits for it.

A call that hangs is left alone. After a limit the one who asked is told that there is no answer; an answer that comes
later is still handed over. Such a thread does not keep the program from ending.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.services.workfile.kept_key import NO_ANSWER, KeptKey, recall

Failed = Callable[[EnvironmentFault], object]


@dataclass(eq=False)
class _Call:
    work: Callable[[], Any]
    then: Callable[[Any], object]
    failed: Failed
    owner: QObject
    keeps: bool | None = None
    """What is so afterwards: the key is kept, or forgotten; None for a call that only looks."""
    timer: QTimer | None = None


@dataclass(frozen=True)
class _Answer:
    call: _Call
    value: Any
    fault: EnvironmentFault | None


class _Door:
    """Lets answers through until the window closes; after that they are dropped."""

    def __init__(self, deliver: Callable[[_Answer], object]) -> None:
        self._deliver: Callable[[_Answer], object] | None = deliver
        self._lock = threading.Lock()

    def put(self, answer: _Answer) -> None:
        with self._lock:
            if self._deliver is not None:
                self._deliver(answer)

    def close(self) -> None:
        with self._lock:
            self._deliver = None


class SystemKeyring(QObject):
    """One per window. `kept` says whether the key of the open file is in the keyring; None: not known yet."""

    kept_changed = Signal()
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None, opening_ms: int = 4_000, answer_ms: int = 20_000) -> None:
        super().__init__(parent)
        self.kept: bool | None = None
        self.opening_ms, self.answer_ms = opening_ms, answer_ms
        self._waiting: set[_Call] = set()
        self._newest: _Call | None = None
        self._closed = False
        self._door = _Door(self._arrived.emit)
        self._arrived.connect(self._deliver)

    @property
    def idle(self) -> bool:
        """Nobody waits for an answer; calls that were given up may still hang."""
        return not self._waiting

    def recall(self, path: Path, then: Callable[[bytes | None], object], silent: Callable[[], object]) -> None:
        """The kept key of a work file. After a short wait `silent` is called; `then` still comes when it answers."""
        self._start(_Call(lambda: recall(path), then, lambda _: then(None), self), self.opening_ms, lambda _: silent())

    def look(self, key: KeptKey) -> None:
        """Finds out whether the key is kept; `kept_changed` tells."""
        self._start(_Call(key.is_kept, self._know, lambda _: None, self), self.answer_ms, lambda _: None)

    def keep(self, key: KeptKey, on: bool, *, owner: QObject, then: Callable[[], object], failed: Failed) -> None:
        """Keeps the key in the keyring or forgets it there. `failed` is also called when there is no answer in time;
        should it come later, `then` or `failed` is called once more."""
        work = key.remember if on else key.forget
        self._newest = call = _Call(work, lambda _: then(), failed, owner, on)
        self._start(call, self.answer_ms, failed)

    def know(self, kept: bool | None) -> None:
        """Another file is open, of which this is known."""
        self._newest = None
        self._know(kept)

    def close(self) -> None:
        """Nothing is handed over any more; calls that hang are left alone."""
        self._closed = True
        self._door.close()
        for call in list(self._waiting):
            self._settle(call)

    def _know(self, kept: bool | None) -> None:
        self.kept = kept
        self.kept_changed.emit()

    def _start(self, call: _Call, limit_ms: int, silent: Failed) -> None:
        if self._closed:
            return
        call.timer = timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._give_up(call, silent))
        timer.start(limit_ms)
        self._waiting.add(call)
        threading.Thread(target=_run, args=(call, self._door), name="keyring", daemon=True).start()

    def _settle(self, call: _Call) -> bool:
        """Whether somebody was still waiting for it."""
        if call.timer is not None:
            call.timer.stop()
            call.timer.deleteLater()
            call.timer = None
        waited = call in self._waiting
        self._waiting.discard(call)
        return waited

    def _give_up(self, call: _Call, silent: Failed) -> None:
        self._settle(call)
        if shiboken6.isValid(call.owner):
            silent(EnvironmentFault(NO_ANSWER))

    def _deliver(self, answer: _Answer) -> None:
        if self._closed:
            return  # was on its way when the window closed
        call = answer.call
        self._settle(call)
        newest = self._newest
        if call.keeps is not None and call is not newest:
            # A call that was given up ended after a newer one: what was asked for last has to be what stands.
            if newest is not None and answer.fault is None and newest not in self._waiting:
                self._start(newest, self.answer_ms, newest.failed)
            return
        if call.keeps is not None and answer.fault is None:
            self._know(call.keeps)
        if not shiboken6.isValid(call.owner):
            return
        if answer.fault is not None:
            call.failed(answer.fault)
        else:
            call.then(answer.value)


def _run(call: _Call, door: _Door) -> None:
    try:
        value, fault = call.work(), None
    except EnvironmentFault as error:
        value, fault = None, error
    door.put(_Answer(call, value, fault))
