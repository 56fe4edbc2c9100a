"""The agreements of the coach's governments: overdue, soon, later, done."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from samenleven_desktop.readmodels.core import AgreementLine
from samenleven_desktop.services.sessions.agenda import AgreementsByDue, agreements_by_due
from samenleven_desktop.services.sessions.entry_and_agreement_commands import CompleteAgreement, DeleteAgreement
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.agreement import AgreementDialog
from samenleven_desktop.ui.screens.columns import agreement_columns
from samenleven_desktop.ui.widgets.basic import button
from samenleven_desktop.ui.widgets.choice import Segmented
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import bare, button_row
from samenleven_desktop.ui.widgets.shortcuts import on_key

LATE, SOON, LATER, DONE = "late", "soon", "later", "done"


class AgreementsPanel(QWidget):
    """Overdue first; Space toggles done, Delete deletes, Enter edits."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._found = AgreementsByDue((), (), (), ())
        text = context.language.text
        box = bare(QVBoxLayout(self), 10)
        self.which = Segmented(
            text("Which"),
            [
                ("open", text("Still open")),
                (LATE, text("Late")),
                (SOON, text("Next 14 days")),
                (LATER, text("Later")),
                (DONE, text("Done")),
            ],
        )
        self.which.choice_changed.connect(lambda _: self._fill())
        self.mark = button(text("Mark as done"), self._on_done)
        self.change = button(text("Change ..."), self._on_change)
        self.new = button(text("New agreement ..."), lambda: AgreementDialog(context, None, self).open())
        box.addWidget(button_row(self.which, self.mark, self.change, self.new))
        self.card = ListCard[AgreementLine](
            context,
            text("Agreements"),
            agreement_columns(context, governments=True),
            empty=("list-checks", text("Nothing here.")),
            title="",
        )
        self.model, self.table = self.card.model, self.card.table
        box.addWidget(self.card, 1)
        self.table.row_activated.connect(lambda _: self._on_change())
        on_key(self.table, "Space", text("Tick the chosen agreement off"), self._on_done)
        on_key(self.table, "Del", text("Delete the chosen agreement"), self._on_delete)

    def show_which(self, which: str) -> None:
        """Selects another part of the list."""
        self.which.set_choice(which)
        self._fill()

    def reload(self) -> None:
        self._context.runner.query(agreements_by_due, then=self._show, owner=self, latest="follow-ups")

    def _show(self, found: AgreementsByDue) -> None:
        self._found = found
        self._fill()

    def _fill(self) -> None:
        found, which = self._found, self.which.choice()
        rows = {
            "open": (*found.late, *found.soon, *found.later),
            LATE: found.late,
            SOON: found.soon,
            LATER: found.later,
            DONE: found.done,
        }[which]
        place = self.table.currentIndex().row()
        self.model.set_rows(rows)
        if rows and place > 0:
            self.table.select_row(min(place, len(rows) - 1))
        text = self._context.language.text
        self.mark.setText(text("Open again") if which == DONE else text("Mark as done"))

    def _on_done(self) -> None:
        line = self.card.current()
        if line is not None:
            day = self._context.today if line.done_on is None else None
            self._context.runner.run(CompleteAgreement(line.id, day), initiator=self, then=lambda _: self.reload())

    def _on_change(self) -> None:
        line = self.card.current()
        if line is not None:
            AgreementDialog(self._context, line.government_id, self, line).open()

    def _on_delete(self) -> None:
        line = self.card.current()
        if line is not None:
            self._context.runner.run(DeleteAgreement(line.id), initiator=self, then=lambda _: self.reload())
