"""Commands on offers and their use by governments toward targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.field_declaration import FieldKind, RecordField
from samenleven_desktop.domain.fields import OFFER, USE
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.domain.offer_use import Payer
from samenleven_desktop.services.core.checks import check_actions, check_period, check_value, record_values
from samenleven_desktop.services.core.command import FieldEdit, UnitOfWork, WithoutDetails, by_row
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import applicants
from samenleven_desktop.storage.queries import kpi as commitments
from samenleven_desktop.storage.repositories import offers as rows
from samenleven_desktop.storage.view import View

USE_FIELDS = tuple(USE)
_TARGET = RecordField("commitment_id", "", "", FieldKind.LINK)


@dataclass(frozen=True)
class OfferContent:
    """The content of an offer. Without `all_actions` and action ids the actions are unknown; price in cents per
    `price_unit`; `source` is the URL of the page; both days of the validity are inclusive.

    The ids may be of several plans; `all_actions` means all of the plan that counts.
    """

    title: str
    organisation: str
    cost: OfferCost
    action_ids: tuple[str, ...] = ()
    all_actions: bool = False
    price_cents: int | None = None
    price_unit: str | None = None
    note: str | None = None
    source: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    region: str | None = None

    def checked(self, context: QueryContext) -> dict[str, object]:
        """Returns the values of the row. Raises UserError naming the field."""
        values = record_values(OFFER, self)
        check_period(self.valid_from, self.valid_until, "valid_until")
        check_actions(context, self.action_ids, "actions")
        wanted = [one for one in self.action_ids if not (self.all_actions and context.plan.action_with_id(one))]
        if self.all_actions and context.plan.id:
            wanted.append(context.plan.id)
        return {**values, "action_ids": " ".join(dict.fromkeys(wanted))}


@dataclass(frozen=True)
class AddOffer:
    """Adds an offer of the officer's own; returns its id."""

    content: OfferContent

    name: ClassVar[str] = N_("Offer added: {offer}")

    def details(self) -> Mapping[str, object]:
        return {"offer": OFFER["title"].tidy(self.content.title)}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        return rows.add_offer(unit, **self.content.checked(context))


@dataclass(frozen=True)
class ChangeOffer:
    """Changes an offer. For a shipped one the shipped values are kept as well, so that they can be restored."""

    offer_id: str
    content: OfferContent

    name: ClassVar[str] = N_("Offer changed: {offer}")

    def details(self) -> Mapping[str, object]:
        return {"offer": OFFER["title"].tidy(self.content.title)}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        values = self.content.checked(context)
        if fold(rows.organisation_of(unit, self.offer_id)) != fold(str(values["organisation"])):
            # Another name is another organisation; its record is found by that name.
            values["organisation_id"] = None
        rows.change_offer(unit, self.offer_id, **values)


@dataclass(frozen=True)
class LinkOffer(WithoutDetails):
    """Adds an action to those of an offer; of a shipped one the shipped values are kept as well."""

    offer_id: str
    action_id: str

    name: ClassVar[str] = N_("Offer linked to an action")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        check_actions(context, [self.action_id], "action_id")
        rows.link_offer(unit, self.offer_id, self.action_id)


@dataclass(frozen=True)
class DeleteOffer(WithoutDetails):
    """Deletes an offer of the officer's own; for a shipped one, only the officer's values."""

    offer_id: str

    name: ClassVar[str] = N_("Offer deleted")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        if rows.is_shipped(unit, self.offer_id):
            rows.restore_offer(unit, self.offer_id)
        else:
            rows.delete_offer(unit, self.offer_id)


@dataclass(frozen=True)
class UseOffer(WithoutDetails):
    """Records that a government uses an offer, optionally toward a commitment of its own, of its partnership or of an
    organisation that serves it. Price in cents.

    Objections of the plan are shown as warnings (`domain.offer_use`), never refused. Returns the id of the use.
    """

    offer_id: str
    government_id: str
    start: date
    commitment_id: str | None = None
    end: date | None = None
    price_cents: int | None = None
    paid_from: Payer | None = None
    expected_units: int | None = None
    real_units: int | None = None
    evaluation: str | None = None

    name: ClassVar[str] = N_("Offer put to use")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        rows.check_links(unit, self.offer_id, self.government_id)
        _check_commitment(unit, context, self.commitment_id, self.government_id)
        values = check_use({name: getattr(self, name) for name in USE_FIELDS})
        return rows.add_use(
            unit,
            offer_id=self.offer_id,
            government_id=self.government_id,
            commitment_id=self.commitment_id,
            **values,
        )


@dataclass(frozen=True)
class ChangeUses(WithoutDetails):
    """Sets fields of one or more uses, as one undo step; prices in cents."""

    edits: tuple[FieldEdit, ...]

    name: ClassVar[str] = N_("Offer in use changed")
    FIELDS: ClassVar[Mapping[str, RecordField]] = {**USE, "commitment_id": _TARGET}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        for use_id, values in by_row(self.edits, self.FIELDS).items():
            present = rows.use(unit, use_id)
            checked = check_use({**present, **values})
            if "commitment_id" in values:
                _check_commitment(unit, context, values["commitment_id"], present["government_id"])
            rows.change_use(unit, use_id, **{name: checked.get(name, value) for name, value in values.items()})


@dataclass(frozen=True)
class DeleteUse(WithoutDetails):
    use_id: str

    name: ClassVar[str] = N_("Offer in use deleted")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        rows.delete_use(unit, self.use_id)


def check_use(values: Mapping[str, object]) -> dict[str, object]:
    """Returns the columns of a use as stored. Raises UserError naming the field."""
    found = {name: check_value(USE[name], values[name]) for name in USE_FIELDS}
    check_period(values["start"], values["end"], "end")
    return found


def _check_commitment(unit: UnitOfWork, context: QueryContext, commitment_id: object, government_id: str) -> None:
    if commitment_id is None:
        return
    view = View(unit.connection)
    found = commitments.commitments(view, ids=[str(commitment_id)])
    if not found:
        raise UserError(N_("This target is no longer taken up."), field="target")
    if found[0].applicant_id not in applicants.around(view, [government_id], context.today):
        raise UserError(
            N_("This target is not of this government, its partnership or an organisation that serves it."),
            field="target",
        )
