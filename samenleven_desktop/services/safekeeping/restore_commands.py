"""Commands that restore an earlier value of a field, or deleted records from the recycle bin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.services.core.command import UnitOfWork, WithoutDetails
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.repositories import restore as past


@dataclass(frozen=True)
class PutValueBack(WithoutDetails):
    """Restores an earlier value of a field, as a new change. Returns whether the value changed."""

    table_name: str
    row_id: str
    field: str
    value: object

    name: ClassVar[str] = N_("Earlier value put back")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> bool:
        return past.put_value_back(unit, self.table_name, self.row_id, self.field, self.value)


@dataclass(frozen=True)
class PutDeletedBack(WithoutDetails):
    """Restores what a step deleted, with all its dependents. Returns the number of records and links."""

    command_id: str

    name: ClassVar[str] = N_("Taken out of the bin")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> int:
        return past.put_deleted_back(unit, self.command_id)
