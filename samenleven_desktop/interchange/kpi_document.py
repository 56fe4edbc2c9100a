"""The personalised KPI workbook: written for one applicant and project year, and read again once it is filled in.

Only the input cells are unlocked. A hidden sheet identifies applicant and year; columns are found by their names and
rows by the code of their target, so that moved columns and inserted rows do no harm.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.long_texts import LongTexts, write_rest
from samenleven_desktop.interchange.tables.model import Cell, Workbook

HIDDEN = "_samenleven"
FORMAT_VERSION = 1
NO_HEADER = N_(
    "{file}: the row with the names of the columns is not there any more. Put it back, or ask for a new file."
)
NEWER = N_("{file} was made by a newer version of Samenleven. Install that version first.")
_ROOM = 12
# Field -> name of its column; the document is in Dutch, like the agency's own.
COLUMNS = {
    "code": "Code",
    "action": "Actie",
    "target": "Doelgroep",
    "unit": "Eenheid",
    "existing_reach": "Bestaand bereik",
    "confirmed": "Bevestigd",
    "interim_reached": "Tussentijds behaald",
    "final_reached": "Finaal behaald",
    "difference": "Verschil",
    "motivation": "Motivering",
    "anchor_moments": "Ankermomenten",
}
FILLED_IN = ("interim_reached", "final_reached", "motivation", "anchor_moments")
_SUMMED = ("confirmed", "interim_reached", "final_reached")
_WIDTHS = {"action": 34, "target": 30, "motivation": 60, "anchor_moments": 40, "unit": 14}


@dataclass(frozen=True)
class DocumentRow:
    """The present numbers of a target; they are total reaches."""

    code: str
    action: str
    target: str
    unit: str
    existing_reach: int
    confirmed: int | None
    interim_reached: int | None
    final_reached: int | None
    motivation: str | None
    anchor_moments: str | None


@dataclass(frozen=True)
class Head:
    """The applicant, plan and project year of a document."""

    government_code: str
    government_name: str
    plan_code: str
    year: int
    year_label: str


@dataclass(frozen=True)
class FilledRow:
    """A row that was read: its number in the sheet, the code of its target, the cells by field."""

    number: int
    code: str
    cells: Mapping[str, Cell]


def write_document(head: Head, rows: Sequence[DocumentRow], mark: str | None) -> bytes:
    """Returns the workbook as xlsx."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    sheet = book.add_worksheet("KPI-rapport")
    long_texts = LongTexts(Language("nl"))
    title = book.add_format({"bold": True, "font_size": 14})
    names = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    fixed = book.add_format({"valign": "top", "text_wrap": True, "num_format": "#,##0"})
    open_ = book.add_format(
        {"valign": "top", "text_wrap": True, "num_format": "#,##0", "locked": False, "bg_color": "#FFF8C5", "border": 1}
    )
    total = book.add_format({"bold": True, "top": 1, "num_format": "#,##0"})
    sheet.write_string(0, 0, long_texts.cell(f"KPI-rapport {head.government_name}"), title)
    sheet.write_string(1, 0, long_texts.cell(f"Projectjaar {head.year} ({head.year_label})"))
    sheet.write_string(2, 0, "Vul de gele cellen in. Rapporteer het hele bereik: bestaand en bijkomend.")
    if mark:
        sheet.write_string(3, 0, mark, names)
    top = 5
    places = {field: place for place, field in enumerate(COLUMNS)}
    for field, caption in COLUMNS.items():
        sheet.write_string(top, places[field], caption, names)
        sheet.set_column(places[field], places[field], _WIDTHS.get(field, _ROOM))
    for number, row in enumerate(rows, start=top + 1):
        for field in COLUMNS:
            look = open_ if field in FILLED_IN else fixed
            if field == "difference":
                reached, confirmed = _name(places["final_reached"], number), _name(places["confirmed"], number)
                formula = f'=IF(OR({reached}="",{confirmed}=""),"",{reached}-{confirmed})'
                known = row.final_reached is not None and row.confirmed is not None
                sheet.write_formula(number, places[field], formula, look, _difference(row) if known else "")
                continue
            value = getattr(row, field)
            if isinstance(value, int):
                sheet.write_number(number, places[field], value, look)
            elif value:
                sheet.write_string(number, places[field], long_texts.cell(value), look)
            else:
                sheet.write_blank(number, places[field], None, look)
    last = top + len(rows)
    sheet.write_string(last + 1, places["action"], "Totaal", total)
    for field in _SUMMED:
        summed = sum(getattr(row, field) or 0 for row in rows)
        formula = f"=SUM({_name(places[field], top + 1)}:{_name(places[field], last)})"
        sheet.write_formula(last + 1, places[field], formula, total, summed)
    sheet.freeze_panes(top + 1, places["unit"])
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
    write_rest(book, long_texts)
    hidden = book.add_worksheet(HIDDEN)
    facts = {
        "format": str(FORMAT_VERSION),
        "government": head.government_code,
        "plan": head.plan_code,
        "year": str(head.year),
    }
    for number, (key, value) in enumerate(facts.items()):
        hidden.write_string(number, 0, key)
        hidden.write_string(number, 1, value)
    hidden.hide()
    book.close()
    return stream.getvalue()


def facts_of(book: Workbook) -> dict[str, str] | None:
    """Returns the content of the hidden sheet; None if the workbook is no KPI document."""
    sheet = next((one for one in book.sheets if one.name == HIDDEN), None)
    if sheet is None:
        return None
    found = {str(row[0]): _words(row[1]) for row in sheet.rows if len(row) > 1}
    return found if {"format", "government", "year"} <= found.keys() else None


def read_document(book: Workbook) -> list[FilledRow]:
    """Returns the rows of targets, wherever columns and rows were moved to. Raises UserError without a header row."""
    facts = facts_of(book) or {}
    if not facts.get("format", "").isdigit() or int(facts["format"]) > FORMAT_VERSION:
        raise UserError(NEWER, field="file", file=book.file)
    wanted = {caption.casefold(): field for field, caption in COLUMNS.items()}
    for sheet in book.sheets:
        for place, row in enumerate(sheet.rows):
            names = {
                wanted[_words(cell).casefold()]: at for at, cell in enumerate(row) if _words(cell).casefold() in wanted
            }
            if {"code", "final_reached"} <= names.keys():
                return _rows(sheet.rows, place + 1, names)
    raise UserError(NO_HEADER, field="file", file=book.file)


def _rows(rows: Sequence[tuple[Cell, ...]], first: int, names: Mapping[str, int]) -> list[FilledRow]:
    found = []
    for number, row in enumerate(rows[first:], start=first + 1):
        cells = {field: row[at] if at < len(row) else None for field, at in names.items()}
        code = _words(cells["code"])
        if code:
            found.append(FilledRow(number, code, cells))
    return found


def _difference(row: DocumentRow) -> int:
    return (row.final_reached or 0) - (row.confirmed or 0)


def _name(column: int, row: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))


def _words(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell or "").strip()
