"""Offers the drafts of interrupted forms when the work file opens, and reopens those forms."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.ui.window_protocols import MainWindow

if TYPE_CHECKING:
    from samenleven_desktop.domain.kept_draft import KeptDraft
    from samenleven_desktop.ui.widgets.basic import Notice


_MOST_NOTICES = 3


class DraftRecovery(QObject):
    """Belongs to one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window

    def offer(self) -> None:
        """Shows one notice for the unsaved sessions and one for each other form."""
        runner = self._window.runner
        runner.on_read(lambda file: file.drafts_of("session"), then=self._offer_sessions, owner=self)
        runner.on_read(lambda file: file.drafts_of("form"), then=self._offer_forms, owner=self)

    def resume(self, key: str) -> None:
        """Opens the form of a draft and fills it with the draft."""
        if key.startswith("session:"):
            self._window.navigator.resume_session(key)
        elif key.startswith("plan:"):
            self._window.navigator.open_plan_draft(key)
        else:
            self._window.runner.on_read(lambda file: file.drafts_of(key), then=self._reopen, owner=self)

    def _offer_sessions(self, found: list[KeptDraft]) -> None:
        window = self._window
        if not found or window.shell.current == "session":
            # The session form lists the drafts itself.
            return
        if len(found) == 1:
            notice = window.shell.add_notice("info", window.language.text("You were writing a session report."))
            notice.add_action(window.language.text("Go on"), partial(self._go_on, notice, found[0].form))
            return
        words = window.language.plural(
            "{n} session report is not saved yet.", "{n} session reports are not saved yet.", len(found)
        )
        notice = window.shell.add_notice("info", words)
        notice.add_action(window.language.text("Show"), partial(self._list, notice))

    def _offer_forms(self, found: list[KeptDraft]) -> None:
        """Offers the newest drafts; a form lists the other drafts of its kind when it is opened."""
        for draft in found[:_MOST_NOTICES]:
            self._offer_form(draft)

    def _offer_form(self, draft: KeptDraft) -> None:
        window = self._window
        notice = window.shell.add_notice("info", window.language.text("You were busy with: {form}.", form=draft.title))
        notice.add_action(window.language.text("Throw away"), partial(self._throw_away, notice, draft))
        notice.add_action(window.language.text("Go on"), partial(self._go_on, notice, draft.form))

    def _go_on(self, notice: Notice, key: str) -> None:
        notice.hide()
        self.resume(key)

    def _list(self, notice: Notice) -> None:
        notice.hide()
        self._window.navigator.open_session(None)

    def _throw_away(self, notice: Notice, draft: KeptDraft) -> None:
        notice.hide()
        window = self._window
        words = window.language.text("The draft is thrown away.")
        window.runner.write(
            lambda file: file.discard_draft(draft.form, draft.content),
            initiator=self,
            then=lambda done: window.navigator.offer_undo(words, done.result),
        )

    def _reopen(self, found: list[KeptDraft]) -> None:
        from samenleven_desktop.ui.dialogs.draft_registry import reopen

        window = self._window
        for draft in found[:1]:
            assert window.context is not None
            if reopen(window.context, draft, window.shell) is None:
                window.show_error(UserError(N_("This version cannot open that form any more.")))
