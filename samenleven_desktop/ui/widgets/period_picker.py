"""Chooses a period for a list that is about days, and says how many rows the chosen one hides."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.period import EVERYTHING, Period, PeriodKind, offered
from samenleven_desktop.domain.typed_values import read_date
from samenleven_desktop.i18n.labels import year_words
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.theme import tokens
from samenleven_desktop.ui.widgets.basic import button
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.day_edit import DayEdit
from samenleven_desktop.ui.widgets.responsive import bare


class PeriodPicker(QWidget):
    """This project year, this calendar year, the last twelve months, everything, or two days of one's own."""

    period_chosen = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        text = context.language.text
        self.chooser = Chooser()
        self.chooser.setAccessibleName(text("Period"))
        self._periods = offered(context.plans, context.today)
        for place, one in enumerate(self._periods):
            if place and one.kind is PeriodKind.PROJECT_YEAR and self._periods[place - 1].kind is not one.kind:
                self.chooser.insertSeparator(self.chooser.count())
            self.chooser.addItem(self._words(one), place)
        self.chooser.insertSeparator(self.chooser.count())
        self.chooser.addItem(text("from ... to ..."), len(self._periods))
        self.first, self.last = DayEdit(context), DayEdit(context)
        line = bare(QHBoxLayout(self), tokens.SPACE_2)
        line.addWidget(self.chooser)
        for edit, name in ((self.first, text("From")), (self.last, text("To and including"))):
            edit.setAccessibleName(name)
            edit.setPlaceholderText(name)
            edit.setFixedWidth(124)
            edit.hide()
            edit.editingFinished.connect(self.period_chosen.emit)
            line.addWidget(edit)
        self.chooser.activated.connect(lambda _: self._on_chosen())

    def period(self) -> Period:
        """Returns the chosen period; two days that cannot be read hide nothing."""
        place = int(self.chooser.currentData())
        if place < len(self._periods):
            return self._periods[place]
        try:
            first, last = self._day(self.first), self._day(self.last)
        except UserError:
            return EVERYTHING
        return Period(PeriodKind.DAYS, first, last)

    def choose(self, kind: PeriodKind) -> None:
        """Chooses the first period of a kind, as a click would."""
        place = next((at for at, one in enumerate(self._periods) if one.kind is kind), len(self._periods))
        self.chooser.setCurrentIndex(self.chooser.findData(place))
        self._on_chosen()

    def choose_opening(self) -> None:
        """Chooses the period that opens first, as a click would."""
        self.chooser.setCurrentIndex(0)
        self._on_chosen()

    def _day(self, edit: QLineEdit) -> date | None:
        words = edit.text().strip()
        return read_date(words, self._context.today, "period") if words else None

    def _on_chosen(self) -> None:
        own = self.chooser.currentData() == len(self._periods)
        for edit in (self.first, self.last):
            edit.setVisible(own)
        if own:
            self.first.setFocus()
        self.period_chosen.emit()

    def _words(self, period: Period) -> str:
        context, text = self._context, self._context.language.text
        for plan, year in context.plans.years():
            if year.id == period.year_id:
                return year_words(context.language, context.plans, plan, year)
        if period.kind is PeriodKind.CALENDAR_YEAR and period.first is not None:
            return text("Calendar year {year}", year=str(period.first.year))
        return text("Last 12 months") if period.kind is PeriodKind.TWELVE_MONTHS else text("Everything")


class HiddenRows(QWidget):
    """Says how many rows a period hides, and offers to show them."""

    everything_wanted = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        line = bare(QHBoxLayout(self), tokens.SPACE_2)
        self.show_all = button("", self.everything_wanted.emit, kind="link")
        line.addWidget(self.show_all)
        line.addStretch(1)
        self.hide()

    def show_number(self, hidden: int) -> None:
        words = self._context.language.plural(
            "{n} more outside this period: show everything", "{n} more outside this period: show everything", hidden
        )
        self.show_all.setText(words)
        self.setVisible(hidden > 0)
