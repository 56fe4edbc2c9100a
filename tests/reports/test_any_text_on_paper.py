"""Pasted text on paper: no space vanishes, every line end is one, and words and tables of any length are laid out."""

from __future__ import annotations

import re

import pytest

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.reports.document import (
    Align,
    Block,
    Checklist,
    Document,
    DocumentColumn,
    Heading,
    KeyFigures,
    LinkCell,
    Paragraph,
    ProgressCell,
    ShareBars,
    Table,
)
from samenleven_desktop.reports.pdf import write_pdf
from samenleven_desktop.reports.pdf_paragraphs import known_signs
from samenleven_desktop.reports.pdf_text import pdf_text


def drawn(*blocks: Block, title: str = "Titel", name: str = "naam") -> str:
    return pdf_text(write_pdf(Document(title, name, (name,), name, "nl", None, "{page}/{pages}", blocks)))


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2007", "\u3000", "\u2003", "\u205f", "\t"])
@pytest.mark.parametrize("beside", ["", "🙂", "\U00012000", "שלום"])
def test_no_space_vanishes(space: str, beside: str) -> None:
    words = drawn(Paragraph(f"mevrouw{space}Janssens {beside}"))
    assert re.search(r"mevrouw\sJanssens|mevrouw[ \u00a0\u3000\u2003\u205f]Janssens", words)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("beside", ["", "🙂"])
def test_every_line_end_starts_a_line(end: str, beside: str) -> None:
    block = f"punt een{end}punt twee{beside}"
    lines = drawn(Paragraph(block), Table((DocumentColumn("a"),), ((block,),))).split("\n")
    assert lines.count("punt een") == 2
    assert sum(line.startswith("punt twee") for line in lines) == 2


def test_an_accent_is_on_its_letter_and_a_character_without_a_font_is_a_box() -> None:
    assert "Zoë, Renée" in drawn(Paragraph("Zoe\u0308, Rene\u0301e"))
    assert "a□b" in drawn(Paragraph("a\U00012000b")).replace("\n", "")
    assert "integratie loopt" in drawn(Paragraph("inte\u00adgra\u200btie loopt \u202e")).replace("\n", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    "word", ["W" * 30_000, "wA" * 6_000, "א" * 6_000, "🙂" * 6_000, "w🙂" * 3_000, "onthaal" * 2_000]
)
def test_a_word_of_any_length_is_whole_in_text_cells_and_lists(word: str) -> None:
    row = Table((DocumentColumn("a"), DocumentColumn("b", 3)), (("x", word), (word, "x")), caption_column=True)
    words = drawn(Paragraph(word), row, Checklist(((True, word, "x"),)))
    letters = set(word)
    assert all(words.count(letter) >= 4 * word.count(letter) for letter in letters)


@pytest.mark.slow
def test_a_name_of_any_length_fits_where_names_are_shown() -> None:
    name = "Samenwerkingsverband" * 2_000
    words = drawn(
        Heading(name),
        Paragraph("tekst"),
        KeyFigures(((name, name, name), ("a", "b", "c"))),
        Table(
            (DocumentColumn(name), DocumentColumn(name, 1, Align.RIGHT), DocumentColumn("s", 2)),
            ((LinkCell(name, "mailto:a@b.invalid"), name, ProgressCell(0.5, None, KpiState.BEHIND, name)),),
        ),
        ShareBars(name, ((name, 3, "x"), ("b", 4, "y")), name),
        Checklist(((False, name, name),)),
        title=name,
        name=name,
    )
    assert "…" in words


@pytest.mark.slow
def test_rows_that_wait_come_in_order_each_once() -> None:
    rows = tuple((f"rij {n}", "x" * (n % 90), str(n)) for n in range(700))
    table = Table((DocumentColumn("kop"), DocumentColumn("b"), DocumentColumn("c", 1, Align.RIGHT)), rows)
    lines = drawn(Heading("lijst"), table).split("\n")
    assert [line for line in lines if line.startswith("rij ")] == [row[0] for row in rows]
    done = tuple((n % 2 == 0, f"punt {n}", "") for n in range(400))
    lines = drawn(Checklist(done)).split("\n")
    assert [line for line in lines if line.startswith("punt ")] == [one[1] for one in done]


@pytest.mark.slow
def test_every_block_of_the_basic_plane_that_a_font_has_is_laid_out() -> None:
    codes = sorted({code for signs in known_signs().values() for code in signs if 0x20 < code < 0x10000})
    for start in range(0, len(codes), 600):
        part = "".join(map(chr, codes[start : start + 600]))
        assert drawn(Paragraph(part), Table((DocumentColumn("a"), DocumentColumn("b")), ((part, part),)))
