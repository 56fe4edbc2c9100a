"""Puts an offer to use at a government, toward a target, and says at once what the plan has against it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.domain.offer_use import Payer, UseWarning
from samenleven_desktop.i18n.labels import COSTS, PAYERS, USE_WARNINGS, action_name
from samenleven_desktop.readmodels.core import CommitmentLine, GovernmentChoice, OfferUseLine
from samenleven_desktop.services.core.command import AnyCommand, FieldEdit
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.offers.commands import USE_FIELDS, ChangeUses, UseOffer
from samenleven_desktop.services.offers.queries import list_offers, preview_use, use_options
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.input_parsing import (
    read_date,
    read_optional_amount,
    read_optional_date,
    read_optional_number,
)
from samenleven_desktop.ui.widgets.basic import label
from samenleven_desktop.ui.widgets.choice import Chooser

_PREVIEW_MS = 200


class UseDialog(FormDialog):
    """Offer, government and target may be given by where it was opened; what is given stands chosen."""

    def __init__(
        self,
        context: UiContext,
        owner: QWidget,
        *,
        offer_id: str | None = None,
        government_id: str | None = None,
        commitment_id: str | None = None,
        year: int | None = None,
    ) -> None:
        text = context.language.text
        super().__init__(context, text("Put an offer to use"), owner)
        self.setMinimumWidth(580)
        self._wanted_offer, self._wanted_government, self._wanted_target = offer_id, government_id, commitment_id
        self._year = year
        self._offers: dict[str, OfferLine] = {}
        self.offer, self.government, self.target, self.payer = Chooser(), Chooser(), Chooser(), Chooser()
        for chooser in (self.offer, self.government, self.target):
            chooser.setMinimumContentsLength(30)
            chooser.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.payer.addItem(text("not said"), None)
        for payer in Payer:
            self.payer.addItem(text(PAYERS[payer]), payer)
        self.start = QLineEdit(context.language.day_short(context.today))
        self.end, self.price = QLineEdit(), QLineEdit()
        self.expected, self.real, self.evaluation = QLineEdit(), QLineEdit(), QLineEdit()
        self.add("offer", text("Offer"), self.offer)
        self.add("government", text("Government"), self.government)
        self.add("target", text("Toward the target"), self.target)
        self.add("start", text("From"), self.start)
        self.add("end", text("Until (may stay empty)"), self.end, beside=True)
        self.add("price_cents", text("Price"), self.price)
        self.add("paid_from", text("Paid from"), self.payer, beside=True)
        self.add("expected_units", text("Expected number"), self.expected)
        self.add("real_units", text("Reached number (later)"), self.real, beside=True)
        self.add("evaluation", text("Evaluation"), self.evaluation)
        self.warning = label("", "attention", wrap=True)
        self.warning.hide()
        self.box.addWidget(self.warning)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PREVIEW_MS)
        self._timer.timeout.connect(self._preview)
        self.government.currentIndexChanged.connect(lambda _: self._ask_targets())
        self.offer.currentIndexChanged.connect(lambda _: self._on_offer_changed())
        for chooser in (self.target, self.payer):
            chooser.currentIndexChanged.connect(lambda _: self._timer.start())
        for line in (self.start, self.end, self.price):
            line.textChanged.connect(lambda _: self._timer.start())
        context.runner.query(list_offers, then=self._show_offers, owner=self)
        context.runner.query(choices, then=self._show_governments, owner=self)

    def _show_offers(self, lines: list[OfferLine]) -> None:
        text = self.context.language.text
        self._offers = {line.id: line for line in lines}
        for line in lines:
            title = line.title if line.title == line.organisation else f"{line.organisation}: {line.title}"
            self.offer.addItem(f"{title} ({text(COSTS[line.cost])})", line.id)
        self.offer.setCurrentIndex(max(self.offer.findData(self._wanted_offer), 0))
        (self.price if self._wanted_offer else self.offer).setFocus()

    def _show_governments(self, found: list[GovernmentChoice]) -> None:
        for one in found:
            self.government.addItem(one.name, one.id)
        self.government.setCurrentIndex(max(self.government.findData(self._wanted_government), 0))
        self._ask_targets()

    def _ask_targets(self) -> None:
        government = self.government.currentData()
        if government is not None:
            self.context.runner.query(
                use_options, government, self._year, then=self._show_targets, owner=self, latest="use-targets"
            )

    def _show_targets(self, lines: Sequence[CommitmentLine]) -> None:
        text = self.context.language.text
        offer = self._offers.get(self.offer.currentData())
        self.target.clear()
        # Those the offer is meant for come first.
        fits = [line for line in lines if offer and (offer.all_actions or line.action_number in offer.action_numbers)]
        for line in [*fits, *(line for line in lines if line not in fits)]:
            self.target.addItem(f"{line.action_number} {action_name(line)}", line.id)
        self.target.addItem(text("no target"), None)
        wanted = self.target.findData(self._wanted_target) if self._wanted_target else 0
        self.target.setCurrentIndex(max(wanted, 0))

    def _on_offer_changed(self) -> None:
        offer = self._offers.get(self.offer.currentData())
        if offer is not None:
            self.price.setPlaceholderText(
                "" if offer.price_cents is None else self.context.language.money(offer.price_cents)
            )
        self._ask_targets()

    def _preview(self) -> None:
        try:
            wish = self.command()
        except UserError:
            return
        self.context.runner.query(preview_use, wish, then=self._show_warnings, owner=self, latest="use-preview")

    def _show_warnings(self, warnings: tuple[UseWarning, ...]) -> None:
        self.warning.setText("\n".join(self.context.language.text(USE_WARNINGS[one]) for one in warnings))
        self.warning.setVisible(bool(warnings))

    def command(self) -> UseOffer:
        if self.offer.currentData() is None:
            raise UserError(N_("Choose an offer."), field="offer")
        if self.government.currentData() is None:
            raise UserError(N_("Choose a government."), field="government")
        payer = self.payer.currentData()
        return UseOffer(
            offer_id=self.offer.currentData(),
            government_id=self.government.currentData(),
            commitment_id=self.target.currentData(),
            start=read_date(self.start.text(), self.context.today, "start"),
            end=read_optional_date(self.end.text(), self.context.today, "end"),
            price_cents=read_optional_amount(self.price.text(), "price_cents"),
            paid_from=None if payer is None else Payer(payer),
            expected_units=read_optional_number(self.expected.text(), "expected_units"),
            real_units=read_optional_number(self.real.text(), "real_units"),
            evaluation=self.evaluation.text().strip() or None,
        )


class ChangeUseDialog(FormDialog):
    """Other days, price, payer, numbers or evaluation of an offer that is in use."""

    def __init__(self, context: UiContext, line: OfferUseLine, owner: QWidget) -> None:
        language, text = context.language, context.language.text
        super().__init__(
            context, text("{offer} at {government}", offer=line.offer_title, government=line.government_name), owner
        )
        self.setMinimumWidth(560)
        self._line = line
        self.record = ("offer_use", line.id)

        def number(value: int | None) -> str:
            return "" if value is None else language.number(value)

        self.start = QLineEdit(language.day_short(line.start))
        self.end = QLineEdit(language.day_short(line.end) if line.end else "")
        self.price = QLineEdit("" if line.price_cents is None else language.money(line.price_cents))
        self.payer = Chooser()
        self.payer.addItem(text("not said"), None)
        for payer in Payer:
            self.payer.addItem(text(PAYERS[payer]), payer)
        self.payer.setCurrentIndex(max(self.payer.findData(line.paid_from), 0))
        self.expected, self.real = QLineEdit(number(line.expected_units)), QLineEdit(number(line.real_units))
        self.evaluation = QLineEdit(line.evaluation or "")
        self.add("start", text("From"), self.start)
        self.add("end", text("Until (may stay empty)"), self.end, beside=True)
        self.add("price_cents", text("Price"), self.price)
        self.add("paid_from", text("Paid from"), self.payer, beside=True)
        self.add("expected_units", text("Expected number"), self.expected)
        self.add("real_units", text("Reached number"), self.real, beside=True)
        self.add("evaluation", text("Evaluation"), self.evaluation)
        if line.warnings:
            self.box.addWidget(
                label("\n".join(text(USE_WARNINGS[one]) for one in line.warnings), "attention", wrap=True)
            )
        self.real.setFocus()

    def command(self) -> AnyCommand:
        today = self.context.today
        values: dict[str, object] = {
            "start": read_date(self.start.text(), today, "start"),
            "end": read_optional_date(self.end.text(), today, "end"),
            "price_cents": read_optional_amount(self.price.text(), "price_cents"),
            "paid_from": self.payer.currentData(),
            "expected_units": read_optional_number(self.expected.text(), "expected_units"),
            "real_units": read_optional_number(self.real.text(), "real_units"),
            "evaluation": self.evaluation.text().strip() or None,
        }
        return ChangeUses(tuple(FieldEdit(self._line.id, field, values[field]) for field in USE_FIELDS))
