"""Sentences about where a KPI entry counts: beside a row of the ledger, and while an entry is typed."""

from __future__ import annotations

from datetime import date

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.kpi import EntryKind, Uncounted
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.entries import EntryFacts

_WORDS = {
    Uncounted.CORRECTED: N_("does not count: a newer row stands in its place"),
    Uncounted.BEFORE_YEAR: N_("does not count: before the first day of the project year"),
    Uncounted.AFTER_YEAR: N_("does not count: added after the last day of the project year"),
    Uncounted.AFTER_REPORT: N_("does not count: after the last day of the final report"),
    Uncounted.REPORT_DAY_UNKNOWN: N_("does not count: the plan does not know the last day of the final report"),
    Uncounted.AFTER_TODAY: N_("does not count yet: its day is still to come"),
    Uncounted.IN_READING: N_("does not count apart: part of the total of that day"),
}


def uncounted_words(language: Language, reason: Uncounted | None) -> str:
    """Returns why a row of the ledger does not count; empty if it does."""
    return "" if reason is None else language.text(_WORDS[reason])


def where_it_counts(language: Language, facts: EntryFacts, kind: EntryKind, day: date, today: date) -> tuple[bool, str]:
    """Returns whether a new entry of that day will count, and the sentence that says where or why not."""
    text, days = language.text, facts.days
    shown = {"first": language.day(days.first), "last": language.day(days.last)}
    until = {"until": language.day(days.last_of_all)}
    match days.why_not(kind, day):
        case Uncounted.BEFORE_YEAR:
            return False, text(
                "The project year began on {first}: this entry is kept, but does not count for it.", **shown
            )
        case Uncounted.AFTER_YEAR if days.readings_until is None or days.readings_until == days.last:
            return False, text(
                "The project year ended on {last}: this entry is kept, but does not count for it.", **shown
            )
        case Uncounted.AFTER_YEAR:
            return False, text(
                "The project year ended on {last}: what is added now does not count for it. A total on that day does,"
                " up to {until}.",
                **shown,
                **until,
            )
        case Uncounted.AFTER_REPORT:
            return False, text(
                "The project year ended on {last} and its final report on {until}: this entry is kept, but does not"
                " count.",
                **shown,
                **until,
            )
        case Uncounted.REPORT_DAY_UNKNOWN:
            return False, text(
                "The project year ended on {last}. A total of after that day counts once the plan knows the last day of"
                " the final report: fill it in at the plan.",
                **shown,
            )
    if kind is EntryKind.INCREMENT and day in facts.totals:
        total = language.number(facts.totals[day])
        return False, text(
            "A total of {total} stands on that day: what was added on the same day is part of it and does not count"
            " apart.",
            total=total,
        )
    if day > today:
        return False, text("This entry counts from {day} on.", day=language.day(day))
    if day > days.last:
        return True, text(
            "Counts as the total of the project year that ended on {last}: a report may bring it up to {until}.",
            **shown,
            **until,
        )
    words = text("Counts for the project year from {first} to {last}.", **shown)
    if kind is EntryKind.READING and facts.added.get(day):
        added = language.number(facts.added[day])
        words += " " + text(
            "A total is that at the end of the day: the {added} added on that day are part of it.", added=added
        )
    return True, words
