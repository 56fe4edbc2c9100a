"""Erases rows inside a unit of work; attachments are deleted with their content."""

from __future__ import annotations

from collections.abc import Sequence

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.storage.models import TRACKED, AttachmentRow
from samenleven_desktop.storage.repositories.sessions import GONE
from samenleven_desktop.storage.unit_of_work import UnitOfWork


def erase(unit: UnitOfWork, rows: Sequence[tuple[str, str]]) -> int:
    """Erases rows permanently, including those in the bin. Raises UserError if one never existed."""
    for table_name, row_id in rows:
        row = unit.row(TRACKED[table_name], row_id) if table_name in TRACKED else None
        if row is None:
            raise UserError(GONE)
        if table_name == "attachment" and row["deleted_at"] is None:
            unit.delete(AttachmentRow, row_id)
    return len(unit.erase(rows).all)
