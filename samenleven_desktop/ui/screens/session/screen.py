"""Registers or changes a session of intensive support, with agreements and KPI totals in the same form.

Input is kept as a draft (ui/draft_keeper.py), which is deleted in the transaction that saves the session. Earlier
drafts are listed above the form; the coach decides whether to continue with one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from samenleven_desktop.domain.errors import SamenlevenError, UserError
from samenleven_desktop.domain.kept_draft import KeptDraft
from samenleven_desktop.i18n.labels import PARTIES, SESSION_MODES
from samenleven_desktop.readmodels.core import GovernmentChoice, SessionOptions
from samenleven_desktop.readmodels.history import FieldPlace
from samenleven_desktop.services.core.command import AnyCommand, Done
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.people.queries import present_options
from samenleven_desktop.services.sessions.commands import ChangeSession, DeleteSession, RegisterSession
from samenleven_desktop.services.sessions.queries import offer_choices, session_options
from samenleven_desktop.services.sessions.whole_session import WholeSession, whole_session
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.draft_keeper import DraftKeeper
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.session.banners import KIND, NEW, about, session_of
from samenleven_desktop.ui.screens.session.fields import SessionFields, fingerprint, stored_content
from samenleven_desktop.ui.screens.session.layout import SessionLayout
from samenleven_desktop.ui.widgets.shortcuts import window_key

# The draft is from a version that did not show the agreements and the numbers of the session.
OLDER = "older"


class SessionScreen(Screen):
    """`start` opens the form for a new session, optionally of a given government, or for a stored one."""

    concerns = (
        "support_session",
        "session_government",
        "session_action",
        "session_offer",
        "session_contact",
        "session_officer",
        "follow_up",
        "kpi_entry",
    )

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.ui = SessionLayout(self, context)
        self._session_id: str | None = None
        self._government_id: str | None = None
        self._stored: WholeSession | None = None
        self._base: str | None = None
        self._form = 0
        """Counts opened forms, to detect the result of a form that was closed meanwhile."""
        self._saving = False
        self._focus: QWidget | None = None
        self._governments: list[GovernmentChoice] = []
        self._others: list[KeptDraft] = []
        self.keeper = DraftKeeper(context.runner, self._content, self)
        self.fields = SessionFields(self.ui, context, self.keeper.touch)
        self._connect()

    def _connect(self) -> None:
        ui = self.ui
        ui.governments.chips_changed.connect(self._on_governments_changed)
        ui.day.editingFinished.connect(self._query_options)
        ui.save.clicked.connect(self.save)
        ui.discard.clicked.connect(self._discard)
        ui.delete.clicked.connect(self._delete)
        ui.print.clicked.connect(self._print)
        ui.back.clicked.connect(self._leave)
        ui.drafts.chosen.connect(self._go_on)
        ui.drafts.discarded.connect(self._discard_other)
        ui.changed.shown_wanted.connect(self._show_stored)
        ui.changed.own_wanted.connect(self._keep_own)
        self.leaving.connect(self.keeper.keep)
        self.keeper.kept.connect(self._show_kept)
        self.keeper.found.connect(self._show_others)
        window_key(self, "Ctrl+S", self.context.language.text("Save"), self.save)

    @property
    def draft_key(self) -> str | None:
        """Returns the key of the current draft, to reopen it after a lock."""
        return self.keeper.key

    # Opening

    def start(self, session_id: str | None, government_id: str | None, draft: KeptDraft | None = None) -> None:
        """Saves the input as a draft, then opens another session or the selected draft."""
        self._form += 1
        self._session_id, self._government_id = session_id, government_id
        self._stored = self._base = None
        self._stale = self._saving = False
        ui, runner = self.ui, self.context.runner
        self.keeper.begin(f"{KIND}:{session_id or NEW}", KIND if session_id is None else None)
        for part in (ui.delete, ui.print):
            part.setVisible(session_id is not None)
        ui.body.setEnabled(True)
        ui.changed.hide()
        ui.drafts.hide()
        ui.entries.show_stored(())
        self.fields.fill(self._empty())
        self._show_untouched()
        runner.query(choices, then=self._show_governments, owner=self)
        runner.query(offer_choices, then=self.fields.offer_offers, owner=self)
        if draft is not None:
            self._take_up(draft)
        if session_id is not None:
            self._query_session()
        ui.report.setFocus()

    def resume(self, key: str) -> None:
        """Opens the form with this draft, as it was left."""

        def found(drafts: list[KeptDraft]) -> None:
            for draft in drafts[:1]:
                governments = draft.content.get("governments") or [None]
                self.start(session_of(draft), governments[0], draft)

        self.context.runner.on_read(lambda file: file.drafts_of(key), then=found, owner=self)

    def _empty(self) -> dict[str, Any]:
        return {
            "day": self.context.language.day_short(self.context.today),
            "governments": [self._government_id] if self._government_id else [],
        }

    def _show_governments(self, found: list[GovernmentChoice]) -> None:
        self._governments = found
        self.fields.offer_governments(found)
        self._show_others(self._others)
        self._on_governments_changed()

    def _on_governments_changed(self) -> None:
        names = self.ui.governments.words()
        text = self.context.language.text
        title = text("Change session") if self._session_id else text("Register intensive support")
        self.ui.header.title.setText(f"{title} · {self.context.language.listing(names)}" if names else title)
        self.ui.governments_asked.setVisible(not self.ui.governments.wanted())
        self._query_options()

    def field_place(self, focus: QWidget) -> FieldPlace | None:
        """Returns where the value of the focused field is stored (ui/field_history_key.py); None for a new session."""
        return self.ui.rows.place(focus, "support_session", self._session_id) if self._session_id else None

    # The session in the work file

    def reload(self) -> None:
        """Reloads the session, which undo, a pack or another page may have changed."""
        if self._session_id is not None and not self._saving:
            self._query_session()

    def _query_session(self) -> None:
        session_id = self._session_id
        self.context.runner.query(
            whole_session,
            session_id,
            then=self._show_session,
            owner=self,
            failed=lambda error: self._show_gone(session_id, error),
            latest="session-form",
        )

    def _show_session(self, found: WholeSession) -> None:
        if found.line.id != self._session_id or self._saving:
            return
        now, stored = fingerprint(found), stored_content(self.context.language, found)
        self._stored = found
        self.fields.show_stored(found)
        self._describe_deletion(found)
        if not self.keeper.touched:
            self._base = now
            self.fields.fill(stored)
        elif self._base is None:
            self._base = now
            self.fields.fill_around(stored)
        elif self._base == OLDER:
            self.fields.fill({**self.fields.content(), **{name: stored[name] for name in ("agreements", "entries")}})
        self.ui.changed.setVisible(now != self._base)

    def _show_gone(self, session_id: str | None, error: SamenlevenError) -> None:
        """Handles a session that was deleted or undone while it is open here."""
        if not isinstance(error, UserError):
            self.context.runner.failed.emit(error)
            return
        if session_id != self._session_id or self._saving:
            return
        if not self.keeper.touched:
            if self.isVisible():
                self.context.runner.failed.emit(error)
                self._go(self._government_id)
            return
        self._session_id = self._stored = self._base = None
        self.keeper.rename(f"{KIND}:{NEW}")
        for part in (self.ui.delete, self.ui.print, self.ui.changed):
            part.hide()
        self.ui.entries.show_stored(())
        self._on_governments_changed()
        text = self.context.language.text
        words = text("This session is no longer there. What stands here can be saved as a new session.")
        self.context.navigator.notify("attention", words)

    def _show_stored(self) -> None:
        """Shows the session as stored; unsaved input stays available as a draft."""
        self.start(self._session_id, self._government_id)

    def _keep_own(self) -> None:
        if self._stored is not None:
            self._base = fingerprint(self._stored)
        self.ui.changed.hide()
        self.keeper.touch()
        self.ui.report.setFocus()

    # Drafts

    def _content(self) -> dict[str, Any]:
        return {**self.fields.content(), "title": self.ui.header.title.text(), "base": self._base}

    def _show_others(self, found: list[KeptDraft]) -> None:
        """Lists drafts of the same government first."""
        self._others = found
        mine = self._government_id
        ordered = sorted(found, key=lambda one: mine is None or mine not in one.content.get("governments", ()))
        self.ui.drafts.show_drafts([(one, about(self.context.language, one, self._governments)) for one in ordered])

    def _go_on(self, draft: KeptDraft) -> None:
        self.keeper.keep()
        self.resume(draft.form)

    def _take_up(self, draft: KeptDraft) -> None:
        content = dict(draft.content)
        self._base = content.get("base")
        if self._session_id is not None and self._base is None:
            self._base = OLDER
        self.keeper.take_up(draft)
        self.fields.fill(content)
        self.ui.discard.show()
        self.ui.state.setText(self.context.language.text("Draft taken up again. Save it when it is ready."))

    def _discard_other(self, draft: KeptDraft) -> None:
        self.context.runner.write(
            lambda file: file.discard_draft(draft.form, draft.content), initiator=self, then=self._offer_undo
        )

    def _discard(self) -> None:
        self.keeper.discard(then=self._offer_undo)
        self.start(self._session_id, self._government_id)

    def _offer_undo(self, done: Done[str]) -> None:
        words = self.context.language.text("The draft is thrown away.")
        self.context.navigator.offer_undo(words, done.result)
        self.keeper.ask()

    def _show_untouched(self) -> None:
        self.ui.discard.hide()
        self.ui.state.setText(self.context.language.text("What you type is kept, also when the computer fails."))

    def _show_kept(self, moment: datetime) -> None:
        self.ui.discard.show()
        self.ui.state.setText(
            self.context.language.text(
                "Draft kept at {time}; it stays when the computer fails.", time=f"{moment.astimezone():%H:%M:%S}"
            )
        )

    # Choices of the form

    def _query_options(self) -> None:
        runner, governments = self.context.runner, list(self.ui.governments.wanted())
        runner.query(
            session_options,
            governments,
            self.fields.day(),
            self._session_id,
            then=self._show_options,
            owner=self,
            latest="session-options",
        )
        runner.query(present_options, governments, then=self.fields.offer_people, owner=self, latest="session-present")

    def _show_options(self, options: SessionOptions) -> None:
        self.fields.offer(options)
        ui, language = self.ui, self.context.language
        previous = options.previous
        ui.previous_card.setVisible(previous is not None)
        if previous is None:
            return
        form = language.text(SESSION_MODES[previous.form]).lower()
        ui.previous_when.setText(f"{language.day(previous.day)} · {form} · {language.duration(previous.minutes)}")
        ui.previous_text.setText(previous.report)
        agreed = [
            language.text("Agreement, {who}: {what}", who=language.text(PARTIES[line.who]), what=line.what)
            for line in options.previous_agreements
        ]
        ui.previous_agreed.setText("\n".join(agreed))
        ui.previous_agreed.setVisible(bool(agreed))

    # Saving and leaving

    def save(self) -> None:
        """Saves the session; errors are shown beside their fields and the input is kept."""
        if self._saving or (self._session_id is not None and self._stored is None):
            return
        self.keeper.keep()
        self.ui.rows.clear_errors()
        if not self.ui.changed.isHidden():
            words = self.context.language.text("First choose which text goes on: yours, or what is saved.")
            self.context.navigator.notify("attention", words)
            self.ui.changed.see.setFocus()
            return
        try:
            command = self._command()
        except UserError as error:
            self._show_error(error)
            return
        # Disabled while saving: input typed now would be neither in the command nor in the draft.
        self._saving, self._focus = True, QApplication.focusWidget()
        self.setFocus()
        self.ui.body.setEnabled(False)
        form = self._form
        self.context.runner.run(
            command,
            draft=self.keeper.key,
            initiator=self,
            then=lambda _: self._saved(form),
            failed=lambda error: self._show_refused(form, error),
        )

    def _command(self) -> AnyCommand:
        ui = self.ui
        content = self.fields.read()
        agreements = ui.agreements.read(self.context.today)
        corrected, entries = ui.entries.read()
        if self._session_id is not None:
            return ChangeSession(self._session_id, content, agreements, corrected, entries)
        return RegisterSession(content, agreements, entries)

    def _saved(self, form: int) -> None:
        if form != self._form:
            # Another form was opened meanwhile; nothing is left to do for this one.
            return
        self._end_saving()
        self.keeper.forget()
        chosen = self.ui.governments.chosen()
        self._go(self._government_id or (chosen[0] if chosen else None))

    def _show_refused(self, form: int, error: SamenlevenError) -> None:
        if form == self._form:
            self._show_error(error)
        else:
            # The input stays available as a draft.
            self.context.runner.failed.emit(error)

    def _end_saving(self) -> None:
        self._saving = False
        self.ui.body.setEnabled(True)

    def _show_error(self, error: SamenlevenError) -> None:
        if self._saving:
            self._end_saving()
            if self._focus is not None:
                self._focus.setFocus()
        words = self.context.language.error(error)
        if not self.ui.rows.show_error(error.field, words):
            self.context.navigator.notify("attention", words)

    def _describe_deletion(self, found: WholeSession) -> None:
        words = self._deletion_text(found)
        self.ui.delete.setToolTip(words)
        self.ui.delete.setAccessibleDescription(words)

    def _deletion_text(self, found: WholeSession) -> str:
        """Returns what is deleted with the session, and what stays."""
        plural, parts = self.context.language.plural, []
        if found.agreements:
            parts.append(plural("Goes along: {n} agreement.", "Go along: {n} agreements.", len(found.agreements)))
        if found.entries:
            parts.append(plural("Stays: {n} KPI number.", "Stay: {n} KPI numbers.", len(found.entries)))
        return " ".join(parts)

    def _delete(self) -> None:
        found = self._stored
        if found is not None and not self._saving:
            self._saving, form = True, self._form
            self.context.runner.run(
                DeleteSession(found.line.id, found.line.day),
                initiator=self,
                then=lambda done: self._deleted(form, done, found),
                failed=lambda error: self._show_refused(form, error),
            )

    def _deleted(self, form: int, done: Done[None], found: WholeSession) -> None:
        words = self.context.language.text("The session is deleted.")
        self.context.navigator.offer_undo(f"{words} {self._deletion_text(found)}".strip(), done.command_id)
        if form == self._form:
            self._saving = False
            self._go(self._government_id)

    def _print(self) -> None:
        if self._session_id is not None:
            self.context.navigator.open_report("session", self._session_id)

    def _leave(self) -> None:
        self._go(self._government_id)

    def _go(self, government_id: str | None) -> None:
        self.keeper.keep()
        self.keeper.forget()
        self._session_id, self._government_id = None, None
        if government_id is None:
            self.context.navigator.open_page("governments")
        else:
            self.context.navigator.open_dossier(government_id)
