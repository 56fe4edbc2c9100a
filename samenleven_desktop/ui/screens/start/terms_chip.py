"""The next deadline of the plans in use, on *Start*: a chip that opens all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QMenu, QPushButton

from samenleven_desktop.domain.plan_calendar import PlanDay, Reminder
from samenleven_desktop.i18n.labels import TERMS
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.widgets.basic import restyle

_TONES = {
    Reminder.MONTH: "accent",
    Reminder.FORTNIGHT: "attention",
    Reminder.WEEK: "bad",
    Reminder.PASSED: "attention",
}


class TermsChip(QPushButton):
    """Names the next deadline, more prominent as it comes closer; the menu lists every one with its source."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.setProperty("chip", True)
        self.setAutoDefault(False)
        self.entries = QMenu(self)
        self.entries.setToolTipsVisible(True)
        self.setMenu(self.entries)

    def show_terms(self, terms: Sequence[PlanDay], nothing: str) -> None:
        """Shows the terms, the next one on the chip. `nothing` says why there are none."""
        language, context = self._context.language, self._context
        self.entries.clear()
        for term in terms:
            words = [term_name(language, term), period_text(language, term), left_text(language, term)]
            entry = self.entries.addAction(" · ".join(words))
            entry.setToolTip(self._source(term))
            entry.triggered.connect(lambda _checked=False: context.navigator.open_page("kpis"))
        ahead = next((term for term in terms if term.days_left is not None and term.days_left >= 0), None)
        first = ahead or next(iter(terms), None)
        self.setEnabled(first is not None)
        self.setText(nothing if first is None else f"{term_name(language, first)} · {left_text(language, first)}")
        restyle(self, "tone", "" if first is None else _TONES.get(first.reminder, "attention"))

    def _source(self, term: PlanDay) -> str:
        words = self._context.language.text("Source: {source}", source="\n".join(term.sources))
        return f"{term.note}\n{words}" if term.note else words


def term_name(language: Language, term: PlanDay) -> str:
    words = language.text(TERMS[term.kind], n=term.year)
    return " · ".join(filter(None, [words, term.plan, term.about]))


def period_text(language: Language, term: PlanDay) -> str:
    """Returns 22 apr – 6 mei, or only the last day."""
    if term.day is None:
        return "–"
    last = _day(language, term.day, term.today)
    return last if term.opens is None else f"{_day(language, term.opens, term.today)} – {last}"


def left_text(language: Language, term: PlanDay) -> str:
    left = term.days_left
    if left is None:
        return language.text("day not known")
    if left == 0:
        return language.text("last day today")
    if left < 0:
        return language.plural("passed {n} day ago", "passed {n} days ago", -left)
    if term.open_now:
        return language.plural("open, {n} day left", "open, {n} days left", left)
    return language.plural("{n} day left", "{n} days left", left)


def _day(language: Language, day: date, today: date) -> str:
    return language.day_month(day) if day.year == today.year else language.day_short(day)
