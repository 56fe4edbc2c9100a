"""Calendar files (.ics): items have stable ids, so that a second export replaces the first.

By default no text entered by a user is included: such a file is mailed and synchronised further than its author
expects.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from samenleven_desktop.domain.agenda import AgendaItem, AgendaKind
from samenleven_desktop.domain.text_output import printable
from samenleven_desktop.i18n.labels import PLAN_DAYS, SESSION_MODES
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import SessionMode

_ZONE = ZoneInfo("Europe/Brussels")


def calendar_file(items: Iterable[AgendaItem], language: Language, made_at: datetime, *, words: bool = False) -> bytes:
    """Returns sessions, agreements and plan dates as a calendar; `words` includes the text of agreements and the
    names of other subsidies."""
    calendar = Calendar()
    calendar.add("prodid", "-//Samenleven Desktop//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    kept = [item for item in items if item.kind is not AgendaKind.HOLIDAY]
    if kept:
        first = min(item.day for item in kept)
        calendar.add_component(
            Timezone.from_tzinfo(_ZONE, "Europe/Brussels", date(first.year, 1, 1), date(first.year + 3, 1, 1))
        )
    for item in kept:
        calendar.add_component(_event(item, language, made_at, words))
    return bytes(calendar.to_ical())


def _event(item: AgendaItem, language: Language, made_at: datetime, words: bool) -> Event:
    event = Event()
    name = item.record_id or f"{item.kind}-{item.title}-{item.year}"
    event.add("uid", printable(f"{name}@samenleven-desktop"))
    event.add("dtstamp", made_at)
    event.add("summary", printable(_summary(item, language)))
    if item.kind is AgendaKind.SESSION and item.start_minute is not None and item.end_minute is not None:
        event.add("dtstart", _moment(item.day, item.start_minute))
        event.add("dtend", _moment(item.day, item.end_minute))
    else:
        event.add("dtstart", item.day)
        event.add("dtend", item.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    if words and item.kind in (AgendaKind.AGREEMENT, AgendaKind.INSTRUMENT):
        event.add("description", printable(item.detail))
    return event


def _summary(item: AgendaItem, language: Language) -> str:
    if item.kind is AgendaKind.SESSION:
        form = language.text(SESSION_MODES[SessionMode(item.detail)]).lower()
        return language.text("Session ({form}): {governments}", form=form, governments=item.title)
    if item.kind is AgendaKind.AGREEMENT:
        return language.text("Agreement: {government}", government=item.title)
    if item.kind is AgendaKind.INSTRUMENT:
        return language.text("Deadline of a subsidy: {government}", government=item.title)
    return language.text(PLAN_DAYS[item.title], n=str(item.year))


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60 % 24, minute % 60), _ZONE) + timedelta(days=minute // 1440)
