"""Every way out takes every text: spreadsheets, calendar, paper; what no cell holds is whole on a sheet of its own."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from samenleven_desktop.domain.agenda import AgendaItem, AgendaKind
from samenleven_desktop.domain.text_output import printable
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.ics import calendar_file
from samenleven_desktop.interchange.tables.reader import read_workbook
from samenleven_desktop.interchange.tables.writer import ENDINGS, OutputTable, TableColumn, note_of, write_table
from samenleven_desktop.reports.document import (
    Checklist,
    Document,
    DocumentColumn,
    Heading,
    KeyFigures,
    Paragraph,
    Table,
)
from samenleven_desktop.reports.pdf import write_pdf
from samenleven_desktop.services.reports.kinds import report_bytes
from tests.text_samples import TEXTS

NL = Language("nl")


def table(*texts: str) -> OutputTable:
    return OutputTable(
        "Lijst",
        (TableColumn("een"), TableColumn("twee")),
        tuple((one, "einde") for one in texts),
        NL,
        (("wat", texts[0]),),
    )


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
@given(words=TEXTS)
@example(words="\t")
@example(words="'=x")
@example(words="  '=x")
@example(words="''-1")
@settings(max_examples=60, deadline=None)
def test_a_spreadsheet_holds_every_text(ending: str, words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("uit") / f"lijst{ending}"
    path.write_bytes(write_table(table(words), ending))
    row = read_workbook(path).sheets[0].rows[1]
    shown = printable(words)
    assert "einde" in row
    assert str(row[0] or "").strip() == shown.strip()


@given(words=TEXTS)
@settings(max_examples=60, deadline=None)
def test_a_calendar_holds_every_text(words: str) -> None:
    item = AgendaItem(date(2024, 3, 11), AgendaKind.AGREEMENT, f"Gent {words}", detail=words)
    (event,) = Calendar.from_ical(calendar_file([item], NL, datetime(2024, 3, 1, tzinfo=UTC), words=True)).walk(
        "VEVENT"
    )
    # The reader of this test takes a byte order mark away, not the file.
    assert str(event["description"]) == printable(words).lstrip("\ufeff")


@pytest.mark.slow
@given(words=TEXTS)
@settings(max_examples=40, deadline=None)
def test_a_report_takes_every_text(words: str) -> None:
    columns = (DocumentColumn(words or "a"), DocumentColumn("b"))
    blocks = (
        Heading(words),
        Paragraph(words),
        KeyFigures(((words, words, words),)),
        Table(columns, ((words, "x"),), caption_column=True),
        Checklist(((True, words, words),)),
    )
    document = Document(words, words, (words,), words, "nl", None, "{page}/{pages}", blocks)
    for ending in (".pdf", *ENDINGS):
        assert report_bytes(document, ending)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_text_longer_than_a_cell_is_whole_and_named(ending: str, tmp_path: Path) -> None:
    long = "verslag 😀 " * 9_000
    path = tmp_path / f"lijst{ending}"
    path.write_bytes(write_table(table("kort", long), ending))
    assert (note_of(table("kort", long), ending) is None) == (ending == ".csv")
    # The import takes it back whole.
    read = read_workbook(path).sheets
    assert str(read[0].rows[2][0]).strip() == long.strip()
    assert [one.name for one in read if one.name == "Lange teksten"] == []
    if ending == ".csv":
        return
    book = CalamineWorkbook.from_path(path)
    cell = str(book.get_sheet_by_index(0).to_python()[2][0])
    assert "Lange teksten" in cell
    assert len(cell.encode("utf-16-le")) // 2 <= 32_767
    rest = book.get_sheet_by_name("Lange teksten").to_python()
    assert "".join(str(row[1]) for row in rest) == long
    assert {str(row[0]) for row in rest} == {"1"}


def test_a_report_workbook_keeps_a_long_text_whole(tmp_path: Path) -> None:
    long = "verslag " * 9_000
    document = Document("Titel", "", (), "bron", "nl", None, "{page}", (Paragraph(long), Paragraph("slot")))
    path = tmp_path / "verslag.xlsx"
    path.write_bytes(report_bytes(document, ".xlsx"))
    book = CalamineWorkbook.from_path(path)
    assert any(
        str(cell).startswith("verslag verslag") for row in book.get_sheet_by_index(0).to_python() for cell in row
    )
    assert "".join(str(row[1]) for row in book.get_sheet_by_index(1).to_python()) == long
    assert write_pdf(document).startswith(b"%PDF")
    assert io.BytesIO(report_bytes(document, ".ods")).read(2) == b"PK"
