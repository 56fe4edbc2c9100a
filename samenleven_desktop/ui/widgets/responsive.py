"""Layouts that adapt to the available width: widgets that wrap, columns that stack, pages that scroll.

At 200 % on a small laptop a page is 580 pixels wide: nothing may be cut off or unreachable there.
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
    """Marks columns that may be stacked if the page is narrow."""
    layout.setProperty(_FOLDS, True)
    return layout


def bare(layout: B, gap: int | None = None) -> B:
    """Removes the margins of a layout."""
    layout.setContentsMargins(0, 0, 0, 0)
    if gap is not None:
        layout.setSpacing(gap)
    return layout


def yielding(widget: W, least: int) -> W:
    """Marks a widget that takes the remaining height, not its size hint: otherwise a page scrolls although all fits."""
    widget.setSizePolicy(widget.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Ignored)
    widget.setMinimumHeight(least)
    return widget


class PageFrame(QScrollArea):
    """Scroll area around each page: stacks the marked columns if it is narrow, and scrolls what still does not fit.

    The scroll bar lies over the margin of the page, so that a page keeps its width when the bar appears. A bar with a
    width of its own made a page with a wrapping header change its width and height in an endless loop: the narrower
    page was too high and the wider one was not, until the program ended in a stack overflow.
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
        """Updates the direction of the marked columns; also called for parts added later (`joined`)."""
        direction = QBoxLayout.Direction.TopToBottom if self._folded else QBoxLayout.Direction.LeftToRight
        for layout in self._page.findChildren(QBoxLayout):
            if layout.property(_FOLDS):
                layout.setDirection(direction)


def joined(part: W) -> W:
    """Call for a part that was built after its page was shown: its columns are stacked like those of the page."""
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, PageFrame):
            around.fold()
        around = around.parentWidget()
    return part


class PartStack(QStackedWidget):
    """The parts of a page, one at a time; its size is that of the visible part."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _: self.updateGeometry())

    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else super().sizeHint()

    def hasHeightForWidth(self) -> bool:
        """Qt's own implementation takes the tallest part, including hidden ones."""
        return False

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()


class FlowArea(QWidget):
    """Places widgets side by side and wraps them to more lines, with the height needed; hidden ones take no room.

    A QLayout subclass would have to return None to Qt, for which PySide 6.12 counts references wrongly.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self._gap = gap
        self.shown: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def arrange(self, widgets: Sequence[QWidget]) -> None:
        """Shows these widgets, in this order."""
        self.shown = list(widgets)
        for widget in widgets:
            widget.setParent(self)
            widget.show()
        self._place()

    def append(self, widget: QWidget) -> None:
        """Adds a widget at the end and keeps its visibility."""
        hidden = widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
        self.shown.append(widget)
        widget.setParent(self)
        widget.setVisible(not hidden)
        self._place()

    def sizeHint(self) -> QSize:
        """All widgets on one line."""
        hints = self._hints()
        width = sum(hint.width() for _, hint in hints) + max(len(hints) - 1, 0) * self._gap
        return QSize(width, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(max((hint.width() for _, hint in self._hints()), default=0), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """Changes while the page was hidden sent no layout request."""
        super().showEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Places the widgets again when one is shown, hidden or changes its text."""
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
                # A widget wider than the whole area is shrunk to fit.
                size = hint.boundedTo(QSize(max(self.width(), 1), high))
                widget.setGeometry(QRect(QPoint(x, y + (high - size.height()) // 2), size))
                x += size.width() + self._gap
            y += high + self._gap
        self.setFixedHeight(y - self._gap)
        self.updateGeometry()


def button_row(*widgets: QWidget) -> FlowArea:
    """Creates a row of buttons, which wraps if the page is narrow."""
    row = FlowArea(gap=8)
    for one in widgets:
        row.append(one)
    return row


def actions_area() -> FlowArea:
    """Creates the area for the buttons at the right of a page title."""
    return FlowArea(gap=tokens.SPACE_2)
