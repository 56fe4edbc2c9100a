"""The dossier of one government: an overview on one screen, and the rows behind every number."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut

from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.i18n.labels import COMMITMENT_NOTES
from samenleven_desktop.i18n.money_texts import coverage_words
from samenleven_desktop.readmodels.core import (
    AgreementLine,
    CommitmentLine,
    Dossier,
    HistoryLine,
    KpiEntryLine,
    SessionLine,
    TimelineItem,
)
from samenleven_desktop.readmodels.instruments import InstrumentLine
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.governments.queries import dossier
from samenleven_desktop.services.instruments.queries import instruments_for
from samenleven_desktop.services.kpi.commands import ChangeCommitments, DeleteCommitment
from samenleven_desktop.services.kpi.queries import list_entries
from samenleven_desktop.services.offers.commands import ChangeUses, DeleteUse
from samenleven_desktop.services.safekeeping.history import list_history
from samenleven_desktop.services.sessions.entry_and_agreement_commands import CompleteAgreement
from samenleven_desktop.services.sessions.queries import list_sessions
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.agreement import AgreementDialog
from samenleven_desktop.ui.dialogs.commitment import CommitmentDialog, TakeUpDialog
from samenleven_desktop.ui.dialogs.kpi_entry import EntryDialog
from samenleven_desktop.ui.dialogs.offer_use import ChangeUseDialog, UseDialog
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.dossier.document import ask_for_document
from samenleven_desktop.ui.screens.dossier.history import show_step
from samenleven_desktop.ui.screens.dossier.layout import DossierLayout
from samenleven_desktop.ui.widgets.basic import on_key
from samenleven_desktop.ui.widgets.grid_drafts import GridKeeper
from samenleven_desktop.ui.widgets.grid_panel import run_edits

# The column in which editing starts.
FIRST_NUMBER = 4
OVERVIEW, ACTIONS, SESSIONS, OFFERS, TOGETHER, STIMULI, PEOPLE, HISTORY = range(8)


class DossierScreen(Screen):
    """Shows one government at a time; `show_government` selects it."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.ui = DossierLayout(self, context)
        self.government_id: str | None = None
        self._dossier: Dossier | None = None
        ui, navigator = self.ui, context.navigator
        ui.back.clicked.connect(lambda: navigator.open_page("governments"))
        ui.session.clicked.connect(lambda: navigator.open_session(None, self.government_id))
        ui.first_session.clicked.connect(lambda: navigator.open_session(None, self.government_id))
        ui.report.clicked.connect(self._on_report_clicked)
        ui.agreement.clicked.connect(self._on_agreement_clicked)
        ui.done.clicked.connect(self._on_done_clicked)
        ui.new_entry.clicked.connect(self._on_new_entry_clicked)
        ui.document.clicked.connect(lambda: ask_for_document(self, context, self.government_id, ui.year.year()))
        ui.correct_entry.clicked.connect(self._on_correct_clicked)
        ui.history.row_activated.connect(lambda line: show_step(context, line, ui.history))
        ui.entries.row_activated.connect(lambda _: self._on_correct_clicked())
        for one in (ui.take_up, ui.first_target):
            one.clicked.connect(self._on_take_up_clicked)
        ui.change_target.clicked.connect(self._on_change_target_clicked)
        ui.targets.row_activated.connect(lambda _: self._on_change_target_clicked())
        ui.about.clicked.connect(self._on_about_clicked)
        ui.let_go.clicked.connect(self._on_delete_target_clicked)
        for keys, what in (
            ("Ctrl+E", self._on_new_entry_clicked),
            ("Ctrl+I", self._on_new_use_clicked),
            ("Ctrl+T", self._on_take_up_clicked),
            ("Ctrl+M", self._on_agreement_clicked),
        ):
            QShortcut(QKeySequence(keys), self, what)
        ui.year.currentIndexChanged.connect(lambda _: self._query())
        ui.tabs.currentChanged.connect(lambda _: self._query_part())
        ui.kpi.row_activated.connect(self._on_commitment_activated)
        ui.targets.selectionModel().currentRowChanged.connect(lambda *_: self._query_entries())
        run_edits(ui.targets_model, context.runner, self, ChangeCommitments, self._query)
        run_edits(ui.offers_model, context.runner, self, ChangeUses, self._query)
        for panel in (ui.targets_panel, ui.offers_panel):
            GridKeeper(context.runner, panel, self)
        ui.agreements.row_activated.connect(self._complete)
        ui.sessions.row_activated.connect(self._on_session_activated)
        ui.new_use.clicked.connect(self._on_new_use_clicked)
        ui.offers.row_activated.connect(lambda _: self._on_change_use())
        ui.change_use.clicked.connect(self._on_change_use)
        on_key(ui.offers, "Ctrl+Del", self._on_delete_use)
        ui.delete_use.clicked.connect(self._on_delete_use)
        ui.timeline.row_activated.connect(self._on_timeline_activated)
        for number in range(ui.tabs.count()):
            QShortcut(QKeySequence(f"Alt+{number + 1}"), self, lambda place=number: ui.tabs.setCurrentIndex(place))

    def show_government(self, government_id: str) -> None:
        """Opens the overview of this government's dossier in the current project year."""
        if government_id != self.government_id:
            self.government_id = government_id
            self.ui.tabs.setCurrentIndex(OVERVIEW)
            self.ui.year.go_to_today()
            self._query()

    def reload(self) -> None:
        self._query()

    def _query(self) -> None:
        if self.government_id is None:
            return
        self.context.runner.query(
            dossier, self.government_id, self.ui.year.year(), then=self._show, owner=self, latest="dossier"
        )

    def _show(self, found: Dossier) -> None:
        self._dossier = found
        language, ui = self.context.language, self.ui
        ui.header.title.setText(found.government.name)
        ui.header.subtitle.setText(" · ".join(self._facts(found)))
        lines = found.commitments + found.partnership_commitments
        ui.kpi_model.set_rows(lines)
        if found.partnership_commitments and not found.commitments:
            note = language.text("through {partnership}", partnership=found.partnership_name or "")
            ui.kpi_card.set_title(language.text("Actions and KPIs"), note)
        else:
            ui.kpi_card.set_title(language.text("Actions and KPIs"), language.text("dash = expected today"))
        ui.targets_model.set_rows(lines)
        plan = self.context.plan_of(ui.year.year())
        kind = found.government.kind
        applies = kind is not GovernmentKind.ORGANISATION or plan.admits(kind)
        ui.tabs.setTabVisible(STIMULI, bool(plan.stimulus_rules) and applies)
        money = found.money
        # A plan without rates, own contribution and advance shows no card with zeros.
        ui.money_card.setVisible(
            any((money.granted_cents, money.own_cents, money.advance_cents, money.paid_offers_cents))
            or plan.pays_governments
        )
        ui.money_card.set_title(language.text("Money"), coverage_words(language, money.coverage))
        granted = "–" if money.granted_cents is None else language.money(money.granted_cents)
        if money.drawing_right_cents is not None:
            right = language.money(money.drawing_right_cents)
            granted = language.text("{amount} of a drawing right of {right}", amount=granted, right=right)
        ui.money["granted"].setText(granted)
        own, advance, balance = (
            "–" if cents is None else language.money(cents)
            for cents in (money.own_cents, money.advance_cents, money.balance_cents)
        )
        ui.money["own"].setText(own)
        ui.money["advance"].setText(f"{advance} · {balance}")
        ui.money["offers"].setText(language.money(money.paid_offers_cents))
        ui.agreements_model.set_rows(found.agreements)
        ui.timeline_model.set_rows(found.timeline)
        ui.offers_model.set_rows(found.offer_uses)
        for place, name, count in (
            (SESSIONS, language.text("Sessions"), found.session_count),
            (OFFERS, language.text("Offers in use"), len(found.offer_uses)),
        ):
            ui.tabs.setTabText(place, f"{name} ({language.number(count)})" if count else name)
        self._query_part()

    def _facts(self, found: Dossier) -> list[str]:
        text, language, government = self.context.language.text, self.context.language, found.government
        facts = []
        if government.kind is GovernmentKind.PARTNERSHIP:
            facts.append(text("partnership"))
            facts.append(language.listing(found.member_names))
            if found.applicant_name:
                facts.append(text("applicant: {name}", name=found.applicant_name))
        elif government.kind is GovernmentKind.ORGANISATION:
            facts += [text("organisation"), government.code]
        elif government.code.isdigit():
            facts.append(text("NIS {code}", code=government.code))
        if government.reference_region:
            facts.append(text("reference region {region}", region=government.reference_region))
        if found.population and found.population_year:
            facts.append(
                text("{n} inhabitants ({year})", n=language.number(found.population), year=str(found.population_year))
            )
        if found.partnership_name:
            facts.append(text("in {partnership}", partnership=found.partnership_name))
        if found.mentor_actions:
            numbers = language.listing([str(number) for number in found.mentor_actions])
            facts.append(
                language.plural(
                    "mentor for action {list}", "mentor for actions {list}", len(found.mentor_actions), list=numbers
                )
            )
        if found.successor_name and government.valid_until:
            facts.append(
                text("until {day}, now {name}", day=language.day(government.valid_until), name=found.successor_name)
            )
        return facts

    # Parts that are loaded when selected

    def _query_part(self) -> None:
        runner, government_id = self.context.runner, self.government_id
        if government_id is None:
            return
        part = self.ui.tabs.currentIndex()
        if part == SESSIONS:
            runner.query(list_sessions, government_id, then=self._show_sessions, owner=self, latest="dossier-sessions")
        elif part == HISTORY:
            runner.query(list_history, government_id, then=self._show_history, owner=self, latest="dossier-history")
        elif part == ACTIONS:
            self._query_entries()
        elif part == OFFERS:
            runner.query(instruments_for, government_id, then=self._show_instruments, owner=self, latest="instruments")
        elif part == STIMULI:
            self.ui.stimuli.show_government(government_id, self.ui.year.year())
        elif part == PEOPLE:
            self.ui.people.show_government(government_id)
        elif part == TOGETHER:
            self.ui.together.show_government(government_id, self.ui.year.year())

    def _query_entries(self) -> None:
        index = self.ui.targets.currentIndex()
        if self.ui.tabs.currentIndex() != ACTIONS:
            return
        if not index.isValid():
            self.ui.target_note.hide()
            return
        line = self.ui.targets_model.row(index)
        words = [self.context.language.text(COMMITMENT_NOTES[note]) for note in line.notes]
        self.ui.target_note.setText(" ".join(words))
        self.ui.target_note.setVisible(bool(words))
        self.ui.entries_card.set_title(
            self.context.language.text("Rows behind the number · {action}", action=line.action_title)
        )
        self.ui.advice.show_target(line, self.government_id)
        self.context.runner.query(list_entries, [line.id], then=self._show_entries, owner=self, latest="entries")

    def _show_entries(self, entries: list[KpiEntryLine]) -> None:
        self.ui.entries_model.set_rows(entries)

    def _show_sessions(self, sessions: list[SessionLine]) -> None:
        self.ui.sessions_model.set_rows(sessions)

    def _show_instruments(self, lines: list[InstrumentLine]) -> None:
        self.ui.instruments.show_lines(tuple(lines), government_id=self.government_id)

    def _show_history(self, lines: list[HistoryLine]) -> None:
        self.ui.history_model.set_rows(lines)

    # Commands

    def _on_commitment_activated(self, line: CommitmentLine) -> None:
        self.ui.tabs.setCurrentIndex(ACTIONS)
        for row, shown in enumerate(self.ui.targets_model.rows):
            if shown.id == line.id:
                self.ui.targets.select_cell(row, FIRST_NUMBER)
        self.ui.targets.setFocus()

    def _on_session_activated(self, line: SessionLine) -> None:
        self.context.navigator.open_session(line.id, self.government_id)

    def _on_timeline_activated(self, item: TimelineItem) -> None:
        if item.kind == "session":
            self.context.navigator.open_session(item.record_id, self.government_id)
        elif item.kind == "kpi":
            self.ui.tabs.setCurrentIndex(ACTIONS)
        elif item.kind == "offer":
            self.ui.tabs.setCurrentIndex(OFFERS)

    def _on_report_clicked(self) -> None:
        if self.government_id is not None:
            self.context.navigator.open_report("coaching", self.government_id)

    def _on_agreement_clicked(self) -> None:
        if self.government_id is not None:
            AgreementDialog(self.context, self.government_id, self).open()

    def _on_new_entry_clicked(self) -> None:
        line = self._chosen_target()
        if line is not None:
            EntryDialog(self.context, line, self).open()

    def _on_correct_clicked(self) -> None:
        target, entry = self._chosen_target(), self.ui.entries.currentIndex()
        if target is None or not entry.isValid():
            return
        row = self.ui.entries_model.row(entry)
        if row.corrected:
            self.context.navigator.notify(
                "info", self.context.language.text("This row was corrected before. Correct the newest row.")
            )
            return
        EntryDialog(self.context, target, self, row).open()

    def _chosen_target(self) -> CommitmentLine | None:
        index = self.ui.targets.currentIndex()
        return self.ui.targets_model.row(index) if index.isValid() else None

    def _on_take_up_clicked(self) -> None:
        if self.government_id is None or self._dossier is None:
            return
        taken = frozenset(line.target_id for line in self._dossier.commitments)
        rank = max((line.rank or 0 for line in self._dossier.commitments), default=0) + 1
        year = self.ui.year.year()
        TakeUpDialog(self.context, self.government_id, year, taken, rank, self).open()

    def _on_change_target_clicked(self) -> None:
        line = self._chosen_target()
        if line is not None:
            CommitmentDialog(self.context, line, self).open()

    def _on_about_clicked(self) -> None:
        line = self._chosen_target()
        if line is not None:
            self.context.navigator.open_action(line.action_id)

    def _on_delete_target_clicked(self) -> None:
        line = self._chosen_target()
        if line is not None:
            text = self.context.language.text("{action} is deleted.", action=line.action_title)
            self.context.runner.run(
                DeleteCommitment(line.id),
                initiator=self,
                then=lambda done: self._target_deleted(text, done),
            )

    def _target_deleted(self, words: str, done: Done[None]) -> None:
        self.context.navigator.offer_undo(words, done.command_id)
        self._query()

    def _on_new_use_clicked(self) -> None:
        UseDialog(self.context, self, government_id=self.government_id, year=self.ui.year.year()).open()

    def _on_change_use(self) -> None:
        index = self.ui.offers.currentIndex()
        if index.isValid():
            ChangeUseDialog(self.context, self.ui.offers_model.row(index), self).open()

    def _on_delete_use(self) -> None:
        index = self.ui.offers.currentIndex()
        if index.isValid():
            command = DeleteUse(self.ui.offers_model.row(index).id)
            self.context.runner.run(command, initiator=self, then=lambda _: self._query())

    def _on_done_clicked(self) -> None:
        index = self.ui.agreements.currentIndex()
        if index.isValid():
            self._complete(self.ui.agreements_model.row(index))

    def _complete(self, line: AgreementLine) -> None:
        command = CompleteAgreement(line.id, self.context.today)
        self.context.runner.run(command, initiator=self, then=lambda _: self._query())
