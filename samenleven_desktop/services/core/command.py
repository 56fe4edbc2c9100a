"""What a command is: one transaction, one named undo step, one change notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.unit_of_work import ChangedRow, UnitOfWork

__all__ = ["ChangedRow", "Command", "Done", "FieldEdit", "UnitOfWork"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Command(Protocol[T_co]):
    """A wish of the officer as a value: made by a screen or the command line, carried out on the store lane.

    `name` is a catalogue sentence in the past tense for menus and history ("Session of {day} registered");
    `details` gives the values in it. `execute` raises UserError when the wish cannot be met; then nothing is kept.
    """

    name: ClassVar[str]

    def details(self) -> Mapping[str, object]: ...

    def execute(self, unit: UnitOfWork, context: QueryContext) -> T_co: ...


@dataclass(frozen=True)
class Done(Generic[T]):
    """What a command gave back, and what it changed."""

    command_id: str
    result: T
    changes: tuple[ChangedRow, ...]
    problem: EnvironmentFault | None = None
    """What could not be finished beside the work file itself, such as a backup that still holds what was erased."""

    tables: frozenset[str] = field(init=False)
    """Looked up where it is made, on the lane: every screen asks, also after an import of 50,000 rows."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", frozenset(change.table for change in self.changes))

    def touches(self, *tables: str) -> bool:
        return not self.tables.isdisjoint(tables)


@dataclass(frozen=True)
class FieldEdit:
    """One field of one record gets another value; a grid gives many at once, for one command."""

    row_id: str
    field: str
    value: object


AnyCommand = Command[Any]
