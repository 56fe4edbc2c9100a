"""Reads a user's table; the format is detected from the content, never from the name alone.

Formulas are read as their stored values and never run. Archives are measured before they are opened, so that a small
file cannot exhaust memory. Every error is one sentence that names the file.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.i18n.long_texts import number_in, whole_again
from samenleven_desktop.interchange.tables.model import Cell, Row, Sheet, Workbook

MOST_BYTES = 60_000_000
MOST_UNPACKED = 600_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 400
MOST_CELLS = 10_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEPARATORS = ";,\t"
_SAMPLE = 20_000
# Parts are scanned in chunks of this size: one search through more would hold the GIL and block the window.
_PIECE = 1 << 17

TOO_LARGE = N_("{file} is too large ({size} MB; at most {most} MB). Save the sheet you need in a file of its own.")
UNPACKS_TOO_LARGE = N_("{file} unpacks to more than {most} MB. Save the sheet you need in a file of its own.")
PASSWORD = N_("{file} has a password. Open it in Excel, take the password away, and save it.")
DAMAGED = N_("{file} is damaged and cannot be read. Open it in Excel and save it again.")
NO_TABLE = N_("{file} is no table. Choose an Excel file (.xlsx, .xls), .ods or .csv.")
ENTITIES = N_(
    "{file} holds definitions that no spreadsheet needs, and was not read. Open it in Excel and save it again."
)
EMPTY = N_("{file} is empty.")
TOO_MANY_ROWS = N_("{file} has more than {most} rows. Split it.")
TOO_FAR = N_(
    "{file}: the table reaches to cell {cell}, too far to read. Copy the rows you need to a new file and save that."
)
NO_SUCH_FILE = N_("There is no file {file}.")


def read_workbook(path: Path) -> Workbook:
    """Raises UserError with one sentence for anything that is not a readable table."""
    content = _bytes_of(path)
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UserError(EMPTY, field="file", file=path.name)
    if content.startswith(_ZIP):
        _measure(path.name, content)
        return _calamine(path.name, content)
    if content.startswith(_OLE):
        return _calamine(path.name, content)
    return Workbook(path.name, (Sheet(path.stem, _csv(path.name, content)),))


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UserError(NO_SUCH_FILE, field="file", file=str(path))
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UserError(
                TOO_LARGE, field="file", file=path.name, size=size // 1_000_000, most=MOST_BYTES // 1_000_000
            )
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentFault(
            N_("{file} cannot be read ({reason})."), field="file", file=path.name, reason=error.strerror or "?"
        ) from error


def _measure(name: str, content: bytes) -> None:
    """Decompresses every part once to measure it: the sizes in the archive headers may be wrong."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if ("mimetype" not in names and "[Content_Types].xml" not in names) or "xl/workbook.bin" in names:
                raise UserError(NO_TABLE, field="file", file=name)
            total = 0
            for member in archive.infolist():
                if member.flag_bits & 1:
                    raise UserError(PASSWORD, field="file", file=name)
                corner = _Corner(name) if member.filename.startswith("xl/worksheets/") else None
                with archive.open(member) as part:
                    first = True
                    while chunk := part.read(_PIECE):
                        total += len(chunk)
                        if total > MOST_UNPACKED:
                            raise UserError(UNPACKS_TOO_LARGE, field="file", file=name, most=MOST_UNPACKED // 1_000_000)
                        if first and member.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in chunk[:4096]:
                            raise UserError(ENTITIES, field="file", file=name)
                        if corner is not None:
                            corner.look(chunk)
                        first = False
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise UserError(PASSWORD, field="file", file=name)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise UserError(DAMAGED, field="file", file=name) from error


class _Corner:
    """Measures the extent of the filled cells of a sheet.

    A single cell in the last corner of an almost empty sheet would make the reader allocate billions of cells and crash
    the program.
    """

    _OVERLAP = 4096
    # Most sheets have no cell beyond column Z or row 99999: one quick search finds out.
    _FAR = re.compile(rb"r=[\"'](?:[A-Z]{2,3}[0-9]|[A-Z][0-9]{6})")
    _CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^<>]*(?<!/)>")
    _ROW = re.compile(rb"r=[\"']([0-9]{1,5})[\"']")
    # A distant row counts only if it has a value, not if it only has formatting.
    _FAR_ROW = re.compile(
        rb"row\s[^<>]*?\br=[\"']([0-9]{6,7})[\"'][^<>]*(?<!/)>(?:(?!/(?:\w+:)?row>).){0,4000}?<(?:\w+:)?(?:v|is)\b",
        re.DOTALL,
    )

    def __init__(self, file: str) -> None:
        self._file, self._tail = file, b""
        self._last, self._width, self._height = b"Z", 26, 0

    def look(self, chunk: bytes) -> None:
        """Raises UserError as soon as the sheet is too large."""
        text = self._tail + chunk
        self._tail = text[-self._OVERLAP :]
        self._height = max(self._height, *map(int, self._ROW.findall(text) + self._FAR_ROW.findall(text)), 0)
        if self._FAR.search(text) is not None:
            for letters, number in set(self._CELL.findall(text)):
                self._height = max(self._height, int(number))
                if (width := _number_of(letters)) > self._width:
                    self._last, self._width = letters, width
        if self._width * self._height > MOST_CELLS:
            raise UserError(TOO_FAR, field="file", file=self._file, cell=f"{self._last.decode()}{self._height}")


def _number_of(column: bytes) -> int:
    """Converts a column name: A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _calamine(name: str, content: bytes) -> Workbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = []
        for metadata in book.sheets_metadata:
            if metadata.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(metadata.name)
            if sheet.height > MOST_ROWS or sheet.width > MOST_COLUMNS * 50:
                raise UserError(TOO_MANY_ROWS, field="file", file=name, most=MOST_ROWS)
            rows = sheet.to_python(skip_empty_area=False)
            sheets.append(Sheet(metadata.name, tuple(_row(row) for row in rows)))
    except PasswordError as error:
        raise UserError(PASSWORD, field="file", file=name) from error
    except CalamineError as error:
        sentence = PASSWORD if content.startswith(_OLE) and _is_encrypted(content) else DAMAGED
        if content.startswith(_OLE) and sentence is DAMAGED and b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t" in content:
            sentence = NO_TABLE
        raise UserError(sentence, field="file", file=name) from error
    except (OSError, ValueError) as error:
        raise UserError(DAMAGED, field="file", file=name) from error
    if not any(sheet.rows for sheet in sheets):
        raise UserError(EMPTY, field="file", file=name)
    return Workbook(name, _with_long_texts(sheets))


def _with_long_texts(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Returns the sheets with each text that the writer kept on a sheet of its own back in its cell."""
    whole = next((found for one in sheets if (found := whole_again(one.name, one.rows))), None)
    if whole is None:
        return tuple(sheets)

    def cell(value: Cell) -> Cell:
        number = number_in(value)
        return value if number is None else whole.get(number, value)

    kept = [one for one in sheets if whole_again(one.name, one.rows) is None]
    return tuple(Sheet(one.name, tuple(tuple(map(cell, row)) for row in one.rows)) for one in kept)


def _is_encrypted(content: bytes) -> bool:
    """A workbook with a password is one stream with this name in the older OLE file format."""
    return "EncryptedPackage".encode("utf-16-le") in content


def _row(cells: Sequence[object]) -> Row:
    """Treats empty text as no value and drops cells to the right of the last value."""
    found: list[Cell] = [None if cell == "" else cell for cell in cells[:MOST_COLUMNS]]  # type: ignore[misc]
    while found and found[-1] is None:
        found.pop()
    return tuple(found)


def _csv(name: str, content: bytes) -> tuple[Row, ...]:
    text = _text(name, content)
    if text[:4].lower() == "sep=" and len(text) > 4:
        # Excel's line that names the separator; it does not count as a row.
        separator, text = text[4], text.partition("\n")[2]
    else:
        separator = _separator(text)
    rows: list[Row] = []
    csv.field_size_limit(10_000_000)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False):
            rows.append(_row([_without_apostrophe(cell.strip()) for cell in cells]))
            if len(rows) > MOST_ROWS:
                raise UserError(TOO_MANY_ROWS, field="file", file=name, most=MOST_ROWS)
    except csv.Error as error:
        raise UserError(DAMAGED, field="file", file=name) from error
    return tuple(rows)


def _without_apostrophe(cell: str) -> str:
    """Removes the apostrophe that prevents a text from being run as a formula (writer.py)."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _text(name: str, content: bytes) -> str:
    """Decodes UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252; images and binaries are refused."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content[:_SAMPLE] or content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"GIF8", b"MZ")):
        raise UserError(NO_TABLE, field="file", file=name)
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:15].lower().startswith((b"<!doctype", b"<html", b"<?xml", b"{", b"[")):
        raise UserError(NO_TABLE, field="file", file=name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """Returns the separator that occurs most often outside quotes in the first lines, and equally often in each."""
    lines = [line for line in text[:_SAMPLE].splitlines()[:20] if line.strip()]
    counts = {sign: [len(next(csv.reader([line], delimiter=sign), [])) for line in lines] for sign in _SEPARATORS}
    return max(_SEPARATORS, key=lambda sign: (min(counts[sign], default=0) > 1, sum(counts[sign])))
