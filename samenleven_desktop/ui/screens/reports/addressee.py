"""Chooses to whom a report is addressed: one of the contacts of its government, or nobody."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from samenleven_desktop.readmodels.people import ContactLine
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.widgets.basic import Field
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.responsive import bare


class AddresseeChoice(QWidget):
    """Hidden as long as there is nobody to choose."""

    addressee_chosen = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        text = context.language.text
        self._nobody = text("nobody in particular")
        box = bare(QVBoxLayout(self), 0)
        self.chooser = Chooser()
        self.chooser.addItem(self._nobody, "")
        self.chooser.setMinimumContentsLength(20)
        self.chooser.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.addWidget(Field(text("Addressed to"), self.chooser))
        self.chooser.activated.connect(lambda _: self.addressee_chosen.emit())
        self.hide()

    def contact_id(self) -> str | None:
        return self.chooser.currentData() or None

    def offer(self, contacts: Sequence[ContactLine], chosen: str | None) -> None:
        self.chooser.clear()
        self.chooser.addItem(self._nobody, "")
        for one in contacts:
            self.chooser.addItem(", ".join(filter(None, (one.name, one.role))), one.id)
        self.chooser.setCurrentIndex(max(self.chooser.findData(chosen or ""), 0))
        self.setVisible(bool(contacts))
