"""Fitting into the room there is: widgets that wrap like words, columns that fold, a page that scrolls.

At 200 % on a small laptop a page is 580 pixels wide: nothing may be cut there and nothing out of reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QScrollBar, QSizePolicy, QStackedWidget, QWidget

from samenleven_desktop.ui.theme import tokens

FOLD_BELOW = 820
_FOLDS = "folds"
B = TypeVar("B", bound=QBoxLayout)
W = TypeVar("W", bound=QWidget)


def folding(layout: B) -> B:
    """Marks columns that may stand under each other where the page is narrow."""
    layout.setProperty(_FOLDS, True)
    return layout


def bare(layout: B, gap: int | None = None) -> B:
    """A layout without margins."""
    layout.setContentsMargins(0, 0, 0, 0)
    if gap is not None:
        layout.setSpacing(gap)
    return layout


def yielding(widget: W, least: int) -> W:
    """Marks a part that takes what height is left, never what it would like: else a page scrolls though all fits."""
    widget.setSizePolicy(widget.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Ignored)
    widget.setMinimumHeight(least)
    return widget


class PageFrame(QScrollArea):
    """Around each page: folds the columns that are marked, and scrolls to what still does not fit.

    The scroll bar lies over the margin of the page, so that a page keeps its width when the bar comes. A bar that took
    room made a page change its width and height by turns without end where its head folds: the narrower page was too
    high and the wider one was not, until the program ended in a stack overflow.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self._folded: bool | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.hide()
        inner = self.verticalScrollBar()
        inner.rangeChanged.connect(self._show_bar)
        inner.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(inner.setValue)
        self.setWidget(page)

    def _show_bar(self, first: int, last: int) -> None:
        inner = self.verticalScrollBar()
        self._bar.setRange(first, last)
        self._bar.setPageStep(inner.pageStep())
        self._bar.setSingleStep(inner.singleStep())
        self._bar.setValue(inner.value())
        self._bar.setVisible(last > first)
        self._bar.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self._bar.sizeHint().width()
        self._bar.setGeometry(self.width() - wide, 0, wide, self.viewport().height())
        folded = event.size().width() < FOLD_BELOW
        if folded == self._folded:
            return
        self._folded = folded
        self.fold()

    def fold(self) -> None:
        """Also for a part that came later (`joined`)."""
        way = QBoxLayout.Direction.TopToBottom if self._folded else QBoxLayout.Direction.LeftToRight
        for layout in self._page.findChildren(QBoxLayout):
            if layout.property(_FOLDS):
                layout.setDirection(way)


def joined(part: W) -> W:
    """A part that was built after its page was shown: its columns fold as those of the others."""
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, PageFrame):
            around.fold()
        around = around.parentWidget()
    return part


class PartStack(QStackedWidget):
    """The parts of a page, one at a time; asks no more room than the part that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _: self.updateGeometry())

    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else super().sizeHint()

    def hasHeightForWidth(self) -> bool:
        """Qt's own answer is that of the tallest part, also of those that are not shown."""
        return False

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()


class FlowArea(QWidget):
    """Puts widgets side by side and wraps to the next line, as high as that takes; hidden ones take no room.

    A layout class of our own would have to hand None to Qt, which PySide 6.12 counts wrongly.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self._gap = gap
        self.shown: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def arrange(self, widgets: Sequence[QWidget]) -> None:
        """Shows these, in this order."""
        self.shown = list(widgets)
        for widget in widgets:
            widget.setParent(self)
            widget.show()
        self._place()

    def append(self, widget: QWidget) -> None:
        """One more at the end; whether it is to be seen is left as it is."""
        hidden = widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
        self.shown.append(widget)
        widget.setParent(self)
        widget.setVisible(not hidden)
        self._place()

    def sizeHint(self) -> QSize:
        """All of them on one line."""
        hints = self._hints()
        width = sum(hint.width() for _, hint in hints) + max(len(hints) - 1, 0) * self._gap
        return QSize(width, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(max((hint.width() for _, hint in self._hints()), default=0), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the page was hidden was told to nobody."""
        super().showEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """A part that was shown, hidden or given other words moves the others."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def _hints(self) -> list[tuple[QWidget, QSize]]:
        return [
            (widget, widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize()))
            for widget in self.shown
            if not widget.isHidden()
        ]

    def _place(self) -> None:
        lines: list[list[tuple[QWidget, QSize]]] = [[]]
        x = 0
        for widget, hint in self._hints():
            if x and x + hint.width() > self.width():
                lines.append([])
                x = 0
            lines[-1].append((widget, hint))
            x += hint.width() + self._gap
        y = 0
        for line in lines:
            high = max((hint.height() for _, hint in line), default=1)
            x = 0
            for widget, hint in line:
                # One that is wider than the whole area is made to fit.
                size = hint.boundedTo(QSize(max(self.width(), 1), high))
                widget.setGeometry(QRect(QPoint(x, y + (high - size.height()) // 2), size))
                x += size.width() + self._gap
            y += high + self._gap
        self.setFixedHeight(y - self._gap)
        self.updateGeometry()


def button_row(*widgets: QWidget) -> FlowArea:
    """Buttons side by side, on more lines where the page is narrow."""
    row = FlowArea(gap=8)
    for one in widgets:
        row.append(one)
    return row


def actions_area() -> FlowArea:
    """The buttons at the right of a page's title."""
    return FlowArea(gap=tokens.SPACE_2)
