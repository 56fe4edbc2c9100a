"""Erases rows inside a unit of work; attachments are deleted with their content."""

from __future__ import annotations

from collections.abc import Sequence

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.record_schema import SCHEMA
from samenleven_desktop.storage.erasure import UNTRACKED_PLACES, Place, text_columns
from samenleven_desktop.storage.models import TRACKED, AttachmentRow
from samenleven_desktop.storage.repositories.work import GONE
from samenleven_desktop.storage.unit_of_work import UnitOfWork

NOT_ERASED = N_("A record of this kind can only be erased once it is deleted.")


def erase(unit: UnitOfWork, rows: Sequence[tuple[str, str]], places: Sequence[Place] = ()) -> int:
    """Erases rows permanently, including those in the bin, and from `places` what may be their names.

    Raises UserError if a row never existed or is not to be erased, or a place cannot hold personal data.
    """
    for table_name, _, field in places:
        if table_name not in UNTRACKED_PLACES and field not in text_columns(table_name):
            raise UserError(GONE)
    for table_name, row_id in rows:
        row = unit.row(TRACKED[table_name], row_id) if table_name in TRACKED else None
        if row is None:
            raise UserError(GONE)
        if not SCHEMA[table_name].may_be_erased(deleted=row["deleted_at"] is not None):
            raise UserError(NOT_ERASED)
        if table_name == "attachment" and row["deleted_at"] is None:
            unit.delete(AttachmentRow, row_id)
    return len(unit.erase(rows, places).all)
