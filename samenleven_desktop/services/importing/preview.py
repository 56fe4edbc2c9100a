"""From a sheet to a preview: finds the header, maps columns, plans every row; writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.field_declaration import RecordField
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.i18n.record_lists import REFERENCE
from samenleven_desktop.interchange.tables.model import Row, Sheet
from samenleven_desktop.services.core.doubts import doubts
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.importing.government_match import Matcher
from samenleven_desktop.services.importing.import_plan import ImportPlan, PlannedRow
from samenleven_desktop.services.importing.kinds import KINDS, guess_columns, guess_kind
from samenleven_desktop.services.importing.own_rows import OwnRows
from samenleven_desktop.services.importing.planners import PLANNERS
from samenleven_desktop.services.importing.row_cells import Cells, RowFault
from samenleven_desktop.services.importing.values import text

NO_KIND = N_("What {file} holds is not clear from its columns. Choose the kind of rows.")
NO_COLUMN = N_("No column for: {fields}. Choose the columns.")
NOTHING = N_("{file} has no rows under the header.")
STOPPED = N_("Stopped; nothing was written.")
_HEADER_WITHIN = 30
_STEP = 100


@dataclass(frozen=True)
class SheetMapping:
    """How a sheet is read: kind, row of the header (counted from 1), field -> column (from 0), and accepted government
    names (government_match.accepted_key -> id). `people` are the answers to questions about rows (people_match.py)."""

    kind: str
    header_row: int
    columns: Mapping[str, int]
    accepted: Mapping[str, str] = field(default_factory=dict)
    sure: frozenset[int] = frozenset()
    """Numbers of rows with something seldom meant (services/core/doubts.py) that the user called right."""
    all_sure: bool = False
    people: Mapping[int, str] = field(default_factory=dict)


def guess(sheet: Sheet, kind: str | None = None) -> SheetMapping | None:
    """Takes as header the row, among the first ones, with the most known columns. Returns None if there is none."""
    best: tuple[int, SheetMapping] | None = None
    for place, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        header = header_of(row)
        found = kind or guess_kind(header)
        if found is None:
            continue
        columns = guess_columns(KINDS[found], header)
        if best is None or len(columns) > best[0]:
            best = len(columns), SheetMapping(found, place + 1, columns)
    return best[1] if best else None


def missing_fields(mapping: SheetMapping) -> list[RecordField]:
    """Returns the required fields that have no column. A file with references needs none: its rows are known."""
    if REFERENCE in mapping.columns:
        return []
    return [one for one in KINDS[mapping.kind].fields if one.required and one.key not in mapping.columns]


def header_of(row: Row) -> tuple[str, ...]:
    return tuple(text(cell) for cell in row)


def plan_import(
    context: QueryContext,
    file: str,
    sheet: Sheet,
    mapping: SheetMapping,
    progress: Callable[[int, int], bool] = lambda _done, _all: True,
) -> ImportPlan:
    """Plans every row under the header. `progress` gets rows done and total rows; if it returns False, UserError is
    raised. Raises UserError if required columns are not mapped."""
    spec = KINDS[mapping.kind]
    missing = missing_fields(mapping)
    if missing:
        raise UserError(NO_COLUMN, field="columns", fields=", ".join(one.caption for one in missing))
    header = header_of(sheet.rows[mapping.header_row - 1]) if mapping.header_row <= len(sheet.rows) else ()
    captions = {one.key: one.caption for one in spec.fields}
    captions |= {key: header[place] for key, place in mapping.columns.items() if place < len(header) and header[place]}
    planner = PLANNERS[mapping.kind](context, Matcher(context, mapping.accepted), mapping.people)
    own = OwnRows(context, mapping.kind, planner) if REFERENCE in mapping.columns else None
    found: list[PlannedRow] = []
    rows = sheet.rows[mapping.header_row :]
    for place, row in enumerate(rows):
        if place % _STEP == 0 and not progress(place, len(rows)):
            raise UserError(STOPPED)
        if not any(cell is not None for cell in row):
            continue
        number = mapping.header_row + place + 1
        cells = Cells(row, mapping.columns, captions)
        try:
            planned = planner.plan(number, cells) if own is None else own.plan(number, cells, planner.plan)
            if not mapping.all_sure and number not in mapping.sure:
                cells.ask(doubts((planned.command, planned.also), context.today))
            found.append(planned)
        except RowFault as error:
            label = " · ".join(filter(None, (text(cell) for cell in row[:4])))[:80]
            more = planner.unreadable(cells, spec.fields, error.fault.column)
            found.append(PlannedRow(number, label, RowState.REJECTED, fault=error.fault, more_faults=more))
    if not found:
        raise UserError(NOTHING, field="file", file=file)
    return ImportPlan(mapping.kind, file, header, tuple(found)).sorted_out()
