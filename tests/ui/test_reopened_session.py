"""A session opens whole: its agreements and numbers stand in the form; deleting says what goes along and what stays."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from samenleven_desktop.services.kpi.queries import list_commitments, list_entries
from samenleven_desktop.services.sessions.form import WholeSession, whole_session
from samenleven_desktop.services.workfile.workspace import Workspace
from tests.pages.window import CTRL, SessionPage, WindowPage

pytestmark = pytest.mark.gui


@pytest.fixture
def workspace(window: WindowPage) -> Workspace:
    found = window.application.runner.workspace
    assert found is not None
    return found


@pytest.fixture
def session_id(window: WindowPage) -> str:
    """A session of Mechelen with two agreements and a total, registered through the window."""
    window.search("mechelen")
    page = window.dossier.register_session()
    page.fill(report="De bibliotheek start.")
    page.choose_action("5 Oef")
    page.agree("Contract bezorgen", "22-03-2024")
    page.agree_more("Zaal vragen")
    page.count("901")
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    window.dossier.sessions()
    lines = window.dossier.screen.ui.sessions_model.rows
    return next(line.id for line in lines if line.report == "De bibliotheek start.")


def reopen(window: WindowPage, session_id: str) -> SessionPage:
    window.application.navigator.open_session(session_id, None)
    window.settle()
    return window.session


def number(page: SessionPage) -> str:
    return next(iter(page.screen.ui.entries.content().values()), "")


def whole(workspace: Workspace, session_id: str) -> WholeSession:
    return workspace.query(whole_session, session_id)


def test_agreements_and_numbers_stand_in_the_form_again(window: WindowPage, session_id: str) -> None:
    page = reopen(window, session_id)
    assert [row[1:3] for row in page.screen.ui.agreements.content()] == [
        ["Contract bezorgen", "22-03-2024"],
        ["Zaal vragen", ""],
    ]
    assert page.screen.ui.agreements_card.isVisible()
    assert number(page) == "901"
    assert [edit.text() for edit in page.screen.ui.entries.edits.values() if edit.text()] == ["901"]


def test_agreements_are_changed_added_and_taken_out_in_one_step(
    window: WindowPage, workspace: Workspace, session_id: str
) -> None:
    before = whole(workspace, session_id)
    page = reopen(window, session_id)
    rows = page.screen.ui.agreements.rows
    page.type_into(rows[0].what, "Contract tekenen")
    page.type_into(rows[1].what, "")
    page.agree_more("Nieuwe afspraak")
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    after = whole(workspace, session_id)
    assert [one.what for one in after.agreements] == ["Contract tekenen", "Nieuwe afspraak"]
    assert after.agreements[0].id == before.agreements[0].id
    assert after.entries == before.entries
    assert window.dossier.history()[0] == "Sessie van 11 maart 2024 aangepast"
    window.press(Qt.Key.Key_Z, CTRL)
    assert whole(workspace, session_id) == before


def test_another_number_corrects_the_row_of_the_ledger(
    window: WindowPage, workspace: Workspace, session_id: str
) -> None:
    (entry,) = whole(workspace, session_id).entries
    page = reopen(window, session_id)
    window.until(lambda: bool(page.screen.ui.entries.edits))
    page.type_into(page.screen.ui.entries.edits[entry.commitment_id], "910")
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    (corrected,) = whole(workspace, session_id).entries
    assert (corrected.units, corrected.corrects_id, corrected.day) == (910, entry.id, entry.day)
    assert window.dossier.reached(5) == 910
    assert any(one.id == entry.id and one.corrected for one in workspace.query(list_entries, [entry.commitment_id]))
    page = reopen(window, session_id)
    page.type_into(page.screen.ui.entries.edits[entry.commitment_id], "")
    page.save()
    assert "blijft in de lijst staan" in page.screen.ui.entries.problem.text()
    assert window.application.shell.current == "session"


def test_saving_without_a_change_adds_no_row(window: WindowPage, workspace: Workspace, session_id: str) -> None:
    before = whole(workspace, session_id)
    page = reopen(window, session_id)
    page.screen.ui.report.setFocus()
    window.keys(" Morgen.")
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    after = whole(workspace, session_id)
    assert (after.agreements, after.entries) == (before.agreements, before.entries)
    assert after.line.report == "De bibliotheek start. Morgen."


def test_deleting_says_what_goes_along_and_what_stays_and_undo_brings_back_all(
    window: WindowPage, workspace: Workspace, session_id: str
) -> None:
    before = whole(workspace, session_id)
    page = reopen(window, session_id)
    told = "Gaan mee: 2 afspraken. Blijft staan: 1 KPI-stand."
    assert page.screen.ui.delete.toolTip() == told
    QTest.mouseClick(page.screen.ui.delete, Qt.MouseButton.LeftButton)
    window.until(lambda: f"De sessie is verwijderd. {told}" in window.notices())
    window.settle()
    found = workspace.query(list_commitments, 2)
    commitment = next(one for one in found if one.id == before.entries[0].commitment_id)
    assert commitment.reached_to_date == 901
    window.answer_notice("De sessie is verwijderd.", "Ongedaan maken")
    window.settle()
    assert whole(workspace, session_id) == before
    page = reopen(window, session_id)
    assert len(page.screen.ui.agreements.content()) == 2
    assert number(page) == "901"
