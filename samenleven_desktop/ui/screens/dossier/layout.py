"""The widgets of a dossier: the overview on one screen, and the tabs with the details."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.i18n.labels import step_of
from samenleven_desktop.readmodels.core import HistoryLine, KpiEntryLine, SessionLine
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.screens.advice import AdvicePanel
from samenleven_desktop.ui.screens.columns import entry_columns, session_columns
from samenleven_desktop.ui.screens.dossier.contacts_and_files import PeoplePanel
from samenleven_desktop.ui.screens.dossier.head import DossierHead
from samenleven_desktop.ui.screens.dossier.overview import OverviewPart
from samenleven_desktop.ui.screens.dossier.partnership import PartnershipPanel
from samenleven_desktop.ui.screens.dossier.timeline_texts import change_text
from samenleven_desktop.ui.screens.editable_grids import commitment_grid, use_grid
from samenleven_desktop.ui.screens.instruments import InstrumentsCard
from samenleven_desktop.ui.screens.stimuli.panel import StimuliPanel
from samenleven_desktop.ui.widgets.basic import CardFrame, button, label, page_layout
from samenleven_desktop.ui.widgets.choice import Segmented, TabBar
from samenleven_desktop.ui.widgets.list_card import GridCard, ListCard
from samenleven_desktop.ui.widgets.period_picker import HiddenRows
from samenleven_desktop.ui.widgets.responsive import PartStack, bare, button_row, folding
from samenleven_desktop.ui.widgets.row_frame import ShortenedLabel
from samenleven_desktop.ui.widgets.table import DataTable

_PANEL, _ANY_WIDTH = 380, 16_777_215


class DossierLayout:
    """Builds the page; `screen.py` fills it."""

    def __init__(self, page: QWidget, context: UiContext) -> None:
        self._context = context
        text = context.language.text
        box = page_layout(page)
        self.header = DossierHead(context)
        self.year, self.report = self.header.year, self.header.report
        box.addWidget(self.header)

        self.tabs = TabBar(context.theme, text("Parts of the dossier"))
        box.addWidget(self.tabs)
        self.stack = PartStack()
        box.addWidget(self.stack, 1)
        for caption, build in (
            (text("Overview"), self._overview),
            (text("Actions and KPIs"), self._actions),
            (text("Sessions"), self._sessions),
            (text("Offers"), self._offers),
            (text("Cooperation"), self._together),
            (text("Stimuli"), self._stimuli),
            (text("Contacts"), self._people),
            (text("History"), self._history),
        ):
            self.tabs.addTab(caption)
            self.stack.addWidget(build())
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)

    def _overview(self) -> QWidget:
        self.overview = OverviewPart(self._context)
        return self.overview

    def _actions(self) -> QWidget:
        context = self._context
        text = context.language.text
        part, columns = _part()
        card = GridCard(
            context,
            text("The five numbers of each target"),
            commitment_grid(context),
            empty=("target", text("No commitments in this project year.")),
            note=text("dash = expected today"),
        )
        self.targets_model, self.targets_panel, self.targets = card.model, card.panel, card.table
        self.more_columns = button(text("More columns"), kind="link")
        self.more_columns.setCheckable(True)
        card.head.addWidget(self.more_columns)
        self.first_target = card.empty.add_action(text("Take up a target ..."), lambda: None)
        self.take_up = button(text("Take up a target ..."))
        self.change_target = button(text("Change numbers and words ..."))
        self.let_go = button(text("Delete"))
        self.target_note = label("", "attention", wrap=True)
        self.document = button(text("KPI document ..."))
        self.about = button(text("About this action"))
        card.body.addWidget(self.target_note)
        card.add_buttons(self.take_up, self.change_target, self.let_go, self.about, self.document)
        columns.addWidget(card, 1)
        self.entries_card = self._beside_the_grid()
        columns.addWidget(self.entries_card)
        card.need_rows(self.take_up, self.change_target, self.let_go, self.about, self.entries_card, self.more_columns)
        return part

    def _beside_the_grid(self) -> CardFrame:
        """The panel at the right of the grid: the rows behind the number, and what helps."""
        context, text = self._context, self._context.language.text
        card = CardFrame()
        card.setAccessibleName(text("Rows behind the number"))
        self.target_title = ShortenedLabel("", "card-title")
        card.body.addWidget(self.target_title)
        self.which = Segmented(text("Show"), [("entries", text("Rows")), ("advice", text("What helps?"))])
        card.body.addWidget(self.which)
        self.new_entry = button(text("New KPI entry ..."))
        self.correct_entry = button(text("Correct ..."))
        self.entries_model = RowsModel[KpiEntryLine](entry_columns(context, narrow=True))
        self.entries = DataTable(context.theme, self.entries_model, text("Rows behind the number"))
        rows = QWidget()
        box = bare(QVBoxLayout(rows), 8)
        box.addWidget(self.entries, 1)
        box.addWidget(button_row(self.new_entry, self.correct_entry))
        self.behind = PartStack()
        self.advice = AdvicePanel(context, narrow=True)
        self.behind.addWidget(rows)
        self.behind.addWidget(self.advice)
        self.which.choice_changed.connect(lambda which: self.behind.setCurrentIndex(int(which == "advice")))
        card.body.addWidget(self.behind, 1)
        return card

    def fold(self, *, folded: bool) -> None:
        """Beside the grid the panel has its width; below it, that of the page."""
        if folded:
            self.entries_card.setMinimumWidth(0)
            self.entries_card.setMaximumWidth(_ANY_WIDTH)
        else:
            self.entries_card.setFixedWidth(self._context.theme.px(_PANEL))

    def _sessions(self) -> QWidget:
        context = self._context
        text = context.language.text
        part, columns = _part()
        self.sessions_card = ListCard[SessionLine](
            context,
            text("Sessions"),
            session_columns(context, governments=False),
            empty=("notebook-pen", text("No sessions yet.")),
        )
        self.sessions_model, self.sessions = self.sessions_card.model, self.sessions_card.table
        self.sessions_card.add_filter()
        self.first_session = self.sessions_card.empty.add_action(text("Register session"), lambda: None)
        self.sessions_hidden = HiddenRows(context)
        box = bare(QVBoxLayout(), 8)
        box.addWidget(self.sessions_hidden)
        box.addWidget(self.sessions_card, 1)
        columns.addLayout(box)
        return part

    def _offers(self) -> QWidget:
        context, text = self._context, self._context.language.text
        part, columns = _part()
        box = QVBoxLayout()
        box.setSpacing(14)
        card = GridCard(
            context,
            text("Offers in use"),
            use_grid(context, governments=False),
            empty=("hand-helping", text("No offers in use in this period.")),
        )
        card.add_filter()
        self.offers_model, self.offers_panel, self.offers = card.model, card.panel, card.table
        self.new_use = button(text("Put an offer to use ..."), kind="link")
        self.change_use = button(text("Change ..."), kind="link")
        self.delete_use = button(text("Delete"), kind="link")
        for one in (self.delete_use, self.change_use, self.new_use):
            card.head.addWidget(one)
        self.offers_hidden = HiddenRows(context)
        box.addWidget(self.offers_hidden)
        box.addWidget(card, 3)
        self.instruments = InstrumentsCard(context, governments=False)
        box.addWidget(self.instruments, 2)
        columns.addLayout(box)
        return part

    def _together(self) -> QWidget:
        self.together = PartnershipPanel(self._context)
        return self.together

    def _stimuli(self) -> QWidget:
        self.stimuli = StimuliPanel(self._context)
        return self.stimuli

    def _people(self) -> QWidget:
        self.people = PeoplePanel(self._context)
        return self.people

    def _history(self) -> QWidget:
        context, language = self._context, self._context.language
        text = language.text
        kinds = ColumnKinds(language)
        part, columns = _part()
        card = ListCard[HistoryLine](
            context,
            text("History of changes"),
            [
                kinds.moment(text("When"), lambda line: line.made_at),
                kinds.text(text("Who"), lambda line: line.officer, stretch=2),
                kinds.text(text("What"), lambda line: step_of(language, line), stretch=4, strong=True),
                kinds.text(text("Changes"), lambda line: change_text(language, line), stretch=6),
            ],
            note=text("newest first"),
        )
        self.history_model, self.history = card.model, card.table
        columns.addWidget(card)
        return part


def _part() -> tuple[QWidget, QHBoxLayout]:
    part = QWidget()
    columns = folding(bare(QHBoxLayout(part), 14))
    return part, columns
