"""Texts of the timeline and the history of a dossier."""

from __future__ import annotations

from collections import Counter

from samenleven_desktop.i18n.labels import COSTS, FIELDS, SESSION_MODES, TABLES, field_value
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import FieldChange, HistoryLine, SessionMode, TimelineItem

_MOST = 4


def timeline_title(language: Language, item: TimelineItem) -> str:
    text = language.text
    if item.kind == "session":
        form = text(SESSION_MODES[SessionMode(item.detail)]).lower()
        return text("Session · {form}, {length}", form=form, length=language.duration(item.minutes or 0))
    if item.kind == "offer":
        return text("Offer · {cost}", cost=text(COSTS[item.detail]))
    if item.kind == "kpi":
        return text("KPI · {reached} {unit}", reached=language.number(item.number or 0), unit=item.detail)
    return text("Agreement done")


def timeline_text(language: Language, item: TimelineItem) -> str:
    if item.kind == "offer" and item.action:
        return language.text("{offer}, for action {action}", offer=item.text, action=item.action)
    return item.text or "–"


def change_text(language: Language, line: HistoryLine) -> str:
    """Describes the changed fields with old and new value; new records by type, equal ones counted."""
    counts = Counter(one_change(language, change) for change in line.changes)
    shown = [f"{n} × {words}" if n > 1 else words for words, n in list(counts.items())[:_MOST]]
    rest = sum(list(counts.values())[_MOST:])
    if rest > 0:
        shown.append(language.plural("and {n} more", "and {n} more", rest))
    return "; ".join(shown)


def one_change(language: Language, change: FieldChange) -> str:
    """Describes one field: old and new value."""
    text = language.text
    record = text(TABLES.get(change.table, change.table))
    if change.field is None:
        return text("new {record}", record=record)
    if change.field == "deleted_at":
        return text("{record} deleted", record=record) if change.new else text("{record} put back", record=record)
    return text(
        "{record}, {field}: {old} → {new}",
        record=record,
        field=text(FIELDS.get(change.field, change.field)),
        old=field_value(language, change.field, change.old, short=True),
        new=field_value(language, change.field, change.new, short=True),
    )
