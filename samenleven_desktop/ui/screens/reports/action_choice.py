"""Chooses the action of a sheet, or every action of the plan; opens the page of the chosen one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.widgets.basic import Field, button
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.responsive import bare


class ActionChoice(QWidget):
    """The actions of every plan in use, and the one that was asked for if its plan is not."""

    action_chosen = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        text = context.language.text
        self._not_in_use = text("action of a plan that is not in use")
        box = bare(QVBoxLayout(self), 3)
        self.chooser = Chooser()
        self.chooser.addItem(text("Every action"), "")
        for action_id, words in context.action_choices():
            self.chooser.addItem(words, action_id)
        self.chooser.setMinimumContentsLength(20)
        self.chooser.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.addWidget(Field(text("Action"), self.chooser))
        self.page = button(text("Open the page of this action"), kind="link")
        self.page.clicked.connect(lambda: context.navigator.open_action(self.action_id() or ""))
        self.page.hide()
        box.addWidget(self.page, 0, Qt.AlignmentFlag.AlignLeft)
        self.chooser.currentIndexChanged.connect(lambda _: self.page.setVisible(self.action_id() is not None))
        self.chooser.activated.connect(lambda _: self.action_chosen.emit())

    def action_id(self) -> str | None:
        """Returns the chosen action; None for every action."""
        return self.chooser.currentData() or None

    def choose(self, action_id: str) -> None:
        if self.chooser.findData(action_id) < 0:
            self.chooser.addItem(self._not_in_use, action_id)
        self.chooser.setCurrentIndex(self.chooser.findData(action_id))
