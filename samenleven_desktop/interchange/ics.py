"""Calendar files (.ics): items with identities that stay, so that a second export replaces the first.

Without a choice to the contrary no words that a person typed go in: such a file is mailed and synchronised further
than its maker sees.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from samenleven_desktop.domain.agenda import AgendaItem, AgendaKind
from samenleven_desktop.i18n.labels import PLAN_DAYS, SESSION_MODES
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import SessionMode

_ZONE = ZoneInfo("Europe/Brussels")


def calendar_file(items: Iterable[AgendaItem], language: Language, made_at: datetime, *, words: bool = False) -> bytes:
    """Sessions, agreements and days of the plan as a calendar; `words` takes the text of agreements along."""
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
    event.add("uid", f"{name}@samenleven-desktop")
    event.add("dtstamp", made_at)
    event.add("summary", _summary(item, language))
    if item.kind is AgendaKind.SESSION and item.start_minute is not None and item.end_minute is not None:
        event.add("dtstart", _moment(item.day, item.start_minute))
        event.add("dtend", _moment(item.day, item.end_minute))
    else:
        event.add("dtstart", item.day)
        event.add("dtend", item.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    if words and item.kind is AgendaKind.AGREEMENT:
        event.add("description", item.detail)
    return event


def _summary(item: AgendaItem, language: Language) -> str:
    if item.kind is AgendaKind.SESSION:
        form = language.text(SESSION_MODES[SessionMode(item.detail)]).lower()
        return language.text("Session ({form}): {governments}", form=form, governments=item.title)
    if item.kind is AgendaKind.AGREEMENT:
        return language.text("Agreement: {government}", government=item.title)
    return language.text(PLAN_DAYS[item.title], n=str(item.year))


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60 % 24, minute % 60), _ZONE) + timedelta(days=minute // 1440)
