"""Commands on organisations: making, changing and deleting one, whom it serves with its target values, its offers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from samenleven_desktop.domain import typed_text
from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.field_declaration import LONGEST_LINE
from samenleven_desktop.domain.fields import GOVERNMENT, SERVICE
from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.organisation import SINCE_ALWAYS, OrganisationKind, Service, same_service
from samenleven_desktop.services.core.checks import check_length, check_period, check_value, check_words, record_values
from samenleven_desktop.services.core.command import UnitOfWork, WithoutDetails
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import offers, reference
from samenleven_desktop.storage.queries import organisations as stored
from samenleven_desktop.storage.queries import partnerships as codes
from samenleven_desktop.storage.repositories import organisations as rows
from samenleven_desktop.storage.repositories import work
from samenleven_desktop.storage.view import View

NO_REGION = N_("There is no reference region {region}.")
HAS_WORK = N_("Work hangs on {name}: targets, sessions, contacts or files. Delete that first.")
TWICE = N_("{name} is served already in these days for this target.")


@dataclass(frozen=True)
class OrganisationContent:
    """An organisation as entered. `code` is short and unique, such as VZW-BRUG; `page` is the address of its page."""

    name: str
    code: str
    organisation_kind: OrganisationKind | None = None
    reference_region: str | None = None
    page: str | None = None

    def checked(self, view: View, present: str | None = None) -> dict[str, object]:
        """Returns the values of the row; `present` is the code it has now. Raises UserError naming the field."""
        name = check_words(self.name, "name", N_("Give the organisation a name."))
        code = check_length(typed_text.compact(self.code).upper(), "code", LONGEST_LINE)
        if not code or code.isdigit():
            raise UserError(N_("Give the organisation a short code with letters, such as VZW-BRUG."), field="code")
        if code != present and codes.code_in_use(view, code):
            raise UserError(N_("The code {code} is in use already."), field="code", code=code)
        region = check_value(GOVERNMENT["reference_region"], self.reference_region)
        regions = {one.reference_region for one in reference.all_governments(view)}
        if region is not None and region not in regions:
            raise UserError(NO_REGION, field="reference_region", region=region)
        return {
            "name": name,
            "search_name": fold(name),
            "code": code,
            "organisation_kind": check_value(GOVERNMENT["organisation_kind"], self.organisation_kind),
            "reference_region": region,
            "page": check_value(GOVERNMENT["page"], self.page),
        }


@dataclass(frozen=True)
class MakeOrganisation:
    """Makes an organisation, with a dossier of its own; returns its id.

    `mine` puts it among the governments of the officer.
    """

    content: OrganisationContent
    mine: bool = False

    name: ClassVar[str] = N_("Organisation {organisation} made")

    def details(self) -> Mapping[str, object]:
        return {"organisation": typed_text.line(self.content.name)}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        values = self.content.checked(View(unit.connection))
        made = rows.add_organisation(unit, valid_from=SINCE_ALWAYS, **values)
        if self.mine and context.officer_id is not None:
            work.add_assignment(
                unit, officer_id=context.officer_id, government_id=made, role="first", valid_from=context.today
            )
        return made


@dataclass(frozen=True)
class ChangeOrganisation:
    """Changes an organisation. Offers under its former name stay its own."""

    organisation_id: str
    content: OrganisationContent

    name: ClassVar[str] = N_("Organisation {organisation} changed")

    def details(self) -> Mapping[str, object]:
        return {"organisation": typed_text.line(self.content.name)}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        present = rows.organisation(unit, self.organisation_id)
        view = View(unit.connection)
        values = self.content.checked(view, present["code"])
        if values["search_name"] != present["search_name"]:
            for offer in offers.offers(view):
                if offer.organisation_id is None and fold(offer.organisation) == present["search_name"]:
                    rows.tie_offer(unit, offer.id, self.organisation_id)
        rows.change_organisation(unit, self.organisation_id, **values)


@dataclass(frozen=True)
class DeleteOrganisation(WithoutDetails):
    """Deletes an organisation on which no work hangs; its offers keep its name."""

    organisation_id: str

    name: ClassVar[str] = N_("Organisation deleted")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        present = rows.organisation(unit, self.organisation_id)
        if rows.has_work(unit, self.organisation_id):
            raise UserError(HAS_WORK, name=present["name"])
        rows.delete_organisation(unit, self.organisation_id)


@dataclass(frozen=True)
class ServiceContent:
    """From when to when an organisation serves a government, both inclusive, and what it wants to reach there.

    Without `target_id` it serves the government as such, and has no target value.
    """

    valid_from: date
    valid_until: date | None = None
    target_id: str | None = None
    target_value: int | None = None
    note: str | None = None

    def checked(self, context: QueryContext) -> dict[str, object]:
        """Returns the values of the row. Raises UserError naming the field."""
        values = record_values(SERVICE, self)
        check_period(self.valid_from, self.valid_until, "valid_until")
        if self.target_id is None and self.target_value is not None:
            raise UserError(N_("Choose the target that the value is about."), field="target_id")
        if self.target_id is not None and reference.plan_of_target(context.view, self.target_id) is None:
            raise UserError(N_("The plan has no target {value}."), field="target_id", value=self.target_id)
        return values


@dataclass(frozen=True)
class AddService(WithoutDetails):
    """Notes that an organisation serves a government; returns the id."""

    organisation_id: str
    government_id: str
    content: ServiceContent

    name: ClassVar[str] = N_("Government served by an organisation added")

    def checked(self, context: QueryContext, known: Iterable[Service]) -> dict[str, object]:
        """Returns the values of the row; `known` are the services that are there. Raises UserError naming the field."""
        government = reference.government(context.view, self.government_id)
        if government.kind is GovernmentKind.ORGANISATION:
            raise UserError(N_("An organisation serves governments, no organisations."), field="government_id")
        if not government.in_force(self.content.valid_from):
            raise UserError(
                N_("{name} did not exist on {day}. Choose its successor or another day."),
                field="government_id",
                name=government.name,
                day=self.content.valid_from,
            )
        values = self.content.checked(context)
        if same_service(known, self.service()) is not None:
            raise UserError(TWICE, field="government_id", name=government.name)
        return values

    def service(self) -> Service:
        content = self.content
        days = content.valid_from, content.valid_until
        return Service("", self.organisation_id, self.government_id, *days, content.target_id)

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        rows.organisation(unit, self.organisation_id)
        values = self.checked(context, stored.services(View(unit.connection)))
        return rows.add_service(unit, organisation_id=self.organisation_id, government_id=self.government_id, **values)


@dataclass(frozen=True)
class ChangeService(WithoutDetails):
    """Changes the days, the target, its value or the remark of a service."""

    service_id: str
    content: ServiceContent

    name: ClassVar[str] = N_("Government served by an organisation changed")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        present = rows.service(unit, self.service_id)
        values = self.content.checked(context)
        content, ids = self.content, (present["organisation_id"], present["government_id"])
        wanted = Service(self.service_id, *ids, content.valid_from, content.valid_until, content.target_id)
        view = View(unit.connection)
        if same_service(stored.services(view), wanted) is not None:
            raise UserError(TWICE, field="government_id", name=reference.government(view, ids[1]).name)
        rows.change_service(unit, self.service_id, **values)


@dataclass(frozen=True)
class DeleteService(WithoutDetails):
    service_id: str

    name: ClassVar[str] = N_("Government served by an organisation deleted")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        rows.delete_service(unit, self.service_id)


@dataclass(frozen=True)
class TieOffer(WithoutDetails):
    """Says that an offer is made by an organisation of this file (None: by none); the name in the offer stays."""

    offer_id: str
    organisation_id: str | None

    name: ClassVar[str] = N_("Offer tied to an organisation")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        if self.organisation_id is not None:
            rows.organisation(unit, self.organisation_id)
        rows.tie_offer(unit, self.offer_id, self.organisation_id)
