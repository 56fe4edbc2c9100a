"""The page of an action: everything that the plan and the work know of it."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from samenleven_desktop.domain.advice import KnownExample, KnownMentor
from samenleven_desktop.i18n.action_texts import definition_lines
from samenleven_desktop.readmodels.action_page import ActionPage, MentorProposal
from samenleven_desktop.services.actions.queries import action_page
from samenleven_desktop.services.offers.mentor_and_example_commands import DeleteKnowledge
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.mentor_and_example import ExampleDialog, LinkOfferDialog, MentorDialog
from samenleven_desktop.ui.dialogs.offer import OfferDialog
from samenleven_desktop.ui.dialogs.offer_use import UseDialog
from samenleven_desktop.ui.screens.action.layout import ActionLayout, PeriodLine
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.widgets.shortcuts import on_key, window_key


class ActionScreen(Screen):
    """Shows one action at a time; `show_action` selects it."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.ui = ui = ActionLayout(self, context)
        self.action_id: str | None = None
        self._proposal: MentorProposal | None = None
        navigator = context.navigator
        ui.back.clicked.connect(lambda: navigator.open_page("kpis"))
        ui.everyone.toggled.connect(lambda _: self.reload())
        ui.report.clicked.connect(self._on_report_clicked)
        ui.governments.table.row_activated.connect(self._on_government_activated)
        ui.sessions.table.row_activated.connect(lambda line: navigator.open_session(line.id))
        ui.offers.table.row_activated.connect(lambda _: self._on_change_offer())
        ui.new_offer.clicked.connect(lambda: OfferDialog(context, None, self, action_id=self.action_id).open())
        ui.link_offer.clicked.connect(lambda: LinkOfferDialog(context, self.action_id or "", self).open())
        ui.change_offer.clicked.connect(self._on_change_offer)
        ui.use_offer.clicked.connect(self._on_use_offer)
        ui.new_mentor.clicked.connect(lambda: MentorDialog(context, self.action_id or "", None, self).open())
        ui.take_over.clicked.connect(self._on_take_over)
        ui.new_example.clicked.connect(lambda: ExampleDialog(context, self.action_id or "", None, self).open())
        ui.mentors.table.row_activated.connect(lambda _: self._on_change_mentor())
        ui.change_mentor.clicked.connect(self._on_change_mentor)
        ui.examples.table.row_activated.connect(lambda _: self._on_change_example())
        ui.change_example.clicked.connect(self._on_change_example)
        text = context.language.text
        for delete, table, words, what in (
            (ui.delete_mentor, ui.mentors.table, text("Delete the chosen mentor"), self._on_delete_mentor),
            (ui.delete_example, ui.examples.table, text("Delete the chosen example"), self._on_delete_example),
        ):
            delete.clicked.connect(what)
            on_key(table, "Del", words, what)
        ui.mentors.table.row_selected.connect(lambda line: _only_own(line, (ui.change_mentor, ui.delete_mentor)))
        ui.examples.table.row_selected.connect(lambda line: _only_own(line, (ui.change_example, ui.delete_example)))
        window_key(self, "Ctrl+I", text("Put an offer to use ..."), self._on_use_offer)

    def show_action(self, action_id: str) -> None:
        """Shows the page of this action."""
        self.action_id = action_id
        self.reload()

    def reload(self) -> None:
        if self.action_id is not None:
            mine = not self.ui.everyone.isChecked()
            self.context.runner.query(
                action_page, self.action_id, mine, then=self._show, owner=self, latest="action-page"
            )

    def _show(self, page: ActionPage) -> None:
        ui, language = self.ui, self.context.language
        text, action = language.text, page.action
        ui.header.title.setText(f"{action.number} {action.short_title}")
        ui.header.subtitle.setText(
            " · ".join(filter(None, [page.plan_name, page.objective, "" if page.in_use else text("not in use")]))
        )
        ui.pages = page.pages
        source = [(text("Source"), ui.named(action.source))] if action.source else []
        ui.facts.show_facts([*definition_lines(language, page, published=False), *source])
        ui.published.show_rows(page.published)
        ui.published.setVisible(bool(page.published))
        ui.terms.show_rows(page.terms)
        ui.governments.show_rows(page.commitments)
        ui.offers.show_rows(page.offers)
        ui.mentors.show_rows(page.mentors)
        ui.examples.show_rows(page.examples)
        ui.sessions.show_rows(page.sessions)
        ui.instruments.show_lines(page.instruments, action_id=action.id)
        # Where the call pays for every target there is seldom another instrument.
        ui.instruments.setVisible(bool(page.instruments) or any(line.financed is not True for line in page.terms))
        left_out = page.session_count - len(page.sessions)
        shown = text("the newest {n} of {all}", n=len(page.sessions), all=language.number(page.session_count))
        ui.sessions.set_title(text("Sessions"), shown if left_out else "")
        self._show_proposal(page.proposals[0] if page.proposals else None)

    def _show_proposal(self, proposal: MentorProposal | None) -> None:
        """Shows that a government was granted a mentor role, and offers to note it here."""
        self._proposal, ui = proposal, self.ui
        for part in (ui.proposal, ui.take_over):
            part.setVisible(proposal is not None)
        if proposal is not None:
            words = self.context.language.text(
                "{government} was granted the mentor role for this action in {period}.",
                government=proposal.government_name,
                period=proposal.period,
            )
            ui.proposal.setText(words)

    # Commands

    def _on_report_clicked(self) -> None:
        if self.action_id is not None:
            self.context.navigator.open_report("action", self.action_id)

    def _on_government_activated(self, line: PeriodLine) -> None:
        self.context.navigator.open_dossier(line[1].government_id)

    def _on_change_offer(self) -> None:
        line = self.ui.offers.current()
        if line is not None:
            OfferDialog(self.context, line, self).open()

    def _on_use_offer(self) -> None:
        line = self.ui.offers.current()
        if line is not None:
            UseDialog(self.context, self, offer_id=line.id).open()

    def _on_take_over(self) -> None:
        if self._proposal is not None and self.action_id is not None:
            MentorDialog(self.context, self.action_id, None, self, proposal=self._proposal).open()

    def _on_change_mentor(self) -> None:
        line = self.ui.mentors.current()
        if line is not None and line.id is not None and self.action_id is not None:
            MentorDialog(self.context, self.action_id, line, self).open()

    def _on_change_example(self) -> None:
        line = self.ui.examples.current()
        if line is not None and line.id is not None and self.action_id is not None:
            ExampleDialog(self.context, self.action_id, line, self).open()

    def _on_delete_mentor(self) -> None:
        self._delete(self.ui.mentors.current())

    def _on_delete_example(self) -> None:
        self._delete(self.ui.examples.current())

    def _delete(self, line: KnownMentor | KnownExample | None) -> None:
        if line is not None and line.id is not None:
            self.context.runner.run(DeleteKnowledge(line.id), initiator=self, then=lambda _: self.reload())


def _only_own(line: KnownMentor | KnownExample, buttons: tuple[QPushButton, ...]) -> None:
    """Enables the buttons for what an officer added; a row of the plan is changed in the plan."""
    for one in buttons:
        one.setEnabled(line.id is not None)
