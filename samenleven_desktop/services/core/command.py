"""What a command is: one transaction, one named undo step, one change notice."""

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


def by_row(edits: Iterable[FieldEdit], fields: Container[str]) -> dict[str, dict[str, object]]:
    """The values to set per record. Raises UserError for a field that cannot be set by an edit."""
    found: dict[str, dict[str, object]] = {}
    for edit in edits:
        if edit.field not in fields:
            raise UserError(N_("This field cannot be changed here."), field=edit.field)
        found.setdefault(edit.row_id, {})[edit.field] = edit.value
    return found


AnyCommand = Command[Any]
