"""*Acties en KPI's*: all governments by all actions, and the rows behind each number."""

from __future__ import annotations

from samenleven_desktop.readmodels.core import CommitmentLine, KpiEntryLine
from samenleven_desktop.readmodels.lists import TargetTotal
from samenleven_desktop.readmodels.matrix import Matrix, MatrixCell
from samenleven_desktop.services.kpi.matrix import kpi_matrix, target_totals
from samenleven_desktop.services.kpi.queries import list_entries
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.agreement import AgreementDialog
from samenleven_desktop.ui.dialogs.kpi_entry import EntryDialog
from samenleven_desktop.ui.dialogs.offer_use import UseDialog
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.kpis.layout import BY_ACTION, BY_GOVERNMENT, KpisLayout
from samenleven_desktop.ui.widgets.shortcuts import tab_keys, window_key


class KpisScreen(Screen):
    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.ui = ui = KpisLayout(self, context)
        self._cell: MatrixCell | None = None
        self._matrix: Matrix | None = None
        ui.year.year_chosen.connect(self.reload)
        ui.everyone.toggled.connect(lambda _: self.reload())
        ui.view.choice_changed.connect(self._on_view_changed)
        ui.matrix.cell_selected.connect(self._show_cell)
        ui.matrix.cell_activated.connect(lambda _: ui.lines.setFocus())
        ui.matrix.government_activated.connect(context.navigator.open_dossier)
        ui.matrix.action_activated.connect(self._open_action)
        ui.totals.row_activated.connect(lambda line: self._open_action(line.action_number))
        ui.about.clicked.connect(self._on_about_clicked)
        ui.lines.row_selected.connect(self._query_entries)
        ui.lines.row_activated.connect(lambda _: self._on_entry_clicked())
        ui.open.clicked.connect(self._on_open_clicked)
        ui.new_entry.clicked.connect(self._on_entry_clicked)
        ui.use.clicked.connect(self._on_use_clicked)
        ui.agreement.clicked.connect(self._on_agreement_clicked)
        text = context.language.text
        window_key(self, "Ctrl+E", text("New KPI entry ..."), self._on_entry_clicked)
        window_key(self, "Ctrl+I", text("Put an offer to use ..."), self._on_use_clicked)
        views = (BY_GOVERNMENT, BY_ACTION)
        tab_keys(self, [ui.view.buttons[one].text() for one in views], lambda place: self.show_view(views[place]))

    def reload(self) -> None:
        runner, year, mine = self.context.runner, self.ui.year.year(), not self.ui.everyone.isChecked()
        if self.ui.view.choice() == BY_GOVERNMENT:
            runner.query(kpi_matrix, year, mine, then=self._show, owner=self, latest="matrix")
        else:
            runner.query(target_totals, year, mine, then=self._show_totals, owner=self, latest="matrix-totals")

    def show_view(self, view: str) -> None:
        """Shows the view per government (the matrix) or per action (the totals)."""
        self.ui.view.set_choice(view)
        self._on_view_changed(view)

    def _on_view_changed(self, view: str) -> None:
        self.ui.stack.setCurrentIndex(0 if view == BY_GOVERNMENT else 1)
        self.reload()

    # Per government

    def _show(self, matrix: Matrix) -> None:
        ui, language = self.ui, self.context.language
        place = (self._cell.government_id, self._cell.action_number) if self._cell else None
        self._matrix = matrix
        ui.matrix_model.show(matrix)
        ui.matrix.setVisible(bool(matrix.rows))
        ui.empty.setVisible(not matrix.rows)
        ui.detail.setVisible(bool(matrix.rows))
        ui.header.subtitle.setText(
            language.text(
                "Reached against confirmed · as on {day} · expected {percent}",
                day=language.day(matrix.day),
                percent=language.percent(matrix.expected_percent, 100),
            )
        )
        self._select(matrix, place)

    def _select(self, matrix: Matrix, place: tuple[str, int] | None) -> None:
        """Selects the previously selected cell, otherwise the first one with data."""
        numbers = [number for number, _ in matrix.actions]
        filled = [(row, one) for row, line in enumerate(matrix.rows) for one in numbers if one in line.cells]
        chosen = [at for at in filled if place == (matrix.rows[at[0]].government_id, at[1])] or filled
        if not chosen:
            self._show_cell(None)
            return
        row, number = chosen[0]
        self.ui.matrix.setCurrentIndex(self.ui.matrix_model.index(row, numbers.index(number)))
        self._show_cell(matrix.rows[row].cells[number])

    def _show_cell(self, cell: MatrixCell | None) -> None:
        self._cell = cell
        ui = self.ui
        for part in (ui.detail_body, ui.actions):
            part.setVisible(cell is not None)
        ui.detail_hint.setVisible(cell is None)
        if cell is None:
            ui.detail.set_title(self.context.language.text("Not taken up"))
            return
        first = cell.lines[0]
        ui.detail.set_title(f"{first.government_name} · {cell.action_number} {first.action_title}")
        ui.lines_model.set_rows(cell.lines)

    def _query_entries(self, line: CommitmentLine) -> None:
        self.ui.advice.show_target(line)
        self.context.runner.query(list_entries, [line.id], then=self._show_entries, owner=self, latest="matrix-entries")

    def _show_entries(self, entries: list[KpiEntryLine]) -> None:
        self.ui.entries_model.set_rows(entries)

    # Per action

    def _show_totals(self, totals: list[TargetTotal]) -> None:
        self.ui.totals_model.set_rows(totals)

    # Commands

    def _line(self) -> CommitmentLine | None:
        index = self.ui.lines.currentIndex()
        return self.ui.lines_model.row(index) if self._cell is not None and index.isValid() else None

    def _on_open_clicked(self) -> None:
        if self._cell is not None:
            self.context.navigator.open_dossier(self._cell.government_id)

    def _on_about_clicked(self) -> None:
        if self._cell is not None:
            self._open_action(self._cell.action_number)

    def _open_action(self, number: int) -> None:
        """Opens the page of an action of the plan that is shown."""
        plan = self.context.plan_of(self.ui.year.year())
        self.context.navigator.open_action(plan.action(number).id)

    def _on_entry_clicked(self) -> None:
        line = self._line()
        if line is not None:
            EntryDialog(self.context, line, self).open()

    def _on_use_clicked(self) -> None:
        line = self._line()
        if line is not None:
            UseDialog(
                self.context, self, government_id=line.government_id, commitment_id=line.id, year=line.year_id
            ).open()

    def _on_agreement_clicked(self) -> None:
        if self._cell is not None:
            AgreementDialog(self.context, self._cell.government_id, self).open()
