"""The visit sheet is one page, with what is needed at the table and room to write; it is handed over to nobody."""

from __future__ import annotations

import io

import pikepdf
import pytest

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports.pdf import write_pdf
from samenleven_desktop.reports.pdf_text import pdf_text
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.reports.handed_over import list_handed_over
from samenleven_desktop.services.reports.kept_reports import keep_report
from samenleven_desktop.services.reports.kinds import document_of
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.reports.sender import ReportSender, sender_of
from samenleven_desktop.services.workfile.workspace import Workspace

DUTCH = Language("nl")


def sheet(practice: Workspace, government: str, personal: bool = True) -> bytes:
    return write_pdf(practice.query(document_of, ReportRequest("visit", (government,), 2, personal=personal), DUTCH))


def test_it_is_one_page_for_every_government(practice: Workspace) -> None:
    for one in [line for line in practice.query(choices) if line.mine]:
        with pikepdf.open(io.BytesIO(sheet(practice, one.id))) as file:
            assert len(file.pages) == 1, one.name


def test_it_has_what_is_needed_at_the_table(practice: Workspace) -> None:
    mine = [line for line in practice.query(choices) if line.mine]
    words = pdf_text(sheet(practice, next(one.id for one in mine if one.code == "12025")))
    for expected in ("Bezoekblad", "Volgende sessie", "Laatste sessie", "Afspraken", "Contacten", "Notities"):
        assert expected in words
    without = pdf_text(sheet(practice, next(one.id for one in mine if one.code == "12025"), personal=False))
    assert "Contacten" not in without


@pytest.mark.parametrize("kind", ["visit"])
def test_it_is_not_kept_as_handed_over(practice: Workspace, kind: str) -> None:
    government = next(line.id for line in practice.query(choices) if line.mine)
    before = len(practice.query(list_handed_over))
    keep_report(practice, ReportRequest(kind, (government,), 2), "nl", b"%PDF")
    assert len(practice.query(list_handed_over)) == before
    assert practice.query(sender_of) == ReportSender()
