"""The widgets of the screen *Plannen*: the versions at the left, what the selected one says at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.services.plans.overview import PlanState, PlanVersionRow
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.basic import PageHeader, button, page_layout
from samenleven_desktop.ui.widgets.fact_list import FactList
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import button_row, folding

STATES = {
    PlanState.DRAFT: N_("draft"),
    PlanState.IN_USE: N_("in use"),
    PlanState.OLDER: N_("older version"),
    PlanState.NOT_IN_USE: N_("not in use"),
}
_TONES = {
    PlanState.DRAFT: "attention",
    PlanState.IN_USE: "good",
    PlanState.OLDER: "neutral",
    PlanState.NOT_IN_USE: "neutral",
}
_LEAST = 160


def _years(row: PlanVersionRow) -> str | None:
    return None if row.first is None or row.last is None else f"{row.first.year}-{row.last.year}"


class PlansLayout:
    """Builds the page; `screen.py` fills it."""

    def __init__(self, page: QWidget, context: UiContext) -> None:
        self._context = context
        text = context.language.text
        box = page_layout(page)
        self.header = PageHeader(text("Plans"), text("The plans of this work file and their versions."))
        self.back = self.header.add_crumb(text("Settings"), lambda: None)
        self.later = self.header.add_action(button("", kind="link"))
        self.later.hide()
        self.form = self.header.add_action(button(text("Empty form (Excel) ...")))
        self.new = self.header.add_action(button(text("New plan")))
        self.load = self.header.add_action(button(text("Load a file ...")))
        self.load.setToolTip("Ctrl+O")
        box.addWidget(self.header)
        columns = folding(QHBoxLayout())
        columns.setSpacing(14)
        columns.addWidget(self._versions(), 5)
        columns.addWidget(self._details(), 6)
        box.addLayout(columns, 1)

    def _versions(self) -> QWidget:
        context, language = self._context, self._context.language
        text = language.text
        kinds = ColumnKinds(language)

        def made(row: PlanVersionRow) -> str:
            if row.made_on is None:
                return text("with the program")
            day = language.day_short(row.made_on)
            return f"{row.author}, {day}" if row.author else day

        self.versions = ListCard[PlanVersionRow](
            context,
            text("Plans and versions"),
            [
                kinds.text(
                    text("Plan"),
                    lambda row: row.name or text("Plan without a name"),
                    stretch=4,
                    strong=True,
                    second=lambda row: text("version {version}", version=row.version or "–") + f" · {made(row)}",
                    tip=lambda row: f"{row.name} · {row.code}@{row.id[:10]}",
                ),
                kinds.text(text("Years"), _years, 92, sort=lambda row: row.first),
                kinds.choice(text("State"), STATES, lambda row: row.state, 118, tones=_TONES),
            ],
            empty=("file-text", text("No plan yet. Load a plan file or a filled-in form.")),
            least=_LEAST,
        )
        return self.versions

    def _details(self) -> QWidget:
        text = self._context.language.text
        self.details = FactList(self._context.theme, text("What this version says"))
        self.use = button(text("Take in use ..."), kind="primary")
        self.stop = button(text("Take out of use"))
        self.compare = button(text("What changes?"))
        self.export = button(text("Save as a file ..."))
        self.correct = button(text("New version"))
        self.extend = button(text("Next period"))
        self.copy = button(text("Copy as another plan"))
        self.go_on = button(text("Go on with this draft"), kind="primary")
        self.discard = button(text("Throw the draft away"))
        buttons = (self.use, self.go_on, self.stop, self.compare, self.export, self.correct, self.extend, self.copy)
        self.details.body.addWidget(button_row(*buttons, self.discard))
        return self.details
