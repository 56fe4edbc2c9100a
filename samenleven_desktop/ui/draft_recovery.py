"""Drafts of forms that were cut off: offered when the work file opens, and opened again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from samenleven_desktop.domain.errors import N_, UserError

if TYPE_CHECKING:
    from samenleven_desktop.domain.drafts import KeptDraft
    from samenleven_desktop.ui.app import Application
    from samenleven_desktop.ui.widgets.basic import Notice


_MOST_NOTICES = 3


class DraftOffers(QObject):
    """Belongs to the application."""

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._app = application

    def offer(self) -> None:
        """A notice for the sessions that are not saved yet, and one for each other form."""
        runner = self._app.runner
        runner.on_read(lambda file: file.drafts_of("session"), then=self._offer_sessions, owner=self)
        runner.on_read(lambda file: file.drafts_of("form"), then=self._offer_forms, owner=self)

    def resume(self, key: str) -> None:
        """Opens the form of a draft, with the draft in it."""
        if key.startswith("session:"):
            self._app.open_draft(key)
        else:
            self._app.runner.on_read(lambda file: file.drafts_of(key), then=self._reopen, owner=self)

    def _offer_sessions(self, found: list[KeptDraft]) -> None:
        app = self._app
        if not found or app.shell.current == "session":
            # The form lists them itself.
            return
        if len(found) == 1:
            notice = app.shell.add_notice("info", app.language.text("You were writing a session report."))
            notice.add_action(app.language.text("Go on"), partial(self._go_on, notice, found[0].form))
            return
        words = app.language.plural(
            "{n} session report is not saved yet.", "{n} session reports are not saved yet.", len(found)
        )
        notice = app.shell.add_notice("info", words)
        notice.add_action(app.language.text("Show"), partial(self._list, notice))

    def _offer_forms(self, found: list[KeptDraft]) -> None:
        """The newest; the others are listed when a form of their kind is opened."""
        for draft in found[:_MOST_NOTICES]:
            self._offer_form(draft)

    def _offer_form(self, draft: KeptDraft) -> None:
        app = self._app
        notice = app.shell.add_notice("info", app.language.text("You were busy with: {form}.", form=draft.title))
        notice.add_action(app.language.text("Throw away"), partial(self._throw_away, notice, draft))
        notice.add_action(app.language.text("Go on"), partial(self._go_on, notice, draft.form))

    def _go_on(self, notice: Notice, key: str) -> None:
        notice.hide()
        self.resume(key)

    def _list(self, notice: Notice) -> None:
        notice.hide()
        self._app.open_session_form(None, None)

    def _throw_away(self, notice: Notice, draft: KeptDraft) -> None:
        notice.hide()
        app = self._app
        words = app.language.text("The draft is thrown away.")
        app.runner.write(
            lambda file: file.discard_draft(draft.form, draft.content),
            initiator=self,
            then=lambda done: app.wishes.undo_offered.emit(words, done.result),
        )

    def _reopen(self, found: list[KeptDraft]) -> None:
        from samenleven_desktop.ui.dialogs.draft_registry import reopen

        app = self._app
        for draft in found[:1]:
            assert app.context is not None
            if reopen(app.context, draft, app.shell) is None:
                app.show_error(UserError(N_("This version cannot open that form any more.")))
