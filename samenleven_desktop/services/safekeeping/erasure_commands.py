"""Irreversible erasure commands; erased values are removed from the history too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.services.core.command import UnitOfWork
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.repositories import erasure, people


@dataclass(frozen=True)
class EraseContact:
    """Erases a person: the contact's fields, the name in every text, and the selected attachments.

    `probable` are places (table, id, field) of the preview that also lose what may be the name. Sessions keep the fact
    that someone was present, without the name. Returns the number of words searched for in
    texts.
    """

    contact_id: str
    attachment_ids: tuple[str, ...] = ()
    probable: tuple[tuple[str, str, str], ...] = ()

    name: ClassVar[str] = N_("Person erased")

    def details(self) -> Mapping[str, object]:
        return {"contact": 1, "attachment": len(self.attachment_ids)}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> int:
        rows = [("contact", self.contact_id), *(("attachment", one) for one in self.attachment_ids)]
        return erasure.erase(unit, rows, self.probable)


@dataclass(frozen=True)
class EraseRows:
    """Erases the personal data of records (table, id) past their retention period; the records themselves remain."""

    rows: tuple[tuple[str, str], ...]

    name: ClassVar[str] = N_("Erased: kept long enough")

    def details(self) -> Mapping[str, object]:
        return dict(Counter(table for table, _ in self.rows))

    def execute(self, unit: UnitOfWork, context: QueryContext) -> int:
        # Of a report handed over the copy goes, and to whom; that it was handed over stays.
        return erasure.erase(unit, [*self.rows, *people.handed_over_with(unit, self.rows)])
