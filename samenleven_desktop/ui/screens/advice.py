"""*Wat helpt?*: offers that could help with a target, each with a shortcut to use it, make an agreement or plan a
session."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from samenleven_desktop.domain.advice import Advice
from samenleven_desktop.i18n.labels import ADVICE_KINDS, ADVICE_TONES, advice_reason
from samenleven_desktop.readmodels.core import CommitmentLine
from samenleven_desktop.services.offers.advice import advice
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.agreement import AgreementDialog
from samenleven_desktop.ui.dialogs.offer_use import UseDialog
from samenleven_desktop.ui.models.column_kinds import MONEY_WIDTH, ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.widgets.basic import EmptyState, button
from samenleven_desktop.ui.widgets.responsive import bare, button_row
from samenleven_desktop.ui.widgets.shortcuts import on_key
from samenleven_desktop.ui.widgets.table import DataTable


class AdvicePanel(QWidget):
    """Shows one commitment at a time; Enter puts an offer to use, A makes an agreement, S plans a session."""

    def __init__(self, context: UiContext, *, narrow: bool = False) -> None:
        """`narrow`: the reason stands below the offer instead of beside it."""
        super().__init__()
        self._context = context
        self._line: CommitmentLine | None = None
        self._government_id: str | None = None
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        box = bare(QVBoxLayout(self), 8)

        def why(one: Advice) -> str:
            return text("in use already") if one.in_use else advice_reason(language, one)

        def about(one: Advice) -> str:
            organisation = one.organisation if one.organisation != one.title else None
            return " · ".join(filter(None, [why(one) if narrow else None, organisation, one.note]))

        columns = [
            kinds.choice(text("Kind"), ADVICE_KINDS, lambda one: one.kind, 112, tones=ADVICE_TONES, in_order=True),
            kinds.text(
                text("What"),
                lambda one: one.title,
                stretch=3,
                strong=True,
                second=about,
                tip=lambda one: " · ".join(filter(None, [one.title, one.organisation, one.note, one.source])),
            ),
            kinds.money(text("Price"), lambda one: one.price_cents, 72 if narrow else MONEY_WIDTH),
        ]
        if not narrow:
            columns.append(
                kinds.text(text("Why"), why, stretch=3, tip=lambda one: advice_reason(language, one)),
            )
        self.model = RowsModel[Advice](columns)
        self.table = DataTable(context.theme, self.model, text("What helps?"))
        self.empty = EmptyState(context.theme, "hand-helping", text("No offer is known for this action."))
        box.addWidget(self.table, 1)
        box.addWidget(self.empty, 1)
        self.use = button(text("Put to use ..."), self._on_use)
        self.agree = button(text("Make an agreement ..."), self._on_agree)
        self.session = button(text("Plan a session ..."), self._on_session)
        box.addWidget(button_row(self.use, self.agree, self.session))
        self.table.row_activated.connect(lambda _: self._on_use())
        on_key(self.table, "A", text("New agreement ..."), self._on_agree)
        on_key(self.table, "S", text("Plan a session ..."), self._on_session)

    def show_target(self, line: CommitmentLine, government_id: str | None = None) -> None:
        """Shows the target of an applicant, or of a member of the partnership that applied."""
        self._line, self._government_id = line, government_id or line.government_id
        self._context.runner.query(
            advice,
            self._government_id,
            line.year_id,
            None,
            line.target_id,
            then=self._show,
            owner=self,
            latest=f"advice-{id(self)}",
        )

    def _show(self, found: list[Advice]) -> None:
        self.model.set_rows(found)
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)

    def _chosen(self) -> Advice | None:
        index = self.table.currentIndex()
        return self.model.row(index) if index.isValid() else None

    def _on_use(self) -> None:
        one = self._chosen()
        if one is None or one.offer_id is None or self._line is None:
            self._on_agree()
            return
        UseDialog(
            self._context,
            self,
            offer_id=one.offer_id,
            government_id=self._government_id,
            commitment_id=self._line.id,
            year=self._line.year_id,
        ).open()

    def _on_agree(self) -> None:
        one = self._chosen()
        if one is not None and self._line is not None:
            what = self._context.language.text(
                "Look at {offer} for action {action}", offer=one.title, action=self._line.action
            )
            AgreementDialog(
                self._context, self._government_id, self, what=what, about=("commitment", self._line.id)
            ).open()

    def _on_session(self) -> None:
        if self._government_id is not None:
            self._context.navigator.open_session(None, self._government_id)
