"""*Stimulansen*: the stimuli that each of the officer's governments can get, applied for or was granted, and why."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from samenleven_desktop.domain.plan_rules import Stimulus
from samenleven_desktop.domain.stimulus import RECEIVED
from samenleven_desktop.i18n.stimulus_texts import states_words
from samenleven_desktop.services.stimuli.commands import SetCallBudget
from samenleven_desktop.services.stimuli.queries import StimulusLine, budget_of, see_outcomes, stimuli
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column import Column
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.stimuli.panel import StimuliPanel, kinds_of, state_words
from samenleven_desktop.ui.widgets.basic import Field, PageHeader, button, page_layout
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import folding
from samenleven_desktop.ui.widgets.year_chooser import YearChooser


@dataclass(frozen=True)
class GovernmentStimuli:
    """A government with its line per kind; amounts received in total, in cents."""

    id: str
    name: str
    lines: tuple[StimulusLine, ...]

    def of(self, kind: str) -> StimulusLine | None:
        return next((line for line in self.lines if line.kind == kind), None)

    @property
    def received_cents(self) -> int:
        return sum(line.amount_cents or 0 for line in self.lines if line.state in RECEIVED)


def _kinds(context: UiContext) -> list[Stimulus]:
    """Returns the kinds of stimulus of every plan in use, each once."""
    found: dict[str, Stimulus] = {}
    for plan in (context.plan, *context.plans):
        for kind, one in kinds_of(plan).items():
            found.setdefault(kind, one)
    return list(found.values())


class StimuliScreen(Screen):
    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        box = page_layout(self)
        self.header = PageHeader(
            text("Stimuli"), text("Cumulative · renewable while there is budget · no co-financing asked")
        )
        self.year = YearChooser(context)
        self.year.year_chosen.connect(self.reload)
        self.header.add_action(self.year)
        self.overview = self.header.add_action(button(text("Save overview ...")))
        self.overview.clicked.connect(lambda: context.navigator.save_stimulus_report("", self.year.year()))
        self.seen = self.header.add_action(button(text("Mark changes as seen"), self._on_seen))
        self.seen.hide()
        box.addWidget(self.header)
        columns = folding(QHBoxLayout())
        columns.setSpacing(14)
        left = QVBoxLayout()
        card = ListCard[GovernmentStimuli](
            context,
            text("Stimuli"),
            [
                kinds.text(text("Government"), lambda row: row.name, stretch=3, strong=True, key="name"),
                *(self._kind_column(kind) for kind in _kinds(context)),
                kinds.money(text("Amount"), lambda row: row.received_cents, dash_zero=True),
            ],
            empty=("building-2", text("You have no governments yet. Choose which ones you support.")),
            title="",
        )
        self.card, self.model, self.table = card, card.model, card.table
        self.bar = card.add_filter(self)
        left.addWidget(card, 1)
        self.budget = Chooser()
        for words, value in ((text("not known"), None), (text("yes"), True), (text("no"), False)):
            self.budget.addItem(words, value)
        self.budget.activated.connect(lambda _: self._on_budget())
        self.budget_field = Field(text("Is there budget for stimuli in this project year?"), self.budget)
        left.addWidget(self.budget_field)
        columns.addLayout(left, 6)
        self.panel = StimuliPanel(context)
        card.need_rows(self.panel)
        columns.addWidget(self.panel, 7)
        box.addLayout(columns, 1)
        self.table.row_selected.connect(lambda row: self.panel.show_lines(row.lines))
        self.table.row_activated.connect(lambda row: context.navigator.open_dossier(row.id))

    def _kind_column(self, kind: Stimulus) -> Column[GovernmentStimuli]:
        def words(row: GovernmentStimuli) -> str:
            lines = [line for line in row.lines if line.kind == kind.kind]
            return states_words(self.context.language, lines) or "–"

        def tone(row: GovernmentStimuli) -> str | None:
            line = row.of(kind.kind)
            return state_words(self.context, line)[1] if line else None

        # The header uses the common abbreviation.
        title = next((name for name in kind.earlier_names if name.isupper()), kind.short_name)
        return ColumnKinds(self.context.language).text(
            title, words, 118, tone=tone, sort=words, key=kind.kind, filter_name=kind.short_name
        )

    def reload(self) -> None:
        year = self.year.year()
        runner = self.context.runner
        runner.query(stimuli, year, then=self._show, owner=self, latest="stimuli")
        runner.query(budget_of, year, then=self._show_budget, owner=self, latest="stimuli-budget")

    def _show(self, lines: list[StimulusLine]) -> None:
        groups: dict[str, list[StimulusLine]] = {}
        for line in lines:
            groups.setdefault(line.government_id, []).append(line)
        rows = [GovernmentStimuli(id_, found[0].government_name, tuple(found)) for id_, found in groups.items()]
        self._lines = lines
        self._show_plan()
        self.model.set_rows(rows)
        changed = sum(line.changed_from is not None for line in lines)
        language = self.context.language
        self.seen.setVisible(bool(changed))
        words = language.text("Cumulative · renewable while there is budget · no co-financing asked")
        if changed:
            words += " · " + language.plural("{n} outcome changed", "{n} outcomes changed", changed)
        self.header.subtitle.setText(words)
        index = self.table.currentIndex()
        if index.isValid():
            self.panel.show_lines(self.model.row(index).lines)
        if lines and not changed:
            # An outcome without an earlier showing counts as seen from now on.
            self.context.runner.on_store(lambda file: see_outcomes(file, lines), owner=self)

    def _show_plan(self) -> None:
        """Shows the columns of this plan; a plan without stimuli says so in one sentence."""
        context, text = self.context, self.context.language.text
        plan = context.plan_of(self.year.year())
        kinds = kinds_of(plan)
        for part in (self.budget_field, self.overview, self.header.subtitle):
            part.setVisible(bool(kinds))
        if not plan.years:
            words = text("No plan is in use.")
        elif not kinds:
            words = text("{plan} has no stimuli.", plan=plan.name)
        else:
            words = text("You have no governments yet. Choose which ones you support.")
        self.card.empty.set_words(words)

    def _show_budget(self, available: bool | None) -> None:
        self.budget.setCurrentIndex({None: 0, True: 1, False: 2}[available])

    def _on_budget(self) -> None:
        command = SetCallBudget(self.year.year(), self.budget.currentData())
        self.context.runner.run(command, initiator=self, then=lambda _: self.reload())

    def _on_seen(self) -> None:
        lines = self._lines
        self.context.runner.on_store(
            lambda file: see_outcomes(file, lines), then=lambda _: self.reload(), owner=self, noted=True
        )
