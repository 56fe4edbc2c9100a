"""*Wat verandert er?*: the differences of a plan or version, and the commitments whose amounts it would change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.plan_diff import PlanChange
from samenleven_desktop.i18n.plan_labels import change_words, place_text, value_text
from samenleven_desktop.services.plans.later_rules import LaterRule
from samenleven_desktop.services.plans.plan_sheet import plan_sheet
from samenleven_desktop.services.plans.stored_plans import Candidate
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.fit_to_screen import FieldsArea, FittingDialog
from samenleven_desktop.ui.dialogs.later_rules import later_rule_columns
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.widgets.basic import button, label
from samenleven_desktop.ui.widgets.fact_list import FactList
from samenleven_desktop.ui.widgets.table import DataTable

Choice = tuple[str, Callable[[], object]]
"""The words of a button, and what it does."""


class PlanPreview(FittingDialog):
    """The first of `choices` is what Enter does; the dialog closes before a choice is carried out."""

    def __init__(self, context: UiContext, candidate: Candidate, choices: Sequence[Choice], owner: QWidget) -> None:
        super().__init__(owner.window())
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        plan = candidate.plan
        title = text("{name}, version {version}", name=plan.name, version=plan.version)
        self.setWindowTitle(title)
        self.resize(780, 560)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 18)
        box.setSpacing(12)
        box.addWidget(label(title, "card-title"))
        if candidate.old is None:
            words = text("No version of this plan is in use. Work under other plans stays as it is.")
        else:
            words = text(
                "Instead of version {version}. What was taken up keeps its own rates; new work follows this version.",
                version=candidate.old.version,
            )
        box.addWidget(label(words, "muted", wrap=True))
        self.model = RowsModel[PlanChange](
            [
                kinds.text(text("Where"), lambda one: place_text(language, one), stretch=3, strong=True),
                kinds.text(text("What"), lambda one: change_words(language, one), stretch=3),
                kinds.text(text("Was"), lambda one: value_text(language, one, one.old), stretch=2),
                kinds.text(text("Becomes"), lambda one: value_text(language, one, one.new), stretch=2),
            ]
        )
        self.model.set_rows(candidate.changes)
        self.table = DataTable(context.theme, self.model, text("What changes"))
        if candidate.old is None:
            says = FactList(context.theme, text("What this version says"))
            says.show_facts([(heading, "\n".join(lines)) for heading, lines in plan_sheet(plan, language)])
            box.addWidget(FieldsArea(says), 1)
        else:
            box.addWidget(self.table, 3)
            box.addWidget(label(language.plural("{n} difference", "{n} differences", len(candidate.changes)), "small"))
        self.commitments = RowsModel[LaterRule](later_rule_columns(language))
        self.commitments.set_rows(candidate.commitments)
        if candidate.commitments:
            box.addWidget(label(_amounts(context, candidate), "strong", wrap=True))
            box.addWidget(DataTable(context.theme, self.commitments, text("Commitments that would change")), 2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(text("Cancel"), self.reject))
        self.choices = [button(words, partial(self._choose, do)) for words, do in choices]
        for made in reversed(self.choices):
            row.addWidget(made)
        if self.choices:
            self.choices[0].setProperty("primary", True)
            self.choices[0].setDefault(True)
        box.addLayout(row)
        if self.choices:
            self.choices[0].setFocus()

    def _choose(self, do: Callable[[], object]) -> None:
        self.accept()
        do()


def _amounts(context: UiContext, candidate: Candidate) -> str:
    language = context.language
    older = sum(one.old.amount_cents or 0 for one in candidate.commitments)
    newer = sum(one.new.amount_cents or 0 for one in candidate.commitments)
    return language.text(
        "{commitments}: together {old} now, {new} once you take the new rules over",
        commitments=language.plural("{n} commitment", "{n} commitments", len(candidate.commitments)),
        old=language.money(older),
        new=language.money(newer),
    )
