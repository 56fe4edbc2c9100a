"""The widgets of the editor of a plan: its tabs, built when first shown, and what is still to be put right."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from samenleven_desktop.interchange.plan_draft_check import DraftPlace
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.screens.plan_editor.tabs import editor_tabs
from samenleven_desktop.ui.widgets.basic import PageHeader, button, page_layout
from samenleven_desktop.ui.widgets.choice import TabBar
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import PartStack

_LEAST = 96


@dataclass(frozen=True)
class FaultRow:
    """Something that is still to be put right, and where."""

    id: str
    place: DraftPlace
    where: str
    words: str


class PlanEditorLayout:
    """Builds the page; `screen.py` fills it and adds a part per tab."""

    def __init__(self, page: QWidget, context: UiContext) -> None:
        text = context.language.text
        box = page_layout(page)
        self.header = PageHeader(text("Draft plan"))
        self.back = self.header.add_crumb(text("Plans"), lambda: None)
        self.todo = self.header.add_action(button("", kind="link"))
        self.todo.hide()
        self.discard = self.header.add_action(button(text("Throw the draft away")))
        self.store = self.header.add_action(button(text("Keep as a version ..."), kind="primary"))
        self.store.setToolTip("Ctrl+S")
        box.addWidget(self.header)
        self.tabs = TabBar(context.theme, text("Parts of the plan"))
        self.stack = PartStack()
        for number, tab in enumerate(editor_tabs(), 1):
            self.tabs.addTab(text(tab.caption))
            self.tabs.setTabToolTip(number - 1, f"Alt+{number}")
            self.stack.addWidget(QWidget())
        box.addWidget(self.tabs)
        box.addWidget(self.stack, 3)
        kinds = ColumnKinds(context.language)
        self.faults = ListCard[FaultRow](
            context,
            text("Still to be put right"),
            [
                kinds.text(text("Where"), lambda row: row.where, 190),
                kinds.text(text("What"), lambda row: row.words, stretch=4, tip=lambda row: row.words),
            ],
            empty=("check", text("Nothing: this plan can be kept as a version.")),
            least=_LEAST,
        )
        box.addWidget(self.faults, 1)
