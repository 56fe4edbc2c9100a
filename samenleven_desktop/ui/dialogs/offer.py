"""Adds an offer, or changes one; of a shipped one the shipped values can be put back."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.domain.offer import OfferCost, OfferLine
from samenleven_desktop.i18n.labels import COSTS
from samenleven_desktop.services.core.command import AnyCommand
from samenleven_desktop.services.offers.commands import AddOffer, ChangeOffer, OfferContent
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.input_parsing import read_optional_amount, read_optional_date
from samenleven_desktop.ui.widgets.chips import ChipsEdit
from samenleven_desktop.ui.widgets.choice import Chooser

_ALL = "all"


class OfferDialog(FormDialog):
    def __init__(self, context: UiContext, line: OfferLine | None, owner: QWidget) -> None:
        text, language = context.language.text, context.language
        super().__init__(context, text("Change offer") if line else text("New offer"), owner)
        self.setMinimumWidth(560)
        self._line = line
        self.title = QLineEdit(line.title if line else "")
        self.organisation = QLineEdit(line.organisation if line else "")
        self.cost = Chooser()
        for cost in OfferCost:
            self.cost.addItem(text(COSTS[cost]), cost)
        self.price = QLineEdit("" if line is None or line.price_cents is None else language.money(line.price_cents))
        self.price_unit = QLineEdit(line.price_unit or "" if line else "")
        self.price_unit.setPlaceholderText(text("for instance: per hour"))
        self.actions_edit = ChipsEdit(context.theme, text("Add action"), text("Remove"))
        choices = [(str(action.number), f"{action.number} {action.short_title}") for action in context.plan.actions]
        self.actions_edit.set_choices([(_ALL, text("all actions")), *choices])
        self.region = QLineEdit(line.region or "" if line else "")
        self.first = QLineEdit(language.day_short(line.valid_from) if line and line.valid_from else "")
        self.last = QLineEdit(language.day_short(line.valid_until) if line and line.valid_until else "")
        self.note = QLineEdit(line.note or "" if line else "")
        self.source = QLineEdit(line.source or "" if line else "")
        if line is not None:
            self.cost.setCurrentIndex(self.cost.findData(OfferCost(line.cost)))
            self.actions_edit.set_chosen([_ALL] if line.all_actions else [str(n) for n in line.action_numbers])
        self.add("title", text("Title"), self.title)
        self.add("organisation", text("Organisation"), self.organisation)
        self.add("cost", text("Cost"), self.cost, beside=True)
        self.add("price_cents", text("Price"), self.price)
        self.add("price_unit", text("Price unit"), self.price_unit, beside=True)
        self.add("actions", text("Actions"), self.actions_edit)
        self.add("valid_from", text("Valid from (may stay empty)"), self.first)
        self.add("valid_until", text("Valid until (may stay empty)"), self.last, beside=True)
        self.add("region", text("Region (empty: everywhere)"), self.region)
        self.add("source", text("Page or source"), self.source, beside=True)
        self.add("note", text("Remark"), self.note)
        self.title.setFocus()

    def command(self) -> AnyCommand:
        chosen, today = self.actions_edit.chosen(), self.context.today
        content = OfferContent(
            title=self.title.text(),
            organisation=self.organisation.text(),
            cost=OfferCost(self.cost.currentData()),
            action_numbers=() if _ALL in chosen else tuple(int(one) for one in chosen),
            all_actions=_ALL in chosen,
            price_cents=read_optional_amount(self.price.text(), "price_cents"),
            price_unit=self.price_unit.text().strip() or None,
            note=self.note.text().strip() or None,
            source=self.source.text().strip() or None,
            valid_from=read_optional_date(self.first.text(), today, "valid_from"),
            valid_until=read_optional_date(self.last.text(), today, "valid_until"),
            region=self.region.text().strip() or None,
        )
        return AddOffer(content) if self._line is None else ChangeOffer(self._line.id, content)
