"""Writes organisations, the governments they serve, and their offers inside a unit of work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.storage.models import (
    AssignmentRow,
    AttachmentRow,
    CommitmentRow,
    ContactRow,
    FollowUpRow,
    GovernmentRow,
    InstrumentRow,
    OfferUseRow,
    OrganisationServiceRow,
    SessionGovernmentRow,
    SupportTrackRow,
    table_of,
)
from samenleven_desktop.storage.repositories import offers
from samenleven_desktop.storage.repositories.work import GONE, alive
from samenleven_desktop.storage.unit_of_work import UnitOfWork

# What may hang on an organisation; a record with any of these is not deleted.
_WORK = (
    (CommitmentRow, "applicant_id"),
    (SessionGovernmentRow, "government_id"),
    (FollowUpRow, "government_id"),
    (OfferUseRow, "government_id"),
    (SupportTrackRow, "government_id"),
    (ContactRow, "government_id"),
    (InstrumentRow, "government_id"),
    (AttachmentRow, "government_id"),
)


def add_organisation(unit: UnitOfWork, **values: object) -> str:
    """Adds a government row of kind organisation."""
    return unit.insert(GovernmentRow, kind=GovernmentKind.ORGANISATION.value, facility=False, **values)


def organisation(unit: UnitOfWork, organisation_id: str) -> Mapping[str, Any]:
    """Returns the row of a live organisation. Raises UserError if there is none with this id."""
    row = unit.row(GovernmentRow, organisation_id)
    if row is None or row["deleted_at"] is not None or row["kind"] != GovernmentKind.ORGANISATION:
        raise UserError(GONE, field="organisation_id")
    return row


def change_organisation(unit: UnitOfWork, organisation_id: str, **values: object) -> None:
    unit.retype(GovernmentRow, organisation_id, **values)


def has_work(unit: UnitOfWork, organisation_id: str) -> bool:
    """Returns whether records of a dossier hang on this organisation."""
    for model, column in _WORK:
        table = table_of(model)
        query = select(table.c.id).where(table.c[column] == organisation_id, table.c.deleted_at.is_(None)).limit(1)
        if unit.connection.execute(query).first() is not None:
            return True
    return False


def delete_organisation(unit: UnitOfWork, organisation_id: str) -> None:
    """Deletes it with what it serves and who follows it; its offers keep its name."""
    service, assignment = table_of(OrganisationServiceRow), table_of(AssignmentRow)
    either = or_(service.c.organisation_id == organisation_id, service.c.government_id == organisation_id)
    for model, found in (
        (OrganisationServiceRow, select(service.c.id).where(either, service.c.deleted_at.is_(None))),
        (
            AssignmentRow,
            select(assignment.c.id).where(
                assignment.c.government_id == organisation_id, assignment.c.deleted_at.is_(None)
            ),
        ),
    ):
        for row_id in unit.connection.execute(found).scalars().all():
            unit.delete(model, row_id)
    unit.delete(GovernmentRow, organisation_id)


def add_service(unit: UnitOfWork, **values: object) -> str:
    return unit.insert(OrganisationServiceRow, **values)


def service(unit: UnitOfWork, service_id: str) -> Mapping[str, Any]:
    """Returns a live row. Raises UserError if it is gone."""
    alive(unit, OrganisationServiceRow, service_id)
    row = unit.row(OrganisationServiceRow, service_id)
    assert row is not None
    return row


def change_service(unit: UnitOfWork, service_id: str, **values: object) -> None:
    unit.retype(OrganisationServiceRow, service_id, **values)


def delete_service(unit: UnitOfWork, service_id: str) -> None:
    alive(unit, OrganisationServiceRow, service_id)
    unit.delete(OrganisationServiceRow, service_id)


def tie_offer(unit: UnitOfWork, offer_id: str, organisation_id: str | None) -> None:
    """Notes whose offer it is; the name that the offer gives stays."""
    offers.change_offer(unit, offer_id, organisation_id=organisation_id)
