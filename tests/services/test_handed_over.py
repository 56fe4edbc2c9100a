"""What left the program is kept as it was: found again, compared, listed about a person, and removed in time."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from samenleven_desktop.__main__ import main
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.governments.queries import dossier, government_by_code
from samenleven_desktop.services.people.access_request import person_file
from samenleven_desktop.services.people.commands import AddContact, ContactContent, DeleteAttachment
from samenleven_desktop.services.reports.handed_over import KeepHandedOver, handed_over_pdf, list_handed_over
from samenleven_desktop.services.reports.kept_reports import keep_report, then_and_now
from samenleven_desktop.services.reports.kinds import report_file
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.safekeeping.erasure import erase_preview, retention_review
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact, EraseRows
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import TODAY, WorkFile

DUTCH = Language("nl")
NAME = "Kwetsbaar Persoontje"


def hand_over(workspace: Workspace, government: str, addressee: str | None = None, kind: str = "coaching") -> bytes:
    """Makes a report and keeps it, as saving does."""
    asked = ReportRequest(kind, (government,), 2, addressee_id=addressee)
    pdf = report_file(workspace, asked, DUTCH)
    keep_report(workspace, asked, "nl", pdf)
    return pdf


def test_the_very_file_is_found_again_after_the_work_went_on(workspace: Workspace, mechelen: str) -> None:
    pdf = hand_over(workspace, mechelen)
    workspace.run(AddAgreement(mechelen, Party.GOVERNMENT, "Iets van later", TODAY))
    (line,) = workspace.query(list_handed_over, [mechelen])
    assert (line.kind, line.handed_on, line.handed_to) == ("coaching", TODAY, None)
    assert line.last == TODAY
    assert workspace.query(handed_over_pdf, line.id)[1] == pdf
    then, now = workspace.query(then_and_now, line)
    assert "Iets van later" not in then
    assert "Iets van later" in now
    event = next(one for one in workspace.query(dossier, mechelen).timeline if one.kind == "handed_over")
    assert (event.record_id, event.detail) == (line.id, "coaching")


def test_saving_and_printing_the_same_file_keeps_it_once(workspace: Workspace, mechelen: str) -> None:
    asked = ReportRequest("coaching", (mechelen,), 2)
    pdf = report_file(workspace, asked, DUTCH)
    steps = [keep_report(workspace, asked, "nl", pdf) for _ in range(2)]
    assert len(workspace.query(list_handed_over)) == 1
    assert [len(one.result) for one in steps] == [1, 0]


@pytest.mark.parametrize(("kind", "codes"), [("kpi", ("12025",)), ("coaching", ("12025", "12021"))])
def test_a_report_about_several_or_an_overview_is_not_given_to_a_government(
    workspace: Workspace, kind: str, codes: tuple[str, ...]
) -> None:
    ids = tuple(workspace.query(government_by_code, code).id for code in codes)
    keep_report(workspace, ReportRequest(kind, ids, 2), "nl", b"%PDF")
    assert workspace.query(list_handed_over) == []


def test_a_person_named_in_a_copy_is_listed_and_the_ticked_copy_goes(workspace: Workspace, mechelen: str) -> None:
    """The pages of the PDF are compressed, and were never searched."""
    contact = str(workspace.run(AddContact(ContactContent(NAME, mechelen, role="diensthoofd"))).result)
    hand_over(workspace, mechelen, contact)
    hand_over(workspace, mechelen, None, "stimulus-explanation")
    lines = {one.kind: one for one in workspace.query(list_handed_over)}
    assert lines["coaching"].handed_to == f"{NAME}, diensthoofd"
    preview = workspace.query(erase_preview, contact)
    naming = lines["coaching"].file
    assert naming is not None
    assert [one.id for one in preview.attachments] == [naming.id]
    assert [one.id for one in workspace.query(person_file, NAME).attachments] == [naming.id]
    workspace.run(EraseContact(contact, (naming.id,)))
    after = {one.kind: one for one in workspace.query(list_handed_over)}
    assert after["coaching"].file is None
    assert NAME not in (after["coaching"].handed_to or "")
    assert after["stimulus-explanation"].file is not None
    with pytest.raises(UserError):
        workspace.query(handed_over_pdf, after["coaching"].id)


def test_the_retention_rules_remove_copy_and_name_and_the_line_stays(workspace: Workspace, mechelen: str) -> None:
    contact = str(workspace.run(AddContact(ContactContent(NAME, mechelen))).result)
    hand_over(workspace, mechelen, contact)
    path, passphrase = workspace.path, "een lange zin om te testen"
    workspace.close()
    later = open_workspace(path, Runtime(day=TODAY + timedelta(days=6 * 366)), passphrase)
    try:
        expired = [one for one in later.query(retention_review, {}) if one.kind == "attachment"]
        assert len(expired) == 1
        later.run(EraseRows((("attachment", expired[0].row_id),)))
        (line,) = later.query(list_handed_over)
        assert (line.kind, line.file, line.handed_to) == ("coaching", None, None)
    finally:
        later.close()


def test_deleting_the_copy_in_the_dossier_can_be_undone(workspace: Workspace, mechelen: str) -> None:
    hand_over(workspace, mechelen)
    (line,) = workspace.query(list_handed_over)
    assert line.file is not None
    workspace.run(DeleteAttachment(line.file.id))
    assert workspace.query(list_handed_over)[0].file is None
    workspace.undo()
    assert workspace.query(list_handed_over)[0].file == line.file


@pytest.mark.parametrize("wrong", [{"report_kind": "gedicht"}, {"language": "fr"}, {"left_out": ("gedicht",)}])
def test_what_is_no_report_is_not_kept(workspace: Workspace, mechelen: str, wrong: dict[str, object]) -> None:
    values = {"report_kind": "coaching", "language": "nl", "content": b"%PDF", "file_name": "x.pdf", **wrong}
    with pytest.raises(UserError):
        workspace.run(KeepHandedOver((mechelen,), **values))  # type: ignore[arg-type]


def test_the_command_line_keeps_what_it_writes(
    workspace: Workspace, mechelen: str, work_file: WorkFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.close()
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", work_file.passphrase)
    out = tmp_path / "verslag.pdf"
    asked = ["report", "coaching", "--government", "12025", "--year", "2", "--out", str(out), "--today"]
    assert main([*asked, TODAY.isoformat(), "--store", str(work_file.path)]) == 0
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    try:
        (line,) = opened.query(list_handed_over)
        assert opened.query(handed_over_pdf, line.id)[1] == out.read_bytes()
        assert line.first == date(2023, 10, 1)
    finally:
        opened.close()
