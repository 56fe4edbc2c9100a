"""Commands that take personal data away for good. They cannot be undone; what they took stands in no history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.services.core.command import UnitOfWork
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.repositories import erasure


@dataclass(frozen=True)
class EraseContact:
    """A person is forgotten: the contact's fields, the name in every text, and the attachments that were chosen.

    Sessions keep that someone was there, without saying who. Gives how many words were sought in texts.
    """

    contact_id: str
    attachment_ids: tuple[str, ...] = ()

    name: ClassVar[str] = N_("Person erased")

    def details(self) -> Mapping[str, object]:
        return {"contact": 1, "attachment": len(self.attachment_ids)}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> int:
        rows = [("contact", self.contact_id), *(("attachment", one) for one in self.attachment_ids)]
        return erasure.erase(unit, rows)


@dataclass(frozen=True)
class EraseRows:
    """Records (table, id) whose time is over lose what personal data they hold; that they were there stays."""

    rows: tuple[tuple[str, str], ...]

    name: ClassVar[str] = N_("Erased: kept long enough")

    def details(self) -> Mapping[str, object]:
        return dict(Counter(table for table, _ in self.rows))

    def execute(self, unit: UnitOfWork, context: QueryContext) -> int:
        return erasure.erase(unit, self.rows)
