"""Runs an import: reads the file, reuses the last mapping, previews, writes after a backup, and saves rejected rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.import_preview import Fault
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange import subsidy_portal
from samenleven_desktop.interchange.tables.model import Sheet, Workbook
from samenleven_desktop.interchange.tables.reader import MOST_BYTES, read_workbook
from samenleven_desktop.interchange.tables.writer import OutputTable, TableColumn, Value
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.core.gc_pause import bulk_work
from samenleven_desktop.services.importing.commands import ImportRows
from samenleven_desktop.services.importing.import_plan import ImportPlan, PlannedRow
from samenleven_desktop.services.importing.kinds import KINDS, layout_name
from samenleven_desktop.services.importing.kpi_document import is_kpi_document, plan_kpi_document
from samenleven_desktop.services.importing.portal import plan_portal
from samenleven_desktop.services.importing.preview import SheetMapping, guess, header_of, plan_import
from samenleven_desktop.services.importing.values import text
from samenleven_desktop.services.safekeeping.workspace_file import back_up
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.file_lock import os_faults

__all__ = [
    "KINDS",
    "ImportPlan",
    "Sheet",
    "SheetMapping",
    "Workbook",
    "preview",
    "read_workbook",
    "rejected_table",
    "take_over",
]

_MAPS = "import_maps"
_MOST_MAPS = 200
NOTHING_TO_DO = N_("There is nothing to take over: every row is there already, or was rejected.")


@dataclass(frozen=True)
class PortalFile:
    """A parsed report of the subsidy portal."""

    file: str
    content: bytes


Progress = Callable[[int, int], bool]


def wish_for(workspace: Workspace, sheet: Sheet, kind: str | None = None) -> SheetMapping | None:
    """Returns the mapping of a sheet: the one used last time for this layout, otherwise from the column names."""
    found = guess(sheet, kind)
    if found is None:
        return None
    header = header_of(sheet.rows[found.header_row - 1])
    kept = _maps(workspace).get(layout_name(found.kind, header))
    if kept is None:
        return found
    places = {key: header.index(name) for key, name in kept.items() if name in header}
    return replace(found, columns=places)


def read_file(path: Path) -> Workbook | PortalFile:
    """Reads a table, or the report of the portal. Raises UserError or EnvironmentFault."""
    with os_faults(path):
        if path.is_file() and path.stat().st_size <= MOST_BYTES:
            content = path.read_bytes()
            if subsidy_portal.looks_like(content):
                return PortalFile(path.name, content)
    with bulk_work():
        return read_workbook(path)


def preview_document(
    workspace: Workspace,
    book: Workbook | PortalFile,
    year: int | None = None,
    answers: Mapping[int, str] | None = None,
) -> ImportPlan | None:
    """Previews a file that identifies itself: a KPI document, or a report of the portal (for the project year `year`;
    None: the current one), with the answers to its questions about persons. Returns None for any other file."""
    if isinstance(book, PortalFile):
        return workspace.query(plan_portal, book.file, book.content, year, answers)
    return workspace.query(plan_kpi_document, book) if is_kpi_document(book) else None


def take_document_over(workspace: Workspace, plan: ImportPlan) -> Done[int]:
    """As `take_over`, without storing a mapping."""
    if not plan.commands:
        raise UserError(NOTHING_TO_DO)
    back_up(workspace, "import")
    return workspace.run(ImportRows(plan.file, plan.commands))


def preview(
    workspace: Workspace, file: str, sheet: Sheet, mapping: SheetMapping, progress: Progress | None = None
) -> ImportPlan:
    """Previews the import; writes nothing."""
    with bulk_work():
        return workspace.query(plan_import, file, sheet, mapping, progress or (lambda _done, _all: True))


def take_over(
    workspace: Workspace, plan: ImportPlan, sheet: Sheet, mapping: SheetMapping, progress: Progress | None = None
) -> Done[int]:
    """Writes what was previewed, as one undo step, after a backup; the mapping is stored for this layout.

    Raises UserError if there is nothing to do, or if it was cancelled; then nothing is written.
    """
    if not plan.commands:
        raise UserError(NOTHING_TO_DO)
    back_up(workspace, "import")
    with bulk_work():
        done = workspace.run(ImportRows(plan.file, plan.commands, progress or (lambda _done, _all: True)))
    _remember(workspace, sheet, mapping)
    return done


def rejected_table(plan: ImportPlan, sheet: Sheet, language: Language) -> OutputTable:
    """Returns the rejected rows as in the file, with the reason beside them: once corrected, they can be imported."""
    width = max([len(plan.header), *(len(sheet.rows[row.number - 1]) for row in plan.rejected())], default=1)
    header = [plan.header[at] if at < len(plan.header) else "" for at in range(width)]
    header += [language.text("Row in the file"), language.text("Why not")]
    columns = tuple(TableColumn(words) for words in header)
    rows = []
    for row in plan.rejected():
        cells: list[Value] = [_value(cell) for cell in sheet.rows[row.number - 1]]
        cells += [None] * (width - len(cells))
        rows.append((*cells, row.number, fault_words(row, language)))
    return OutputTable(language.text("Rejected rows"), columns, tuple(rows), language)


def fault_words(row: PlannedRow, language: Language) -> str:
    """Returns why a row was rejected: each column and its sentence."""
    return " · ".join(_fault_words(fault, language) for fault in row.faults)


def _fault_words(fault: Fault, language: Language) -> str:
    sentence = language.fault(fault.sentence, fault.values)
    # A sentence of a form does not repeat what was typed: in a file that is elsewhere.
    words = "" if fault.values.keys() & {"value", "day"} or not fault.words else f" “{fault.words[:40]}”"
    return f"{language.text(fault.column)}{words}: {sentence}"


def _value(cell: object) -> Value:
    if cell is None or isinstance(cell, str | int):
        return cell
    return text(cell)  # type: ignore[arg-type]


def _maps(workspace: Workspace) -> dict[str, Mapping[str, str]]:
    found = json.loads(workspace.facts_named(_MAPS)[_MAPS] or "{}")
    return found if isinstance(found, dict) else {}


def _remember(workspace: Workspace, sheet: Sheet, mapping: SheetMapping) -> None:
    header = header_of(sheet.rows[mapping.header_row - 1])
    names = {key: header[place] for key, place in mapping.columns.items() if place < len(header) and header[place]}
    maps = {**_maps(workspace), layout_name(mapping.kind, header): names}
    while len(maps) > _MOST_MAPS:
        maps.pop(next(iter(maps)))
    workspace.note_fact(_MAPS, json.dumps(maps, ensure_ascii=False))
