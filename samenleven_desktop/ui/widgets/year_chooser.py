"""Chooses a project year of one of the plans in use, or a period."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.plan import ProjectYear
from samenleven_desktop.domain.typed_values import read_date
from samenleven_desktop.i18n.labels import year_words
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.theme import tokens
from samenleven_desktop.ui.widgets.basic import Field
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.day_edit import DayEdit
from samenleven_desktop.ui.widgets.responsive import bare

OWN_PERIOD, PLANS = "own", "plans"


class YearChooser(Chooser):
    """Every project year of every plan in use, grouped by plan; the one that counts today is selected at first.

    Without a plan in use there is one choice: the calendar year. The last line of the list opens the screen *Plannen*.
    """

    year_chosen = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.setAccessibleName(context.language.text("Project year"))
        fill_years(self, context)
        self.insertSeparator(self.count())
        self.addItem(context.language.text("Plans ..."), PLANS)
        self._year, self._walking = self.currentIndex(), False
        self.go_to_today()
        self.currentIndexChanged.connect(self._on_index_changed)
        self.activated.connect(self._on_activated)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys stop at the last year: walking through the years must not leave the page."""
        self._walking = True
        super().keyPressEvent(event)
        self._walking = False
        if self.currentData() == PLANS:
            self._go_back()

    def _on_index_changed(self, place: int) -> None:
        if self.currentData() != PLANS and place != self._year:
            self._year = place
            self.year_chosen.emit()

    def _on_activated(self) -> None:
        if self.currentData() == PLANS and not self._walking:
            self._go_back()
            self._context.navigator.open_page("plans")

    def _go_back(self) -> None:
        self.setCurrentIndex(self._year)

    def year(self) -> str:
        """Returns the id of the project year; empty without a plan in use."""
        return str(self.itemData(self._year))

    def project_year(self) -> ProjectYear:
        plan = self._context.plan_of(self.year())
        return next((one for one in plan.years if one.id == self.year()), plan.year_on(self._context.today))

    def days(self) -> tuple[date, date]:
        """Returns the first and last day."""
        year = self.project_year()
        return year.start, year.end

    def go_to_today(self) -> None:
        """Selects the current year without emitting `year_chosen`."""
        self.blockSignals(True)
        self._year = max(self.findData(self._context.plan.year_on(self._context.today).id), 0)
        self.setCurrentIndex(self._year)
        self.blockSignals(False)


def fill_years(chooser: Chooser, context: UiContext) -> None:
    """Adds every project year of every plan in use, with a line between two plans."""
    plan = None
    for plan, year in context.plans.years():
        if chooser.count() and year is plan.years[0]:
            chooser.insertSeparator(chooser.count())
        chooser.addItem(year_words(context.language, context.plans, plan, year), year.id)
    if plan is None:
        chooser.addItem(context.language.text("This calendar year"), "")


class PeriodChooser(QWidget):
    """A project year of one of the plans in use, or a custom first and last day."""

    period_chosen = Signal()
    """A year was chosen."""
    days_typed = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        text = context.language.text
        self.year = Chooser()
        # A plan with a long name must not widen the page.
        self.year.setMinimumContentsLength(12)
        self.year.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        fill_years(self.year, context)
        self.year.addItem(text("own period"), OWN_PERIOD)
        self.first, self.last = DayEdit(context), DayEdit(context)
        self.year_field = Field(text("Project year"), self.year)
        self.first_field, self.last_field = Field(text("From"), self.first), Field(text("To and including"), self.last)
        box = bare(QVBoxLayout(self), tokens.SPACE_2)
        box.addWidget(self.year_field)
        days = QHBoxLayout()
        days.setSpacing(tokens.SPACE_2)
        for field in (self.first_field, self.last_field):
            days.addWidget(field, 1)
        box.addLayout(days)
        self.year.activated.connect(lambda _: self._on_year_activated())
        for edit in (self.first, self.last):
            edit.textEdited.connect(lambda _: self._on_days_edited())

    def chosen_year(self) -> str | None:
        """Returns the id of the project year; None for a custom period, and without a plan in use."""
        chosen = self.year.currentData()
        return None if chosen == OWN_PERIOD else chosen or None

    def days(self) -> tuple[date, date]:
        """Returns the first and last day. Raises UserError for an invalid date."""
        today = self._context.today
        return read_date(self.first.text(), today, "first"), read_date(self.last.text(), today, "last")

    def show_year(self, year: ProjectYear) -> None:
        """Shows the days of a project year up to today."""
        self._show(year.id, year.start, max(min(self._context.today, year.end), year.start))

    def show_this_year(self) -> None:
        """Shows the project year that holds today; between plans, the calendar year."""
        today, plan = self._context.today, self._context.plan
        if plan.runs_on(today) or not plan.years:
            self.show_year(plan.year_on(today))
        else:
            self._show(OWN_PERIOD, date(today.year, 1, 1), today)

    def show_this_week(self) -> None:
        first = self._context.today - timedelta(days=self._context.today.weekday())
        self._show(OWN_PERIOD, first, first + timedelta(days=6))

    def _show(self, year_id: str, first: date, last: date) -> None:
        self.year.setCurrentIndex(self.year.findData(year_id))
        self.first.setText(self._context.language.day_short(first))
        self.last.setText(self._context.language.day_short(last))

    def _on_year_activated(self) -> None:
        chosen = self.year.currentData()
        if chosen != OWN_PERIOD:
            plan = self._context.plan_of(chosen)
            self.show_year(next((one for one in plan.years if one.id == chosen), plan.year_on(self._context.today)))
        self.period_chosen.emit()

    def _on_days_edited(self) -> None:
        self.year.setCurrentIndex(self.year.findData(OWN_PERIOD))
        self.days_typed.emit()
