"""Puts an offer to use for a government and a target, and shows the objections of the plan at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.fields import USE
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.domain.offer_use import UseWarning
from samenleven_desktop.i18n.labels import COSTS, USE_WARNINGS, action_name
from samenleven_desktop.readmodels.core import CommitmentLine, GovernmentChoice, OfferUseLine
from samenleven_desktop.services.core.command import AnyCommand, FieldEdit
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.offers.commands import ChangeUses, UseOffer
from samenleven_desktop.services.offers.queries import list_offers, preview_use, use_options
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.forms import code_chooser
from samenleven_desktop.ui.widgets.basic import label
from samenleven_desktop.ui.widgets.choice import Chooser, LateChooser
from samenleven_desktop.ui.widgets.day_edit import DayEdit

_PREVIEW_MS = 200
_LINES = ("start end", "price_cents paid_from", "expected_units real_units", "evaluation")


class UseDialog(FormDialog):
    """The caller may pass an offer, government and target, which are then selected."""

    def __init__(
        self,
        context: UiContext,
        owner: QWidget,
        *,
        offer_id: str | None = None,
        government_id: str | None = None,
        commitment_id: str | None = None,
        year: str | int | None = None,
    ) -> None:
        text = context.language.text
        super().__init__(context, text("Put an offer to use"), owner)
        self.setMinimumWidth(580)
        self._year, self._offer_given = year, bool(offer_id)
        self._offers: dict[str, OfferLine] = {}
        self.offer, self.government = LateChooser(offer_id), LateChooser(government_id)
        self.target = LateChooser(commitment_id)
        for chooser in (self.offer, self.government, self.target):
            chooser.setMinimumContentsLength(30)
            chooser.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.add("offer", text("Offer"), self.offer)
        self.add("government", text("Government"), self.government)
        self.add("target", text("Toward the target"), self.target)
        start, self.price = DayEdit(context, USE["start"].toward, context.today), QLineEdit()
        self.payer = payer_chooser(context, None)
        captions = {"end": text("Until (may stay empty)"), "real_units": text("Reached number (later)")}
        editors = {"start": start, "price_cents": self.price, "paid_from": self.payer}
        self.add_fields(USE, None, *_LINES, captions=captions, editors=editors)
        self.warning = label("", "attention", wrap=True)
        self.warning.hide()
        self.box.addWidget(self.warning)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PREVIEW_MS)
        self._timer.timeout.connect(self._preview)
        self.government.currentIndexChanged.connect(lambda _: self._query_targets())
        self.offer.currentIndexChanged.connect(lambda _: self._on_offer_changed())
        self.target.currentIndexChanged.connect(lambda _: self._timer.start())
        self.payer.currentIndexChanged.connect(lambda _: self._timer.start())
        for name in ("start", "end", "price_cents"):
            line = self.fields[name].editor
            assert isinstance(line, QLineEdit)
            line.textChanged.connect(lambda _: self._timer.start())
        context.runner.query(list_offers, then=self._show_offers, owner=self)
        context.runner.query(choices, then=self._show_governments, owner=self)

    def _show_offers(self, lines: list[OfferLine]) -> None:
        text = self.context.language.text
        self._offers = {line.id: line for line in lines}
        offered = []
        for line in lines:
            title = line.title if line.title == line.organisation else f"{line.organisation}: {line.title}"
            offered.append((line.id, f"{title} ({text(COSTS[line.cost])})"))
        self.offer.offer(offered)
        (self.price if self._offer_given else self.offer).setFocus()

    def _show_governments(self, found: list[GovernmentChoice]) -> None:
        self.government.offer([(one.id, one.name) for one in found])
        self._query_targets()

    def _query_targets(self) -> None:
        government = self.government.currentData()
        if government is not None:
            self.context.runner.query(
                use_options, government, self._year, then=self._show_targets, owner=self, latest="use-targets"
            )

    def _show_targets(self, lines: Sequence[CommitmentLine]) -> None:
        text = self.context.language.text
        offer = self._offers.get(self.offer.currentData())
        # Governments that the offer is intended for come first.
        fits = [
            line for line in lines if offer and (line.action_id in offer.action_ids or line.plan_id in offer.action_ids)
        ]
        ordered = [*fits, *(line for line in lines if line not in fits)]
        offered = [(line.id, f"{line.action} {action_name(line)}") for line in ordered]
        self.target.offer([*offered, ("", text("no target"))])

    def _on_offer_changed(self) -> None:
        offer = self._offers.get(self.offer.currentData())
        if offer is not None:
            self.price.setPlaceholderText(
                "" if offer.price_cents is None else self.context.language.money(offer.price_cents)
            )
        self._query_targets()

    def _preview(self) -> None:
        try:
            request = self.command()
        except UserError:
            return
        self.context.runner.query(preview_use, request, then=self._show_warnings, owner=self, latest="use-preview")

    def _show_warnings(self, warnings: tuple[UseWarning, ...]) -> None:
        self.warning.setText("\n".join(self.context.language.text(USE_WARNINGS[one]) for one in warnings))
        self.warning.setVisible(bool(warnings))

    def command(self) -> UseOffer:
        if self.offer.currentData() is None:
            raise UserError(N_("Choose an offer."), field="offer")
        if self.government.currentData() is None:
            raise UserError(N_("Choose a government."), field="government")
        return UseOffer(
            offer_id=self.offer.currentData(),
            government_id=self.government.currentData(),
            commitment_id=self.target.currentData() or None,
            **self.read(),
        )


class ChangeUseDialog(FormDialog):
    """Changes days, price, payer, numbers or evaluation of an offer in use."""

    def __init__(self, context: UiContext, line: OfferUseLine, owner: QWidget) -> None:
        text = context.language.text
        super().__init__(
            context, text("{offer} at {government}", offer=line.offer_title, government=line.government_name), owner
        )
        self.setMinimumWidth(560)
        self._line = line
        self.record = ("offer_use", line.id)

        captions = {"end": text("Until (may stay empty)")}
        editors = {"paid_from": payer_chooser(context, line.paid_from)}
        self.add_fields(USE, line, *_LINES, captions=captions, editors=editors)
        if line.warnings:
            self.box.addWidget(
                label("\n".join(text(USE_WARNINGS[one]) for one in line.warnings), "attention", wrap=True)
            )
        self.fields["real_units"].editor.setFocus()

    def command(self) -> AnyCommand:
        return ChangeUses(tuple(FieldEdit(self._line.id, field, value) for field, value in self.read().items()))


def payer_chooser(context: UiContext, value: str | None) -> Chooser:
    return code_chooser(context.language, USE["paid_from"], value, context.language.text("not said"))
