"""The fields of the session form: filling them, reading their input, and their choices.

Choices arrive after the form is filled; values are kept until their choices are loaded. Independent of drafts and page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QLineEdit

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.fields import SESSION
from samenleven_desktop.domain.typed_values import MINUTES_IN_DAY, read_date, read_time
from samenleven_desktop.i18n.labels import clock, typed_text
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import GovernmentChoice, OfferChoice, SessionOptions
from samenleven_desktop.readmodels.people import ContactLine
from samenleven_desktop.services.sessions.commands import SessionContent, session_end
from samenleven_desktop.services.sessions.whole_session import WholeSession
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.screens.session.layout import SessionLayout

# Contacts and colleagues share one chips field.
_CONTACT, _COLLEAGUE = "contact:", "officer:"
Content = Mapping[str, Any]
# Names of fields in drafts, where they differ from the key.
_NAMES = {"start_minute": "start", "end_minute": "end", "travel_minutes": "travel", "track_id": "track"}


def stored_content(language: Language, found: WholeSession) -> dict[str, Any]:
    """Returns the field contents of a stored session."""
    line, plain = found.line, ("form", "track_id")
    fields = {
        _NAMES.get(key, key): getattr(line, key) if key in plain else typed_text(language, field, getattr(line, key))
        for key, field in SESSION.items()
        if hasattr(line, key)
    }
    return {
        **fields,
        "governments": list(line.government_ids),
        "actions": [one.id for one in line.actions],
        "offers": list(line.offer_ids),
        "present": [f"{_CONTACT}{id_}" for id_ in found.contact_ids]
        + [f"{_COLLEAGUE}{id_}" for id_ in found.colleague_ids],
        "agreements": [
            [one.who.value, one.what, language.day_short(one.due) if one.due else "", one.id]
            for one in found.agreements
        ],
        "entries": {one.commitment_id: language.number(one.units) for one in found.entries},
    }


def fingerprint(found: WholeSession) -> str:
    """Returns a hash to detect whether a session still is as the form showed it; independent of the language."""
    content = stored_content(Language("en"), found)
    for name in ("governments", "actions", "offers", "present", "agreements"):
        content[name] = sorted(content[name])
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:24]


class SessionFields:
    """`edited` is called after changes by the user, never while the form is filled."""

    def __init__(self, ui: SessionLayout, context: UiContext, edited: Callable[[], None]) -> None:
        self.ui, self._context = ui, context
        self._filled: Content = {}
        self._options: SessionOptions | None = None
        ui.actions_edit.set_choices(context.action_choices())
        ui.rows.connect(edited)
        for edit in (ui.day, ui.start, ui.end):
            edit.editingFinished.connect(self._show_night)
        ui.actions_edit.chips_changed.connect(self._offer_entries)

    def fill(self, content: Content) -> None:
        """Fills the fields; the undo history of the fields starts here."""
        content = {**content, "actions": [self._action_id(one) for one in content.get("actions", ())]}
        ui, self._filled = self.ui, content
        ui.rows.clear_errors()
        ui.rows.fill(content)
        ui.report.place_caret(content.get("caret"))
        self._show_night()
        self._offer_entries()

    def _action_id(self, kept: str) -> str:
        """Drafts of earlier versions hold numbers of the plan that counted."""
        found = next((one.id for one in self._context.plan.actions if str(one.number) == kept), None)
        return found or kept

    def content(self) -> dict[str, Any]:
        """Returns all input unparsed."""
        return {**self.ui.rows.content(), "caret": self.ui.report.textCursor().position()}

    def show_stored(self, found: WholeSession) -> None:
        """Shows the ledger rows that the session wrote, regardless of the other fields."""
        self.ui.entries.show_stored(found.entries)
        self._offer_entries()

    def fill_around(self, stored: Content) -> None:
        """Fills in a session that arrives after the user started typing: the input is merged into the fields."""
        now, typed = self.content(), {}
        for name in (row.name for row in self.ui.rows.rows if isinstance(row.editor, QLineEdit)):
            if now[name] != self._filled.get(name, ""):
                typed[name] = now[name]
        report = now["report"]
        if report:
            typed["report"] = stored["report"] + report
        new = [line for line in now["agreements"] if not line[3]]
        typed["agreements"] = [*stored["agreements"], *new]
        self.fill({**stored, **typed})

    def day(self) -> date:
        """Returns the entered date, or today while it cannot be parsed."""
        try:
            return read_date(self.ui.day.text(), self._context.today, "day")
        except UserError:
            return self._context.today

    def _show_night(self) -> None:
        """Says in words that a session ends on the next day."""
        language, today, night = self._context.language, self._context.today, self.ui.night
        night.hide()
        with suppress(UserError):
            day = read_date(self.ui.day.text(), today, "day")
            start, end = read_time(self.ui.start.text(), "times"), read_time(self.ui.end.text(), "times")
            end = session_end(start, end)
            if end > MINUTES_IN_DAY:
                words = language.text(
                    "Over midnight: {length}, until {time} on {day}.",
                    length=language.duration(end - start),
                    time=clock(end),
                    day=language.day(day + timedelta(days=1)),
                )
                night.setText(words)
                night.show()

    def read(self) -> SessionContent:
        """Returns the content. Raises UserError that names the invalid field."""
        ui = self.ui
        content = SessionContent(
            government_ids=ui.governments.chosen(),
            action_ids=tuple(ui.actions_edit.chosen()),
            offer_ids=ui.offers.chosen(),
            contact_ids=_after(_CONTACT, ui.present.chosen()),
            colleague_ids=_after(_COLLEAGUE, ui.present.chosen()),
            **ui.rows.read(self._context.today),
        )
        content.check()
        return content

    # Choices

    def offer_governments(self, found: list[GovernmentChoice]) -> None:
        self.ui.governments.set_choices([(one.id, one.name) for one in found])

    def offer_offers(self, found: list[OfferChoice]) -> None:
        self.ui.offers.set_choices([(one.id, f"{one.title} · {one.organisation}") for one in found])

    def offer_people(self, found: tuple[list[ContactLine], list[tuple[str, str]]]) -> None:
        contacts, colleagues = found
        people = [
            (
                f"{_CONTACT}{one.id}",
                " · ".join(filter(None, [one.name, one.role, one.government_name or one.organisation])),
            )
            for one in contacts
        ]
        people += [(f"{_COLLEAGUE}{id_}", words) for id_, words in colleagues]
        self.ui.present.set_choices(people)

    def offer(self, options: SessionOptions) -> None:
        """Offers tracks and targets of the selected governments."""
        self._options = options
        tracks = [(None, self._context.language.text("no track")), *((one.id, one.title) for one in options.tracks)]
        # A track of another government is dropped; without governments there are no tracks to select yet.
        self.ui.track.offer(tracks, keep=not self.ui.governments.wanted())
        self._offer_entries()

    def _offer_entries(self) -> None:
        if self._options is None:
            return
        chosen, stored = set(self.ui.actions_edit.chosen()), self.ui.entries.stored_ids
        lines = [one for one in self._options.commitments if one.action_id in chosen or one.id in stored]
        several = len({line.government_id for line in lines}) > 1
        self.ui.entries.offer(lines, several=several)


def _after(kind: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(id_.removeprefix(kind) for id_ in ids if id_.startswith(kind))
