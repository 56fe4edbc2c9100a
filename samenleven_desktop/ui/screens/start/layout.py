"""The widgets of *Start*: what asks for work now at the left; numbers, map and last sessions at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.screens.start.map_card import MapCard
from samenleven_desktop.ui.screens.start.numbers_card import NumberButton, NumbersCard
from samenleven_desktop.ui.screens.start.terms_chip import TermsChip
from samenleven_desktop.ui.theme import tokens
from samenleven_desktop.ui.widgets.basic import CardFrame, PageHeader, button, page_layout
from samenleven_desktop.ui.widgets.responsive import bare, folding, yielding
from samenleven_desktop.ui.widgets.row_groups import RowGroups

_RECENT_ROWS = 3
_ROWS_WHEN_FOLDED = 5
_LOW_MAP, _HIGH_MAP = 150, 280


class StartLayout:
    """Builds the page; `screen.py` fills it."""

    def __init__(self, page: QWidget, context: UiContext) -> None:
        theme, text, navigator = context.theme, context.language.text, context.navigator
        box = page_layout(page)
        self.header = PageHeader(text("Start"))
        self.changed = self.header.add_action(button("", kind="chip"))
        self.changed.hide()
        self.exchange = self.header.add_action(button("", kind="chip"))
        self.exchange.hide()
        self.terms = self.header.add_action(TermsChip(context))
        box.addWidget(self.header)

        columns = folding(QHBoxLayout())
        columns.setSpacing(tokens.SPACE_3)
        self.now_card = CardFrame()
        self.now_card.setAccessibleName(text("What now"))
        self.now = RowGroups(theme, text("What now"))
        self.now_card.body.addWidget(self.now, 1)
        columns.addWidget(self.now_card, 7)

        right = bare(QVBoxLayout(), tokens.SPACE_3)
        self.kpis = NumberButton(text("KPIs on course"), lambda: navigator.open_page("kpis"))
        self.sessions = NumberButton(text("Sessions given"), lambda: navigator.open_support("given"))
        self.contact = NumberButton(text("Not seen recently"), lambda: navigator.open_support("silence"))
        self.numbers = NumbersCard(text("Numbers"), [self.kpis, self.sessions, self.contact])
        self.map_card = MapCard(context)
        yielding(self.map_card.map, _LOW_MAP)
        self.recent_card = CardFrame(text("Last sessions"))
        self.recent = RowGroups(theme, text("Last sessions"), least=_RECENT_ROWS, most=_RECENT_ROWS, one_line=True)
        self.recent.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.recent_card.body.addWidget(self.recent)
        right.addWidget(self.numbers)
        right.addWidget(self.map_card, 1)
        right.addWidget(self.recent_card)
        columns.addLayout(right, 5)
        box.addLayout(columns, 1)

    def fold(self, *, folded: bool) -> None:
        """Side by side the columns share the height of the window; one below the other the page scrolls."""
        self.now.set_least(_ROWS_WHEN_FOLDED if folded else 1)
        self.map_card.map.setMinimumHeight(_HIGH_MAP if folded else _LOW_MAP)
