"""Choosing one of a few: joined buttons, choosers, and the tabs of a page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QTabBar, QWidget

from samenleven_desktop.ui.theme import Theme, tokens
from samenleven_desktop.ui.widgets.basic import button
from samenleven_desktop.ui.widgets.responsive import bare


class Segmented(QWidget):
    """One of a few choices (id, text), all visible; arrow keys select. `choice_changed` emits the id."""

    choice_changed = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.buttons: dict[str, QPushButton] = {}
        self._chosen = ""
        self._group = QButtonGroup(self)
        self._line = bare(QHBoxLayout(self), 0)
        self._line.addStretch(1)
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Replaces the choices; the first one is chosen."""
        for old in self.buttons.values():
            self._group.removeButton(old)
            self._line.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = {id_: button(words, partial(self._choose, id_)) for id_, words in choices}
        for place, made in enumerate(self.buttons.values()):
            made.setProperty("segment", _place_name(place, len(choices)))
            made.setCheckable(True)
            self._group.addButton(made)
            self._line.insertWidget(place, made)
        self._chosen = ""
        if choices:
            self.set_choice(choices[0][0])

    def set_caption(self, id_: str, words: str) -> None:
        """Changes the caption of a choice, such as a count."""
        self.buttons[id_].setText(words)

    def choice(self) -> str:
        return self._chosen

    def set_choice(self, id_: str) -> None:
        """Shows another choice without emitting `choice_changed`."""
        self._chosen = id_
        self.buttons[id_].setChecked(True)
        self.setFocusProxy(self.buttons[id_])

    def _choose(self, id_: str) -> None:
        if id_ != self._chosen:
            self.set_choice(id_)
            self.choice_changed.emit(id_)


def _place_name(place: int, number: int) -> str:
    if number == 1:
        return "only"
    return {0: "first", number - 1: "last"}.get(place, "middle")


class Chooser(QComboBox):
    """A combo box that ignores the mouse wheel: scrolling the page must not change it unnoticed."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def showPopup(self) -> None:
        """Qt's own list extends beyond a low screen by the width of its frame."""
        super().showPopup()
        shown, room = self.view().window(), self.screen().availableGeometry().adjusted(2, 2, -2, -2)
        if not room.contains(shown.geometry()):
            place = shown.geometry()
            place.setSize(place.size().boundedTo(room.size()))
            place.moveTop(max(min(place.top(), room.bottom() + 1 - place.height()), room.top()))
            place.moveLeft(max(min(place.left(), room.right() + 1 - place.width()), room.left()))
            shown.setGeometry(place)


class LateChooser(Chooser):
    """A chooser whose list is loaded later or again: a choice is kept until the list contains it."""

    edited = Signal()
    """The user made a choice."""

    def __init__(self, wanted: str | None = None) -> None:
        super().__init__()
        self._wanted = wanted
        self.activated.connect(self._on_activated)

    def offer(self, choices: Sequence[tuple[str | None, str]], *, keep: bool = False) -> None:
        """Sets the list of (id, text); an empty id means no choice.

        Resets a choice that the list does not contain, unless `keep`.
        """
        self.clear()
        for id_, words in choices:
            self.addItem(words, id_)
        place = self.findData(self._wanted)
        if place < 0 and choices and not keep:
            self._wanted = None
        self.setCurrentIndex(max(place, 0))

    def content(self) -> str | None:
        """Returns the chosen id, even if the list is not loaded yet; otherwise the first id of the list."""
        found: str | None = self.currentData() if self._wanted is None else self._wanted
        return found

    def fill(self, content: str | None) -> None:
        # Drafts of earlier versions contain an empty choice as "None".
        self._wanted = "" if content == "None" else content
        self.setCurrentIndex(max(self.findData(self._wanted), 0))

    def _on_activated(self) -> None:
        self._wanted = self.currentData()
        self.edited.emit()


class TabBar(QTabBar):
    """Tabs above a line as wide as the page; a ring marks the focused tab."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(True)

    def captions(self) -> list[str]:
        return [self.tabText(number) for number in range(self.count())]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), self._theme.color("line"))
        painter.end()
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex() >= 0:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("accent"), 2))
            ring = self.tabRect(self.currentIndex()).adjusted(1, 3, -17, -5)
            painter.drawRoundedRect(ring, tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
            painter.end()
