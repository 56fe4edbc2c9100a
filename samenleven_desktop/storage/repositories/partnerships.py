"""Writes partnerships, their members and official figures inside a unit of work."""

from __future__ import annotations

from datetime import date

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.storage.models import GovernmentRow, OfficialFigureRow, PartnershipMemberRow
from samenleven_desktop.storage.queries import partnerships as stored
from samenleven_desktop.storage.repositories.work import GONE
from samenleven_desktop.storage.unit_of_work import UnitOfWork
from samenleven_desktop.storage.view import View


def add_partnership(unit: UnitOfWork, **values: object) -> str:
    """Adds a government row of kind partnership; the caller provides code, name, region, applicant and first day."""
    return unit.insert(GovernmentRow, kind="partnership", facility=False, **values)


def change_partnership(unit: UnitOfWork, partnership_id: str, **values: object) -> None:
    unit.change(GovernmentRow, partnership_id, **values)


def add_member(unit: UnitOfWork, **values: object) -> str:
    return unit.insert(PartnershipMemberRow, **values)


def end_membership(unit: UnitOfWork, membership_id: str, last_day: date) -> None:
    row = unit.row(PartnershipMemberRow, membership_id)
    if row is None or row["deleted_at"] is not None:
        raise UserError(GONE)
    unit.change(PartnershipMemberRow, membership_id, valid_until=last_day)


def delete_membership(unit: UnitOfWork, membership_id: str) -> None:
    unit.delete(PartnershipMemberRow, membership_id)


def note_official_figure(unit: UnitOfWork, government_id: str, year: int, **values: object) -> str:
    """Stores one figure per government and year: a second one replaces the first, which is kept in the history."""
    known = stored.official_figure_id(View(unit.connection), government_id, year)
    if known is not None:
        unit.change(OfficialFigureRow, known, **values)
        return known
    return unit.insert(OfficialFigureRow, government_id=government_id, year=year, **values)
