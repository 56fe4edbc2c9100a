"""The card *Plan* of Instellingen: the plans and versions in use, and the way to the screen *Plannen*."""

from __future__ import annotations

from PySide6.QtCore import Qt

from samenleven_desktop.services.plans.stored_plans import PlanLine, list_plans
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.widgets.basic import CardFrame, button, label


class PlanCard(CardFrame):
    def __init__(self, context: UiContext) -> None:
        text = context.language.text
        super().__init__(text("Plan"))
        self._context = context
        self.facts = label("", wrap=True)
        self.body.addWidget(self.facts)
        self.plans = button(text("Plans ..."), lambda: context.navigator.open_page("plans"))
        self.body.addWidget(self.plans, 0, Qt.AlignmentFlag.AlignLeft)

    def reload(self) -> None:
        self._context.runner.query(list_plans, then=self._show, owner=self, latest="plans")

    def _show(self, plans: list[PlanLine]) -> None:
        text = self._context.language.text
        in_use = [text("{name}, version {version}", name=one.name, version=one.version) for one in plans if one.in_use]
        self.facts.setText("\n".join(in_use) or text("No plan in use"))
