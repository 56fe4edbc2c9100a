"""The three numbers of *Start*: each is a button that opens the list behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from samenleven_desktop.ui.theme import tokens
from samenleven_desktop.ui.widgets.basic import CardFrame, label
from samenleven_desktop.ui.widgets.responsive import bare


class NumberButton(QPushButton):
    """A number with its caption above and the rest of the sentence beside it."""

    def __init__(self, caption: str, on_click: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("number", True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._caption = label(caption, "label")
        self.figure, self.beside = label("", "figure"), label("", "strong")
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 4, 8, 4)
        box.setSpacing(0)
        box.addWidget(self._caption)
        line = bare(QHBoxLayout(), 6)
        line.addWidget(self.figure)
        line.addWidget(self.beside, 1, Qt.AlignmentFlag.AlignBottom)
        box.addLayout(line)
        for part in (self._caption, self.figure, self.beside):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda _checked=False: on_click())

    def sizeHint(self) -> QSize:
        box = self.layout()
        return box.sizeHint() if box is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        box = self.layout()
        return box.minimumSize() if box is not None else super().minimumSizeHint()

    def show_value(self, figure: str, beside: str, tip: str) -> None:
        self.figure.setText(figure)
        self.beside.setText(beside)
        self.setToolTip(tip)
        self.setAccessibleName(f"{self._caption.text()}: {figure} {beside}")
        self.setAccessibleDescription(tip)
        self.updateGeometry()


class NumbersCard(CardFrame):
    """Numbers side by side."""

    def __init__(self, name: str, numbers: list[NumberButton]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        line = bare(QHBoxLayout(), tokens.SPACE_1)
        for one in numbers:
            line.addWidget(one, 1)
        self.body.addLayout(line)
        outer = self.layout()
        if outer is not None:
            outer.setContentsMargins(6, 6, 6, 6)
