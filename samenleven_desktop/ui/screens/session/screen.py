"""Registering a session of intensive support, with agreements and KPI totals in the same form.

What is typed is kept as a draft a moment after the last key, at every loss of focus, and at least every few
seconds; a form that was interrupted reopens as it was. A draft is dropped in the transaction that makes it a session.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from samenleven_desktop.domain.errors import SamenlevenError, UserError
from samenleven_desktop.domain.history_rows import FieldPlace
from samenleven_desktop.domain.people_rows import ContactLine
from samenleven_desktop.domain.rows import GovernmentChoice, OfferChoice, SessionForm, SessionLine, SessionOptions
from samenleven_desktop.services.command import AnyCommand
from samenleven_desktop.services.commands.sessions import ChangeSession, DeleteSession, RegisterSession, SessionContent
from samenleven_desktop.services.governments import choices
from samenleven_desktop.services.people import present, present_options
from samenleven_desktop.services.support import list_offers, session, session_options
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.session.layout import SessionLayout
from samenleven_desktop.ui.typed import read_date, read_number, read_time
from samenleven_desktop.words import FORMS, PARTIES, clock

QUIET_MS, AT_LEAST_MS = 700, 3000
NEW = "new"
# Contacts and colleagues stand in one field of chips.
_CONTACT, _COLLEAGUE = "contact:", "officer:"


class SessionScreen(Screen):
    """`start` opens it for a new session, of a government where named, or for one that was registered."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.ui = SessionLayout(self, context)
        self._session_id: str | None = None
        self._government_id: str | None = None
        self._options: SessionOptions | None = None
        self._action_ids = {str(action.number): action.short_title for action in context.plan.actions}
        self._filling = False
        self._dirty = False
        self._wanted: Mapping[str, Any] | None = None
        self._quiet, self._at_least = QTimer(self), QTimer(self)
        for timer, length in ((self._quiet, QUIET_MS), (self._at_least, AT_LEAST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(length)
            timer.timeout.connect(self._keep_draft)
        self._connect()

    def _connect(self) -> None:
        ui = self.ui
        for edit in (ui.day, ui.start, ui.end, ui.travel):
            edit.textEdited.connect(lambda _: self._touched())
        for box in (ui.form, ui.track):
            box.activated.connect(lambda _: self._touched())
        ui.report.textChanged.connect(self._touched)
        ui.agreements.edited.connect(self._touched)
        ui.entries.edited.connect(self._touched)
        ui.governments.chips_changed.connect(self._on_governments_changed)
        ui.actions_edit.chips_changed.connect(self._on_actions_changed)
        ui.offers.chips_changed.connect(self._touched)
        ui.present.chips_changed.connect(self._touched)
        ui.day.editingFinished.connect(self._ask_options)
        ui.save.clicked.connect(self.save)
        ui.discard.clicked.connect(self._discard)
        ui.delete.clicked.connect(self._delete)
        ui.print.clicked.connect(self._print)
        ui.back.clicked.connect(self._leave)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.save)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    @property
    def form_key(self) -> str:
        return f"session:{self._session_id or NEW}"

    # Opening

    def start(self, session_id: str | None, government_id: str | None) -> None:
        """Keeps what stands in the form now, then shows the other session, or its draft where there is one."""
        self._keep_draft()
        self._session_id, self._government_id = session_id, government_id
        text = self.context.language.text
        self.ui.header.title.setText(text("Change session") if session_id else text("Register intensive support"))
        self.ui.header.subtitle.setText(text("What you type is kept, also when the computer fails."))
        self.ui.delete.setVisible(session_id is not None)
        self.ui.print.setVisible(session_id is not None)
        self.ui.agreements_card.setVisible(session_id is None)
        self.ui.entries_card.setVisible(session_id is None)
        self.ui.discard.hide()
        self._wanted = None
        self._fill(self._empty())
        runner = self.context.runner
        runner.query(choices, then=self._show_governments, owner=self)
        runner.query(list_offers, then=self._show_offers, owner=self)
        if session_id is not None:
            runner.query(session, session_id, then=self._show_session, owner=self)
        form = self.form_key
        runner.on_read(lambda file: file.draft(form), then=self._show_draft, owner=self)
        self.ui.report.setFocus()

    def field_place(self, focus: QWidget) -> FieldPlace | None:
        """Where the value of the field with the keyboard is kept (ui/past.py); nowhere while the session is new."""
        ui = self.ui
        columns = {
            "day": ui.day,
            "start_minute": ui.start,
            "end_minute": ui.end,
            "travel_minutes": ui.travel,
            "form": ui.form,
            "track_id": ui.track,
            "report": ui.report,
        }
        name = next((name for name, editor in columns.items() if editor is focus or editor.isAncestorOf(focus)), None)
        return FieldPlace("support_session", self._session_id, name) if self._session_id and name else None

    def reload(self) -> None:
        """Nothing on this screen goes stale: it holds what the coach types."""

    def _empty(self) -> dict[str, Any]:
        return {
            "day": self.context.language.day_short(self.context.today),
            "governments": [self._government_id] if self._government_id else [],
        }

    def _show_governments(self, found: list[GovernmentChoice]) -> None:
        self._filling = True
        wanted = self._wanted or {}
        self.ui.governments.set_choices([(one.id, one.name) for one in found])
        self.ui.actions_edit.set_choices([(n, f"{n} {title}") for n, title in self._action_ids.items()])
        self.ui.governments.set_chosen(wanted.get("governments", []))
        self.ui.actions_edit.set_chosen(wanted.get("actions", []))
        self._filling = False
        self._ask_options()

    def _show_offers(self, found: list[OfferChoice]) -> None:
        self._filling = True
        self.ui.offers.set_choices([(one.id, f"{one.title} · {one.organisation}") for one in found])
        self._filling = False
        if self._wanted is not None:
            self.ui.offers.set_chosen(self._wanted.get("offers", []))

    def _show_session(self, line: SessionLine) -> None:
        self._fill(
            {
                "day": self.context.language.day_short(line.day),
                "start": clock(line.start_minute),
                "end": clock(line.end_minute),
                "travel": str(line.travel_minutes or ""),
                "form": line.form.value,
                "track": line.track_id,
                "governments": list(line.government_ids),
                "actions": [str(number) for number in line.action_numbers],
                "offers": list(line.offer_ids),
                "report": line.report,
            }
        )
        self.context.runner.query(present, line.id, then=self._show_present, owner=self)

    def _show_present(self, found: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        contacts, colleagues = found
        chosen = [f"{_CONTACT}{id_}" for id_ in contacts] + [f"{_COLLEAGUE}{id_}" for id_ in colleagues]
        self._wanted = {**(self._wanted or {}), "present": chosen}
        self._filling = True
        self.ui.present.set_chosen(chosen)
        self._filling = False

    def _show_draft(self, content: dict[str, Any] | None) -> None:
        if content is None:
            return
        self._fill(content)
        self._dirty = False
        self.ui.discard.show()
        self.ui.header.subtitle.setText(self.context.language.text("Draft taken up again. Save it when it is ready."))

    # What stands in the form

    def content(self) -> dict[str, Any]:
        """Everything typed, as typed."""
        ui = self.ui
        return {
            "day": ui.day.text(),
            "start": ui.start.text(),
            "end": ui.end.text(),
            "travel": ui.travel.text(),
            "form": ui.form.currentData(),
            "track": ui.track.currentData(),
            "governments": list(ui.governments.chosen()),
            "actions": list(ui.actions_edit.chosen()),
            "offers": list(ui.offers.chosen()),
            "present": list(ui.present.chosen()),
            "report": ui.report.toPlainText(),
            "agreements": ui.agreements.content(),
            "entries": ui.entries.content(),
        }

    def _fill(self, content: Mapping[str, Any]) -> None:
        self._filling = True
        self._wanted = content
        ui = self.ui
        for field in ui.fields.values():
            field.show_error("")
        ui.day.setText(content.get("day", ""))
        ui.start.setText(content.get("start", ""))
        ui.end.setText(content.get("end", ""))
        ui.travel.setText(content.get("travel", ""))
        ui.form.setCurrentIndex(max(ui.form.findData(content.get("form")), 0))
        ui.report.setPlainText(content.get("report", ""))
        ui.governments.set_chosen(content.get("governments", []))
        ui.actions_edit.set_chosen(content.get("actions", []))
        ui.offers.set_chosen(content.get("offers", []))
        ui.present.set_chosen(content.get("present", []))
        ui.agreements.fill(content.get("agreements", []))
        ui.entries.fill(content.get("entries", {}))
        self._filling = False
        self._ask_options()

    def _touched(self) -> None:
        if self._filling:
            return
        self._dirty = True
        self._quiet.start()
        if not self._at_least.isActive():
            self._at_least.start()

    def _on_governments_changed(self) -> None:
        self._touched()
        if not self._filling:
            self._ask_options()

    def _on_actions_changed(self) -> None:
        self._touched()
        self._offer_entries()

    def _on_focus_changed(self, old: QWidget | None, _now: QWidget | None) -> None:
        if old is not None and self.isAncestorOf(old):
            self._keep_draft()

    def _keep_draft(self) -> None:
        self._quiet.stop()
        self._at_least.stop()
        if not self._dirty:
            return
        self._dirty = False
        content, form = self.content(), self.form_key
        self.context.runner.on_store(
            lambda file: file.save_draft(form, content), then=self._show_kept, owner=self, turn="draft"
        )

    def leave(self) -> None:
        self._keep_draft()

    def _show_kept(self, moment: datetime) -> None:
        self.ui.discard.show()
        self.ui.header.subtitle.setText(
            self.context.language.text(
                "Draft kept at {time}; it stays when the computer fails.", time=f"{moment.astimezone():%H:%M:%S}"
            )
        )

    # What the form offers

    def _day(self) -> date:
        try:
            return read_date(self.ui.day.text(), self.context.today, "day")
        except UserError:
            return self.context.today

    def _ask_options(self) -> None:
        self.context.runner.query(
            session_options,
            list(self.ui.governments.chosen()),
            self._day(),
            self._session_id,
            then=self._show_options,
            owner=self,
            turn="session-options",
        )

        self.context.runner.query(
            present_options,
            list(self.ui.governments.chosen()),
            then=self._offer_present,
            owner=self,
            turn="session-present",
        )

    def _offer_present(self, found: tuple[list[ContactLine], list[tuple[str, str]]]) -> None:
        contacts, colleagues = found
        chosen = self.ui.present.chosen() or (self._wanted or {}).get("present", [])
        people = [
            (
                f"{_CONTACT}{one.id}",
                " · ".join(filter(None, [one.name, one.role, one.government_name or one.organisation])),
            )
            for one in contacts
        ]
        people += [(f"{_COLLEAGUE}{id_}", words) for id_, words in colleagues]
        self._filling = True
        self.ui.present.set_choices(people)
        self.ui.present.set_chosen(chosen)
        self._filling = False

    def _show_options(self, options: SessionOptions) -> None:
        self._options = options
        ui, text = self.ui, self.context.language.text
        wanted = ui.track.currentData() or (self._wanted or {}).get("track")
        ui.track.clear()
        ui.track.addItem(text("no track"), None)
        for track in options.tracks:
            ui.track.addItem(track.title, track.id)
        ui.track.setCurrentIndex(max(ui.track.findData(wanted), 0))
        self._offer_entries()
        self._show_previous(options)

    def _offer_entries(self) -> None:
        if self._options is None:
            return
        chosen = set(self.ui.actions_edit.chosen())
        lines = [line for line in self._options.commitments if str(line.action_number) in chosen]
        several = len({line.government_id for line in lines}) > 1
        self.ui.entries.offer(lines, several=several)

    def _show_previous(self, options: SessionOptions) -> None:
        ui, language = self.ui, self.context.language
        previous = options.previous
        ui.previous_card.setVisible(previous is not None)
        if previous is None:
            return
        form = language.text(FORMS[previous.form]).lower()
        ui.previous_when.setText(f"{language.day(previous.day)} · {form} · {language.duration(previous.minutes)}")
        ui.previous_text.setText(previous.report)
        agreed = [
            language.text("Agreement, {who}: {what}", who=language.text(PARTIES[line.who]), what=line.what)
            for line in options.previous_agreements
        ]
        ui.previous_agreed.setText("\n".join(agreed))
        ui.previous_agreed.setVisible(bool(agreed))

    # Keeping and leaving

    def save(self) -> None:
        """Registers the session; what is wrong is said beside its field and nothing is lost."""
        self._keep_draft()
        for field in self.ui.fields.values():
            field.show_error("")
        self.ui.agreements.show_problem("")
        self.ui.entries.show_problem("")
        try:
            command = self._command()
        except UserError as error:
            self._show_error(error)
            return
        self.ui.save.setEnabled(False)
        self.context.runner.run(command, initiator=self, then=lambda _: self._saved(), failed=self._show_error)

    def _command(self) -> AnyCommand:
        ui, today = self.ui, self.context.today
        travel = ui.travel.text().strip()
        content = SessionContent(
            day=read_date(ui.day.text(), today, "day"),
            start_minute=read_time(ui.start.text(), "times"),
            end_minute=read_time(ui.end.text(), "times"),
            travel_minutes=read_number(travel, "travel") if travel else 0,
            form=SessionForm(ui.form.currentData()),
            track_id=ui.track.currentData(),
            government_ids=ui.governments.chosen(),
            action_numbers=tuple(int(number) for number in ui.actions_edit.chosen()),
            offer_ids=ui.offers.chosen(),
            contact_ids=_after(_CONTACT, ui.present.chosen()),
            colleague_ids=_after(_COLLEAGUE, ui.present.chosen()),
            report=ui.report.toPlainText(),
        )
        content.check()
        if self._session_id is not None:
            return ChangeSession(self._session_id, content, draft=self.form_key)
        return RegisterSession(content, ui.agreements.read(today), ui.entries.read(), draft=self.form_key)

    def _saved(self) -> None:
        self.ui.save.setEnabled(True)
        self._dirty = False
        chosen = self.ui.governments.chosen()
        self._go(self._government_id or (chosen[0] if chosen else None))

    def _show_error(self, error: SamenlevenError) -> None:
        self.ui.save.setEnabled(True)
        words = self.context.language.error(error)
        field = self.ui.fields.get(error.field or "")
        if field is not None:
            field.show_error(words)
            field.editor.setFocus()
        elif error.field == "agreements":
            self.ui.agreements.show_problem(words)
        elif error.field in ("entries", "units"):
            self.ui.entries.show_problem(words)
        else:
            self.context.wishes.notice_requested.emit("attention", words)

    def _discard(self) -> None:
        self._quiet.stop()
        self._at_least.stop()
        self._dirty = False
        form = self.form_key
        self.context.runner.on_store(lambda file: file.drop_draft(form), then=lambda _: self._dropped(), owner=self)

    def _dropped(self) -> None:
        self.start(self._session_id, self._government_id)

    def _delete(self) -> None:
        if self._session_id is not None:
            command = DeleteSession(self._session_id, self._day())
            self.context.runner.run(command, initiator=self, then=lambda _: self._deleted())

    def _deleted(self) -> None:
        text = self.context.language.text("The session is deleted. Ctrl+Z brings it back.")
        self.context.wishes.notice_requested.emit("info", text)
        self._dirty = False
        self._go(self._government_id)

    def _print(self) -> None:
        if self._session_id is not None:
            self.context.wishes.report_requested.emit("session", self._session_id)

    def _leave(self) -> None:
        self._keep_draft()
        self._go(self._government_id)

    def _go(self, government_id: str | None) -> None:
        self._session_id, self._government_id = None, None
        if government_id is None:
            self.context.wishes.page_requested.emit("governments")
        else:
            self.context.wishes.dossier_requested.emit(government_id)


def _after(kind: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(id_.removeprefix(kind) for id_ in ids if id_.startswith(kind))
