"""Exports the KPI document of an applicant, and imports it again as changes of the commitments."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.i18n.labels import action_name
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.long_texts import too_long_note
from samenleven_desktop.interchange import kpi_document as document
from samenleven_desktop.interchange.tables.model import Workbook
from samenleven_desktop.readmodels.core import CommitmentLine
from samenleven_desktop.services.core import lookup
from samenleven_desktop.services.core.query_context import QueryContext, YearRef
from samenleven_desktop.services.importing.import_plan import ImportPlan, PlannedRow
from samenleven_desktop.services.importing.planner_base import against, change_commitment
from samenleven_desktop.services.importing.row_cells import Cells, RowFault
from samenleven_desktop.services.importing.values import long_text, number
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.storage.queries import import_keys as stored
from samenleven_desktop.storage.queries import reference

NO_TARGETS = N_("{government} has no commitments in project year {year}.")
UNKNOWN_CODE = N_("{government} has no target {value} in project year {year}.")
OTHER_CONFIRMED = N_("The confirmed number is {known} here, not {value}. It is agreed with the agency and not changed.")
KIND = "commitments"


@dataclass(frozen=True)
class KpiDocument:
    """The workbook, and how many of its texts are too long for a cell."""

    content: bytes
    too_long: int

    def note(self, language: Language) -> str | None:
        """Returns the sentence about those texts; the sheet has its Dutch name, as the whole document."""
        return too_long_note(language, self.too_long, document.LANGUAGE)


def kpi_document(context: QueryContext, government_id: str, year: YearRef = None) -> KpiDocument:
    """Returns the workbook for a government or partnership. Raises UserError if it has no commitments in that year."""
    government = reference.government(context.view, government_id)
    context, project_year = context.at(year) if isinstance(year, str) else (context, lookup.project_year(context, year))
    lines = kpi.list_commitments(context, project_year.number, [government_id])
    if not lines:
        raise UserError(NO_TARGETS, government=government.name, year=str(project_year.number))
    head = document.Head(government.code, government.name, context.plan.code, project_year.number, project_year.label)
    ordered = sorted(lines, key=lambda line: (line.action_number, line.target_code))
    mark = "Oefenbestand, verzonnen cijfers" if context.practice else None
    return KpiDocument(*document.write_document(head, [_row(line) for line in ordered], mark))


def is_kpi_document(book: Workbook) -> bool:
    """Returns whether a workbook was written by `kpi_document`."""
    return document.facts_of(book) is not None


def plan_kpi_document(context: QueryContext, book: Workbook) -> ImportPlan:
    """Plans the changes: reached numbers, motivation and anchor moments; nothing else is imported."""
    facts = document.facts_of(book) or {}
    rows = document.read_document(book)
    if facts.get("plan"):
        context = lookup.in_plan(context, facts["plan"])
    year = lookup.project_year(context, int(facts["year"]) if facts["year"].isdigit() else None)
    government = lookup.government_on(context, facts["government"], year.start)
    targets = {
        target.code: target.id
        for action in context.plan.actions
        for target in action.targets
        if target.in_year(year.number) is not None
    }
    present = stored.commitments(context.view)
    planned = []
    for row in rows:
        names = tuple(row.cells)
        cells = Cells(tuple(row.cells.values()), {name: at for at, name in enumerate(names)}, dict(document.COLUMNS))
        known = present.get((government.id, year.number, targets.get(row.code, "")))
        label = f"{government.name} · {row.code} · {year.label}"
        try:
            if known is None:
                about, number_ = government.name, str(year.number)
                raise cells.fault("code", UNKNOWN_CODE, government=about, value=row.code, year=number_)
            planned.append(_planned(row, cells, label, dict(known)))
        except RowFault as error:
            planned.append(PlannedRow(row.number, label, RowState.REJECTED, fault=error.fault))
    return ImportPlan(KIND, book.file, tuple(document.COLUMNS.values()), tuple(planned))


def _planned(row: document.FilledRow, cells: Cells, label: str, known: dict[str, object]) -> PlannedRow:
    confirmed = cells.read("confirmed", number)
    if confirmed is not None and confirmed != known["confirmed"]:
        raise cells.fault("confirmed", OTHER_CONFIRMED, known=str(known["confirmed"]), value=str(confirmed))
    values: dict[str, object] = {}
    for name in ("interim_reached", "final_reached"):
        values[name] = cells.read(name, number)
    for name in ("motivation", "anchor_moments"):
        values[name] = cells.read(name, long_text)
    change = partial(change_commitment, str(known["id"]))
    return cells.check({}, against, row.number, label, known, values, change)


def _row(line: CommitmentLine) -> document.DocumentRow:
    return document.DocumentRow(
        code=line.target_code,
        action=f"{line.action} {action_name(line)}",
        target=line.target_label,
        unit=line.unit or "",
        existing_reach=line.existing_reach,
        confirmed=line.confirmed,
        interim_reached=line.interim_reached,
        final_reached=line.final_reached,
        motivation=line.motivation,
        anchor_moments=line.anchor_moments,
    )
