"""The map of the coach's area on *Start*, with several colour schemes."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.screens.start.map_colours import COLOURINGS
from samenleven_desktop.ui.theme import tokens
from samenleven_desktop.ui.widgets.basic import CardFrame, label
from samenleven_desktop.ui.widgets.choice import Segmented
from samenleven_desktop.ui.widgets.map import MapArea, MapWidget
from samenleven_desktop.ui.widgets.map_looks import MapLegend
from samenleven_desktop.ui.widgets.responsive import bare
from samenleven_desktop.ui.widgets.row_frame import ShortenedLabel


class MapCard(CardFrame):
    """The map; below it the hovered government and the legend."""

    def __init__(self, context: UiContext) -> None:
        language, theme = context.language, context.theme
        text = language.text
        super().__init__(text("Area"))
        self._language = language
        self.colour = Segmented(text("Colour of the map"), [(key, text(one.title)) for key, one in COLOURINGS.items()])
        self.colouring = QWidget()
        choice = bare(QHBoxLayout(self.colouring), tokens.SPACE_2)
        choice.addWidget(label(text("colour ="), "small"))
        choice.addWidget(self.colour)
        self.head.addWidget(self.colouring)
        self.hint = text("Point at a government for its numbers, click for its dossier.")
        """What is said while the map points at nothing."""
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
        self.name = label("", "strong")
        self.value = ShortenedLabel("", "small")
        self.fault = label("", "muted", wrap=True)
        self.fault.hide()
        self.body.addWidget(self.map, 1)
        pointed = bare(QHBoxLayout(), tokens.SPACE_2)
        pointed.addWidget(self.name)
        pointed.addWidget(self.value, 1)
        self.body.addLayout(pointed)
        self.body.addWidget(self.legend)
        self.body.addWidget(self.fault)
        self.map.area_pointed.connect(self.show_pointed)

    def show_pointed(self, area: MapArea | None) -> None:
        """Shows the government that is hovered or focused; without one, a hint."""
        self.name.setText(area.name if area else "")
        self.name.setVisible(area is not None)
        self.value.setText(area.value if area else self.hint if self.map.areas else "")

    def show_fault(self, words: str) -> None:
        """Shows why the map is missing or empty; an empty text hides the message."""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
