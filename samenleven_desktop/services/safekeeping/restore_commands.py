"""Commands that bring back what was: a value from the history of a field, or what lies in the bin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.services.core.command import UnitOfWork
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.repositories import restore as past


@dataclass(frozen=True)
class PutValueBack:
    """A value that a field had before becomes its value again, as a new change. Gives whether it was other."""

    table_name: str
    row_id: str
    field: str
    value: object

    name: ClassVar[str] = N_("Earlier value put back")

    def details(self) -> Mapping[str, object]:
        return {}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> bool:
        return past.put_value_back(unit, self.table_name, self.row_id, self.field, self.value)


@dataclass(frozen=True)
class PutDeletedBack:
    """What a step deleted comes back with all that hung on it. Gives how many records and links that is."""

    command_id: str

    name: ClassVar[str] = N_("Taken out of the bin")

    def details(self) -> Mapping[str, object]:
        return {}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> int:
        return past.put_deleted_back(unit, self.command_id)
