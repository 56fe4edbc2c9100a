"""Writes the officers' own mentors and examples inside a unit of work."""

from __future__ import annotations

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.storage.models import ExampleRow, MentorRow, Tracked
from samenleven_desktop.storage.repositories.work import GONE
from samenleven_desktop.storage.unit_of_work import UnitOfWork


def add_mentor(unit: UnitOfWork, **values: object) -> str:
    return unit.insert(MentorRow, **values)


def add_example(unit: UnitOfWork, **values: object) -> str:
    return unit.insert(ExampleRow, **values)


def change_mentor(unit: UnitOfWork, mentor_id: str, **values: object) -> None:
    """Raises UserError if it is gone."""
    _change(unit, MentorRow, mentor_id, values)


def change_example(unit: UnitOfWork, example_id: str, **values: object) -> None:
    """Raises UserError if it is gone."""
    _change(unit, ExampleRow, example_id, values)


def _change(unit: UnitOfWork, model: type[Tracked], record_id: str, values: dict[str, object]) -> None:
    if not unit.is_alive(model, record_id):
        raise UserError(GONE)
    unit.retype(model, record_id, **values)


def delete(unit: UnitOfWork, record_id: str) -> None:
    """Deletes the mentor or example with this id. Raises UserError if it is gone."""
    for model in (MentorRow, ExampleRow):
        row = unit.row(model, record_id)
        if row is not None and row["deleted_at"] is None:
            unit.delete(model, record_id)
            return
    raise UserError(GONE)
