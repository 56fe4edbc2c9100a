"""Saves the input of an open form as a draft. Each opened form has its own draft, so none overwrites another.

The form reports input (`touch`) and provides its content through `read`. When it is opened (`begin`), `found` reports
the existing drafts of its kind, and the form may continue one of them (`take_up`).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from samenleven_desktop.ui.runner import Runner

if TYPE_CHECKING:
    from samenleven_desktop.domain.errors import SamenlevenError
    from samenleven_desktop.domain.kept_draft import KeptDraft
    from samenleven_desktop.services.core.command import Done

QUIET_MS, AT_LEAST_MS = 700, 3000


class DraftKeeper(QObject):
    """Saves shortly after the last key, every few seconds during typing, and whenever focus is lost."""

    found = Signal(list)
    """The other drafts (`KeptDraft`) of the requested kind, newest first."""
    kept = Signal(object)
    """The time (datetime) at which the content of the form was saved to disk."""

    def __init__(self, runner: Runner, read: Callable[[], dict[str, Any]], form: QWidget) -> None:
        super().__init__(form)
        self._runner, self._read, self._form = runner, read, form
        self._kind = self._listed = ""
        self._key: str | None = None
        self._opened = 0
        self._saving = 0
        self._ask_again = False
        self.unsaved = False
        self.touched = False
        """Whether something was typed since the form was opened, or a draft was taken up."""
        self._idle_timer, self._max_timer = QTimer(self), QTimer(self)
        for timer, length in ((self._idle_timer, QUIET_MS), (self._max_timer, AT_LEAST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(length)
            timer.timeout.connect(self.keep)
        self._workspace = runner.workspace
        runner.closing.connect(self.keep)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    @property
    def key(self) -> str | None:
        """The key of the draft; None until something is typed."""
        return self._key

    def begin(self, kind: str, listed: str | None = None) -> None:
        """Starts a new form: saves the previous one, and requests the drafts of kind `listed` (default: this kind)."""
        self.keep()
        self._kind, self._listed, self._key = kind, listed or kind, None
        self._opened += 1
        self.touched = False
        self.ask()

    def rename(self, kind: str) -> None:
        """Saves the content as a draft of another kind from now on; deletes the draft saved so far."""
        old, self._kind = self._key, kind
        self._key = self._new_key()
        if old is not None:
            self._runner.on_store(lambda file: file.drop_draft(old), owner=self._runner)
        self.unsaved = True
        self.keep()

    def touch(self) -> None:
        """Called on every change by the user."""
        self.touched = self.unsaved = True
        self._key = self._key or self._new_key()
        self._idle_timer.start()
        if not self._max_timer.isActive():
            self._max_timer.start()

    def keep(self) -> None:
        """Queues saving the content now, if something was typed since the last save."""
        self._idle_timer.stop()
        self._max_timer.stop()
        if not self.unsaved or self._key is None or self._runner.workspace is None:
            return
        if self._runner.workspace is not self._workspace:
            # The page briefly outlives its work file; its content must never be saved in another one.
            return
        self.unsaved = False
        key, content, opened = self._key, self._read(), self._opened
        self._saving += 1

        def kept(moment: datetime) -> None:
            self._saved()
            if opened == self._opened:
                self.kept.emit(moment)

        def failed(error: SamenlevenError) -> None:
            self.unsaved = opened == self._opened
            self._saved()
            self._runner.failed.emit(error)

        self._runner.on_store(lambda file: file.save_draft(key, content), then=kept, owner=self, failed=failed)

    def take_up(self, draft: KeptDraft) -> None:
        """Continues this draft, which the form shows now."""
        self.keep()
        self._key, self.touched, self.unsaved = draft.form, True, False
        self.ask()

    def forget(self) -> None:
        """Called when the form is finished; its draft was deleted when the form was saved."""
        self._idle_timer.stop()
        self._max_timer.stop()
        self._key, self.touched, self.unsaved = None, False, False

    def discard(self, then: Callable[[Done[Any]], None] | None = None) -> None:
        """Deletes the draft; undo restores it with the current content of the form."""
        key = self._key
        if key is None:
            self.forget()
            return
        content = self._read()
        self.forget()
        self._runner.write(lambda file: file.discard_draft(key, content), initiator=self._form, then=then)

    def ask(self) -> None:
        """Requests the other drafts again."""
        if self._saving:
            # Reads do not wait for writes: a draft that is being saved would be missed.
            self._ask_again = True
            return
        opened, listed = self._opened, self._listed

        def answer(found: list[KeptDraft]) -> None:
            if opened == self._opened:
                self.found.emit([one for one in found if one.form != self._key])

        self._runner.on_read(lambda file: file.drafts_of(listed), then=answer, owner=self)

    def _saved(self) -> None:
        self._saving -= 1
        if self._ask_again and not self._saving:
            self._ask_again = False
            self.ask()

    def _new_key(self) -> str:
        return f"{self._kind}:{uuid.uuid4().hex}"

    def _on_focus_changed(self, old: QWidget | None, _now: QWidget | None) -> None:
        if old is not None and self._form.isAncestorOf(old):
            self.keep()
