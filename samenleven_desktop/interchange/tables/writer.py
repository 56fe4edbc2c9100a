"""Writes a table as xlsx, ods or csv. Text that looks like a formula is always written as text.

Every text passes `domain.text.printable`; one that no cell can hold is whole on a sheet of its own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.text_output import printable
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.long_texts import LongTexts, long_texts_note, write_rest

Value = str | int | Decimal | bool | date | datetime | None
ENDINGS = (".xlsx", ".ods", ".csv")
NO_ENDING = N_("{file}: choose a name that ends in {endings}.")
# The characters that make a spreadsheet read a csv cell as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60


@dataclass(frozen=True)
class TableColumn:
    """A column: its header, and its number format (`money` in euro, `number`, `date`, or plain text)."""

    header: str
    kind: str = "text"


@dataclass(frozen=True)
class OutputTable:
    """A table to write. `about`: lines (caption, text) that state who made it, when, from what, with which filter."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    language: Language
    about: tuple[tuple[str, str], ...] = ()
    about_title: str = "Info"


def write_table(table: OutputTable, ending: str) -> bytes:
    """Returns the file as bytes. Raises UserError for an unknown ending."""
    writers = {".xlsx": _xlsx, ".ods": _ods, ".csv": _csv}
    if ending not in writers:
        raise UserError(NO_ENDING, field="out", file=ending, endings=", ".join(ENDINGS))
    return writers[ending](table)


def note_of(table: OutputTable, ending: str) -> str | None:
    """Returns a sentence for the user if texts of the table are too long for a cell."""
    return long_texts_note(table.language, (value for row in table.rows for value in row), ending)


def _xlsx(table: OutputTable) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {
        "text": book.add_format({"valign": "top"}),
        "number": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "money": book.add_format({"num_format": "#,##0.00 €", "valign": "top"}),
        "date": book.add_format({"num_format": "dd-mm-yyyy", "valign": "top"}),
    }
    long_texts = LongTexts(table.language)
    sheet = book.add_worksheet(_sheet_name(table.title))
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, long_texts.cell(column.header), head)
        sheet.set_column(place, place, _width(table, place))
    for number, row in enumerate(table.rows, start=1):
        for place, value in enumerate(row):
            look = formats[table.columns[place].kind]
            if value is None:
                continue
            if isinstance(value, bool):
                sheet.write_boolean(number, place, value, look)
            elif isinstance(value, int | Decimal):
                sheet.write_number(number, place, float(value) if isinstance(value, Decimal) else value, look)
            elif isinstance(value, date):
                sheet.write_datetime(number, place, value, formats["date"])
            else:
                sheet.write_string(number, place, long_texts.cell(value), look)
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    if table.about:
        info = book.add_worksheet(_sheet_name(table.about_title))
        info.set_column(0, 0, 24)
        info.set_column(1, 1, 80)
        for number, (caption, words) in enumerate(table.about):
            info.write_string(number, 0, long_texts.cell(caption), head)
            info.write_string(number, 1, long_texts.cell(words))
    write_rest(book, long_texts)
    book.close()
    return stream.getvalue()


def _ods(table: OutputTable) -> bytes:
    from odfdo import Cell, Document, Row
    from odfdo import Table as OdsTable

    document = Document("spreadsheet")
    document.body.clear()
    long_texts = LongTexts(table.language)

    def add(name: str, rows: Sequence[Sequence[Value]]) -> None:
        made = OdsTable(name)
        for values in rows:
            line = Row()
            for value in values:
                line.append_cell(Cell(long_texts.cell(value) if isinstance(value, str) else value))
            made.append_row(line)
        document.body.append(made)

    add(_sheet_name(table.title), [tuple(column.header for column in table.columns), *table.rows])
    if table.about:
        add(_sheet_name(table.about_title), table.about)
    if parts := long_texts.rows():
        add(_sheet_name(long_texts.sheet), parts)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _csv(table: OutputTable) -> bytes:
    """Semicolons and a UTF-8 BOM, so that Excel with Flemish settings opens it directly. Money has a decimal comma."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([_csv_text(printable(column.header)) for column in table.columns])
    for row in table.rows:
        writer.writerow([_csv_value(value) for value in row])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _csv_value(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case Decimal():
            return str(value).replace(".", ",")
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            return _csv_text(printable(value))


def _csv_text(words: str) -> str:
    """Prefixes an apostrophe to what a spreadsheet would run as a formula, so that it is shown as text."""
    return f"'{words}" if words.lstrip("'").startswith(_FORMULA) else words


def _width(table: OutputTable, place: int) -> int:
    longest = max((len(str(row[place] or "")) for row in table.rows[:500]), default=0)
    return max(9, min(max(longest, len(table.columns[place].header)) + 2, _WIDEST))


def _sheet_name(title: str) -> str:
    """Returns a name that Excel accepts: 31 code units at most."""
    kept = "".join(sign if ord(sign) < 0x10000 else " " for sign in printable(title) if sign not in "[]:*?/\\'\n\t")
    return kept[:31].strip() or "Blad"
