"""Defines a command: one transaction, one named undo step, one change notice."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.unit_of_work import ChangedRow, UnitOfWork

__all__ = ["ChangedRow", "Command", "Done", "FieldEdit", "UnitOfWork", "by_row"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Command(Protocol[T_co]):
    """A change requested by the officer, as a value: created by a screen or the command line, executed on the store
    worker.

    `name` is a catalogue sentence in the past tense for menus and history ("Session of {day} registered"); `details`
    has the values in it. `execute` raises UserError if the request cannot be carried out; then nothing is written.
    """

    name: ClassVar[str]

    def details(self) -> Mapping[str, object]: ...

    def execute(self, unit: UnitOfWork, context: QueryContext) -> T_co: ...


class WithoutDetails:
    """Base of the commands whose name has no values in it."""

    def details(self) -> Mapping[str, object]:
        return {}


@dataclass(frozen=True)
class Done(Generic[T]):
    """The result of a command, and what it changed."""

    command_id: str
    result: T
    changes: tuple[ChangedRow, ...]
    problem: EnvironmentFault | None = None
    """What could not be completed outside the work file itself, such as a backup that still holds erased data."""

    tables: frozenset[str] = field(init=False)
    """Computed on creation, on the store worker: every screen reads it, also after an import of 50,000 rows."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", frozenset(change.table for change in self.changes))

    def touches(self, *tables: str) -> bool:
        return not self.tables.isdisjoint(tables)


@dataclass(frozen=True)
class FieldEdit:
    """Sets one field of one record; a grid collects many for one command."""

    row_id: str
    field: str
    value: object


def by_row(edits: Iterable[FieldEdit], fields: Container[str]) -> dict[str, dict[str, object]]:
    """Returns the values to set per record. Raises UserError for a field that an edit cannot set."""
    found: dict[str, dict[str, object]] = {}
    for edit in edits:
        if edit.field not in fields:
            raise UserError(N_("This field cannot be changed here."), field=edit.field)
        found.setdefault(edit.row_id, {})[edit.field] = edit.value
    return found


AnyCommand = Command[Any]
