"""The dossier of one government: an overview on one screen, and the rows behind every number."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QResizeEvent, QShowEvent

from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.i18n.labels import COMMITMENT_NOTES, action_name
from samenleven_desktop.readmodels.core import (
    CommitmentLine,
    HistoryLine,
    KpiEntryLine,
    OfferUseLine,
    SessionLine,
)
from samenleven_desktop.readmodels.instruments import InstrumentLine
from samenleven_desktop.readmodels.visit import DossierPage
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.governments.visit import dossier_page
from samenleven_desktop.services.instruments.queries import instruments_for
from samenleven_desktop.services.kpi.commands import ChangeCommitments, DeleteCommitment
from samenleven_desktop.services.kpi.queries import list_entries
from samenleven_desktop.services.offers.commands import ChangeUses, DeleteUse
from samenleven_desktop.services.offers.queries import uses
from samenleven_desktop.services.safekeeping.history import list_history
from samenleven_desktop.services.sessions.queries import list_sessions
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.commitment import CommitmentDialog
from samenleven_desktop.ui.dialogs.kpi_entry import EntryDialog
from samenleven_desktop.ui.dialogs.offer_use import ChangeUseDialog, UseDialog
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.dossier.document import ask_for_document
from samenleven_desktop.ui.screens.dossier.head import facts
from samenleven_desktop.ui.screens.dossier.history import show_step
from samenleven_desktop.ui.screens.dossier.layout import DossierLayout
from samenleven_desktop.ui.screens.editable_grids import MORE_COLUMNS, reported_columns
from samenleven_desktop.ui.widgets.grid_drafts import GridKeeper
from samenleven_desktop.ui.widgets.grid_panel import run_edits
from samenleven_desktop.ui.widgets.responsive import FOLD_BELOW
from samenleven_desktop.ui.widgets.shortcuts import on_key, tab_keys, window_key

# The column in which editing starts.
FIRST_NUMBER = 4
OVERVIEW, ACTIONS, SESSIONS, OFFERS, TOGETHER, STIMULI, PEOPLE, HISTORY = range(8)


class DossierScreen(Screen):
    """Shows one government at a time; `show_government` selects it."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.ui = DossierLayout(self, context)
        self.government_id: str | None = None
        self._page: DossierPage | None = None
        self._fresh = False
        self._days: tuple[date, date] | None = None
        self._every_use = False
        ui, navigator = self.ui, context.navigator
        self._connect_overview()
        ui.first_session.clicked.connect(lambda: navigator.open_session(None, self.government_id))
        ui.report.clicked.connect(self._on_report_clicked)
        ui.new_entry.clicked.connect(self._on_new_entry_clicked)
        ui.document.clicked.connect(lambda: ask_for_document(self, context, self.government_id, ui.year.year()))
        ui.correct_entry.clicked.connect(self._on_correct_clicked)
        ui.history.row_activated.connect(lambda line: show_step(context, line, ui.history))
        ui.entries.row_activated.connect(lambda _: self._on_correct_clicked())
        for one in (ui.take_up, ui.first_target):
            one.clicked.connect(lambda: ui.overview.take_up(""))
        ui.change_target.clicked.connect(self._on_change_target_clicked)
        ui.targets.row_activated.connect(lambda _: self._on_change_target_clicked())
        ui.about.clicked.connect(self._on_about_clicked)
        ui.let_go.clicked.connect(self._on_delete_target_clicked)
        ui.more_columns.toggled.connect(lambda _: self._choose_columns())
        text = context.language.text
        for keys, words, what in (
            ("Ctrl+M", text("New agreement ..."), ui.overview.new_agreement),
            ("Ctrl+T", text("Take up a target ..."), lambda: ui.overview.take_up("")),
            ("Ctrl+E", text("New KPI entry ..."), self._on_new_entry_clicked),
            ("Ctrl+I", text("Put an offer to use ..."), self._on_new_use_clicked),
            ("", text("New other instrument ..."), ui.overview.new_instrument),
            ("", text("KPI document ..."), ui.document.click),
        ):
            if keys:
                window_key(self, keys, words, what)
            ui.header.add_entry(words, keys, what)
        ui.year.currentIndexChanged.connect(lambda _: self._on_year_chosen())
        ui.tabs.currentChanged.connect(lambda _: self._query_part())
        ui.targets.selectionModel().currentRowChanged.connect(lambda *_: self._query_entries())
        run_edits(ui.targets_model, context.runner, self, ChangeCommitments, self._query)
        run_edits(ui.offers_model, context.runner, self, ChangeUses, self._query)
        for panel in (ui.targets_panel, ui.offers_panel):
            GridKeeper(context.runner, panel, self)
        ui.sessions.row_activated.connect(self._on_session_activated)
        ui.new_use.clicked.connect(self._on_new_use_clicked)
        ui.offers.row_activated.connect(lambda _: self._on_change_use())
        ui.change_use.clicked.connect(self._on_change_use)
        on_key(ui.offers, "Ctrl+Del", text("Delete the chosen offer in use"), self._on_delete_use)
        ui.delete_use.clicked.connect(self._on_delete_use)
        ui.sessions_hidden.everything_wanted.connect(lambda: self._show_days(date.min, date.max))
        ui.offers_hidden.everything_wanted.connect(self._on_every_use_wanted)
        tab_keys(self, ui.tabs.captions(), ui.tabs.setCurrentIndex)

    def show_government(self, government_id: str) -> None:
        """Opens the overview of this government's dossier in the current project year."""
        if government_id != self.government_id:
            self.government_id = government_id
            self.ui.tabs.setCurrentIndex(OVERVIEW)
            self.ui.year.go_to_today()
            self._days, self._every_use, self._fresh, self._page = None, False, True, None
            self._query()

    def reload(self) -> None:
        self._query()

    def _query(self) -> None:
        if self.government_id is None:
            return
        self.context.runner.query(
            dossier_page, self.government_id, self.ui.year.year(), then=self._show, owner=self, latest="dossier"
        )

    def _show(self, page: DossierPage) -> None:
        self._page = page
        language, ui, found = self.context.language, self.ui, page.dossier
        ui.header.show_page(page)
        self._name_session()
        ui.overview.show_page(page)
        ui.people.show_facts(facts(language, found))
        if self._fresh and self.isVisible():
            self._fresh = False
            ui.overview.work.focus_first()
        ui.targets_model.set_rows(found.commitments + found.partnership_commitments)
        self._choose_columns()
        plan, kind = self.context.plan_of(ui.year.year()), found.government.kind
        applies = kind is not GovernmentKind.ORGANISATION or plan.admits(kind)
        ui.tabs.setTabVisible(STIMULI, bool(plan.stimulus_rules) and applies)
        if not self._every_use:
            self._show_uses(list(found.offer_uses))
        self._name_tab(SESSIONS, language.text("Sessions"), self._session_number())
        self._query_part()

    def _choose_columns(self) -> None:
        """The grid fits beside its panel: what is rarely needed is shown on request, and cells that were refused."""
        ui = self.ui
        _, year = self.context.at(ui.year.year())
        hidden = {"interim_reached", "final_reached"}
        hidden -= reported_columns(ui.targets_model.rows, year, self.context.today)
        wrong = {ui.targets_model.columns[one.column()].name for one in ui.targets_model.wrong_cells()}
        ui.targets.hide_columns(set() if ui.more_columns.isChecked() else (MORE_COLUMNS | hidden) - wrong)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.ui.fold(folded=event.size().width() < FOLD_BELOW)

    def _name_tab(self, place: int, name: str, number: int) -> None:
        """The number of a tab is that of the rows it opens."""
        self.ui.tabs.setTabText(place, f"{name} {self.context.language.number(number)}" if number else name)

    def _session_number(self) -> int:
        """Returns how many sessions the tab shows; with days of its own that is known once they are loaded."""
        if self._page is None:
            return 0
        return self._page.session_count if self._days is None else len(self.ui.sessions_model.rows)

    def _name_session(self) -> None:
        """The blue button of the window is a session with this government."""
        if self._page is not None and self.isVisible():
            self.context.navigator.name_session(self._page.dossier.government.name)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._name_session()

    def _on_year_chosen(self) -> None:
        self._days, self._every_use = None, False
        self._query()

    # Parts that are loaded when selected

    def _query_part(self) -> None:
        runner, government_id = self.context.runner, self.government_id
        if government_id is None:
            return
        part = self.ui.tabs.currentIndex()
        if part == SESSIONS and self._page is not None:
            days = self._days or (self._page.first, self._page.last)
            runner.query(
                list_sessions, government_id, *days, then=self._show_sessions, owner=self, latest="dossier-sessions"
            )
        elif part == HISTORY:
            runner.query(list_history, government_id, then=self._show_history, owner=self, latest="dossier-history")
        elif part == ACTIONS:
            self._query_entries()
        elif part == OFFERS:
            if self._every_use:
                every = (uses, [government_id], date.min, date.max)
                runner.query(*every, then=self._show_uses, owner=self, latest="dossier-uses")
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
        self.ui.target_title.setText(f"{line.action_number} {action_name(line)}")
        self.ui.advice.show_target(line, self.government_id)
        self.context.runner.query(list_entries, [line.id], then=self._show_entries, owner=self, latest="entries")

    def _show_entries(self, entries: list[KpiEntryLine]) -> None:
        self.ui.entries_model.set_rows(entries)

    def _show_sessions(self, sessions: list[SessionLine]) -> None:
        self.ui.sessions_model.set_rows(sessions)
        self._name_tab(SESSIONS, self.context.language.text("Sessions"), len(sessions))
        page = self._page
        if page is not None:
            self.ui.sessions_hidden.show_number(page.dossier.session_count - len(sessions))

    def _show_days(self, first: date, last: date) -> None:
        """Shows the sessions of these days, until another year or government is chosen."""
        self._days = first, last
        self.ui.tabs.setCurrentIndex(SESSIONS)
        self._query_part()

    def _show_uses(self, lines: list[OfferUseLine]) -> None:
        self.ui.offers_model.set_rows(lines)
        self._name_tab(OFFERS, self.context.language.text("Offers"), len(lines))
        page = self._page
        if page is not None:
            every = len(page.dossier.offer_uses) + page.hidden_uses
            self.ui.offers_hidden.show_number(every - len(lines))

    def _on_every_use_wanted(self) -> None:
        self._every_use = True
        self._query_part()

    def _show_instruments(self, lines: list[InstrumentLine]) -> None:
        self.ui.instruments.show_lines(tuple(lines), government_id=self.government_id)

    def _show_history(self, lines: list[HistoryLine]) -> None:
        self.ui.history_model.set_rows(lines)

    # Commands

    def _connect_overview(self) -> None:
        overview, tabs = self.ui.overview, self.ui.tabs
        parts = {"actions": ACTIONS, "uses": OFFERS, "contacts": PEOPLE, "history": HISTORY}
        overview.target_wanted.connect(self._show_target)
        overview.part_wanted.connect(lambda part: tabs.setCurrentIndex(parts[part]))
        overview.year_wanted.connect(self._show_year)
        overview.days_wanted.connect(self._show_days)

    def _show_target(self, commitment_id: str, advice: bool) -> None:
        """Opens the grid at a commitment: at its entries, or at what helps."""
        ui = self.ui
        ui.tabs.setCurrentIndex(ACTIONS)
        ui.which.set_choice("advice" if advice else "entries")
        ui.behind.setCurrentIndex(int(advice))
        for row, shown in enumerate(ui.targets_model.rows):
            if shown.id == commitment_id:
                ui.targets.select_cell(row, FIRST_NUMBER)
        ui.targets.setFocus()

    def _show_year(self, year_id: str) -> None:
        self.ui.year.setCurrentIndex(self.ui.year.findData(year_id))

    def _on_session_activated(self, line: SessionLine) -> None:
        self.context.navigator.open_session(line.id, self.government_id)

    def _on_report_clicked(self) -> None:
        if self.government_id is not None:
            self.context.navigator.open_report("coaching", self.government_id)

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
