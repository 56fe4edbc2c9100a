"""A card with facts: a caption and its text on each line, in a part that scrolls if there is little room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from samenleven_desktop.ui.theme import Theme, tokens
from samenleven_desktop.ui.widgets.basic import CardFrame, label

_LEAST, _CAPTION = 110, 116


class FactList(CardFrame):
    """Texts can be selected and copied."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(title)
        self._theme = theme
        inside = QWidget()
        inside.setObjectName("formfields")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setHorizontalSpacing(tokens.SPACE_2)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        self._area.setAccessibleName(title)
        self._area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._area.setMinimumHeight(theme.px(_LEAST))
        self.body.addWidget(self._area, 1)
        self._labels: list[tuple[QLabel, QLabel]] = []

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        while len(self._labels) < len(facts):
            self._add_line()
        for place, (caption, words) in enumerate(self._labels):
            shown = place < len(facts)
            caption.setVisible(shown)
            words.setVisible(shown)
            caption.setText(facts[place][0] if shown else "")
            words.setText(facts[place][1] if shown else "")
        self._area.verticalScrollBar().setValue(0)

    def facts(self) -> list[tuple[str, str]]:
        """Returns the lines that are shown."""
        return [(caption.text(), words.text()) for caption, words in self._labels if caption.text()]

    def _add_line(self) -> None:
        caption, words = label("", "label", wrap=True), label("", wrap=True)
        caption.setFixedWidth(self._theme.px(_CAPTION))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = len(self._labels)
        self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(row + 1, 1)
        self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignTop)
        self._labels.append((caption, words))
