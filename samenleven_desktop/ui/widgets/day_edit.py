"""A field for a day: typed as people write it, said back in words inside the field, or chosen from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QToolButton, QVBoxLayout

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.field_declaration import Toward
from samenleven_desktop.domain.typed_values import FIRST_DAY, LAST_DAY, read_date
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.widgets.popup import Popup
from samenleven_desktop.ui.widgets.responsive import bare

_INSET, _GAP = 9, 10
"""Between the border of the field and its text, and between the text and what is said back."""


class DayEdit(QLineEdit):
    """`toward` decides in which year a day lies that is typed without one; on leaving the field it gets its year."""

    def __init__(self, context: UiContext, toward: Toward = Toward.PAST, day: date | None = None) -> None:
        super().__init__(context.language.day_short(day) if day else "")
        self._context, self._toward = context, toward
        self._calendar = QAction(self)
        self._calendar.setToolTip(context.language.text("Choose from a calendar (Alt+Down)"))
        self._calendar.triggered.connect(lambda _: self.open_calendar())
        self.addAction(self._calendar, QLineEdit.ActionPosition.TrailingPosition)
        theme = context.theme
        theme.keep(self._calendar, lambda: self._calendar.setIcon(theme.icon("calendar", "muted")))
        self.textChanged.connect(lambda _: self._say())
        self._say()

    def day(self) -> date | None:
        """Returns the day that was typed; None for an empty field or one that cannot be read."""
        if not self.text().strip():
            return None
        try:
            return read_date(self.text(), self._context.today, "day", self._toward)
        except UserError:
            return None

    def open_calendar(self) -> None:
        """Opens a month below the field; choosing a day closes it."""
        day, theme = self.day() or self._context.today, self._context.theme
        popup = CalendarPopup(self, day, self._context.language.code, theme.color("muted"))
        popup.open_under(self)
        popup.calendar.setFocus()

    def take(self, day: date) -> None:
        """Enters a day as if it was typed."""
        words = self._context.language.day_short(day)
        if words != self.text():
            self.setText(words)
            self.textEdited.emit(words)

    def minimumSizeHint(self) -> QSize:
        """Never so narrow that a whole day is cut."""
        buttons = [one.sizeHint().width() for one in self.findChildren(QToolButton)]
        px = self._context.theme.px
        wide = self.fontMetrics().horizontalAdvance("00-00-0000") + max(buttons, default=0) + 3 * px(_INSET)
        return QSize(wide, super().minimumSizeHint().height())

    def _say(self) -> None:
        day = self.day()
        self.setToolTip(self._context.language.weekday_date(day) if day else "")
        self.update()

    def _said(self, room: int) -> str:
        """Returns the day in the longest form that fits: *zo 3 maart 2024*, or *zo*."""
        day, language = self.day(), self._context.language
        if day is None:
            return ""
        short = language.weekday_short(day)
        for words in (f"{short} {language.day(day)}", short):
            if self.fontMetrics().horizontalAdvance(words) <= room:
                return words
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        px = self._context.theme.px
        taken = px(_INSET) + self.fontMetrics().horizontalAdvance(self.text()) + px(_GAP)
        buttons = [one.width() for one in self.findChildren(QToolButton)]
        place = QRect(taken, 0, self.width() - taken - max(buttons, default=0) - px(_INSET), self.height())
        if words := self._said(place.width()):
            painter = QPainter(self)
            painter.setPen(self._context.theme.color("muted"))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        day = self.day()
        if day is not None and str(day.year)[-2:] not in self.text():
            self.take(day)


class CalendarPopup(Popup):
    def __init__(self, owner: DayEdit, day: date, language: str, muted: QColor) -> None:
        super().__init__(owner)
        self._owner = owner
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale("nl_BE" if language == "nl" else "en_GB"))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setDateRange(_qdate(FIRST_DAY), _qdate(LAST_DAY))
        self.calendar.setSelectedDate(_qdate(day))
        weekend = QTextCharFormat()
        weekend.setForeground(muted)
        for one in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(one, weekend)
        self.calendar.clicked.connect(self._on_chosen)
        self.calendar.activated.connect(self._on_chosen)
        bare(QVBoxLayout(self)).addWidget(self.calendar)

    def wished_size(self) -> QSize:
        return self.calendar.sizeHint().expandedTo(QSize(300, 240))

    def _on_chosen(self, chosen: QDate) -> None:
        self._owner.take(date(chosen.year(), chosen.month(), chosen.day()))
        self.close()
        self._owner.setFocus()


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
