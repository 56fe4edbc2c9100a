"""One row of `row_groups.RowGroups`: its texts, tick box, bar and links, and the number that is typed in place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from samenleven_desktop.ui.theme import Theme, tokens
from samenleven_desktop.ui.widgets.bars import ProgressBarData, draw_progress
from samenleven_desktop.ui.widgets.basic import button, label, pill, restyle
from samenleven_desktop.ui.widgets.responsive import bare

LINK_KEY, NATURAL = "→", -1


@dataclass(frozen=True)
class GroupRow:
    """A row: `key` is what the signals report. `pill` is a text and its tone; `action` the text of its link.

    `tick` is the accessible name of a tick box before the row; without it there is none. `lead` stands before the
    title (a number, a day), `late` in red after the detail. `figure` is a number and the words after it, `bar` the
    progress beside it. With `typed`, an accessible name, the link opens a field in the row instead. `more` are further
    links, each with its key.
    """

    key: str
    title: str
    detail: str = ""
    pill: tuple[str, str] | None = None
    action: str = ""
    tick: str = ""
    lead: str = ""
    late: str = ""
    figure: tuple[str, str] | None = None
    bar: ProgressBarData | None = None
    typed: str = ""
    more: tuple[tuple[str, str], ...] = ()
    tip: str = ""


@dataclass(frozen=True)
class RowColumns:
    """Widths in pixels of the columns that rows share; 0: without that column.

    A `figure` of `NATURAL` is as wide as the row needs.
    """

    lead: int = 0
    figure: int = 0
    bar: int = 0
    link: int = 0


class RowFrame(QFrame):
    """Enter opens the row, Space ticks it, Right presses its link; a double click opens it too."""

    opened = Signal(str)
    ticked = Signal(str)
    pressed = Signal(str)
    link_pressed = Signal(str, str)
    number_typed = Signal(str, str)

    def __init__(self, row: GroupRow, theme: Theme, columns: RowColumns, parent: QWidget) -> None:
        super().__init__(parent)
        self.row, self.columns = row, columns
        self.setObjectName("grouprow")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        figure = " ".join(filter(None, row.figure or ()))
        words = [f"{row.lead} {row.title}".strip(), row.detail, row.late, figure, row.pill[0] if row.pill else ""]
        self.setAccessibleName(", ".join(filter(None, words)))
        self.setToolTip(row.tip)
        self._line = line = bare(QHBoxLayout(self), tokens.SPACE_2)
        line.setContentsMargins(3, 0, 3, 0)
        self.box: QCheckBox | None = None
        self.link: QWidget | None = None
        self.edit: QLineEdit | None = None
        if row.tick:
            self.box = QCheckBox()
            self.box.setAccessibleName(row.tick)
            self.box.setToolTip(row.tick)
            self.box.clicked.connect(lambda: self.ticked.emit(row.key))
            line.addWidget(self.box)
        if columns.lead:
            lead = label(row.lead, "muted")
            lead.setFixedWidth(columns.lead)
            if columns.bar or columns.figure:
                lead.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(lead)
        self._title = ShortenedLabel(row.title, "strong" if row.detail or row.late else None)
        self._pill: QLabel | None = None
        line.addLayout(self._texts(), 1)
        if columns.figure:
            self._add_pill()
            line.addWidget(self._figure(columns.figure))
            if columns.bar:
                line.addWidget(_Bar(theme, row.bar, columns.bar))
        else:
            if row.figure is not None:
                line.addWidget(self._figure(0))
            self._add_pill()
        self._add_links(columns.link)

    def _texts(self) -> QVBoxLayout:
        row = self.row
        texts = bare(QVBoxLayout(), 0)
        texts.addStretch(1)
        texts.addWidget(self._title)
        if row.detail or row.late:
            second = bare(QHBoxLayout(), 0)
            detail = ShortenedLabel(f"{row.detail} · " if row.detail and row.late else row.detail, "muted")
            second.addWidget(detail, 0 if row.late else 1)
            if row.late:
                detail.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
                late = label(row.late, "muted")
                late.setProperty("tone", "bad")
                second.addWidget(late)
                second.addStretch(1)
            texts.addLayout(second)
        texts.addStretch(1)
        return texts

    def _add_pill(self) -> None:
        if self.row.pill is not None:
            self._pill = pill(*self.row.pill)
            self._line.addWidget(self._pill)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside a figure the badge gives way before the name is cut; the spoken name of the row keeps its words."""
        super().resizeEvent(event)
        if self._pill is not None and self.columns.figure:
            items = (self._line.itemAt(place) for place in range(self._line.count()))
            beside = [widget for one in items if one is not None and (widget := one.widget()) is not None]
            wide = sum(one.sizeHint().width() + tokens.SPACE_2 for one in beside if not one.isHidden())
            hidden = 0 if not self._pill.isHidden() else self._pill.sizeHint().width() + tokens.SPACE_2
            self._pill.setVisible(self._title.sizeHint().width() + wide + hidden <= event.size().width())

    def _figure(self, width: int) -> QWidget:
        made = QWidget()
        parts = bare(QHBoxLayout(made), 4)
        parts.addStretch(1)
        strong, rest = self.row.figure or ("", "")
        if strong:
            parts.addWidget(label(strong, "strong"))
        parts.addWidget(label(rest, "muted"))
        if width > 0:
            made.setFixedWidth(width)
        return made

    def _add_links(self, width: int) -> None:
        row = self.row
        for key, words in row.more:
            made = button(words, partial(self.link_pressed.emit, row.key, key), kind="link")
            made.setAccessibleName(f"{words} {row.title}")
            self._line.addWidget(made)
        if row.action:
            made = button(row.action, self.press_link, kind="link")
            made.setAccessibleName(f"{row.action} {row.title}")
            made.setToolTip(f"{row.action} ({LINK_KEY})")
            self.link = made
        elif width:
            self.link = QWidget()
        if self.link is not None:
            if width:
                self.link.setFixedWidth(width)
            self._line.addWidget(self.link)

    def press_link(self) -> None:
        """Does what the link does: opens the field of the row, or tells the owner."""
        if self.row.typed:
            self.open_field("")
        elif self.row.action:
            self.pressed.emit(self.row.key)

    def open_field(self, words: str) -> None:
        """Puts a field in place of the link; Enter reports what was typed, Escape takes the field away."""
        if self.edit is None and self.link is not None:
            self.link.hide()
            self.edit = QLineEdit()
            self.edit.setFixedWidth(max(self.link.width(), 64))
            self.edit.setAccessibleName(self.row.typed)
            self.edit.setToolTip(self.row.typed)
            self.edit.returnPressed.connect(self._on_typed)
            self._line.addWidget(self.edit)
        if self.edit is not None:
            self.edit.setText(words)
            self.edit.show()
            self.edit.setFocus()

    def close_field(self) -> None:
        if self.edit is not None and self.link is not None:
            self.edit.hide()
            self.edit.deleteLater()
            self.edit = None
            self.link.show()
            self.setFocus()

    def refuse(self, words: str) -> None:
        """Marks what was typed as wrong; `words` says why."""
        if self.edit is not None:
            restyle(self.edit, "wrong", value=True)
            self.edit.setAccessibleDescription(words)
            self.edit.setToolTip(words)
            self.edit.setFocus()

    def _on_typed(self) -> None:
        if self.edit is not None and self.edit.text().strip():
            self.number_typed.emit(self.row.key, self.edit.text())

    def holds_focus(self) -> bool:
        """Returns whether the row or something in it has the focus."""
        focus = self.window().focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = self.edit is not None and self.edit.hasFocus()
        if typing and event.key() == Qt.Key.Key_Escape:
            self.close_field()
        elif typing:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.row.key)
        elif event.key() == Qt.Key.Key_Space and self.box is not None:
            self.box.click()
        elif event.key() == Qt.Key.Key_Right and self.row.action:
            self.press_link()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.opened.emit(self.row.key)


class _Bar(QWidget):
    """A progress bar, or the room of one. The number beside it says the same."""

    def __init__(self, theme: Theme, data: ProgressBarData | None, width: int) -> None:
        super().__init__()
        self._theme, self._data = theme, data
        self.setFixedSize(width, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._data is not None:
            painter = QPainter(self)
            draw_progress(painter, QRectF(self.rect()), self._theme, self._data)
            painter.end()


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


def text_width(font: QFont, words: str, *, strong: bool = False) -> int:
    """Returns the width of a text, in the weight of a number if `strong`."""
    shown = QFont(font)
    if strong:
        shown.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(shown).horizontalAdvance(words)
