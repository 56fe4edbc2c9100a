"""The fields of the session form as one: filling them, reading what stands in them, and what they offer to choose.

Choices arrive after the form is filled; what was asked for waits until they are there. Knows no draft and no page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.i18n.labels import clock
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import GovernmentChoice, OfferChoice, SessionMode, SessionOptions
from samenleven_desktop.readmodels.people import ContactLine
from samenleven_desktop.services.sessions.commands import SessionContent
from samenleven_desktop.services.sessions.form import WholeSession
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.input_parsing import read_date, read_number, read_time
from samenleven_desktop.ui.screens.session.layout import SessionLayout

# Contacts and colleagues stand in one field of chips.
_CONTACT, _COLLEAGUE = "contact:", "officer:"
Content = Mapping[str, Any]


def stored_content(language: Language, found: WholeSession) -> dict[str, Any]:
    """A session of the work file as it stands in the fields."""
    line = found.line
    return {
        "day": language.day_short(line.day),
        "start": clock(line.start_minute),
        "end": clock(line.end_minute),
        "travel": str(line.travel_minutes or ""),
        "form": line.form.value,
        "track": line.track_id,
        "governments": list(line.government_ids),
        "actions": [str(number) for number in line.action_numbers],
        "offers": list(line.offer_ids),
        "present": [f"{_CONTACT}{id_}" for id_ in found.contact_ids]
        + [f"{_COLLEAGUE}{id_}" for id_ in found.colleague_ids],
        "report": line.report,
        "agreements": [
            [one.who.value, one.what, language.day_short(one.due) if one.due else "", one.id]
            for one in found.agreements
        ],
        "entries": {one.commitment_id: language.number(one.units) for one in found.entries},
    }


def fingerprint(found: WholeSession) -> str:
    """Tells whether a session still is as it was when the form showed it, in every language."""
    content = stored_content(Language("en"), found)
    for name in ("governments", "actions", "offers", "present", "agreements"):
        content[name] = sorted(content[name])
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:24]


class SessionFields:
    """`edited` is called when the person changed something, never when the form is filled."""

    def __init__(self, ui: SessionLayout, context: UiContext, edited: Callable[[], None]) -> None:
        self.ui, self._context = ui, context
        self._filled: Content = {}
        self._track: str | None = None
        self._options: SessionOptions | None = None
        actions = [(str(one.number), f"{one.number} {one.short_title}") for one in context.plan.actions]
        ui.actions_edit.set_choices(actions)
        for edit in (ui.day, ui.start, ui.end, ui.travel):
            edit.textEdited.connect(lambda _: edited())
        for box in (ui.form, ui.track):
            box.activated.connect(lambda _: edited())
        ui.track.activated.connect(lambda _: self._keep_track())
        for part in (ui.report, ui.agreements, ui.entries):
            part.edited.connect(edited)
        for chips in (ui.governments, ui.actions_edit, ui.offers, ui.present):
            chips.chips_edited.connect(edited)
        ui.actions_edit.chips_changed.connect(self._offer_entries)

    def fill(self, content: Content) -> None:
        """Shows this; undo in the fields begins here."""
        ui, self._filled = self.ui, content
        self.clear_errors()
        ui.day.setText(content.get("day", ""))
        ui.start.setText(content.get("start", ""))
        ui.end.setText(content.get("end", ""))
        ui.travel.setText(content.get("travel", ""))
        ui.form.setCurrentIndex(max(ui.form.findData(content.get("form")), 0))
        self._track = content.get("track")
        ui.track.setCurrentIndex(max(ui.track.findData(self._track), 0))
        ui.report.setPlainText(content.get("report", ""))
        ui.report.place_caret(content.get("caret"))
        ui.governments.set_chosen(content.get("governments", []))
        ui.actions_edit.set_chosen(content.get("actions", []))
        ui.offers.set_chosen(content.get("offers", []))
        ui.present.set_chosen(content.get("present", []))
        ui.agreements.fill(content.get("agreements", []))
        ui.entries.fill(content.get("entries", {}))
        self._offer_entries()

    def content(self) -> dict[str, Any]:
        """Everything typed, as typed."""
        ui = self.ui
        return {
            "day": ui.day.text(),
            "start": ui.start.text(),
            "end": ui.end.text(),
            "travel": ui.travel.text(),
            "form": ui.form.currentData(),
            "track": self._track,
            "governments": list(ui.governments.wanted()),
            "actions": list(ui.actions_edit.wanted()),
            "offers": list(ui.offers.wanted()),
            "present": list(ui.present.wanted()),
            "report": ui.report.toPlainText(),
            "caret": ui.report.textCursor().position(),
            "agreements": ui.agreements.content(),
            "entries": ui.entries.content(),
        }

    def show_stored(self, found: WholeSession) -> None:
        """The KPI rows that the session wrote get their lines, whatever else stands in the fields."""
        self.ui.entries.show_stored(found.entries)
        self._offer_entries()

    def fill_around(self, stored: Content) -> None:
        """Shows a session in which was typed before it was there: what was typed stands where it would have come."""
        now, typed = self.content(), {}
        for name in ("day", "start", "end", "travel"):
            if now[name] != self._filled.get(name, ""):
                typed[name] = now[name]
        report = now["report"]
        if report:
            typed["report"] = stored["report"] + report
        new = [line for line in now["agreements"] if not line[3]]
        typed["agreements"] = [*stored["agreements"], *new]
        self.fill({**stored, **typed})

    def day(self) -> date:
        """The day that is typed; today while it cannot be read."""
        try:
            return read_date(self.ui.day.text(), self._context.today, "day")
        except UserError:
            return self._context.today

    def read(self) -> SessionContent:
        """Raises UserError that names the field that is wrong."""
        ui, today = self.ui, self._context.today
        travel = ui.travel.text().strip()
        content = SessionContent(
            day=read_date(ui.day.text(), today, "day"),
            start_minute=read_time(ui.start.text(), "times"),
            end_minute=read_time(ui.end.text(), "times"),
            travel_minutes=read_number(travel, "travel") if travel else 0,
            form=SessionMode(ui.form.currentData()),
            track_id=self._track,
            government_ids=ui.governments.chosen(),
            action_numbers=tuple(int(number) for number in ui.actions_edit.chosen()),
            offer_ids=ui.offers.chosen(),
            contact_ids=_after(_CONTACT, ui.present.chosen()),
            colleague_ids=_after(_COLLEAGUE, ui.present.chosen()),
            report=ui.report.toPlainText(),
        )
        content.check()
        return content

    def clear_errors(self) -> None:
        for field in self.ui.fields.values():
            field.show_error("")
        self.ui.agreements.show_problem("")
        self.ui.entries.show_problem("")

    # What there is to choose

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
        """Tracks and targets of the governments that are chosen."""
        self._options = options
        box = self.ui.track
        box.clear()
        box.addItem(self._context.language.text("no track"), None)
        for track in options.tracks:
            box.addItem(track.title, track.id)
        if self._track is not None and box.findData(self._track) < 0 and self.ui.governments.wanted():
            # The track is of another government, or gone.
            self._track = None
        box.setCurrentIndex(max(box.findData(self._track), 0))
        self._offer_entries()

    def _keep_track(self) -> None:
        self._track = self.ui.track.currentData()

    def _offer_entries(self) -> None:
        if self._options is None:
            return
        chosen, stored = set(self.ui.actions_edit.chosen()), self.ui.entries.stored_ids
        lines = [one for one in self._options.commitments if str(one.action_number) in chosen or one.id in stored]
        several = len({line.government_id for line in lines}) > 1
        self.ui.entries.offer(lines, several=several)


def _after(kind: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(id_.removeprefix(kind) for id_ in ids if id_.startswith(kind))
