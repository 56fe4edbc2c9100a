"""Every kind of report on paper: valid at any size, whatever was typed, links, contents, no heading left alone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.tables.reader import read_workbook
from samenleven_desktop.reports.document import (
    Align,
    Checklist,
    Document,
    DocumentColumn,
    Heading,
    LinkCell,
    Paragraph,
    Table,
)
from samenleven_desktop.reports.pdf import write_pdf
from samenleven_desktop.reports.pdf_text import pdf_text
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.reports.kinds import report_bytes
from tests.reports.material import Material
from tests.tools import verapdf

# 20,000 characters of everything that a writer could trip over.
NASTY = "<b>vet</b> & ]]> 😀👍 עברית שלום مرحبا =1+1 \u200bnul\u0007 einde"
LONG = (NASTY + " ") * (20_000 // len(NASTY) + 1)

PLAIN = "afspraak over de zaal " * 910


def plain(blocks: tuple[object, ...], language: str = "nl", contents: str | None = None) -> Document:
    return Document("Titel", "onder", ("afzender",), "bron", language, None, "{page}/{pages}", blocks, contents)  # type: ignore[arg-type]


def said(pdf: bytes) -> str:
    """What a screen reader says of text that is drawn in another order, and all other text."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            for step in pikepdf.parse_content_stream(page):
                if str(step.operator) == "BDC" and "/ActualText" in step.operands[1]:
                    found.append(str(step.operands[1]["/ActualText"]))
    return " ".join(found)


@pytest.mark.parametrize("kind", REPORT_KINDS)
def test_what_a_person_typed_is_shown_as_it_is(kind: str) -> None:
    document = Material(3, NASTY).document(kind, Language("nl"))
    pdf = write_pdf(document)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert not opened.check_pdf_syntax()
    if kind in ("stimulus-overview", "activity", "kpi"):
        # Nothing in them was typed.
        return
    words = re.sub(r"\s+", " ", said(pdf))
    for part in ("<b>vet</b>", "& ]]>", "😀👍", "עברית שלום", "مرحبا", "=1+1"):
        assert part in words, part
    assert "\u0007" not in pdf_text(pdf)


@pytest.mark.slow
def test_twenty_thousand_characters_as_a_text_in_a_cell_and_in_a_list() -> None:
    table = Table((DocumentColumn("a"), DocumentColumn("b", 3)), (("kort", LONG),))
    pdf = write_pdf(plain((Heading("kop"), Paragraph(LONG), table, Checklist(((True, PLAIN, "klaar"),)))))
    assert re.sub(r"\s+", " ", said(pdf)).count("einde") == 2 * LONG.count("einde")
    assert pdf_text(pdf).count("afspraak") == PLAIN.count("afspraak")


@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".csv"])
def test_what_a_person_typed_stands_in_the_cells(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"r{ending}"
    typed = "<b>vet</b> & ]]> 😀 עברית مرحبا"
    document = plain(
        (Heading("kop"), Table((DocumentColumn("a"), DocumentColumn("b")), ((typed, "=1+1"), (typed * 700, "x"))))
    )
    path.write_bytes(report_bytes(document, ending))
    cells = [str(cell) for sheet in read_workbook(path).sheets for row in sheet.rows for cell in row]
    assert typed in cells
    assert any(cell.lstrip("'") == "=1+1" for cell in cells)
    assert any(len(cell) > 20_000 and cell.startswith(typed) for cell in cells)


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 7, 20])
@pytest.mark.parametrize("kind", REPORT_KINDS)
def test_no_heading_stands_alone_at_the_foot_of_a_page(kind: str, rows: int) -> None:
    words = "Een verslag van enkele regels over het onthaalbeleid. " * rows
    pdf = write_pdf(Material(rows, words).document(kind, Language("nl")))
    order = list(_drawn(pdf))
    for (tag, page), (_, after) in pairwise(order):
        assert not tag.startswith("H") or page == after, (kind, rows, page)


@pytest.mark.slow
@pytest.mark.parametrize("rows", range(40, 76))
def test_a_table_leaves_no_row_alone_on_a_page_and_has_its_head_once_on_each(rows: int) -> None:
    table = Table((DocumentColumn("kop"), DocumentColumn("b")), tuple((f"rij {n}", "x") for n in range(rows)))
    with pikepdf.open(io.BytesIO(write_pdf(plain((table,))))) as opened:
        pages = [pdf_text(_one_page(opened, number)).split("\n") for number in range(len(opened.pages))]
    assert len(pages) > 1
    assert [page.count("kop") for page in pages] == [1] * len(pages)
    found = [sum(line.startswith("rij ") for line in page) for page in pages]
    assert sum(found) == rows
    assert min(found) > 1, found


def test_a_table_that_goes_on_says_of_what_and_a_screen_reader_does_not_hear_it() -> None:
    table = Table((DocumentColumn("kop"), DocumentColumn("b")), tuple((f"rij {n}", "x") for n in range(120)))
    with pikepdf.open(io.BytesIO(write_pdf(plain((Heading("Gent"), table))))) as opened:
        pages = [pdf_text(_one_page(opened, number)) for number in range(len(opened.pages))]
        for page in list(opened.pages)[1:]:
            steps = [str(step.operator) for step in pikepdf.parse_content_stream(page)]
            assert steps.count("BDC") == steps.count("EMC")
    assert len(pages) > 2
    assert ["Gent (vervolg)" in page for page in pages] == [False] + [True] * (len(pages) - 1)


def test_a_number_is_never_broken_nor_the_word_of_a_head() -> None:
    columns = (
        DocumentColumn("Wat", 9),
        DocumentColumn("Bevestigd", 1, Align.RIGHT),
        DocumentColumn("Subsidie", 1, Align.RIGHT),
    )
    # As many signs each, but ones are narrow.
    amounts = ("€\u00a0111.111.111,11", "€\u00a0444.888.000,44")
    rows = tuple(("een tekst die ruimte heeft", "1.234.567", amount) for amount in amounts)
    lines = pdf_text(write_pdf(plain((Table(columns, rows),)))).split("\n")
    whole = {amount.replace("\u00a0", " ") for amount in amounts}
    assert {"Bevestigd", "Subsidie", "1.234.567", *whole} <= {line.replace("\u00a0", " ") for line in lines}


@pytest.mark.parametrize("lines", range(30, 46))
def test_a_short_table_stays_whole_with_its_heading_and_the_words_that_lead_to_it(lines: int) -> None:
    table = Table((DocumentColumn("a"), DocumentColumn("b")), tuple((f"rij {n}", "x") for n in range(4)))
    before = tuple(Paragraph("regel") for _ in range(lines))
    blocks = (*before, Heading("kop van de tabel"), Paragraph("bij de tabel", leads=True), table)
    with pikepdf.open(io.BytesIO(write_pdf(plain(blocks)))) as opened:
        pages = [pdf_text(_one_page(opened, number)) for number in range(len(opened.pages))]
    together = ("kop van de tabel", "bij de tabel", *(f"rij {n}" for n in range(4)))
    assert sum(all(words in page for words in together) for page in pages) == 1


def _drawn(pdf: bytes) -> Iterator[tuple[str, int]]:
    """(tag, page) of every piece of content, in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = {page.obj.objgen: number for number, page in enumerate(opened.pages)}

        def walk(node: pikepdf.Object) -> Iterator[tuple[str, int]]:
            for kid in node.K:
                if kid.get("/Type") == "/MCR":
                    yield str(node.S)[1:], pages[kid.Pg.objgen]
                elif kid.get("/Type") == "/StructElem":
                    yield from walk(kid)

        yield from walk(opened.Root.StructTreeRoot.K[0])


def test_links_lead_where_they_say_and_are_in_the_structure() -> None:
    page, mail = "https://www.vlaanderen.be/plan-samenleven", "mailto:dienst@voorbeeld.invalid"
    table = Table((DocumentColumn("a"),), ((LinkCell("dienst", mail),),))
    with pikepdf.open(io.BytesIO(write_pdf(plain((Paragraph("naar de pagina", url=page), table))))) as opened:
        links = list(opened.pages[0].obj.Annots)
        assert [str(link.A.URI) for link in links] == [page, mail]
        assert all(str(link.Contents) for link in links)
        owners = dict(zip(*[iter(opened.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
        for link in links:
            owner = owners[link.StructParent]
            assert owner.S == "/Link"
            assert any(kid.get("/Type") == "/OBJR" and kid.Obj.objgen == link.objgen for kid in owner.K)


def test_the_contents_name_the_page_of_each_chapter() -> None:
    blocks: list[object] = []
    for number in range(5):
        blocks += [Heading(f"Bestuur {number}", chapter=True), Paragraph("woord " * 700 * number)]
    with pikepdf.open(io.BytesIO(write_pdf(plain(tuple(blocks), contents="Inhoud")))) as opened:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages, 1)}
        links = list(opened.pages[0].obj.Annots)
        targets = [numbers[link.Dest[0].objgen] for link in links]
        assert [str(link.Contents) for link in links] == [f"Bestuur {number}" for number in range(5)]
        first = pdf_text(_one_page(opened))
    assert targets == sorted(set(targets))
    for target in targets:
        assert re.search(rf"^{target}$", first, re.MULTILINE)


def _one_page(opened: pikepdf.Pdf, number: int = 0) -> bytes:
    alone = pikepdf.Pdf.new()
    alone.pages.append(opened.pages[number])
    out = io.BytesIO()
    alone.save(out)
    return out.getvalue()


def test_a_long_compound_is_broken_where_dutch_allows_it() -> None:
    columns = (DocumentColumn("a", 1), DocumentColumn("b", 9))
    row = ("Burgerschapsvormingsprogramma", "x")
    lines = pdf_text(write_pdf(plain((Table(columns, (row,)),)))).split("\n")
    broken = [line for line in lines if line.endswith("-")]
    assert broken
    assert "".join(line.rstrip("-") for line in lines if "x" not in line and "/" not in line).find(row[0]) >= 0
    assert not any(line.endswith("-") for line in pdf_text(write_pdf(plain((Paragraph("kort woord"),)))).split("\n"))


@pytest.mark.skipif(not verapdf.is_there(), reason="veraPDF is not there: make verapdf")
@pytest.mark.parametrize("rows", [1, 20])
def test_verapdf_finds_nothing_in_any_kind(rows: int, tmp_path: Path) -> None:
    good, told = verapdf.check([path for kind in REPORT_KINDS for path in _written(kind, rows, tmp_path)])
    assert good, told


@pytest.mark.long
@pytest.mark.skipif(not verapdf.is_there(), reason="veraPDF is not there: make verapdf")
@pytest.mark.parametrize("kind", REPORT_KINDS)
def test_verapdf_finds_nothing_in_300_rows(kind: str, tmp_path: Path) -> None:
    good, told = verapdf.check(_written(kind, 300, tmp_path))
    assert good, told


def _written(kind: str, rows: int, folder: Path) -> list[Path]:
    """The report of a kind with a plain and with a nasty text everywhere, in files."""
    files = []
    for name, words in (("plain", "Een gewone tekst."), ("nasty", NASTY)):
        files.append(folder / f"{kind}-{name}.pdf")
        files[-1].write_bytes(write_pdf(Material(rows, words).document(kind, Language("nl"))))
    return files
