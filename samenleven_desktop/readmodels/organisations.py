"""Organisations and the governments they serve, as listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.organisation import OrganisationKind


@dataclass(frozen=True)
class ServiceLine:
    """An organisation serves a government; both days are inclusive, `valid_until` None means it still does.

    `action` is the number of the action of the target, with its plan if that is not the one at hand; empty without a
    target.
    """

    id: str
    organisation_id: str
    organisation_code: str
    organisation_name: str
    government_id: str
    government_code: str
    government_name: str
    valid_from: date
    valid_until: date | None
    target_id: str | None
    target_value: int | None
    note: str | None
    present: bool = True
    action: str = ""
    action_title: str = ""
    target_code: str = ""
    target_label: str = ""
    unit: str | None = None
    reached: int | None = None
    """What was noted as added in this government for the target; None without a target."""

    def holds_between(self, first: date, last: date) -> bool:
        """Returns whether it holds on any day of a period."""
        return self.valid_from <= last and (self.valid_until is None or first <= self.valid_until)


@dataclass(frozen=True)
class OrganisationLine:
    """An organisation with every present and former service, and the number of its contacts and offers."""

    id: str
    code: str
    name: str
    organisation_kind: OrganisationKind | None
    reference_region: str | None
    page: str | None
    services: tuple[ServiceLine, ...] = ()
    contacts: int = 0
    offers: int = 0
    mine: bool = False

    @property
    def served(self) -> tuple[str, ...]:
        """The names of the governments that it serves now."""
        return tuple(dict.fromkeys(one.government_name for one in self.services if one.present))
