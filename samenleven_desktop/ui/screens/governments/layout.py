"""The widgets of *Besturen*."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.i18n.government_labels import government_remark
from samenleven_desktop.i18n.labels import near_day, states_text
from samenleven_desktop.readmodels.core import GovernmentLine
from samenleven_desktop.services.sessions.queries import WITHOUT_CONTACT_DAYS
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.models.row_filter import Compare, Condition, to_content
from samenleven_desktop.ui.screens.governments.organisations import OrganisationsCard
from samenleven_desktop.ui.widgets.basic import CardFrame, EmptyState, PageHeader, button, page_layout
from samenleven_desktop.ui.widgets.choice import Chooser, TabBar
from samenleven_desktop.ui.widgets.filters import FilterBar
from samenleven_desktop.ui.widgets.responsive import FlowArea, PartStack, bare, folding
from samenleven_desktop.ui.widgets.saved_filters import SavedFilters
from samenleven_desktop.ui.widgets.table import DataTable

ALL_REGIONS = N_("All regions")


class GovernmentsLayout:
    """Builds the page; `screen.py` fills and filters it."""

    def __init__(self, page: QWidget, context: UiContext, present: Callable[[], Mapping[str, object]]) -> None:
        language, theme = context.language, context.theme
        text = language.text
        kinds = ColumnKinds(language)
        outer = page_layout(page)
        self.header = PageHeader(text("Governments"))
        self.new_organisation = self.header.add_action(button(text("New organisation ...")))
        self.new_partnership = self.header.add_action(button(text("New partnership ...")))
        self.choose = self.header.add_action(button(text("Choose my governments ...")))
        outer.addWidget(self.header)
        self.tabs = TabBar(theme, text("Governments and organisations"))
        outer.addWidget(self.tabs)
        self.stack = PartStack()
        outer.addWidget(self.stack, 1)
        part = QWidget()
        box = bare(QVBoxLayout(part), 10)
        self.organisations = OrganisationsCard(context)
        for caption, widget in ((text("Governments"), part), (text("Organisations"), self.organisations)):
            self.tabs.addTab(caption)
            self.stack.addWidget(widget)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)

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
        self.everyone = button(text("Also of colleagues"), kind="chip")
        self.everyone.setCheckable(True)
        row.append(self.everyone)
        box.addWidget(row)

        card = CardFrame()
        card.layout().setContentsMargins(8, 8, 8, 8)  # type: ignore[union-attr]
        self.model = RowsModel[GovernmentLine](
            [
                kinds.text(
                    text("Government"),
                    lambda line: line.name,
                    stretch=4,
                    key="name",
                    strong=True,
                    second=lambda line: government_remark(language, line),
                ),
                kinds.text(text("Reference region"), lambda line: line.reference_region, stretch=2, key="region"),
                kinds.number(
                    text("KPIs on course · behind · at risk"),
                    lambda line: line.states.behind + line.states.at_risk,
                    0,
                    words=lambda line: (
                        f"{line.states.good} · {line.states.behind} · {line.states.at_risk}"
                        if line.states.counted
                        else "–"
                    ),
                    stretch=3,
                    draw=lambda line: line.states if line.states.counted else None,
                    sort=lambda line: (line.states.at_risk, line.states.behind),
                    tip=lambda line: states_text(language, line.states),
                    key="lagging",
                    filter_name=text("KPIs behind or at risk"),
                    right=False,
                    parts=(
                        kinds.number(text("KPIs on course"), lambda line: line.states.good),
                        kinds.number(text("KPIs behind"), lambda line: line.states.behind),
                        kinds.number(text("KPIs at risk"), lambda line: line.states.at_risk),
                    ),
                ),
                kinds.day(
                    text("Last contact"),
                    lambda line: line.last_contact,
                    words=lambda line: near_day(language, line.last_contact, context.today),
                    key="last_contact",
                ),
                kinds.number(
                    text("Open agreements"),
                    lambda line: line.open_agreements,
                    dash_zero=True,
                    key="open_agreements",
                ),
                kinds.number(
                    text("Late"),
                    lambda line: line.late_agreements,
                    words=lambda line: (
                        language.plural("{n} late", "{n} late", line.late_agreements) if line.late_agreements else ""
                    ),
                    tone=lambda line: "bad" if line.late_agreements else None,
                    key="late_agreements",
                    filter_name=text("Late agreements"),
                    right=False,
                ),
            ]
        )
        self.table = DataTable(theme, self.model, text("Governments"))
        self.bar = FilterBar(theme, language, self.table, context.today, page)
        self.saved = SavedFilters(context, "governments", self._ready(context), present)
        filters = folding(QHBoxLayout())
        filters.setSpacing(8)
        filters.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignTop)
        filters.addWidget(self.saved, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(filters)
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
    def _ready(context: UiContext) -> list[tuple[str, Mapping[str, object]]]:
        """Returns the built-in filters, in the format of saved filters."""
        asked = {
            N_("Behind"): Condition("lagging", Compare.AT_LEAST, 1),
            N_("No contact in 60 days"): Condition("last_contact", Compare.OLDER, WITHOUT_CONTACT_DAYS),
            N_("Open agreements"): Condition("open_agreements", Compare.AT_LEAST, 1),
        }
        return [(context.language.text(name), {"conditions": to_content([one])}) for name, one in asked.items()]
