"""The map of the coach's area on *Start*, with several colour schemes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.screens.start.map_colours import COLOURINGS
from samenleven_desktop.ui.theme import tokens
from samenleven_desktop.ui.widgets.basic import CardFrame, button, label
from samenleven_desktop.ui.widgets.choice import Segmented
from samenleven_desktop.ui.widgets.map import MapArea, MapWidget
from samenleven_desktop.ui.widgets.map_looks import MapLegend

_SIDE = 180


class MapCard(CardFrame):
    """The map; beside it the hovered government and the legend."""

    def __init__(self, context: UiContext) -> None:
        language, theme = context.language, context.theme
        text = language.text
        super().__init__(text("Area"))
        self._language = language
        self.colour = Segmented(text("Colour of the map"), [(key, text(one.title)) for key, one in COLOURINGS.items()])
        self.head.addWidget(label(text("colour ="), "small"))
        self.head.addWidget(self.colour)
        self.map = MapWidget(
            theme,
            language,
            text("Map of my area"),
            text("Map: Statbel, Provincies in Cijfers · CC BY 4.0"),
            text(
                "Map: Statbel, statistical sectors on 1 January 2025 (CC BY 4.0), simplified by Provincies in "
                "Cijfers, adapted."
            ),
        )
        self.legend = MapLegend(theme)
        self.name = label("", "strong", wrap=True)
        self.value = label("", "small", wrap=True)
        self.fault = label("", "muted", wrap=True)
        self.choose = button(text("Choose my governments ..."), kind="primary")
        self.fault.hide()
        self.choose.hide()
        line = QHBoxLayout()
        line.setSpacing(tokens.SPACE_3)
        line.addWidget(self.map, 1)
        side = QVBoxLayout()
        side.setSpacing(tokens.SPACE_1)
        for part in (self.name, self.value, self.fault, self.choose):
            # Fixed width, so that a longer text does not resize the map.
            part.setFixedWidth(_SIDE)
            side.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        side.addStretch(1)
        self.legend.setFixedWidth(_SIDE)
        side.addWidget(self.legend)
        line.addLayout(side)
        self.body.addLayout(line, 1)
        self.map.area_pointed.connect(self.show_pointed)
        self.setMinimumHeight(270)

    def show_pointed(self, area: MapArea | None) -> None:
        """Shows the government that is hovered or focused; without one, a hint."""
        self.name.setText(area.name if area else "")
        self.name.setVisible(area is not None)
        hint = ""
        if self.map.areas:
            hint = self._language.text("Point at a government for its numbers, click for its dossier.")
        self.value.setText(area.value if area else hint)

    def show_fault(self, words: str, *, choose: bool = False) -> None:
        """Shows why the map is missing or empty; an empty text hides the message."""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        self.choose.setVisible(choose)
