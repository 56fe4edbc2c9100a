"""A calendar grid: a week in full, or a month with as many items as fit; arrow keys select days."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from samenleven_desktop.domain.agenda import Agenda, AgendaItem, AgendaKind
from samenleven_desktop.domain.typed_values import MINUTES_IN_DAY
from samenleven_desktop.i18n.labels import PLAN_DAYS, clock, session_times
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.theme import Theme, px, small_font

_HEAD, _LINE, _NUMBER = 26, 18, 22
_DAYS = 7
_STEPS = {
    int(Qt.Key.Key_Left): -1,
    int(Qt.Key.Key_Right): 1,
    int(Qt.Key.Key_Up): -_DAYS,
    int(Qt.Key.Key_Down): _DAYS,
}


def item_text(language: Language, item: AgendaItem) -> str:
    """Returns "09:30 Mechelen", the name of a day of the plan, or what was agreed and with whom."""
    if item.kind is AgendaKind.DEADLINE:
        return language.text(PLAN_DAYS[item.title], n=str(item.year))
    if item.kind is AgendaKind.SESSION and item.start_minute is not None:
        end = item.end_minute or item.start_minute
        begin = clock(item.start_minute) if end <= MINUTES_IN_DAY else session_times(language, item.start_minute, end)
        return f"{begin} {item.title}"
    if item.kind in (AgendaKind.AGREEMENT, AgendaKind.INSTRUMENT):
        return f"{item.title}: {item.detail}"
    return item.title


def tone_of(item: AgendaItem) -> str:
    if item.kind is AgendaKind.SESSION:
        return "accent"
    if item.kind in (AgendaKind.DEADLINE, AgendaKind.INSTRUMENT):
        return "attention"
    if item.late:
        return "bad"
    return "good" if item.done else "neutral"


class CalendarGrid(QWidget):
    """Shows an agenda of whole weeks. Arrow keys select days; beyond the edge, they emit `period_wanted`."""

    day_changed = Signal(object)
    day_activated = Signal(object)
    period_wanted = Signal(object)
    """A day in the period that should be shown."""

    def __init__(self, theme: Theme, language: Language, name: str) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self.agenda: Agenda | None = None
        self._day = date.min
        self._month: int | None = None
        self._name = name
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def day(self) -> date:
        return self._day

    def show_agenda(self, agenda: Agenda, day: date, month: int | None = None) -> None:
        """Shows an agenda with the day selected; `month` greys the days of other months."""
        self.agenda, self._month = agenda, month
        self._choose(min(max(day, agenda.first), agenda.last))

    def sizeHint(self) -> QSize:
        return QSize(7 * 120, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(7 * 56, 180)

    # Painting

    def _px(self, size: int) -> int:
        return px(self.font(), size)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.agenda is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = small_font(self.font())
        self._draw_head(painter, small)
        for place in range(self._weeks() * _DAYS):
            self._draw_day(painter, small, self.agenda.first + timedelta(days=place), self._box(place))
        painter.end()

    def _draw_head(self, painter: QPainter, small: QFont) -> None:
        assert self.agenda is not None
        bold = QFont(small)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(self._theme.color("muted"))
        for place in range(_DAYS):
            box = self._box(place)
            words = self._language.weekday_short(self.agenda.first + timedelta(days=place))
            painter.drawText(
                QRectF(box.left() + 6, 0, box.width() - 8, self._px(_HEAD)), int(Qt.AlignmentFlag.AlignVCenter), words
            )

    def _draw_day(self, painter: QPainter, small: QFont, day: date, box: QRectF) -> None:
        assert self.agenda is not None
        items = self.agenda.on(day)
        holiday = next((item for item in items if item.kind is AgendaKind.HOLIDAY), None)
        outside = self._month is not None and day.month != self._month
        free = day.weekday() > 4 or holiday is not None
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.setBrush(self._theme.color("background" if free or outside else "surface"))
        painter.drawRect(box)
        if day == self._day:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("accent" if self.hasFocus() else "line_strong"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        self._draw_number(painter, small, day, box, outside)
        if holiday is not None:
            painter.setFont(small)
            painter.setPen(self._theme.color("muted"))
            room = QRectF(box.left() + 30, box.top() + 3, box.width() - 34, self._px(_NUMBER))
            words = QFontMetrics(small).elidedText(holiday.title, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
        self._draw_items(painter, small, [item for item in items if item is not holiday], box)

    def _draw_number(self, painter: QPainter, small: QFont, day: date, box: QRectF, outside: bool) -> None:
        assert self.agenda is not None
        number = QRectF(box.left() + 4, box.top() + 3, 24, self._px(_NUMBER))
        font = QFont(small)
        if day == self.agenda.today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent"))
            painter.drawEllipse(number.center(), 11, 11)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setPen(self._theme.color("on_accent"))
        else:
            painter.setPen(self._theme.color("muted" if outside else "text"))
        painter.setFont(font)
        painter.drawText(number, int(Qt.AlignmentFlag.AlignCenter), str(day.day))

    def _draw_items(self, painter: QPainter, small: QFont, items: list[AgendaItem], box: QRectF) -> None:
        room = max(int((box.height() - self._px(_NUMBER) - 8) // self._px(_LINE)), 0)
        shown = items if len(items) <= room else items[: max(room - 1, 0)]
        metrics = QFontMetrics(small)
        painter.setFont(small)
        top = box.top() + self._px(_NUMBER) + 5
        for item in shown:
            tone = tone_of(item)
            line = QRectF(box.left() + 4, top, box.width() - 8, self._px(_LINE) - 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("neutral_tint" if tone == "neutral" else f"{tone}_tint"))
            painter.drawRoundedRect(line, 4, 4)
            painter.setPen(self._theme.color("text" if tone == "neutral" else f"{tone}_text"))
            inner = line.adjusted(5, 0, -4, 0)
            words = metrics.elidedText(
                item_text(self._language, item).replace("\n", " "), Qt.TextElideMode.ElideRight, int(inner.width())
            )
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), words)
            top += self._px(_LINE)
        if len(shown) < len(items) and room:
            painter.setPen(self._theme.color("muted"))
            rest = QRectF(box.left() + 9, top, box.width() - 12, self._px(_LINE) - 2)
            more = self._language.plural("and {n} more", "and {n} more", len(items) - len(shown))
            painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), more)

    # Geometry

    def _weeks(self) -> int:
        assert self.agenda is not None
        return ((self.agenda.last - self.agenda.first).days + 1) // _DAYS

    def _box(self, place: int) -> QRectF:
        width, height = self.width() / _DAYS, (self.height() - self._px(_HEAD) - 1) / max(self._weeks(), 1)
        return QRectF(place % _DAYS * width, self._px(_HEAD) + place // _DAYS * height, width, height)

    def _day_at(self, where: QPointF) -> date | None:
        if self.agenda is None:
            return None
        for place in range(self._weeks() * _DAYS):
            if self._box(place).contains(where):
                return self.agenda.first + timedelta(days=place)
        return None

    # Selection

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.agenda is None:
            return
        if event.key() in _STEPS:
            wanted = self._day + timedelta(days=_STEPS[event.key()])
            if self.agenda.first <= wanted <= self.agenda.last:
                self._choose(wanted)
            else:
                self.period_wanted.emit(wanted)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.day_activated.emit(self._day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if day is not None:
            self._choose(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._day_at(event.position()) is not None:
            self.day_activated.emit(self._day)

    def _choose(self, day: date) -> None:
        self._day = day
        items = self.agenda.on(day) if self.agenda else ()
        spoken = [self._language.weekday_date(day), *(item_text(self._language, item) for item in items)]
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(", ".join(spoken))
        self.update()
        self.day_changed.emit(day)
