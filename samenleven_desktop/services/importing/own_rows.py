"""Rows of a file that the program wrote itself, found again by their reference.

A cell that still says what the record says is not read at all, so an unchanged file changes nothing, whatever it holds.
Only the cells that differ are planned.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.domain.typed_text import same_once_in
from samenleven_desktop.i18n.language import LANGUAGES, Language
from samenleven_desktop.i18n.record_lists import RECORD_LISTS, REFERENCE
from samenleven_desktop.interchange.tables.model import Cell
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.importing.import_plan import PlannedRow
from samenleven_desktop.services.importing.planner_base import Planner
from samenleven_desktop.services.importing.row_cells import Cells
from samenleven_desktop.services.importing.values import long_text, text
from samenleven_desktop.services.lists.queries import by_reference
from samenleven_desktop.storage.queries import import_keys as stored

DELETED = N_("This record was deleted. Take it back from the recycle bin first, or leave the row out.")
_LABEL_PARTS = 3


class OwnRows:
    """The records of a kind by their reference, read once."""

    def __init__(self, context: QueryContext, kind: str, planner: Planner) -> None:
        self._list, self._planner = RECORD_LISTS[kind], planner
        self._columns = {one.field: one for one in self._list.in_file if one.field}
        self._rows = by_reference(context, kind)
        self._deleted = stored.deleted_ids(context.view, self._list.table)
        self._languages = [Language(code) for code in LANGUAGES]

    def plan(self, number: int, cells: Cells, otherwise: Callable[[int, Cells], PlannedRow]) -> PlannedRow:
        """Plans a row of the file; `otherwise` plans one that is not in this work file. Raises RowFault."""
        reference = text(cells.cell(REFERENCE))
        if reference in self._deleted:
            raise cells.fault(REFERENCE, DELETED)
        row = self._rows.get(reference)
        if row is None:
            return otherwise(number, cells)
        self._planner.once((REFERENCE, reference), number, cells, REFERENCE)
        label = self._label(row)
        changed = [key for key in self._columns if not self._as_it_is(key, cells.cell(key), row)]
        if not changed:
            return PlannedRow(number, label, RowState.SAME)
        return self._planner.change(number, label, reference, cells.only(changed), changed)

    def _as_it_is(self, key: str, cell: Cell, row: Any) -> bool:
        """An empty cell never clears a value."""
        if text(cell) == "":
            return True
        return any(same_cell(cell, self._columns[key].cell(language, row)) for language in self._languages)

    def _label(self, row: Any) -> str:
        language = self._languages[0]
        words = (one.words(language, row) for one in self._list.in_file[: _LABEL_PARTS + 1])
        return " · ".join(list(filter(None, words))[:_LABEL_PARTS])


def same_cell(cell: Cell, value: object) -> bool:
    """Returns whether a cell holds a value as it was written (interchange/tables/writer.py)."""
    if isinstance(value, date):
        on = cell.date() if isinstance(cell, datetime) else cell
        return on == value or text(cell) == value.isoformat()
    if isinstance(value, int | Decimal):
        try:
            return Decimal(text(cell).replace(",", ".")) == value
        except InvalidOperation:
            return False
    return same_once_in(long_text(cell), "" if value is None else str(value))
