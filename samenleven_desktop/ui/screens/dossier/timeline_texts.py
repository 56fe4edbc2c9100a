"""Texts of the timeline and the history of a dossier."""

from __future__ import annotations

from collections import Counter

from samenleven_desktop.i18n.labels import COSTS, FIELDS, SESSION_MODES, TABLES, field_value
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.unit_words import unit_words
from samenleven_desktop.readmodels.core import FieldChange, HistoryLine, SessionMode, TimelineItem
from samenleven_desktop.reports.report_kinds import REPORT_KINDS

_MOST = 4


def timeline_words(language: Language, item: TimelineItem) -> str:
    """Returns an event on one line: what happened, and about what."""
    text = language.text
    if item.kind == "session":
        form = text(SESSION_MODES[SessionMode(item.detail)]).lower()
        return text("Session, {form}, {length}", form=form, length=language.duration(item.minutes or 0))
    if item.kind == "offer":
        return text("Offer put to use: {offer}, {cost}", offer=item.text, cost=text(COSTS[item.detail]))
    if item.kind == "kpi":
        reached = item.number or 0
        unit = unit_words(reached, item.detail)
        return text(
            "KPI entry: {reached} {unit}, {action}", reached=language.number(reached), unit=unit, action=item.text
        )
    if item.kind == "handed_over":
        report = text(REPORT_KINDS[item.detail].title) if item.detail in REPORT_KINDS else text("Report")
        if item.text:
            return text("Handed over: {report}, to {name}", report=report, name=item.text)
        return text("Handed over: {report}", report=report)
    return text("Agreement done: {what}", what=item.text)


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
