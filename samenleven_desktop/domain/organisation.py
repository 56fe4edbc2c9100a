"""Organisations that apply, or offer something, and the governments that they serve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.offer import OfferLine

# An organisation has no day on which it began to count: its dossier may hold work of any day.
SINCE_ALWAYS = date(1900, 1, 1)


class OrganisationKind(StrEnum):
    ASSOCIATION = "association"
    PUBLIC = "public"
    EDUCATION = "education"
    CARE = "care"
    NETWORK = "network"
    COMPANY = "company"
    OTHER = "other"


@dataclass(frozen=True)
class Service:
    """An organisation serves a government; both days are inclusive.

    `target_id` with `target_value`: what the organisation wants to reach there for one target of a plan.
    """

    id: str
    organisation_id: str
    government_id: str
    valid_from: date
    valid_until: date | None
    target_id: str | None = None
    target_value: int | None = None

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def overlaps(self, first: date, last: date | None) -> bool:
        ends_before = self.valid_until is not None and self.valid_until < first
        begins_after = last is not None and self.valid_from > last
        return not (ends_before or begins_after)


def same_service(services: Iterable[Service], wanted: Service) -> Service | None:
    """Returns a service of the same organisation to the same government, for the same target, in the same days."""
    return next(
        (
            one
            for one in services
            # A new one has no id yet.
            if not (wanted.id and one.id == wanted.id)
            and (one.organisation_id, one.government_id, one.target_id)
            == (wanted.organisation_id, wanted.government_id, wanted.target_id)
            and one.overlaps(wanted.valid_from, wanted.valid_until)
        ),
        None,
    )


def owners(records: Mapping[str, str], offers: Iterable[OfferLine]) -> dict[str, str]:
    """Returns offer -> the organisation it is of, by id: the one it is tied to, or the one with the name it gives.

    `records` maps the id of an organisation to its name. An offer of none of them is left out.
    """
    by_name = {fold(name): id_ for id_, name in records.items()}
    found = {}
    for offer in offers:
        tied = offer.organisation_id if offer.organisation_id in records else None
        owner = tied or by_name.get(fold(offer.organisation))
        if owner is not None:
            found[offer.id] = owner
    return found
