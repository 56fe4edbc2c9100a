"""What each kind of report says of the practice file, in Dutch and English, word for word; and that its PDF says it.

After a change that was meant: `make golden`, and read the difference.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports.document import Document, Heading, KeyFigures, MonthBars, Table, cell_words, texts
from samenleven_desktop.reports.pdf import write_pdf
from samenleven_desktop.reports.pdf_text import pdf_text
from samenleven_desktop.reports.report_kinds import REPORT_KINDS, SectionKind
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.reports.kinds import document_of
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.services.workfile.workspace import Workspace
from tests.builders import action_ids

FOLDER = Path(__file__).parents[1] / "data" / "reports"


def document(practice: Workspace, kind: str, language: str) -> Document:
    """Of Mechelen, or of Mechelen and Lier together where a report has no chapters."""
    codes = ("12025",) if REPORT_KINDS[kind].of_one else ("12025", "12021")
    ids = tuple(practice.query(government_by_code, code).id for code in codes)
    period = (date(2024, 2, 26), date(2024, 3, 31)) if kind == "week" else None
    held = practice.query(support.list_sessions, ids[0], date(2023, 10, 1), date(2024, 3, 1))[0].id
    session = held if kind == "session" else None
    without: frozenset[str] | None = frozenset({SectionKind.TARGETS}) if kind == "kpi" else None
    action = action_ids(9)[0] if kind == "action" else None
    year = None if kind == "week" else 2
    request = ReportRequest(kind, ids, year, period, without=without, session_id=session, action_id=action)
    return practice.query(document_of, request, Language(language))


def told(made: Document) -> str:
    """A document as lines: headings with #, rows with |, everything else as it is read."""
    lines = [made.title, made.subtitle, *made.sender, made.source, made.mark or "", ""]
    for block in made.blocks:
        match block:
            case Heading(text=text, level=level):
                lines += ["", f"{'#' * level} {text}"]
            case Table(columns=columns, rows=rows) if rows:
                lines.append(" | ".join(column.header for column in columns))
                lines += [" | ".join(cell_words(cell) for cell in row) for row in rows]
            case KeyFigures(figures=figures):
                lines += [" / ".join(figure) for figure in figures]
            case _:
                lines += texts(Document("", "", (), "", "nl", None, "", (block,)))[2:-1]
    return "\n".join(line.replace("\u00a0", " ").rstrip() for line in lines) + "\n"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", REPORT_KINDS)
def test_each_kind_says_what_it_said(practice: Workspace, kind: str, language: str) -> None:
    found, kept = told(document(practice, kind, language)), FOLDER / f"{kind}.{language}.txt"
    if os.environ.get("GOLDEN"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(found, encoding="utf-8")
    assert found == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", REPORT_KINDS)
def test_the_pdf_says_every_word_of_the_document(practice: Workspace, kind: str) -> None:
    made = document(practice, kind, "nl")
    words = _tight(pdf_text(write_pdf(made)))
    # The names under a chart of months are the heads of the table that stands there.
    read = replace(made, blocks=tuple(block for block in made.blocks if not isinstance(block, MonthBars)))
    for text in texts(read):
        for line in text.split("\n"):
            assert _tight(line) in words, line


def _tight(words: str) -> str:
    """Without spaces, and without the dashes at which lines are broken."""
    return "".join(words.split()).replace("-", "")
