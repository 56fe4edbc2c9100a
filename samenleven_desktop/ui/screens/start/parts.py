"""The two cards of *Start* that are no plain list: the map of my area, and the terms of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout

from samenleven_desktop.domain.plan_calendar import PlanDay, Reminder
from samenleven_desktop.i18n.labels import TERMS
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.screens.start.map_colours import COLOURINGS
from samenleven_desktop.ui.theme import tokens
from samenleven_desktop.ui.widgets.basic import CardFrame, button, label, pill
from samenleven_desktop.ui.widgets.choice import Segmented
from samenleven_desktop.ui.widgets.map import MapArea, MapWidget
from samenleven_desktop.ui.widgets.map_looks import MapLegend

_SIDE = 180
_SHOWN_TERMS = 4
_TONES = {
    Reminder.MONTH: "accent",
    Reminder.FORTNIGHT: "attention",
    Reminder.WEEK: "bad",
    Reminder.PASSED: "attention",
}


class MapCard(CardFrame):
    """The map with, beside it, which government is meant and what the looks stand for."""

    def __init__(self, context: UiContext) -> None:
        language, theme = context.language, context.theme
        text = language.text
        super().__init__(text("Area"))
        self._language = language
        self.colour = Segmented(text("Colour of the map"), [(key, text(one.title)) for key, one in COLOURINGS.items()])
        self.head.addWidget(label(text("colour ="), "small"))
        self.head.addWidget(self.colour)
        self.map = MapWidget(
            theme,
            language,
            text("Map of my area"),
            text("Map: Statbel, Provincies in Cijfers · CC BY 4.0"),
            text(
                "Map: Statbel, statistical sectors on 1 January 2025 (CC BY 4.0), simplified by Provincies in "
                "Cijfers, adapted."
            ),
        )
        self.legend = MapLegend(theme)
        self.name = label("", "strong", wrap=True)
        self.value = label("", "small", wrap=True)
        self.fault = label("", "muted", wrap=True)
        self.choose = button(text("Choose my governments ..."), kind="primary")
        self.fault.hide()
        self.choose.hide()
        line = QHBoxLayout()
        line.setSpacing(tokens.SPACE_3)
        line.addWidget(self.map, 1)
        side = QVBoxLayout()
        side.setSpacing(tokens.SPACE_1)
        for part in (self.name, self.value, self.fault, self.choose):
            # Under the texts, so that a longer one pushes nothing aside but the empty room.
            part.setFixedWidth(_SIDE)
            side.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        side.addStretch(1)
        self.legend.setFixedWidth(_SIDE)
        side.addWidget(self.legend)
        line.addLayout(side)
        self.body.addLayout(line, 1)
        self.map.area_pointed.connect(self.show_pointed)
        self.setMinimumHeight(270)

    def show_pointed(self, area: MapArea | None) -> None:
        """The government under the mouse or the keyboard; without one, what can be done here."""
        self.name.setText(area.name if area else "")
        self.name.setVisible(area is not None)
        hint = ""
        if self.map.areas:
            hint = self._language.text("Point at a government for its numbers, click for its dossier.")
        self.value.setText(area.value if area else hint)

    def show_fault(self, words: str, *, choose: bool = False) -> None:
        """Why there is no map, or an empty one; an empty text takes it away."""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        self.choose.setVisible(choose)


class TermsCard(CardFrame):
    """What the plan asks by when: one line per term, louder as it comes nearer."""

    def __init__(self, context: UiContext) -> None:
        self._language = context.language
        super().__init__(context.language.text("Terms of the plan"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.SPACE_3)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_terms(self, terms: Sequence[PlanDay]) -> None:
        """The first few; the others come in sight when these have passed."""
        while (old := self._grid.takeAt(0)) is not None:
            if (part := old.widget()) is not None:
                part.hide()
                part.deleteLater()
        if not terms:
            self._grid.addWidget(label(self._language.text("The plan has no dates ahead."), "muted"), 0, 0)
        for row, term in enumerate(terms[:_SHOWN_TERMS]):
            name = label(self._language.text(TERMS[term.kind], n=term.year), wrap=True)
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
    """22 apr – 6 mei, or only the last day."""
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
