"""The widgets of *Start*: four tiles, the map, the terms of the plan, this week, and what needs attention."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from samenleven_desktop.i18n.labels import PARTIES, SESSION_MODES, clock, near_day
from samenleven_desktop.readmodels.core import SessionLine
from samenleven_desktop.readmodels.start import AttentionItem, WeekItem
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column import Column
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.screens.start.map_card import MapCard
from samenleven_desktop.ui.screens.start.terms_card import TermsCard
from samenleven_desktop.ui.widgets.bars import StateBar
from samenleven_desktop.ui.widgets.basic import CardFrame, EmptyState, PageHeader, Tile, button, page_layout
from samenleven_desktop.ui.widgets.choice import TabBar
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import folding
from samenleven_desktop.ui.widgets.table import DataTable

WEEK, RECENT = 0, 1


class StartLayout:
    """Builds the page; `screen.py` fills it."""

    def __init__(self, page: QWidget, context: UiContext) -> None:
        language, theme = context.language, context.theme
        text = language.text
        box = page_layout(page)
        self.header = PageHeader(text("Start"))
        self.changed = self.header.add_action(button("", kind="chip"))
        self.changed.hide()
        self.exchange = self.header.add_action(button("", kind="chip"))
        self.exchange.hide()
        self.open_governments = self.header.add_action(button(text("My governments")))
        box.addWidget(self.header)

        tiles = folding(QHBoxLayout())
        tiles.setSpacing(14)
        self.kpis = Tile(text("KPIs on course"))
        self.bar = StateBar(theme)
        self.kpis.extra.addWidget(self.bar)
        self.sessions = Tile(text("Sessions this project year"))
        self.agreements = Tile(text("Open agreements"))
        self.contact = Tile(text("Without recent contact"))
        for pair in ((self.kpis, self.sessions), (self.agreements, self.contact)):
            two = QHBoxLayout()
            two.setSpacing(14)
            for tile in pair:
                two.addWidget(tile, 1)
            tiles.addLayout(two, 1)
        box.addLayout(tiles)

        columns = folding(QHBoxLayout())
        columns.setSpacing(14)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for column in (self._left, self._right):
            column.setSpacing(14)
        self.map_card, self.terms_card = MapCard(context), TermsCard(context)
        columns.addLayout(self._left, 6)
        self._add_week(context)
        self._add_attention(context)
        columns.addLayout(self._right, 5)
        self.place_map(under_lists=False)
        box.addLayout(columns, 1)

    def place_map(self, *, under_lists: bool) -> None:
        """Places the map below the lists if there is one column: the lists are used most."""
        column = self._right if under_lists else self._left
        for card in (self.terms_card, self.map_card) if under_lists else (self.map_card, self.terms_card):
            column.addWidget(card, 6 if card is self.map_card else 0)
        # Side by side the columns share the height of the window, so that a small window need not scroll.
        way = QSizePolicy.Policy.Expanding if under_lists else QSizePolicy.Policy.Ignored
        for part in (self.map_card.map, self.week, self.recent, self.attention):
            part.setSizePolicy(QSizePolicy.Policy.Expanding, way)

    def _add_week(self, context: UiContext) -> None:
        language, theme = context.language, context.theme
        text = language.text
        kinds = ColumnKinds(language)
        self.week_card = CardFrame()
        self.week_card.setAccessibleName(text("Today and this week"))
        self.tabs = TabBar(theme, text("Agreements and sessions"))
        self.tabs.addTab(text("Today and this week"))
        self.tabs.addTab(text("Last sessions"))
        self.week_card.body.addWidget(self.tabs)
        self.week_model = RowsModel[WeekItem](week_columns(context))
        self.week = DataTable(theme, self.week_model, text("Today and this week"))
        self.week_empty = EmptyState(theme, "list-checks", text("Nothing is late and nothing is due this week."))
        self.recent_model = RowsModel[SessionLine](
            [
                kinds.day(text("Date"), lambda line: line.day, 76, words=lambda line: language.day_month(line.day)),
                kinds.choice(text("Form"), SESSION_MODES, lambda line: line.form, 112),
                kinds.text(
                    text("Government"), lambda line: language.listing(line.government_names), stretch=2, strong=True
                ),
                kinds.text(text("Report"), lambda line: line.report, stretch=3),
            ]
        )
        self.recent = DataTable(theme, self.recent_model, text("Last sessions"))
        self.recent.hide()
        for part in (self.week, self.week_empty, self.recent):
            self.week_card.body.addWidget(part, 1)
        self._right.addWidget(self.week_card, 7)

    def _add_attention(self, context: UiContext) -> None:
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        self.attention_card = ListCard[AttentionItem](
            context,
            text("Attention needed"),
            [
                kinds.text(text("Government"), lambda line: line.government_name, stretch=3, strong=True),
                kinds.text(text("Action"), lambda line: f"{line.action} {line.action_title}", stretch=4),
                kinds.text(
                    text("Reached"),
                    lambda line: language.percent(line.reached, line.confirmed or 0),
                    68,
                    right=True,
                    sort=lambda line: line.reached / (line.confirmed or 1),
                ),
                kinds.state(text("State"), lambda line: line.state),
            ],
            empty=("check", text("All KPIs are on course.")),
        )
        self.attention_model, self.attention = self.attention_card.model, self.attention_card.table
        self._right.addWidget(self.attention_card, 6)


def week_columns(context: UiContext) -> list[Column[WeekItem]]:
    """Returns date, subject (an agreement or a planned session) and government."""
    language, today = context.language, context.today
    text = language.text
    kinds = ColumnKinds(language)

    def when(item: WeekItem) -> str:
        day = near_day(language, item.day, today)
        if item.late:
            return text("late: {day}", day=day)
        return day if item.minute is None else f"{day} {clock(item.minute)}"

    def what(item: WeekItem) -> str:
        if item.form is None:
            return item.text
        words = text("Session: {form}", form=text(SESSION_MODES[item.form]))
        return f"{words} · {item.text}" if item.text else words

    def for_whom(item: WeekItem) -> str:
        return what(item) if item.who is None else f"{what(item)} ({text(PARTIES[item.who])})"

    def tone(item: WeekItem) -> str:
        if item.late:
            return "bad"
        return "accent" if item.form is not None else "neutral"

    return [
        kinds.text(text("When"), when, 134, tone=tone, sort=lambda item: (item.day, item.minute or 0)),
        kinds.text(text("What"), what, stretch=4, tip=for_whom),
        kinds.text(text("Government"), lambda item: language.listing(item.government_names), stretch=3),
    ]
