"""Hands a government over: the colleague, the report, and the folder for the file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QWidget

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.readmodels.core import AgreementLine
from samenleven_desktop.readmodels.exchange import MadePack
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.exchange.colleagues import find_colleague
from samenleven_desktop.services.exchange.hand_over import hand_over
from samenleven_desktop.services.sessions.queries import list_agreements
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.make_pack import PackDialog, Possible, free_path
from samenleven_desktop.ui.widgets.basic import label
from samenleven_desktop.ui.widgets.choice import Chooser

NOBODY = N_("Choose the colleague who takes over.")
NOTHING = N_("Choose a government of yours.")


class HandOverDialog(PackDialog):
    def __init__(self, context: UiContext, owner: QWidget, then: Callable[[], None]) -> None:
        text = context.language.text
        super().__init__(context, text("Hand a government over"), text("Hand over"), owner)
        self._then = then
        self.government, self.to = Chooser(), Chooser()
        self.report = QCheckBox(text("With a hand-over report, among the attachments of the dossier"))
        self.report.setChecked(True)
        self.add("government", text("Government"), self.government)
        self.add("to", text("To whom"), self.to, beside=True)
        self.moves = label("", "muted", wrap=True)
        self.box.addWidget(self.moves)
        self.box.addWidget(self.report)
        self.add_place()
        self.government.currentIndexChanged.connect(lambda _: self._query_agreements())
        self.ask()
        self.government.setFocus()

    def offer(self, found: Possible) -> None:
        super().offer(found)
        text = self.context.language.text
        for government in found.governments:
            if government.mine:
                self.government.addItem(government.name, government.id)
        for one in found.colleagues:
            self.to.addItem(one.label, one.fingerprint)
        if not found.colleagues:
            self.fields["to"].show_error(text("You trust no colleague yet. Add a card under 'Colleagues' first."))

    def _query_agreements(self) -> None:
        chosen = self.government.currentData()
        if chosen is not None:
            self.context.runner.query(
                list_agreements, chosen, open_only=True, then=self._show_agreements, owner=self, latest="hand-over"
            )

    def _show_agreements(self, found: list[AgreementLine]) -> None:
        self.moves.setText(
            self.context.language.plural(
                "From today on this is a government of your colleague. The whole dossier goes along, with {n} open "
                "agreement. You keep what you have.",
                "From today on this is a government of your colleague. The whole dossier goes along, with {n} open "
                "agreements. You keep what you have.",
                len(found),
            )
        )
        self.fit()

    def make(self) -> None:
        government, colleague = self.government.currentData(), self.to.currentData()
        if government is None:
            raise UserError(NOTHING, field="government")
        if colleague is None:
            raise UserError(NOBODY, field="to")
        place = self.place()
        language = self.context.language if self.report.isChecked() else None

        def work(file: Workspace) -> Done[MadePack]:
            return hand_over(file, government, [find_colleague(file, colleague)], free_path(*place), language)

        self.context.runner.write(work, initiator=self, then=self._made, failed=self._show)

    def _made(self, done: Done[MadePack]) -> None:
        self.accept()
        self.tell(done.result)
        self._then()
