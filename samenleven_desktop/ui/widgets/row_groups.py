"""Rows in named groups inside a card, such as *Te laat* and *Deze week* on Start; they never scroll.

Only whole rows are shown: as many as fit, shared between the groups; a group with more ends in *Show all*. The arrow
keys go through the rows of all groups, Enter opens a row, Space ticks it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from samenleven_desktop.ui.theme import Theme, tokens
from samenleven_desktop.ui.widgets.basic import button, label, pill
from samenleven_desktop.ui.widgets.responsive import bare

_HEAD, _TWO_LINES, _ONE_LINE = 28, 43, 30
"""Heights in pixels at the normal size of the text."""


@dataclass(frozen=True)
class GroupRow:
    """A row: `key` is what the signals report. `pill` is a text and its tone; `action` the text of its button.

    `tick` is the accessible name of a tick box before the row; without it there is none.
    """

    key: str
    title: str
    detail: str = ""
    pill: tuple[str, str] | None = None
    action: str = ""
    tick: str = ""


@dataclass(frozen=True)
class Group:
    """A heading with its rows. `note` stands beside the title; `nothing` replaces the rows if there are none, and a
    group with neither is not shown. `show_all` is the text of the link if not every row fits."""

    key: str
    title: str
    rows: tuple[GroupRow, ...]
    note: str = ""
    tone: str = ""
    nothing: str = ""
    show_all: str = ""


def share_rows(lengths: Sequence[int], room: int) -> list[int]:
    """Returns how many rows of each group are shown in a room of that many rows: one each in turn, until it is full."""
    shown = [0] * len(lengths)
    while room > 0 and any(have < all_ for have, all_ in zip(shown, lengths, strict=True)):
        for place, length in enumerate(lengths):
            if room > 0 and shown[place] < length:
                shown[place] += 1
                room -= 1
    return shown


class RowGroups(QWidget):
    """Shows the groups; the owner answers the signals and shows the groups again after a change."""

    row_opened = Signal(str)
    action_pressed = Signal(str)
    ticked = Signal(str)
    all_wanted = Signal(str)
    """The key of a group."""

    def __init__(self, theme: Theme, name: str, *, least: int = 1, most: int = 6, one_line: bool = False) -> None:
        """`least` is the number of rows that each group shows even if the page must scroll for it, `most` the number
        that it asks room for."""
        super().__init__()
        self._theme, self._least, self._most, self._one_line = theme, least, most, one_line
        self._groups: tuple[Group, ...] = ()
        self._shown: list[int] = []
        self.rows: list[RowFrame] = []
        """The rows on screen, from top to bottom."""
        self.setAccessibleName(name)
        self._box = bare(QVBoxLayout(self), 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    @property
    def groups(self) -> tuple[Group, ...]:
        return self._groups

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Shows these groups; the focus stays at its row or, if it is gone, at the row that took its place."""
        self._groups = tuple(one for one in groups if one.rows or one.nothing)
        self._build()
        self._reserve()

    def set_least(self, least: int) -> None:
        if least != self._least:
            self._least = least
            self._fit()
            self._reserve()

    def _reserve(self) -> None:
        """Keeps room for the least rows; the page gives what is left besides (its own height has no say in it)."""
        self.setMinimumHeight(self._height(self._least))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(380, self._height(self._most))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self._height(self._least))

    def hasHeightForWidth(self) -> bool:
        """The rows on screen follow the height of the page, not the other way round."""
        return False

    def focus_first(self) -> None:
        if self.rows:
            self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
            self._reserve()

    # Room

    def _row_height(self) -> int:
        return self._theme.px(_ONE_LINE if self._one_line else _TWO_LINES)

    def _heads(self) -> int:
        """Headings, and the sentences of empty groups, in pixels."""
        titled = sum(bool(one.title) for one in self._groups)
        empty = sum(self._sentence_height(one) for one in self._groups if not one.rows)
        return self._theme.px(_HEAD) * titled + empty

    def _sentence_height(self, group: Group) -> int:
        room = QRect(0, 0, max(self.width(), self.minimumWidth(), 1), 1000)
        lines = QFontMetrics(self.font()).boundingRect(room, int(Qt.TextFlag.TextWordWrap), group.nothing)
        return max(lines.height() + tokens.SPACE_2, self._theme.px(_ONE_LINE))

    def _height(self, rows_each: int) -> int:
        rows = sum(min(len(one.rows), rows_each) for one in self._groups)
        return self._heads() + self._row_height() * rows

    def _fitting(self) -> list[int]:
        lengths = [len(one.rows) for one in self._groups]
        room = max((self.height() - self._heads()) // self._row_height(), 0)
        least = [min(length, self._least) for length in lengths]
        return [max(pair) for pair in zip(share_rows(lengths, room), least, strict=True)]

    def _fit(self) -> None:
        if self._fitting() != self._shown:
            self._build()

    # Content

    def _build(self) -> None:
        place = next((at for at, one in enumerate(self.rows) if one.holds_focus()), None)
        key = self.rows[place].row.key if place is not None else ""
        while (old := self._box.takeAt(0)) is not None:
            if (part := old.widget()) is not None:
                part.hide()
                part.deleteLater()
        self._shown, self.rows = self._fitting(), []
        for group, count in zip(self._groups, self._shown, strict=True):
            if group.title:
                self._box.addWidget(self._heading(group, count))
            if not group.rows:
                sentence = label(group.nothing, "muted", wrap=True)
                sentence.setFixedHeight(self._sentence_height(group))
                self._box.addWidget(sentence)
            for row in group.rows[:count]:
                frame = RowFrame(row, self)
                frame.setFixedHeight(self._row_height())
                self._box.addWidget(frame)
                # At once, as a hidden row cannot take the focus.
                frame.show()
                self.rows.append(frame)
        self._box.addStretch(1)
        if place is not None and self.rows:
            same = next((one for one in self.rows if one.row.key == key), None)
            (same or self.rows[min(place, len(self.rows) - 1)]).setFocus()

    def _heading(self, group: Group, count: int) -> QWidget:
        head = QWidget(self)
        head.setFixedHeight(self._theme.px(_HEAD))
        line = bare(QHBoxLayout(head), tokens.SPACE_2)
        title = label(group.title, "card-title")
        title.setProperty("tone", group.tone)
        line.addWidget(title)
        line.addWidget(label(group.note, "muted"))
        line.addStretch(1)
        if group.show_all and count < len(group.rows):
            line.addWidget(button(group.show_all, lambda: self.all_wanted.emit(group.key), kind="link"))
        return head

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((place for place, one in enumerate(self.rows) if one.holds_focus()), None)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if at is None or event.key() not in (*steps, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
            return
        last = len(self.rows) - 1
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        to = ends.get(Qt.Key(event.key()), at + steps.get(Qt.Key(event.key()), 0))
        self.rows[max(0, min(to, last))].setFocus(Qt.FocusReason.TabFocusReason)


class RowFrame(QFrame):
    """One row on screen."""

    def __init__(self, row: GroupRow, owner: RowGroups) -> None:
        super().__init__(owner)
        self.row, self._owner = row, owner
        self.setObjectName("grouprow")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = [row.title, row.detail, row.pill[0] if row.pill else ""]
        self.setAccessibleName(", ".join(filter(None, words)))
        line = bare(QHBoxLayout(self), tokens.SPACE_2)
        line.setContentsMargins(3, 0, 3, 0)
        self.box: QCheckBox | None = None
        if row.tick:
            self.box = QCheckBox()
            self.box.setAccessibleName(row.tick)
            self.box.setToolTip(row.tick)
            self.box.clicked.connect(lambda: owner.ticked.emit(row.key))
            line.addWidget(self.box)
        texts = bare(QVBoxLayout(), 0)
        texts.addStretch(1)
        texts.addWidget(ShortenedLabel(row.title, "strong" if row.detail else None))
        if row.detail:
            texts.addWidget(ShortenedLabel(row.detail, "muted"))
        texts.addStretch(1)
        line.addLayout(texts, 1)
        if row.pill is not None:
            line.addWidget(pill(*row.pill))
        if row.action:
            pressed = button(row.action, lambda: owner.action_pressed.emit(row.key), kind="link")
            pressed.setAccessibleName(f"{row.action} {row.title}")
            line.addWidget(pressed)

    def holds_focus(self) -> bool:
        """Returns whether the row or something in it has the focus."""
        focus = self.window().focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._owner.row_opened.emit(self.row.key)
        elif event.key() == Qt.Key.Key_Space and self.box is not None:
            self.box.click()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._owner.row_opened.emit(self.row.key)


class ShortenedLabel(QLabel):
    """One line of text that gives way to what stands beside it; the tool tip says all of a text that was cut."""

    def __init__(self, text: str, role: str | None) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        cut = QFontMetrics(self.font()).horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self.text() if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        words = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        painter.end()
