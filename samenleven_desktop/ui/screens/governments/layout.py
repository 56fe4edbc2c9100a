"""The widgets of *Besturen*."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.rows import GovernmentLine
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.rows import Column, RowsModel
from samenleven_desktop.ui.widgets.basic import Card, EmptyState, PageHeader, button, page_layout
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.flow import FlowArea
from samenleven_desktop.ui.widgets.table import DataTable
from samenleven_desktop.words import government_remark, near_day, states_text

ALL_REGIONS = N_("All regions")


class GovernmentsLayout:
    """Builds the page; `screen.py` fills and filters it."""

    def __init__(self, page: QWidget, context: UiContext) -> None:
        language, theme = context.language, context.theme
        text = language.text
        box = page_layout(page)
        self.header = PageHeader(text("Governments"))
        self.new_partnership = self.header.add_action(button(text("New partnership ...")))
        self.choose = self.header.add_action(button(text("Choose my governments ...")))
        box.addWidget(self.header)

        row = FlowArea(gap=8)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(text("Filter by name or NIS code ..."))
        self.filter.setAccessibleName(text("Filter by name or NIS code ..."))
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(280)
        row.append(self.filter)
        self.region = Chooser()
        self.region.setAccessibleName(text("Reference region"))
        self.region.setMinimumWidth(160)
        row.append(self.region)
        self.lagging = self._chip(row, text("Behind or at risk"))
        self.no_contact = self._chip(row, text("No contact in 60 days"))
        self.open_agreements = self._chip(row, text("Open agreements"))
        self.everyone = self._chip(row, text("Also of colleagues"))
        box.addWidget(row)

        card = Card()
        card.layout().setContentsMargins(8, 8, 8, 8)  # type: ignore[union-attr]
        self.model = RowsModel[GovernmentLine](
            [
                Column(
                    text("Government"),
                    lambda line: line.name,
                    stretch=4,
                    strong=True,
                    second=lambda line: government_remark(language, line),
                ),
                Column(text("Reference region"), lambda line: line.reference_region or "–", stretch=2),
                Column(
                    text("KPIs on course · behind · at risk"),
                    lambda line: (
                        f"{line.states.reached + line.states.on_course} · {line.states.behind} · {line.states.at_risk}"
                        if line.states.counted
                        else "–"
                    ),
                    stretch=3,
                    draw=lambda line: line.states if line.states.counted else None,
                    sort=lambda line: (line.states.at_risk, line.states.behind),
                    tip=lambda line: states_text(language, line.states),
                ),
                Column(
                    text("Last contact"),
                    lambda line: near_day(language, line.last_contact, context.today),
                    120,
                    sort=lambda line: line.last_contact,
                ),
                Column(
                    text("Open agreements"),
                    lambda line: str(line.open_agreements) if line.open_agreements else "–",
                    120,
                    right=True,
                    sort=lambda line: line.open_agreements,
                ),
                Column(
                    text("Late"),
                    lambda line: (
                        language.plural("{n} late", "{n} late", line.late_agreements) if line.late_agreements else ""
                    ),
                    96,
                    tone=lambda line: "bad" if line.late_agreements else None,
                    sort=lambda line: line.late_agreements,
                ),
            ]
        )
        self.table = DataTable(theme, self.model, text("Governments"))
        self.empty = EmptyState(
            theme, "building-2", text("You have no governments yet. Choose which ones you support.")
        )
        self.empty.add_action(text("Choose my governments ..."), self.choose.click)
        self.nothing = EmptyState(theme, "search", text("No government fits this filter."))
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.empty, 1)
        card.body.addWidget(self.nothing, 1)
        box.addWidget(card, 1)

    @staticmethod
    def _chip(row: FlowArea, words: str) -> QPushButton:
        made = button(words, kind="chip")
        made.setCheckable(True)
        row.append(made)
        return made
