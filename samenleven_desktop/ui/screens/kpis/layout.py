"""The widgets of *Acties en KPI's*: the matrix with the rows behind a cell, and the totals per target."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.i18n.coverage_texts import half_sum, star_words
from samenleven_desktop.i18n.labels import STATES, TONES, states_text
from samenleven_desktop.i18n.shared_columns import TARGET_NUMBERS
from samenleven_desktop.readmodels.core import CommitmentLine, KpiEntryLine
from samenleven_desktop.readmodels.lists import TargetTotal
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.screens.advice import AdvicePanel
from samenleven_desktop.ui.screens.columns import commitment_columns, entry_columns
from samenleven_desktop.ui.widgets.bars import ProgressBarData
from samenleven_desktop.ui.widgets.basic import CardFrame, EmptyState, PageHeader, button, label, page_layout, pill
from samenleven_desktop.ui.widgets.choice import Segmented
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.matrix import MatrixModel, MatrixTable
from samenleven_desktop.ui.widgets.responsive import FlowArea, PartStack, bare, folding
from samenleven_desktop.ui.widgets.table import DataTable
from samenleven_desktop.ui.widgets.year_chooser import YearChooser

ENTRIES, ADVICE = "entries", "advice"
BY_GOVERNMENT, BY_ACTION = "government", "action"


class KpisLayout:
    """Builds the page; `screen.py` fills it."""

    def __init__(self, page: QWidget, context: UiContext) -> None:
        self._context = context
        text = context.language.text
        box = page_layout(page)
        self.header = PageHeader(text("Actions and KPIs"))
        self.view = Segmented(text("View"), [(BY_GOVERNMENT, text("Per government")), (BY_ACTION, text("Per action"))])
        self.header.add_action(self.view)
        self.everyone = self.header.add_action(button(text("Also of colleagues"), kind="chip"))
        self.everyone.setCheckable(True)
        self.year = self.header.add_action(YearChooser(context))
        box.addWidget(self.header)
        self.stack = PartStack()
        self.stack.addWidget(self._matrix())
        self.stack.addWidget(self._totals())
        box.addWidget(self.stack, 1)

    def _matrix(self) -> QWidget:
        context = self._context
        text = context.language.text
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(14)
        card = CardFrame()
        self.matrix_model = MatrixModel(context.language)
        self.matrix = MatrixTable(context.theme, self.matrix_model, text("Governments and actions"))
        self.empty = EmptyState(context.theme, "target", text("No commitments in this project year."))
        card.body.addWidget(self.matrix, 1)
        card.body.addWidget(self.empty, 1)
        legend = FlowArea(gap=10)
        for state in (KpiState.REACHED, KpiState.ON_COURSE, KpiState.BEHIND, KpiState.AT_RISK, KpiState.JURY):
            legend.append(pill(text(STATES[state]), TONES[state]))
        legend.append(
            label(
                text("dash = no entry yet · * = a part has no entry · × = not granted · empty = not taken up"), "small"
            )
        )
        card.body.addWidget(legend)
        split.addWidget(card)
        split.addWidget(self._detail())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        return split

    def _detail(self) -> QWidget:
        context = self._context
        text = context.language.text
        self.detail = CardFrame(" ")
        self.detail_body = QWidget()
        columns = folding(bare(QHBoxLayout(self.detail_body), 14))
        self.lines_model = RowsModel[CommitmentLine](commitment_columns(context, of_one_action=True))
        self.lines = DataTable(context.theme, self.lines_model, text("Targets"))
        self.entries_model = RowsModel[KpiEntryLine](entry_columns(context))
        self.entries = DataTable(context.theme, self.entries_model, text("Rows behind the number"))
        self.behind = PartStack()
        self.advice = AdvicePanel(context)
        self.behind.addWidget(self.entries)
        self.behind.addWidget(self.advice)
        self.which = Segmented(text("Show"), [(ENTRIES, text("Rows behind the number")), (ADVICE, text("What helps?"))])
        self.which.choice_changed.connect(lambda which: self.behind.setCurrentIndex(int(which == ADVICE)))
        self.detail.head.addWidget(self.which)
        columns.addWidget(self.lines, 5)
        columns.addWidget(self.behind, 7)
        self.detail.body.addWidget(self.detail_body, 1)
        self.detail_hint = label(text("Choose a cell to see its numbers and the rows behind them."), "muted", wrap=True)
        self.detail.body.addWidget(self.detail_hint)
        row = FlowArea(gap=8)
        self.open = button(text("Open dossier"), kind="primary")
        self.new_entry = button(text("New KPI entry ..."))
        self.use = button(text("Put an offer to use ..."))
        self.agreement = button(text("Agreement"))
        self.about = button(text("About this action"))
        for one in (self.open, self.about, self.new_entry, self.use, self.agreement):
            row.append(one)
        self.actions = row
        self.detail.body.addWidget(row)
        return self.detail

    def _totals(self) -> QWidget:
        context, language = self._context, self._context.language
        text = language.text
        kinds = ColumnKinds(language)

        def number(value: int | None) -> str:
            return "–" if value is None else language.number(value)

        def progress(total: TargetTotal) -> ProgressBarData | None:
            if total.state is KpiState.JURY or not total.judged_confirmed or total.judged_reached is None:
                return None
            expected = None if total.judged_expected is None else total.judged_expected / total.judged_confirmed
            return ProgressBarData(total.judged_reached / total.judged_confirmed, expected, total.state)

        def left_out(total: TargetTotal) -> str:
            if not total.unmeasured:
                return ""
            return language.plural(
                "{n} target without entry is left out", "{n} targets without entry are left out", total.unmeasured
            )

        part = QWidget()
        box = bare(QVBoxLayout(part))
        card = ListCard[TargetTotal](
            context,
            text("Sums per target"),
            [
                kinds.number("", lambda line: line.action_number, 36),
                kinds.text(
                    text("Action"),
                    lambda line: line.action_title,
                    stretch=5,
                    strong=True,
                    second=lambda line: (
                        line.target_label if line.target_label != line.action_title else line.unit or ""
                    ),
                    tip=lambda line: f"{line.action_title} · {line.target_label}",
                ),
                kinds.number(text("Governments"), lambda line: line.governments),
                *map(kinds.of, TARGET_NUMBERS.screen),
                kinds.progress(
                    text("Progress"),
                    progress,
                    lambda line: (
                        ""
                        if line.state is KpiState.JURY or line.judged_reached is None
                        else language.percent(line.judged_reached, line.judged_confirmed or 0)
                    ),
                    tip=left_out,
                ),
                kinds.money(
                    text("Subsidy"),
                    lambda line: line.amount_cents,
                    words=lambda line: half_sum(language, line.amount_cents, line.without_amount),
                    tip=lambda line: star_words(language, line.without_amount),
                ),
                kinds.state(
                    text("State"), lambda line: line.state, tip=lambda line: states_text(language, line.states)
                ),
            ],
            empty=("target", text("No commitments in this project year.")),
            title="",
        )
        card.add_filter()
        self.totals_model, self.totals = card.model, card.table
        box.addWidget(card, 1)
        return part
