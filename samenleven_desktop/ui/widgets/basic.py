"""The basic widgets of pages: labels by role, buttons, cards, tiles, pills, fields, notices, headers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from samenleven_desktop.ui.theme import Theme, tokens
from samenleven_desktop.ui.widgets.responsive import actions_area, bare

A = TypeVar("A", bound=QWidget)


def label(text: str = "", role: str | None = None, *, wrap: bool = False) -> QLabel:
    """Creates a label; `role` selects its style (title, card-title, figure, muted, small, label, error, strong)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def button(text: str, on_click: Callable[[], object] | None = None, *, kind: str = "") -> QPushButton:
    """Creates a button; `kind` is primary, link, crumb, flat, chip, chipadd or empty."""
    made = QPushButton(text)
    if kind:
        made.setProperty(kind, True)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Sets a property that the style sheet uses, and applies the style sheet again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def pill(text: str, tone: str = "neutral") -> QLabel:
    """Creates a short label with a rounded background; tone is neutral, accent, good, attention, bad or mark."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("pill", tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def rule() -> QFrame:
    made = QFrame()
    made.setObjectName("rule")
    return made


class CardFrame(QFrame):
    """A panel with a title, an optional note at the right, and its content in `body`."""

    def __init__(self, title: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, tokens.SPACE_3, 16, tokens.SPACE_3)
        outer.setSpacing(tokens.SPACE_2)
        self.title_label = label(title, "card-title")
        self.note_label = label(note, "small")
        self.head = QHBoxLayout()
        self.head.addWidget(self.title_label)
        self.head.addStretch(1)
        self.head.addWidget(self.note_label)
        if not note:
            # Not setVisible: showing a label without a parent briefly opens a window of its own.
            self.note_label.hide()
        if title:
            outer.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(tokens.SPACE_2)
        outer.addLayout(self.body, 1)

    def set_title(self, title: str, note: str = "") -> None:
        self.title_label.setText(title)
        self.setAccessibleName(title)
        self.note_label.setText(note)
        self.note_label.setVisible(bool(note))


class Tile(CardFrame):
    """A big number with a caption above and a remark below; may be clicked if `clicked` is connected."""

    clicked = Signal()

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(caption)
        self.body.setSpacing(2)
        self.body.addWidget(label(caption, "label"))
        line = QHBoxLayout()
        line.setSpacing(8)
        self.figure = label("", "figure")
        self.beside = label("", "strong")
        line.addWidget(self.figure)
        line.addWidget(self.beside, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        self.body.addLayout(line)
        self.extra = QVBoxLayout()
        self.body.addLayout(self.extra)
        self.remark = label("", "small", wrap=True)
        self.body.addWidget(self.remark)
        self.body.addStretch(1)

    def show_values(self, figure: str, beside: str = "", remark: str = "") -> None:
        self.figure.setText(figure)
        self.beside.setText(beside)
        self.beside.setVisible(bool(beside))
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))


class NumberBox(QSpinBox):
    """A whole number between bounds; its text has the same margin as in other editors."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(5, 0, 5, 0)


class _ErrorLabel(QLabel):
    """A label as high as its text at the current width.

    A layout with top alignment gives a label no more than its size hint, and Qt's own hint is for another width: the
    last lines were cut off.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "error")
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(self.width())) if self.isVisible() else hint

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class Field(QWidget):
    """A label above an editor, with room for an error below it."""

    def __init__(self, caption: str, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        box = bare(QVBoxLayout(self), 3)
        self.caption = label(caption, "label")
        self.caption.setBuddy(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(caption.replace("&", ""))
        grows = bool(editor.sizePolicy().expandingDirections() & Qt.Orientation.Vertical)
        box.addWidget(self.caption)
        box.addWidget(editor, int(grows))
        self.error = _ErrorLabel()
        self.error.hide()
        box.addWidget(self.error)
        if not grows:
            # The editors stay aligned if a neighbour with an error makes the row higher.
            box.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_error(self, text: str) -> None:
        """Shows an error below the field and to screen readers; an empty text removes it."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)
        restyle(self.editor, "wrong", bool(text))


class Notice(QFrame):
    """A notice above the page: info, good, attention or bad; with an optional action and a close button."""

    closed = Signal()

    def __init__(self, theme: Theme, tone: str, text: str, close_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._links: list[QPushButton] = []
        self.setProperty("tone", tone)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 8, 6)
        picture = QLabel()
        name = {"good": "check", "attention": "triangle-alert", "bad": "triangle-alert"}.get(tone, "info")
        role = {"good": "good_text", "attention": "attention_text", "bad": "bad_text"}.get(tone, "accent_text")
        theme.keep(picture, lambda: picture.setPixmap(theme.pixmap(name, role, theme.px(16))))
        line.addWidget(picture)
        self.text_label = label(text, wrap=True)
        line.addWidget(self.text_label, 1)
        self.line = line
        close = button("", self.hide, kind="flat")
        theme.keep(close, lambda: close.setIcon(theme.icon("x", "muted", 14)))
        close.setAccessibleName(close_text)
        close.setToolTip(close_text)
        line.addWidget(close)

    def add_action(self, text: str, on_click: Callable[[], object]) -> None:
        made = button(text, on_click, kind="link")
        self.line.insertWidget(2 + len(self._links), made)
        self._links.append(made)

    def set_actions(self, actions: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Replaces the actions: an equal notice is not shown twice, but may be about another file."""
        for one in self._links:
            self.line.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._links = []
        for text, on_click in actions:
            self.add_action(text, on_click)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Not if only the window around it is hidden.
        if self.isHidden():
            self.closed.emit()


class EmptyState(QWidget):
    """Placeholder for an empty list: an icon, a sentence that says what to do, and a button that does it."""

    def __init__(self, theme: Theme, icon_name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QVBoxLayout(self)
        self.box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.box.setSpacing(10)
        picture = QLabel()
        theme.keep(picture, lambda: picture.setPixmap(theme.pixmap(icon_name, "muted", 32)))
        self.box.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self.words = label(text, "muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setMinimumWidth(220)
        self.box.addWidget(self.words)

    def set_words(self, text: str) -> None:
        self.words.setText(text)

    def add_action(self, text: str, on_click: Callable[[], object]) -> QPushButton:
        made = button(text, on_click, kind="primary")
        self.box.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        return made


class PageHeader(QWidget):
    """Breadcrumb, title, a muted subtitle, and the actions of the page at the right."""

    def __init__(self, title: str, subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(tokens.SPACE_2)
        words = QVBoxLayout()
        words.setSpacing(1)
        self.crumbs = QHBoxLayout()
        self.crumbs.setSpacing(0)
        words.addLayout(self.crumbs)
        self.title = label(title, "title")
        self.subtitle = label(subtitle, "muted", wrap=True)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        self._words = words
        line.addLayout(words, 1)
        self._actions = actions_area()
        line.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignBottom)

    def add_crumb(self, text: str, on_click: Callable[[], object]) -> QPushButton:
        made = button(f"{text} ›", on_click, kind="crumb")
        made.setAccessibleName(text)
        self.crumbs.addWidget(made)
        self.crumbs.addStretch(1)
        return made

    def add_line(self, widget: QWidget) -> None:
        """Adds a widget below the title, in place of the subtitle."""
        self.subtitle.hide()
        self._words.addWidget(widget)

    def add_action(self, made: A) -> A:
        """Adds a button or a chooser at the right of the title."""
        self._actions.append(made)
        return made

    def minimumSizeHint(self) -> QSize:
        return QSize(self._actions.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        """Updates the layout after the title or an action changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    def words_width(self) -> int:
        """Returns the width that the words beside the actions need."""
        return self._title_width()

    def _title_width(self) -> int:
        return self.title.fontMetrics().horizontalAdvance(self.title.text()) + tokens.SPACE_1

    def _fold(self) -> None:
        """Moves the actions below the title if both do not fit side by side."""
        title = self._title_width()
        if self.title.wordWrap() != (title > self.width()):
            self.title.setWordWrap(title > self.width())
        together = self.words_width() + self._actions.sizeHint().width() + tokens.SPACE_4
        under = together > self.width()
        direction = QBoxLayout.Direction.TopToBottom if under else QBoxLayout.Direction.LeftToRight
        if self._line.direction() != direction:
            self._line.setDirection(direction)
            # Without an alignment it gets the full width, in which it can wrap.
            self._line.setAlignment(self._actions, Qt.AlignmentFlag(0) if under else Qt.AlignmentFlag.AlignBottom)


def page_layout(widget: QWidget) -> QVBoxLayout:
    """Creates the page layout, with the margins and spacing of all pages."""
    widget.setObjectName("page")
    box = QVBoxLayout(widget)
    box.setContentsMargins(tokens.SPACE_4, 16, tokens.SPACE_4, 16)
    box.setSpacing(tokens.SPACE_3)
    return box
