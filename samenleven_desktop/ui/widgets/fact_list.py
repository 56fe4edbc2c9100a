"""A card with facts: a caption and its text on each line, as high as its words; the page around it scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from samenleven_desktop.ui.theme import Theme, tokens
from samenleven_desktop.ui.widgets.basic import CardFrame, label

_CAPTION = 116


class FactList(CardFrame):
    """Texts can be selected and copied."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(title)
        self._theme = theme
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.SPACE_2)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        # Room that is left lies below the facts, not between them.
        self.body.addStretch(1)
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

    def facts(self) -> list[tuple[str, str]]:
        """Returns the lines that are shown."""
        return [(caption.text(), words.text()) for caption, words in self._labels if caption.text()]

    def _add_line(self) -> None:
        caption, words = label("", "label", wrap=True), label("", wrap=True)
        caption.setFixedWidth(self._theme.px(_CAPTION))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = len(self._labels)
        self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignTop)
        self._labels.append((caption, words))
