"""Who hands a report over, and to whom, stands on it and in its properties; nobody does without personal data."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from samenleven_desktop.__main__ import main
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports.pdf import write_pdf
from samenleven_desktop.reports.pdf_text import pdf_text
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.reports.kinds import document_of, report_bytes
from samenleven_desktop.services.reports.preview import preview_report
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.reports.sender import ReportSender, keep_sender, sender_of
from samenleven_desktop.services.workfile.workspace import Workspace
from tests.builders import WorkFile

DUTCH = Language("nl")
SENDER = ReportSender(" Coach Rivierenland ", "coach", "coach@voorbeeld.be", "0470 00 00 00", True, True)
AGENCY = "Agentschap Integratie en Inburgering"


def contact(workspace: Workspace, government: str) -> str:
    content = ContactContent("Voorbeeld Schepen", government, None, "schepen")
    return str(workspace.run(AddContact(content)).result)


def test_a_report_names_sender_addressee_and_where_to_sign(workspace: Workspace, mechelen: str) -> None:
    keep_sender(workspace, SENDER)
    asked = ReportRequest("coaching", (mechelen,), 2, addressee_id=contact(workspace, mechelen))
    pdf = write_pdf(workspace.query(document_of, asked, DUTCH))
    words = " ".join(pdf_text(pdf).split())
    name = "Coach Rivierenland"
    for expected in (
        f"{AGENCY} {name} coach coach@voorbeeld.be 0470 00 00 00",
        "Aan: Voorbeeld Schepen, schepen, Mechelen",
        "Plaats en datum",
        f"Handtekening {name}",
    ):
        assert expected in words
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert str(file.docinfo["/Author"]) == f"{name}, {AGENCY}"
    table = report_bytes(workspace.query(document_of, asked, DUTCH), ".csv").decode("utf-8-sig")
    assert "Aan: Voorbeeld Schepen" in table


def test_an_overview_has_the_sender_but_nothing_to_sign(workspace: Workspace) -> None:
    keep_sender(workspace, SENDER)
    words = pdf_text(write_pdf(workspace.query(document_of, ReportRequest("kpi", (), 2), DUTCH)))
    assert "Coach Rivierenland" in words
    assert "Handtekening" not in words


def test_without_personal_data_nobody_is_named(workspace: Workspace, mechelen: str) -> None:
    keep_sender(workspace, SENDER)
    who = contact(workspace, mechelen)
    asked = ReportRequest("coaching", (mechelen,), 2, personal=False, addressee_id=who)
    pdf = write_pdf(workspace.query(document_of, asked, DUTCH))
    words = pdf_text(pdf)
    assert "Coach Rivierenland" not in words
    assert "Voorbeeld Schepen" not in words
    assert "Plaats en datum" in words
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert str(file.docinfo["/Author"]) == AGENCY


def test_a_sender_is_checked_as_a_contact_is_and_lies_in_the_work_file(workspace: Workspace) -> None:
    assert workspace.query(sender_of) == ReportSender()
    with pytest.raises(UserError) as error:
        keep_sender(workspace, ReportSender(email="geen adres"))
    assert error.value.field == "email"
    assert workspace.query(sender_of) == ReportSender()
    keep_sender(workspace, SENDER)
    assert workspace.query(sender_of).name == "Coach Rivierenland"


def test_an_addressee_of_another_government_is_let_go(workspace: Workspace, mechelen: str) -> None:
    """The choice of the screen follows its government."""
    lier = workspace.query(government_by_code, "12021").id
    who = contact(workspace, mechelen)
    here = workspace.query(
        preview_report, ReportRequest("coaching", (mechelen,), 2, addressee_id=who), DUTCH, False, None
    )
    there = workspace.query(preview_report, ReportRequest("coaching", (lier,), 2, addressee_id=who), DUTCH, False, None)
    assert who in [one.id for one in here.contacts]
    assert (here.request.addressee_id, there.request.addressee_id) == (who, None)


def test_the_command_line_names_the_addressee(
    workspace: Workspace, mechelen: str, work_file: WorkFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact(workspace, mechelen)
    workspace.close()
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", work_file.passphrase)
    out = tmp_path / "verslag.pdf"
    asked = ["report", "coaching", "--government", "12025", "--year", "2", "--addressee", "voorbeeld schepen"]
    assert main([*asked, "--store", str(work_file.path), "--out", str(out), "--lang", "nl"]) == 0
    assert "Aan: Voorbeeld Schepen" in pdf_text(out.read_bytes())
