"""Chooses a project year, or a period within one."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from samenleven_desktop.domain.plan import ProjectYear
from samenleven_desktop.domain.typed_values import read_date
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.theme import tokens
from samenleven_desktop.ui.widgets.basic import Field
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.responsive import bare

OWN_PERIOD = 0


class YearChooser(Chooser):
    """The project years of the plan; the current one is selected at first."""

    year_chosen = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        text = context.language.text
        self.setAccessibleName(text("Project year"))
        for year in context.plan.years:
            self.addItem(text("Project year {n} · {years}", n=year.number, years=year.label), year.number)
        self.go_to_today()
        self.currentIndexChanged.connect(lambda _: self.year_chosen.emit())

    def year(self) -> int:
        return int(self.currentData())

    def days(self) -> tuple[date, date]:
        """Returns the first and last day."""
        year = self._context.plan.year(self.year())
        assert year is not None
        return year.start, year.end

    def go_to_today(self) -> None:
        """Selects the current year without emitting `year_chosen`."""
        self.blockSignals(True)
        self.setCurrentIndex(max(self.findData(self._context.plan.year_on(self._context.today).number), 0))
        self.blockSignals(False)


class PeriodChooser(QWidget):
    """A project year, or a custom first and last day."""

    period_chosen = Signal()
    """A year was chosen."""
    days_typed = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        text = context.language.text
        self.year = Chooser()
        for year in context.plan.years:
            self.year.addItem(f"{year.number} · {year.label}", year.number)
        self.year.addItem(text("own period"), OWN_PERIOD)
        self.first, self.last = QLineEdit(), QLineEdit()
        self.year_field = Field(text("Project year"), self.year)
        self.first_field, self.last_field = Field(text("From"), self.first), Field(text("To and including"), self.last)
        line = bare(QHBoxLayout(self), tokens.SPACE_2)
        for field, share in ((self.year_field, 4), (self.first_field, 3), (self.last_field, 3)):
            line.addWidget(field, share)
        self.year.activated.connect(lambda _: self._on_year_activated())
        for edit in (self.first, self.last):
            edit.textEdited.connect(lambda _: self._on_days_edited())

    def chosen_year(self) -> int | None:
        """Returns None for a custom period."""
        return self.year.currentData() or None

    def days(self) -> tuple[date, date]:
        """Returns the first and last day. Raises UserError for an invalid date."""
        today = self._context.today
        return read_date(self.first.text(), today, "first"), read_date(self.last.text(), today, "last")

    def show_year(self, year: ProjectYear) -> None:
        """Shows the days of a project year up to today."""
        self._show(year.number, year.start, max(min(self._context.today, year.end), year.start))

    def show_this_year(self) -> None:
        self.show_year(self._context.plan.year_on(self._context.today))

    def show_this_week(self) -> None:
        first = self._context.today - timedelta(days=self._context.today.weekday())
        self._show(OWN_PERIOD, first, first + timedelta(days=6))

    def _show(self, number: int, first: date, last: date) -> None:
        self.year.setCurrentIndex(self.year.findData(number))
        self.first.setText(self._context.language.day_short(first))
        self.last.setText(self._context.language.day_short(last))

    def _on_year_activated(self) -> None:
        year = self._context.plan.year(self.year.currentData())
        if year is not None:
            self.show_year(year)
        self.period_chosen.emit()

    def _on_days_edited(self) -> None:
        self.year.setCurrentIndex(self.year.findData(OWN_PERIOD))
        self.days_typed.emit()
