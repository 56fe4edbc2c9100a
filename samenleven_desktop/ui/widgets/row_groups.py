"""Rows in named groups inside a card, such as *Te laat* and *Deze week* on Start; they never scroll.

Only whole rows are shown: as many as fit, shared between the groups; a group with more ends in *Show all*. The arrow
keys go through the rows of all groups, Enter opens a row, Space ticks it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from samenleven_desktop.ui.theme import Theme, tokens
from samenleven_desktop.ui.widgets.basic import button, label
from samenleven_desktop.ui.widgets.responsive import bare
from samenleven_desktop.ui.widgets.row_frame import NATURAL, GroupRow, RowColumns, RowFrame, ShortenedLabel, text_width

_HEAD, _TWO_LINES, _ONE_LINE = 28, 43, 30
"""Heights in pixels at the normal size of the text."""
_BAR, _SHORTEST_BAR = 132, 48
_AROUND_PILL, _AROUND_LINK = 20, 12


@dataclass(frozen=True)
class Group:
    """A heading with its rows. `note` stands beside the title; `nothing` replaces the rows if there are none, and a
    group with neither is not shown. `show_all` is the text of the link if not every row fits.

    `action` is a link in the heading. The rows of every `aligned` group share their columns: number, words and bar
    stand under one another. `one_line` tells the height of its rows, where that is not the one of the whole list.
    """

    key: str
    title: str
    rows: tuple[GroupRow, ...]
    note: str = ""
    tone: str = ""
    nothing: str = ""
    show_all: str = ""
    action: str = ""
    aligned: bool = False
    one_line: bool | None = None


def share_rows(lengths: Sequence[int], room: int, heights: Sequence[int] | None = None) -> list[int]:
    """Returns how many rows of each group are shown in a room: one each in turn, until it is full.

    `heights` are those of a row of each group; without them a row is 1 high.
    """
    shown, high = [0] * len(lengths), list(heights or [1] * len(lengths))
    full = False
    while not full:
        full = True
        for place, length in enumerate(lengths):
            if shown[place] < length and high[place] <= room:
                shown[place] += 1
                room -= high[place]
                full = False
    return shown


class RowGroups(QWidget):
    """Shows the groups; the owner answers the signals and shows the groups again after a change."""

    row_opened = Signal(str)
    action_pressed = Signal(str)
    ticked = Signal(str)
    all_wanted = Signal(str)
    """The key of a group."""
    head_pressed = Signal(str)
    """The key of a group whose own link was pressed."""
    link_pressed = Signal(str, str)
    """The key of a row, and that of one of its further links."""
    number_typed = Signal(str, str)
    """The key of a row, and what was typed in its field."""

    def __init__(self, theme: Theme, name: str, *, least: int = 1, most: int = 6, one_line: bool = False) -> None:
        """`least` is the number of rows that each group shows even if the page must scroll for it, `most` the number
        that it asks room for."""
        super().__init__()
        self._theme, self._least, self._most, self._one_line = theme, least, most, one_line
        self._groups: tuple[Group, ...] = ()
        self._shown: list[int] = []
        self._built_for = RowColumns()
        self._building = False
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

    def set_most(self, most: int) -> None:
        """Changes how many rows each group asks room for, and takes that room."""
        self._most = most
        self.setFixedHeight(self.needed(most))
        self._fit()

    def needed(self, rows_each: int) -> int:
        """Returns the height with so many rows in each group, or with every row of a shorter one."""
        return self._height(rows_each)

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

    def frame(self, key: str) -> RowFrame | None:
        """Returns the row on screen with this key."""
        return next((one for one in self.rows if one.row.key == key), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
            self._reserve()

    # Room

    def _row_height(self, group: Group) -> int:
        one_line = self._one_line if group.one_line is None else group.one_line
        return self._theme.px(_ONE_LINE if one_line else _TWO_LINES)

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
        return self._heads() + sum(min(len(one.rows), rows_each) * self._row_height(one) for one in self._groups)

    def _fitting(self) -> list[int]:
        lengths = [len(one.rows) for one in self._groups]
        heights = [self._row_height(one) for one in self._groups]
        least = [min(length, self._least) for length in lengths]
        shared = share_rows(lengths, max(self.height() - self._heads(), 0), heights)
        return [max(pair) for pair in zip(shared, least, strict=True)]

    def _columns(self) -> RowColumns:
        """Returns the widths of the shared columns; the bar gives way before a name is cut."""
        font, rows = self.font(), [row for group in self._groups if group.aligned for row in group.rows]
        if not rows:
            return RowColumns()
        gap = tokens.SPACE_2
        lead = max(text_width(font, row.lead) for row in rows)
        figure = max(
            text_width(font, row.figure[0], strong=True) + text_width(font, row.figure[1]) + 6 if row.figure else 0
            for row in rows
        )
        link = max(text_width(font, row.action, strong=True) for row in rows)
        link = link + _AROUND_LINK if link else 0
        names = max(
            text_width(font, row.title) + (text_width(font, row.pill[0]) + _AROUND_PILL + gap if row.pill else 0)
            for row in rows
        )
        left = self.width() - 10 - names - lead - figure - link - 4 * gap
        bar = min(_BAR, left) if any(row.bar for row in rows) else 0
        return RowColumns(max(lead, 16), figure if left >= 0 else NATURAL, bar if bar >= _SHORTEST_BAR else 0, link)

    def _leads(self, rows: Sequence[GroupRow]) -> RowColumns:
        """Returns the columns of a group that is not aligned with the others."""
        wide = max((text_width(self.font(), row.lead) for row in rows), default=0)
        return RowColumns(lead=wide + 4 if wide else 0)

    def _fits(self) -> bool:
        return self._fitting() == self._shown and self._columns() == self._built_for

    def _fit(self) -> None:
        if not self._fits():
            self._build()

    # Content

    def _build(self) -> None:
        """Builds the rows; a row that is shown may make the page give this list another size meanwhile."""
        if self._building:
            return
        self._building = True
        try:
            self._fill()
            if not self._fits():
                self._fill()
        finally:
            self._building = False

    def _fill(self) -> None:
        """Puts headings and rows in their places; a row that is the same as before keeps its widget and its focus."""
        place = next((at for at, one in enumerate(self.rows) if one.holds_focus()), None)
        key = self.rows[place].row.key if place is not None else ""
        typed = {one.row.key: one.edit.text() for one in self.rows if one.edit is not None}
        before = {(one.row, one.columns): one for one in self.rows}
        old = [part for _ in range(self._box.count()) if (part := self._take_first()) is not None]
        self._shown, self._built_for, self.rows = self._fitting(), self._columns(), []
        for group, count in zip(self._groups, self._shown, strict=True):
            if group.title:
                self._box.addWidget(self._heading(group, count))
            if not group.rows:
                sentence = label(group.nothing, "muted", wrap=True)
                sentence.setFixedHeight(self._sentence_height(group))
                self._box.addWidget(sentence)
            columns = self._built_for if group.aligned else self._leads(group.rows[:count])
            for row in group.rows[:count]:
                same = (row, columns) in before
                frame = before.pop((row, columns)) if same else self._new_row(row, columns)
                self._add_row(frame, self._row_height(group))
        self._box.addStretch(1)
        for part in old:
            if part not in self.rows:
                part.hide()
                part.deleteLater()
        if place is not None and self.rows:
            wanted = self.frame(key) or self.rows[min(place, len(self.rows) - 1)]
            if not wanted.holds_focus():
                wanted.setFocus()
        for row_key, words in typed.items():
            if (kept := self.frame(row_key)) is not None and kept.row.typed and kept.edit is None:
                kept.open_field(words)

    def _take_first(self) -> QWidget | None:
        item = self._box.takeAt(0)
        return None if item is None else item.widget()

    def _new_row(self, row: GroupRow, columns: RowColumns) -> RowFrame:
        frame = RowFrame(row, self._theme, columns, self)
        frame.opened.connect(self.row_opened)
        frame.ticked.connect(self.ticked)
        frame.pressed.connect(self.action_pressed)
        frame.link_pressed.connect(self.link_pressed)
        frame.number_typed.connect(self.number_typed)
        return frame

    def _add_row(self, frame: RowFrame, height: int) -> None:
        frame.setFixedHeight(height)
        if frame.box is not None:
            # What was ticked is gone by now, or the tick was refused.
            frame.box.setChecked(False)
        self._box.addWidget(frame)
        # At once, as a hidden row cannot take the focus.
        frame.show()
        self.rows.append(frame)

    def _heading(self, group: Group, count: int) -> QWidget:
        head = QWidget(self)
        head.setFixedHeight(self._theme.px(_HEAD))
        line = bare(QHBoxLayout(head), tokens.SPACE_2)
        title = ShortenedLabel(group.title, "card-title")
        title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        title.setProperty("tone", group.tone)
        line.addWidget(title)
        line.addWidget(ShortenedLabel(group.note, "muted"), 1)
        if group.show_all and count < len(group.rows):
            line.addWidget(button(group.show_all, lambda: self.all_wanted.emit(group.key), kind="link"))
        if group.action:
            pressed = button(group.action, lambda: self.head_pressed.emit(group.key), kind="link")
            pressed.setAccessibleName(f"{group.action}, {group.title}")
            line.addWidget(pressed)
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
