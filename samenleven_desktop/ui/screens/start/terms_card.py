"""The terms of the plan on *Start*: what opens or closes soon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from samenleven_desktop.domain.plan_calendar import PlanDay, Reminder
from samenleven_desktop.i18n.labels import TERMS
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.theme import tokens
from samenleven_desktop.ui.widgets.basic import CardFrame, label, pill

_SHOWN_TERMS = 4


_TONES = {
    Reminder.MONTH: "accent",
    Reminder.FORTNIGHT: "attention",
    Reminder.WEEK: "bad",
    Reminder.PASSED: "attention",
}


class TermsCard(CardFrame):
    """The deadlines of the plan: one line per term, more prominent as it comes closer."""

    def __init__(self, context: UiContext) -> None:
        self._language = context.language
        super().__init__(context.language.text("Terms of the plan"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.SPACE_3)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_terms(self, terms: Sequence[PlanDay], nothing: str) -> None:
        """Shows the first few terms; the others follow when these have passed. `nothing` says why there are none."""
        while (old := self._grid.takeAt(0)) is not None:
            if (part := old.widget()) is not None:
                part.hide()
                part.deleteLater()
        if not terms:
            self._grid.addWidget(label(nothing, "muted", wrap=True), 0, 0)
        for row, term in enumerate(terms[:_SHOWN_TERMS]):
            words = self._language.text(TERMS[term.kind], n=term.year)
            name = label(" · ".join(filter(None, [words, term.plan, term.about])), wrap=True)
            source = self._source(term)
            name.setToolTip(source)
            name.setAccessibleDescription(source)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(label(period_text(self._language, term), "muted"), row, 1)
            left = pill(left_text(self._language, term), _TONES.get(term.reminder, "neutral"))
            self._grid.addWidget(left, row, 2, Qt.AlignmentFlag.AlignRight)

    def _source(self, term: PlanDay) -> str:
        words = self._language.text("Source: {source}", source="\n".join(term.sources))
        return f"{term.note}\n{words}" if term.note else words


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
