"""Access to the keyring of this computer on separate threads: workers and the GUI thread never wait for it.

A call that hangs is abandoned: after a time limit the caller is told that there is no answer; a late answer is still
delivered. Such a thread does not prevent the program from exiting.
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
    kept_after: bool | None = None
    """The state after the call: True if the key is stored, False if it is deleted; None for a call that only reads."""
    timer: QTimer | None = None


@dataclass(frozen=True)
class _Answer:
    call: _Call
    value: Any
    fault: EnvironmentFault | None


class _AnswerGate:
    """Passes answers on until the window closes; later ones are dropped."""

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
    """One per window. `kept` is whether the key of the open work file is in the keyring; None if not known yet."""

    kept_changed = Signal()
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None, opening_ms: int = 4_000, answer_ms: int = 20_000) -> None:
        super().__init__(parent)
        self.kept: bool | None = None
        self.opening_ms, self.answer_ms = opening_ms, answer_ms
        self._waiting: set[_Call] = set()
        self._newest: _Call | None = None
        self._closed = False
        self._gate = _AnswerGate(self._arrived.emit)
        self._arrived.connect(self._deliver)

    @property
    def idle(self) -> bool:
        """Whether no caller waits for an answer; abandoned calls may still hang."""
        return not self._waiting

    def recall(self, path: Path, then: Callable[[bytes | None], object], silent: Callable[[], object]) -> None:
        """Requests the stored key of a work file.

        After a short wait `silent` is called; `then` is still called when an answer arrives.
        """
        self._start(_Call(lambda: recall(path), then, lambda _: then(None), self), self.opening_ms, lambda _: silent())

    def look(self, key: KeptKey) -> None:
        """Checks whether the key is stored; emits `kept_changed`."""
        self._start(_Call(key.is_kept, self._set_kept, lambda _: None, self), self.answer_ms, lambda _: None)

    def keep(self, key: KeptKey, on: bool, *, owner: QObject, then: Callable[[], object], failed: Failed) -> None:
        """Stores the key in the keyring or deletes it there.

        `failed` is also called on a timeout; if an answer comes later, `then` or `failed` is called once more.
        """
        work = key.remember if on else key.forget
        self._newest = call = _Call(work, lambda _: then(), failed, owner, on)
        self._start(call, self.answer_ms, failed)

    def know(self, kept: bool | None) -> None:
        """Sets the known state for another opened work file."""
        self._newest = None
        self._set_kept(kept)

    def close(self) -> None:
        """Stops delivering answers; hanging calls are abandoned."""
        self._closed = True
        self._gate.close()
        for call in list(self._waiting):
            self._stop_waiting(call)

    def _set_kept(self, kept: bool | None) -> None:
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
        threading.Thread(target=_run, args=(call, self._gate), name="keyring", daemon=True).start()

    def _stop_waiting(self, call: _Call) -> bool:
        """Stops the timer of the call; returns whether its caller was still waiting."""
        if call.timer is not None:
            call.timer.stop()
            call.timer.deleteLater()
            call.timer = None
        waited = call in self._waiting
        self._waiting.discard(call)
        return waited

    def _give_up(self, call: _Call, silent: Failed) -> None:
        self._stop_waiting(call)
        if shiboken6.isValid(call.owner):
            silent(EnvironmentFault(NO_ANSWER))

    def _deliver(self, answer: _Answer) -> None:
        if self._closed:
            return  # was already queued when the window closed
        call = answer.call
        self._stop_waiting(call)
        newest = self._newest
        if call.kept_after is not None and call is not newest:
            # An abandoned call ended after a newer one: run the newest again, so that the last request decides the
            # state.
            if newest is not None and answer.fault is None and newest not in self._waiting:
                self._start(newest, self.answer_ms, newest.failed)
            return
        if call.kept_after is not None and answer.fault is None:
            self._set_kept(call.kept_after)
        if not shiboken6.isValid(call.owner):
            return
        if answer.fault is not None:
            call.failed(answer.fault)
        else:
            call.then(answer.value)


def _run(call: _Call, gate: _AnswerGate) -> None:
    try:
        value, fault = call.work(), None
    except EnvironmentFault as error:
        value, fault = None, error
    gate.put(_Answer(call, value, fault))
