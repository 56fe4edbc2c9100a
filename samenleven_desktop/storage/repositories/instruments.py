"""Writes other instruments inside a unit of work."""

from __future__ import annotations

from samenleven_desktop.storage.models import InstrumentRow
from samenleven_desktop.storage.repositories.work import alive, check_government
from samenleven_desktop.storage.unit_of_work import UnitOfWork


def add_instrument(unit: UnitOfWork, government_id: str, **values: object) -> str:
    """Raises UserError if its government does not exist."""
    check_government(unit, government_id)
    return unit.insert(InstrumentRow, government_id=government_id, **values)


def change_instrument(unit: UnitOfWork, instrument_id: str, **values: object) -> None:
    alive(unit, InstrumentRow, instrument_id)
    unit.retype(InstrumentRow, instrument_id, **values)


def delete_instrument(unit: UnitOfWork, instrument_id: str) -> None:
    alive(unit, InstrumentRow, instrument_id)
    unit.delete(InstrumentRow, instrument_id)
