"""*Aanbod*: who can help with an action, the cost, who uses it, and its results."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from samenleven_desktop.domain.name_match import ranked
from samenleven_desktop.domain.period import PeriodKind
from samenleven_desktop.i18n.labels import COSTS
from samenleven_desktop.readmodels.core import OfferUseLine
from samenleven_desktop.readmodels.lists import OrganisationCost
from samenleven_desktop.services.governments.whole_lists import list_uses
from samenleven_desktop.services.offers.commands import ChangeUses, DeleteOffer, DeleteUse
from samenleven_desktop.services.offers.queries import (
    CatalogueLine,
    catalogue,
    organisation_costs,
    uses_of_offer,
    uses_outside,
)
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.offer import OfferDialog
from samenleven_desktop.ui.dialogs.offer_use import ChangeUseDialog, UseDialog
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.offers.layout import MENTOR, OffersLayout, cost_per_unit_text
from samenleven_desktop.ui.widgets.grid_drafts import GridKeeper
from samenleven_desktop.ui.widgets.grid_panel import run_edits
from samenleven_desktop.ui.widgets.lazy_rows import Blocks
from samenleven_desktop.ui.widgets.shortcuts import on_key, tab_keys, window_key

CATALOGUE, USES = range(2)
# Of a dossier: whom an organisation serves, and what it offers.
TOGETHER = 4


class OffersScreen(Screen):
    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.ui = ui = OffersLayout(self, context)
        self._lines: list[CatalogueLine] = []
        self._shown: CatalogueLine | None = None
        self._wanted: str | None = None
        self.blocks = Blocks(ui.uses, ui.uses_bar, self.reload)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(80)
        self._timer.timeout.connect(self._filter)
        ui.year.year_chosen.connect(self.reload)
        ui.period.period_chosen.connect(self.reload)
        ui.uses_hidden.everything_wanted.connect(lambda: ui.period.choose(PeriodKind.EVERYTHING))
        ui.tabs.currentChanged.connect(self._on_tab_changed)
        ui.filter.textChanged.connect(lambda _: self._timer.start())
        ui.kind.choice_changed.connect(lambda _: self._filter())
        ui.action.currentIndexChanged.connect(lambda _: self._on_action_chosen())
        ui.open_action.clicked.connect(lambda: context.navigator.open_action(ui.action.currentData()))
        ui.table.row_selected.connect(self._show_detail)
        ui.table.row_activated.connect(lambda line: OfferDialog(context, line.offer, self).open())
        ui.add.clicked.connect(lambda: OfferDialog(context, None, self).open())
        ui.change.clicked.connect(self._on_change_clicked)
        ui.delete.clicked.connect(self._on_delete_clicked)
        ui.restore.clicked.connect(self._on_delete_clicked)
        ui.dossier.clicked.connect(self._on_dossier_clicked)
        ui.costs.row_activated.connect(self._on_cost_activated)
        ui.use.clicked.connect(self._on_use_clicked)
        ui.use_here.clicked.connect(self._on_use_clicked)
        ui.first_use.clicked.connect(self._on_use_clicked)
        ui.uses_of.row_activated.connect(self._on_use_activated)
        ui.uses.row_activated.connect(self._on_use_activated)
        on_key(ui.uses, "Ctrl+Del", context.language.text("Delete the chosen offer in use"), self._on_delete_use)
        run_edits(ui.uses_model, context.runner, self, ChangeUses, self.reload)
        GridKeeper(context.runner, ui.uses_panel, self)
        window_key(self, "Ctrl+I", context.language.text("Put an offer to use ..."), self._on_use_clicked)
        tab_keys(self, ui.tabs.captions(), ui.tabs.setCurrentIndex)

    def _on_tab_changed(self, part: int) -> None:
        """What is in use is about days; catalogue and costs show what was reached in a project year."""
        self.ui.year.setVisible(part != USES)
        self.ui.period.setVisible(part == USES)
        self.reload()

    def reload(self) -> None:
        runner, year, part = self.context.runner, self.ui.year.year(), self.ui.tabs.currentIndex()
        if part == CATALOGUE:
            runner.query(catalogue, year, then=self._show, owner=self, latest="offers")
        elif part == USES:
            days, limit = self.ui.period.period().days, self.blocks.limit
            runner.query(list_uses, None, *days, limit, then=self._show_uses, owner=self, latest="offers-uses")
            hidden = self.ui.uses_hidden.show_number
            runner.query(uses_outside, *days, then=hidden, owner=self, latest="offers-outside")
        else:
            runner.query(organisation_costs, year, then=self._show_costs, owner=self, latest="offers-costs")

    def show_offer(self, offer_id: str) -> None:
        """Shows the catalogue without filters, with this offer selected."""
        ui = self.ui
        ui.filter.clear()
        ui.kind.set_choice("")
        ui.action.setCurrentIndex(0)
        ui.tabs.setCurrentIndex(CATALOGUE)
        self._wanted = offer_id
        self.reload()

    # Catalogue

    def _show(self, lines: list[CatalogueLine]) -> None:
        self._lines = lines
        self._filter()
        if self.isVisible() and QApplication.focusWidget() is self.ui.year:
            self.ui.filter.setFocus()

    def _on_action_chosen(self) -> None:
        self.ui.open_action.setVisible(self.ui.action.currentData() is not None)
        self._filter()

    def _filter(self) -> None:
        ui, kept = self.ui, self._wanted or (self._shown.offer.id if self._shown else None)
        kind, action = ui.kind.choice(), ui.action.currentData()
        within = [line for line in self._lines if self._fits(line, kind, action)]
        shown = ranked(within, ui.filter.text(), lambda line: line.offer.title, _beside)
        ui.model.set_rows(shown)
        place = next((row for row, line in enumerate(ui.model.rows) if line.offer.id == kept), 0)
        if shown:
            ui.table.select_row(place)
            self._show_detail(ui.model.rows[place])

    def _fits(self, line: CatalogueLine, kind: str, action: str | None) -> bool:
        offer = line.offer
        if kind and (offer.mentor_code is None if kind == MENTOR else offer.cost != kind):
            return False
        return action is None or action in offer.action_ids or self._plan_of(action) in offer.action_ids

    def _plan_of(self, action_id: str) -> str | None:
        plan = self.context.plans.of_action(action_id)
        return None if plan is None else plan.id

    def _show_detail(self, line: CatalogueLine) -> None:
        self._shown, self._wanted = line, None
        ui, language, offer = self.ui, self.context.language, line.offer
        text = language.text
        ui.detail.set_title(offer.title)
        actions = text("all actions")
        if not offer.all_actions:
            numbers = language.listing(offer.actions)
            actions = text("action {list}", list=numbers) if numbers else text("action not known")
        parts = [offer.organisation, actions, text(COSTS[offer.cost]), offer.region or ""]
        if offer.valid_until:
            parts.append(text("until {day}", day=language.day(offer.valid_until)))
        ui.remark.setText(" · ".join(filter(None, parts)))
        ui.note.setText(offer.note or "")
        ui.note.setVisible(bool(offer.note))
        cost = cost_per_unit_text(language, line.usage.brought) if line.usage else "–"
        ui.cost_line.setText(text("Cost per reached unit: {cost}", cost=cost))
        ui.cost_line.setVisible(line.usage is not None)
        where = offer.source or text("own knowledge")
        ui.source.setText(text("Source: {source}", source=where))
        ui.dossier.setVisible(line.organisation_id is not None)
        ui.delete.setVisible(not offer.shipped)
        ui.restore.setVisible(offer.changed_by_us)
        self.context.runner.query(uses_of_offer, offer.id, then=self._show_uses_of, owner=self, latest="offer-uses")

    def _show_uses_of(self, lines: list[OfferUseLine]) -> None:
        self.ui.uses_of_model.set_rows(lines)

    # Uses and cost

    def _show_uses(self, lines: list[OfferUseLine]) -> None:
        self.ui.uses_model.set_rows(lines)

    def _show_costs(self, lines: list[OrganisationCost]) -> None:
        self.ui.costs_model.set_rows(lines)

    # Commands

    def _on_use_clicked(self) -> None:
        on_catalogue = self.ui.tabs.currentIndex() == CATALOGUE
        offer_id = self._shown.offer.id if self._shown and on_catalogue else None
        UseDialog(self.context, self, offer_id=offer_id, year=self.ui.year.year()).open()

    def _on_change_clicked(self) -> None:
        if self._shown is not None:
            OfferDialog(self.context, self._shown.offer, self).open()

    def _on_dossier_clicked(self) -> None:
        if self._shown is not None and self._shown.organisation_id is not None:
            self.context.navigator.open_dossier(self._shown.organisation_id, TOGETHER)

    def _on_cost_activated(self, line: OrganisationCost) -> None:
        if line.organisation_id is not None:
            self.context.navigator.open_dossier(line.organisation_id, TOGETHER)

    def _on_delete_clicked(self) -> None:
        if self._shown is not None:
            self.context.runner.run(DeleteOffer(self._shown.offer.id), initiator=self, then=lambda _: self.reload())

    def _on_use_activated(self, line: OfferUseLine) -> None:
        ChangeUseDialog(self.context, line, self).open()

    def _on_delete_use(self) -> None:
        index = self.ui.uses.currentIndex()
        if index.isValid():
            self.context.runner.run(
                DeleteUse(self.ui.uses_model.row(index).id), initiator=self, then=lambda _: self.reload()
            )


def _beside(line: CatalogueLine) -> str:
    return f"{line.offer.organisation} {line.offer.note or ''}"
