"""The structure of a PDF for who does not see it: in reading order, nothing left out, valid PDF/UA-1 where checked."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.reports.document import (
    Align,
    Checklist,
    Document,
    DocumentColumn,
    Heading,
    KeyFigures,
    MonthBars,
    Paragraph,
    ProgressCell,
    Table,
)
from samenleven_desktop.reports.pdf import write_pdf
from tests.tools import verapdf

NASTY = "<b>vet</b> & ]]> 😀 עברית"


def document(rows: int, language: str = "nl") -> Document:
    columns = (DocumentColumn("Actie", 3), DocumentColumn("Aantal", 1, Align.RIGHT), DocumentColumn("Voortgang", 3))
    lines = tuple(
        (f"rij {n} {NASTY}" + " lang" * (300 if n == 7 else 0), str(n), ProgressCell(0.4, 0.5, KpiState.BEHIND, "40 %"))
        for n in range(rows)
    )
    items = tuple((n % 2 == 0, f"afspraak {n}", "morgen" if n % 3 else "") for n in range(rows))
    return Document(
        "Proef",
        "onder de titel",
        ("plan", "agentschap"),
        "bron: alles",
        language,
        "Oefenbestand",
        "pagina {page} van {pages}",
        (
            KeyFigures((("Sessies", "12", "dit jaar"), ("Uren", "24", ""))),
            Heading("Kop"),
            Paragraph(f"{NASTY}\n" + "woord " * 3400),
            Heading("Lager", 2),
            Table(columns, lines, "leeg"),
            Checklist(items, "geen afspraken"),
            MonthBars("Sessies", tuple((f"m{n}", n) for n in range(6)), "Sessies per maand, als staafdiagram"),
            Table(columns, (), "geen rijen"),
        ),
    )


def structure(pdf: bytes) -> list[tuple[str, int]]:
    """The tags in reading order, with how much content each has."""
    found: list[tuple[str, int]] = []

    def walk(node: pikepdf.Object) -> None:
        kids = list(node.get("/K", pikepdf.Array()))
        found.append((str(node.S)[1:], sum(1 for kid in kids if kid.get("/Type") == "/MCR")))
        for kid in kids:
            if kid.get("/Type") == "/StructElem":
                walk(kid)

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        walk(opened.Root.StructTreeRoot.K[0])
    return found


def test_headings_tables_lists_and_figures_stand_in_reading_order() -> None:
    tags = [tag for tag, _ in structure(write_pdf(document(3)))]
    outline = [tag for tag in tags if tag in ("H1", "H2", "H3", "Table", "L", "Figure")]
    # The figures of the list are its boxes.
    assert outline == ["H1", "H2", "H3", "Table", "L", "Figure", "Figure", "Figure", "Figure"]
    assert tags.count("TR") == 4
    assert tags.count("TH") == 3
    assert tags.count("TD") == 9
    assert tags.count("LI") == tags.count("LBody") == 3


@pytest.mark.slow
def test_every_cell_and_paragraph_has_content_and_a_repeated_head_is_read_once() -> None:
    found = structure(write_pdf(document(300)))
    assert all(number for tag, number in found if tag in ("P", "H1", "H2", "H3", "TD", "Figure"))
    assert [number for tag, number in found if tag == "TH"] == [1, 1, 1]
    # The long text and the long cell run over pages: one element, several pieces.
    assert any(number > 1 for tag, number in found if tag in ("P", "TD"))


@pytest.mark.parametrize(("language", "code"), [("nl", "nl-BE"), ("en", "en-GB")])
def test_title_language_and_mark(language: str, code: str) -> None:
    with pikepdf.open(io.BytesIO(write_pdf(document(1, language)))) as opened:
        assert str(opened.Root.Lang) == code
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        with opened.open_metadata() as metadata:
            assert metadata["dc:title"] == "Proef"
            assert metadata["pdfuaid:part"] == "1"
        for page in opened.pages:
            for font in (page.obj.Resources.Font[name] for name in _written_with(page)):
                descriptor = font.get("/FontDescriptor") or font.DescendantFonts[0].FontDescriptor
                assert "/FontFile2" in descriptor


def _written_with(page: pikepdf.Page) -> set[str]:
    """The fonts in which words stand on a page."""
    current, found = "", set()
    for instruction in pikepdf.parse_content_stream(page):
        if str(instruction.operator) == "Tf":
            current = str(instruction.operands[0])
        elif str(instruction.operator) in ("Tj", "TJ"):
            found.add(current)
    return found


def test_all_that_is_drawn_is_content_or_an_artifact() -> None:
    """Nothing that paints stands outside a mark."""
    painting = {"Tj", "TJ", "S", "f", "f*", "B", "b", "Do", "'", '"'}
    with pikepdf.open(io.BytesIO(write_pdf(document(20)))) as opened:
        for page in opened.pages:
            depth = 0
            for instruction in pikepdf.parse_content_stream(page):
                operator = str(instruction.operator)
                depth += (operator in ("BDC", "BMC")) - (operator == "EMC")
                assert depth in (0, 1)
                assert depth == 1 or operator not in painting
            assert depth == 0


@pytest.mark.skipif(not verapdf.is_there(), reason="veraPDF is not there: make verapdf")
def test_verapdf_finds_nothing_at_1_20_and_300_rows(tmp_path: Path) -> None:
    files = []
    for rows in (1, 20, 300):
        files.append(tmp_path / f"{rows}.pdf")
        files[-1].write_bytes(write_pdf(document(rows)))
    good, said = verapdf.check(files)
    assert good, said
