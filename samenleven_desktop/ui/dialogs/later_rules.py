"""Rules that arrived later: commitments under an older version of their plan, taken over together or one by one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.services.plans.later_rules import LaterRule, TakeOverRules
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.fit_to_screen import FittingDialog
from samenleven_desktop.ui.models.column import Column
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.widgets.basic import button, label
from samenleven_desktop.ui.widgets.table import DataTable


def later_rule_columns(language: Language) -> list[Column[LaterRule]]:
    """Returns the columns of commitments with their amount by the older and by the newer rules."""
    text, kinds = language.text, ColumnKinds(language)
    return [
        kinds.text(
            text("Government"),
            lambda one: one.government_name,
            stretch=3,
            strong=True,
            second=lambda one: f"{one.action_number} {one.action_title} · {one.target_code}",
        ),
        kinds.text(text("Year"), lambda one: str(one.year), 64),
        kinds.money(text("Amount now"), lambda one: one.old.amount_cents),
        kinds.money(text("By the newer rules"), lambda one: one.new.amount_cents),
    ]


class LaterRulesDialog(FittingDialog):
    """Shows the amount by the older and by the newer rules side by side."""

    def __init__(self, context: UiContext, found: Sequence[LaterRule], owner: QWidget) -> None:
        super().__init__(owner.window())
        self._context, self._found = context, tuple(found)
        text = context.language.text
        self.setWindowTitle(text("Newer rules for older commitments"))
        self.resize(760, 480)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 18)
        box.setSpacing(12)
        words = text("These commitments keep the rules they were made under until you take the newer ones over.")
        box.addWidget(label(words, "muted", wrap=True))
        self.model = RowsModel[LaterRule](later_rule_columns(context.language))
        self.model.set_rows(self._found)
        self.table = DataTable(context.theme, self.model, text("Newer rules for older commitments"))
        box.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(text("Close"), self.reject))
        self.one = button(text("Take over this one"), self._on_one)
        self.every = button(text("Take over all"), self._on_every, kind="primary")
        self.every.setDefault(True)
        row.addWidget(self.one)
        row.addWidget(self.every)
        box.addLayout(row)

    def _on_one(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self._take_over((self.model.row(index),))

    def _on_every(self) -> None:
        self._take_over(self._found)

    def _take_over(self, chosen: Sequence[LaterRule]) -> None:
        command = TakeOverRules(tuple(one.commitment_id for one in chosen))
        self._context.runner.run(command, initiator=self, then=lambda _: self.accept())
