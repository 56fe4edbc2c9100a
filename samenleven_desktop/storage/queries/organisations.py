"""Organisations with the governments they serve, their contacts and their offers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.organisation import OrganisationKind, Service
from samenleven_desktop.readmodels.organisations import OrganisationLine, ServiceLine
from samenleven_desktop.storage.models import (
    ContactRow,
    GovernmentRow,
    OrganisationServiceRow,
    table_of,
)
from samenleven_desktop.storage.view import View

_SERVICE, _GOV, _CONTACT = table_of(OrganisationServiceRow), table_of(GovernmentRow), table_of(ContactRow)


def services(view: View) -> list[Service]:
    """Returns all present and former services, by first day."""
    query = select(_SERVICE).where(_SERVICE.c.deleted_at.is_(None)).order_by(_SERVICE.c.valid_from, _SERVICE.c.id)
    return [
        Service(
            id=row["id"],
            organisation_id=row["organisation_id"],
            government_id=row["government_id"],
            valid_from=row["valid_from"],
            valid_until=row["valid_until"],
            target_id=row["target_id"],
            target_value=row["target_value"],
        )
        for row in view.connection.execute(query).mappings()
    ]


def serving(view: View, day: date) -> list[tuple[str, str]]:
    """Returns the (organisation, government) pairs on a day."""
    return list(dict.fromkeys((one.organisation_id, one.government_id) for one in services(view) if one.holds(day)))


def organisation_names(view: View) -> dict[str, str]:
    """Returns the organisations of this file: id -> name."""
    query = select(_GOV.c.id, _GOV.c.name).where(
        _GOV.c.kind == GovernmentKind.ORGANISATION, _GOV.c.deleted_at.is_(None)
    )
    return {row.id: row.name for row in view.connection.execute(query)}


def service_lines(view: View, involved: Iterable[str] | None = None, *, with_remark: bool = False) -> list[ServiceLine]:
    """Returns services by organisation, government and first day; of these organisations and governments (None: all).

    The target is named by the service layer. `with_remark`: only those that have a remark.
    """
    organisation = _GOV.alias("organisation")
    query = (
        select(
            _SERVICE,
            organisation.c.code.label("organisation_code"),
            organisation.c.name.label("organisation_name"),
            _GOV.c.code.label("government_code"),
            _GOV.c.name.label("government_name"),
        )
        .join(organisation, organisation.c.id == _SERVICE.c.organisation_id)
        .join(_GOV, _GOV.c.id == _SERVICE.c.government_id)
        .where(_SERVICE.c.deleted_at.is_(None), organisation.c.deleted_at.is_(None))
        .order_by(organisation.c.search_name, _GOV.c.search_name, _SERVICE.c.valid_from, _SERVICE.c.id)
    )
    if with_remark:
        query = query.where(_SERVICE.c.note != "")
    if involved is not None:
        wanted = list(involved)
        query = query.where(_SERVICE.c.organisation_id.in_(wanted) | _SERVICE.c.government_id.in_(wanted))
    return [
        ServiceLine(
            id=row["id"],
            organisation_id=row["organisation_id"],
            organisation_code=row["organisation_code"],
            organisation_name=row["organisation_name"],
            government_id=row["government_id"],
            government_code=row["government_code"],
            government_name=row["government_name"],
            valid_from=row["valid_from"],
            valid_until=row["valid_until"],
            target_id=row["target_id"],
            target_value=row["target_value"],
            note=row["note"],
        )
        for row in view.connection.execute(query).mappings()
    ]


def organisation_lines(view: View) -> list[OrganisationLine]:
    """Returns organisations by name, with the governments they serve and the number of their contacts.

    Their offers are counted by the service layer.
    """
    served: dict[str, list[ServiceLine]] = defaultdict(list)
    for line in service_lines(view):
        served[line.organisation_id].append(line)
    counted = select(_CONTACT.c.government_id, func.count()).where(_CONTACT.c.deleted_at.is_(None))
    contacts = Counter({row[0]: row[1] for row in view.connection.execute(counted.group_by(_CONTACT.c.government_id))})
    query = (
        select(_GOV)
        .where(_GOV.c.kind == GovernmentKind.ORGANISATION, _GOV.c.deleted_at.is_(None))
        .order_by(_GOV.c.search_name)
    )
    return [
        OrganisationLine(
            id=row["id"],
            code=row["code"],
            name=row["name"],
            organisation_kind=OrganisationKind(row["organisation_kind"]) if row["organisation_kind"] else None,
            reference_region=row["reference_region"],
            page=row["page"],
            services=tuple(served[row["id"]]),
            contacts=contacts[row["id"]],
        )
        for row in view.connection.execute(query).mappings()
    ]
