"""The widgets of *Aanbod*: the catalogue with its use, every use of the year, and the cost per organisation."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.i18n.government_labels import followed_noun
from samenleven_desktop.i18n.labels import COST_TONES, COSTS, PAYERS
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import OfferUseLine
from samenleven_desktop.readmodels.lists import OrganisationCost, UnitTotal
from samenleven_desktop.services.offers.queries import CatalogueLine
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.screens.editable_grids import use_grid
from samenleven_desktop.ui.widgets.basic import PageHeader, button, label, page_layout
from samenleven_desktop.ui.widgets.choice import Chooser, Segmented, TabBar
from samenleven_desktop.ui.widgets.list_card import GridCard, ListCard
from samenleven_desktop.ui.widgets.period_picker import HiddenRows, PeriodPicker
from samenleven_desktop.ui.widgets.responsive import FlowArea, PartStack, bare, folding
from samenleven_desktop.ui.widgets.year_chooser import YearChooser

ALL_ACTIONS = N_("Every action")
MENTOR = "mentor"


def price_text(language: Language, line: CatalogueLine) -> str:
    offer = line.offer
    if offer.price_cents is None:
        return "–"
    price = language.money(offer.price_cents)
    return f"{price} / {offer.price_unit}" if offer.price_unit else price


def brought_text(language: Language, brought: tuple[UnitTotal, ...]) -> str:
    """Returns burger: 310, actieplan: 2. Different units, which the plan names in the singular, are never added up."""
    return ", ".join(f"{total.unit}: {language.number(total.units)}" for total in brought) or "–"


def second_line(line: CatalogueLine) -> str:
    """Returns the organisation; if the title is the organisation, the description."""
    offer = line.offer
    return offer.organisation if offer.organisation != offer.title else offer.note or ""


def cost_per_unit_text(language: Language, brought: tuple[UnitTotal, ...]) -> str:
    known = [total for total in brought if total.cost_per_unit_cents is not None]
    return ", ".join(f"{language.money(total.cost_per_unit_cents or 0)} / {total.unit}" for total in known) or "–"


class OffersLayout:
    """Builds the page; `screen.py` fills and filters it."""

    def __init__(self, page: QWidget, context: UiContext) -> None:
        self._context = context
        text = context.language.text
        box = page_layout(page)
        self.header = PageHeader(text("Offers"), text("What a government can use to reach a KPI"))
        self.year = self.header.add_action(YearChooser(context))
        self.period = self.header.add_action(PeriodPicker(context))
        self.period.hide()
        self.use = self.header.add_action(button(text("Put to use ...")))
        self.add = self.header.add_action(button(text("Add offer"), kind="primary"))
        box.addWidget(self.header)
        self.tabs = TabBar(context.theme, text("Parts of the offers"))
        box.addWidget(self.tabs)
        self.stack = PartStack()
        box.addWidget(self.stack, 1)
        for caption, build in (
            (text("Catalogue"), self._catalogue),
            (text("In use"), self._uses),
            (text("Cost per organisation"), self._costs),
        ):
            self.tabs.addTab(caption)
            self.stack.addWidget(build())
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)

    def _catalogue(self) -> QWidget:
        context, language = self._context, self._context.language
        text = language.text
        kinds = ColumnKinds(language)
        part = QWidget()
        box = bare(QVBoxLayout(part), 10)
        row = FlowArea(gap=8)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(text("Filter by title or organisation ..."))
        self.filter.setAccessibleName(text("Filter by title or organisation ..."))
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(260)
        row.append(self.filter)
        costs = (
            [("", text("All"))] + [(cost, text(words)) for cost, words in COSTS.items()] + [(MENTOR, text("mentor"))]
        )
        self.kind = Segmented(text("Cost"), costs)
        row.append(self.kind)
        self.action = Chooser()
        self.action.setAccessibleName(text("Action"))
        self.action.addItem(text(ALL_ACTIONS), None)
        for action_id, words in context.action_choices():
            self.action.addItem(words, action_id)
        self.action.setMinimumContentsLength(20)
        self.action.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        row.append(self.action)
        self.open_action = button(text("About this action"), kind="link")
        self.open_action.hide()
        row.append(self.open_action)
        box.addWidget(row)

        columns = folding(QHBoxLayout())
        columns.setSpacing(14)
        card = ListCard[CatalogueLine](
            context,
            text("Offers"),
            [
                kinds.text(text("Offer"), lambda line: line.offer.title, stretch=5, strong=True, second=second_line),
                kinds.text(
                    text("Action"),
                    lambda line: text("all") if line.offer.all_actions else ", ".join(line.offer.actions) or "–",
                    70,
                    sort=lambda line: line.offer.action_numbers or (99,),
                ),
                kinds.choice(text("Cost"), COSTS, lambda line: line.offer.cost, 104, tones=COST_TONES),
                kinds.text(
                    text("Price"),
                    lambda line: price_text(language, line),
                    110,
                    sort=lambda line: line.offer.price_cents,
                ),
                kinds.text(
                    text("In use by"),
                    lambda line: (
                        f"{language.number(line.usage.governments)} {followed_noun(language, line.usage.used_by)}"
                        if line.usage
                        else "–"
                    ),
                    104,
                    sort=lambda line: line.usage.governments if line.usage else 0,
                ),
                kinds.text(
                    text("Brought"),
                    lambda line: brought_text(language, line.usage.brought) if line.usage else "–",
                    stretch=2,
                    tip=lambda line: brought_text(language, line.usage.brought) if line.usage else "",
                ),
            ],
            empty=("search", text("No offer fits this filter.")),
            title="",
        )
        self.model, self.table = card.model, card.table
        columns.addWidget(card, 8)
        columns.addWidget(self._detail(), 5)
        box.addLayout(columns, 1)
        return part

    def _detail(self) -> QWidget:
        context, language = self._context, self._context.language
        text = language.text
        kinds = ColumnKinds(language)
        self.remark = label("", "muted", wrap=True)
        self.note = label("", wrap=True)
        self.source = label("", "small", wrap=True)
        self.detail = ListCard[OfferUseLine](
            context,
            text("Used by"),
            [
                kinds.text(
                    text("Used by"),
                    lambda use: use.government_name,
                    stretch=3,
                    strong=True,
                    second=lambda use: language.day_short(use.start),
                ),
                kinds.money(text("Price"), lambda use: use.price_cents),
                kinds.choice(text("Paid from"), PAYERS, lambda use: use.paid_from, 104),
                kinds.number(text("Brought"), lambda use: use.real_units),
            ],
            empty=("hand-helping", text("Nobody uses this offer yet.")),
            title=" ",
        )
        self.detail.add_above(self.remark, self.note)
        self.uses_of_model, self.uses_of = self.detail.model, self.detail.table
        self.cost_line = label("", "small", wrap=True)
        self.detail.body.addWidget(self.cost_line)
        self.detail.body.addWidget(self.source)
        self.use_here = button(text("Put to use at a government ..."), kind="primary")
        self.change = button(text("Change ..."))
        self.delete = button(text("Delete"))
        self.restore = button(text("Put shipped values back"))
        self.dossier = button(text("Dossier of the organisation"))
        self.detail.add_buttons(self.use_here, self.change, self.dossier, self.delete, self.restore)
        return self.detail

    def _uses(self) -> QWidget:
        context, text = self._context, self._context.language.text
        card = GridCard(
            context,
            text("Offers in use"),
            use_grid(context, governments=True),
            empty=("hand-helping", text("No offers in use in this period.")),
            title="",
        )
        self.uses_model, self.uses_panel, self.uses = card.model, card.panel, card.table
        self.first_use = card.empty.add_action(text("Put to use ..."), lambda: None)
        self.uses_hidden = HiddenRows(context)
        card.body.addWidget(self.uses_hidden)
        self.uses_bar = card.add_filter()
        return card

    def _costs(self) -> QWidget:
        context, language = self._context, self._context.language
        text = language.text
        kinds = ColumnKinds(language)
        card = ListCard[OrganisationCost](
            context,
            text("Cost per organisation"),
            [
                kinds.text(text("Organisation"), lambda line: line.organisation, stretch=4, strong=True),
                kinds.number(text("Offers"), lambda line: line.offers),
                kinds.number(text("Governments"), lambda line: line.governments),
                kinds.number(text("Times used"), lambda line: line.uses),
                kinds.money(text("Price together"), lambda line: line.price_cents, dash_zero=True),
                kinds.money(text("From the subsidy"), lambda line: line.from_subsidy_cents, dash_zero=True),
                kinds.text(text("Brought"), lambda line: brought_text(language, line.brought), stretch=4),
                kinds.text(
                    text("Cost per reached unit"), lambda line: cost_per_unit_text(language, line.brought), stretch=4
                ),
            ],
            empty=("hand-helping", text("No offers in use in this project year.")),
            title="",
        )
        self.costs_model, self.costs = card.model, card.table
        return card
