"""The widgets of *Start*: four tiles, sessions per month, what is due, what needs attention."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.rows import AgreementLine, AttentionItem, SessionLine
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.rows import Column, RowsModel
from samenleven_desktop.ui.screens.tables import agreement_columns
from samenleven_desktop.ui.widgets.bars import StateBar
from samenleven_desktop.ui.widgets.basic import Card, EmptyState, PageHeader, Tile, button, page_layout
from samenleven_desktop.ui.widgets.flow import folding
from samenleven_desktop.ui.widgets.table import DataTable
from samenleven_desktop.words import FORMS, STATES, TONES


class StartLayout:
    """Builds the page; `screen.py` fills it."""

    def __init__(self, page: QWidget, context: UiContext) -> None:
        language, theme = context.language, context.theme
        text = language.text
        box = page_layout(page)
        self.header = PageHeader(text("Start"))
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
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(14)
        self.due_card = Card(text("Agreements, soonest first"))
        self.due_model = RowsModel[AgreementLine](agreement_columns(context, governments=True))
        self.due = DataTable(theme, self.due_model, text("Agreements, soonest first"))
        self.due_empty = EmptyState(theme, "list-checks", text("No open agreements. Well done."))
        self.due_card.body.addWidget(self.due, 1)
        self.due_card.body.addWidget(self.due_empty, 1)
        left.addWidget(self.due_card, 5)
        self.recent_card = Card(text("Last sessions"))
        self.recent_model = RowsModel[SessionLine](
            [
                Column(text("Date"), lambda line: language.day_month(line.day), 76, sort=lambda line: line.day),
                Column(text("Form"), lambda line: text(FORMS[line.form]), 112),
                Column(
                    text("Government"), lambda line: language.listing(line.government_names), stretch=2, strong=True
                ),
                Column(text("Report"), lambda line: line.report, stretch=4, tip=lambda line: line.report),
            ]
        )
        self.recent = DataTable(theme, self.recent_model, text("Last sessions"))
        self.recent_card.body.addWidget(self.recent, 1)
        left.addWidget(self.recent_card, 4)
        columns.addLayout(left, 6)

        self.attention_card = Card(text("Attention needed"))
        self.attention_model = RowsModel[AttentionItem](
            [
                Column(text("Government"), lambda line: line.government_name, stretch=3, strong=True),
                Column(
                    text("Action"),
                    lambda line: f"{line.action_number} {line.action_title}",
                    stretch=4,
                    tip=lambda line: f"{line.action_number} {line.action_title}",
                ),
                Column(
                    text("Reached"),
                    lambda line: language.percent(line.reached, line.confirmed or 0),
                    68,
                    right=True,
                    sort=lambda line: line.reached / (line.confirmed or 1),
                ),
                Column(text("State"), lambda line: text(STATES[line.state]), 118, tone=lambda line: TONES[line.state]),
            ]
        )
        self.attention = DataTable(theme, self.attention_model, text("Attention needed"))
        self.attention_empty = EmptyState(theme, "check", text("All KPIs are on course."))
        self.attention_card.body.addWidget(self.attention, 1)
        self.attention_card.body.addWidget(self.attention_empty, 1)
        right.addWidget(self.attention_card, 1)
        columns.addLayout(right, 5)
        box.addLayout(columns, 1)
