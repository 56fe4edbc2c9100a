"""The card *Plan* of Instellingen: the plan and version in use, and loading a plan file after a preview."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.domain.plan_diff import PlanChange
from samenleven_desktop.i18n.plan_labels import change_words, place_text, value_text
from samenleven_desktop.services.plans.later_rules import LaterRule, later_rules
from samenleven_desktop.services.plans.plan_files import Candidate, PlanLine, examine_plan_file, list_plans, load_plan
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.file_dialogs import ask_file
from samenleven_desktop.ui.dialogs.fit_to_screen import FittingDialog
from samenleven_desktop.ui.dialogs.later_rules import LaterRulesDialog
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.widgets.basic import CardFrame, Field, button, label
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.table import DataTable


class PlanCard(CardFrame):
    """`changed` is called when the window must be rebuilt for another plan."""

    def __init__(self, context: UiContext, changed: Callable[[], None]) -> None:
        text = context.language.text
        super().__init__(text("Plan"))
        self._context, self._changed = context, changed
        self._older: tuple[LaterRule, ...] = ()
        self.facts = label("", wrap=True)
        self.body.addWidget(self.facts)
        self.which = Chooser()
        self.which_field = Field(text("Plan that you work under"), self.which)
        self.which_field.hide()
        self.which.activated.connect(lambda _: self._on_chosen())
        self.body.addWidget(self.which_field)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.stop = button(text("Take out of use"), self._on_stop, kind="link")
        self.stop.hide()
        self.body.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeft)
        self.later = button("", self._on_later, kind="link")
        self.later.hide()
        self.body.addWidget(self.later, 0, Qt.AlignmentFlag.AlignLeft)
        self.load = button(text("Load a plan file ..."), self._on_load)
        self.body.addWidget(self.load, 0, Qt.AlignmentFlag.AlignLeft)

    def reload(self) -> None:
        self._context.runner.query(list_plans, then=self._show, owner=self, latest="plans")
        self._context.runner.query(later_rules, then=self._show_later, owner=self, latest="later-rules")

    def _show_later(self, found: list[LaterRule]) -> None:
        words = self._context.language.plural(
            "{n} commitment follows older rules ...", "{n} commitments follow older rules ...", len(found)
        )
        self.later.setText(words)
        self.later.setVisible(bool(found))
        self._older = tuple(found)

    def _on_later(self) -> None:
        dialog = LaterRulesDialog(self._context, self._older, self)
        dialog.accepted.connect(self.reload)
        dialog.open()

    def _show(self, plans: list[PlanLine]) -> None:
        text = self._context.language.text
        chosen = next((one for one in plans if one.chosen), plans[0] if plans else None)
        in_use = [text("{name}, version {version}", name=one.name, version=one.version) for one in plans if one.in_use]
        self.facts.setText("\n".join(in_use) or text("No plan in use"))
        self.which.clear()
        for one in plans:
            self.which.addItem(f"{one.name} · {one.version}", one.id)
        self.which.setCurrentIndex(max(self.which.findData(chosen.id), 0) if chosen is not None else -1)
        self.which_field.setVisible(len(plans) > 1)
        self.stop.setVisible(chosen is not None and chosen.in_use)

    def _on_chosen(self) -> None:
        plan_id = self.which.currentData()
        self._context.runner.on_store(lambda file: file.use_plan(plan_id), then=lambda _: self._changed(), owner=self)

    def _on_stop(self) -> None:
        """Takes the plan that counts out of use; its work stays, and shows as that of an earlier plan."""
        plan_id = self._context.plan.id
        self._context.runner.on_store(
            lambda file: file.stop_using_plan(plan_id), then=lambda _: self._changed(), owner=self
        )

    def _on_load(self) -> None:
        text = self._context.language.text
        ask_file(
            self,
            text("Load a plan file"),
            (text("Plan file or form (*.yaml *.yml *.xlsx *.ods)"),),
            self.examine,
            kind="plan",
        )

    def examine(self, path: Path) -> None:
        """Reads the file and shows its changes, or its errors; nothing is stored yet."""
        self.problem.hide()
        self._context.runner.query(
            examine_plan_file, path, then=self._preview, owner=self, failed=self._failed, latest="plan"
        )

    def _failed(self, error: SamenlevenError) -> None:
        self.problem.setText(self._context.language.error(error))
        self.problem.show()

    def _preview(self, candidate: Candidate) -> None:
        PlanPreview(self._context, candidate, lambda: self._keep(candidate), self).open()

    def _keep(self, candidate: Candidate) -> None:
        self._context.runner.on_store(
            lambda file: load_plan(file, candidate.plan),
            then=lambda _: self._changed(),
            owner=self,
            failed=self._failed,
        )


class PlanPreview(FittingDialog):
    """The changes of a plan file, to review before it is stored."""

    def __init__(self, context: UiContext, candidate: Candidate, keep: Callable[[], object], owner: QWidget) -> None:
        super().__init__(owner.window())
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        plan = candidate.plan
        title = text("{name}, version {version}", name=plan.name, version=plan.version)
        self.setWindowTitle(title)
        self.resize(760, 520)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 18)
        box.setSpacing(12)
        box.addWidget(label(title, "card-title"))
        if candidate.old is None:
            words = text("A plan that this work file does not have yet. You keep working under the plan you have now.")
        else:
            words = text(
                "Instead of version {version}. What was taken up keeps its own rates; new work follows this version.",
                version=candidate.old.version,
            )
        box.addWidget(label(words, "muted", wrap=True))
        self.model = RowsModel[PlanChange](
            [
                kinds.text(text("Where"), lambda one: place_text(language, one), stretch=3, strong=True),
                kinds.text(
                    text("What"),
                    lambda one: change_words(language, one),
                    stretch=3,
                ),
                kinds.text(text("Was"), lambda one: value_text(language, one, one.old), stretch=2),
                kinds.text(text("Becomes"), lambda one: value_text(language, one, one.new), stretch=2),
            ]
        )
        self.model.set_rows(candidate.changes)
        self.table = DataTable(context.theme, self.model, text("What changes"))
        self.table.setVisible(bool(candidate.changes))
        box.addWidget(self.table, 1)
        count = language.plural("{n} difference", "{n} differences", len(candidate.changes))
        if candidate.commitments:
            older = sum(one.old.amount_cents or 0 for one in candidate.commitments)
            newer = sum(one.new.amount_cents or 0 for one in candidate.commitments)
            number = language.plural("{n} commitment", "{n} commitments", len(candidate.commitments))
            count += " · " + text(
                "{commitments}: together {old} now, {new} once you take the new rules over",
                commitments=number,
                old=language.money(older),
                new=language.money(newer),
            )
        box.addWidget(label(count if candidate.old else "", "small", wrap=True))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(text("Cancel"), self.reject))
        self.keep = button(text("Load this plan"), self.accept, kind="primary")
        self.keep.setDefault(True)
        row.addWidget(self.keep)
        box.addLayout(row)
        self.accepted.connect(keep)
