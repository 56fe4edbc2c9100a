"""Drafts of small forms: none of nothing, none over what is typed, both kept where they differ, and undo of leaving."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from samenleven_desktop.services.sessions.queries import list_agreements
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.ui.dialogs.agreement import AgreementDialog
from samenleven_desktop.ui.dialogs.track import TrackDialog
from samenleven_desktop.ui.widgets.limited_text_edit import LongText
from tests.pages.window import CTRL, WindowPage
from tests.ui.test_drafts import busy_reader

pytestmark = pytest.mark.gui


@pytest.fixture
def workspace(window: WindowPage) -> Workspace:
    found = window.application.runner.workspace
    assert found is not None
    window.search("mechelen")
    return found


def open_form(window: WindowPage, *, government: bool = True) -> AgreementDialog:
    context = window.application.context
    assert context is not None
    id_ = window.dossier.screen.government_id if government else None
    AgreementDialog(context, id_, window.dossier.screen).open()
    return window.dialog(AgreementDialog)


def put_away(window: WindowPage, dialog: AgreementDialog) -> None:
    """As the window does when the file is locked."""
    dialog.put_away()
    window.closed()


def older_draft(window: WindowPage, words: str = "de zaal vragen") -> None:
    dialog = open_form(window)
    window.keys(words)
    put_away(window, dialog)


def test_the_draft_stands_in_the_form_again_and_the_caret_at_its_end(window: WindowPage, workspace: Workspace) -> None:
    older_draft(window)
    dialog = open_form(window)
    assert dialog.typed("what") == "de zaal vragen"
    window.keys(" morgen")
    assert dialog.typed("what") == "de zaal vragen morgen"
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    assert "de zaal vragen morgen" in {one.what for one in workspace.query(list_agreements)}
    assert workspace.drafts() == []


def test_what_is_typed_before_the_draft_arrived_is_not_replaced_and_replaces_nothing(
    window: WindowPage, workspace: Workspace
) -> None:
    older_draft(window)
    with busy_reader(window):
        context = window.application.context
        assert context is not None
        AgreementDialog(context, window.dossier.screen.government_id, window.dossier.screen).open()
        window.until(lambda: any(one.isVisible() for one in window.shell.findChildren(AgreementDialog)))
        dialog = next(one for one in window.shell.findChildren(AgreementDialog) if one.isVisible())
        window.until(dialog.what.hasFocus)
        window.keys("nieuw")
        dialog.keeper.keep()
    assert dialog.typed("what") == "nieuw"
    window.until(dialog.drafts.isVisible)
    assert len(workspace.drafts()) == 2
    go_on = next(one for one in dialog.drafts.findChildren(QPushButton) if one.text() == "Verder schrijven")
    QTest.mouseClick(go_on, Qt.MouseButton.LeftButton)
    window.settle()
    assert dialog.typed("what") == "de zaal vragen"
    assert "nieuw" in window.texts(dialog.drafts)
    put_away(window, dialog)
    contents = [(workspace.draft(key) or {})["values"]["what"] for key in workspace.drafts()]  # type: ignore[index]
    assert sorted(contents) == ["de zaal vragen", "nieuw"]


def test_a_form_in_which_nothing_was_typed_leaves_no_draft(window: WindowPage, workspace: Workspace) -> None:
    dialog = open_form(window, government=False)
    window.until(lambda: dialog.government.count() > 0)
    put_away(window, dialog)
    assert workspace.drafts() == []


def test_leaving_a_form_with_escape_is_undone(window: WindowPage, workspace: Workspace) -> None:
    open_form(window)
    window.keys("een lange afspraak")
    window.press(Qt.Key.Key_Escape)
    window.closed()
    assert workspace.drafts() == []
    window.press(Qt.Key.Key_Z, CTRL)
    dialog = window.dialog(AgreementDialog)
    assert dialog.typed("what") == "een lange afspraak"
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    assert "een lange afspraak" in {one.what for one in workspace.query(list_agreements)}


def test_the_choice_of_a_draft_waits_for_its_list(window: WindowPage, workspace: Workspace) -> None:
    dialog = open_form(window, government=False)
    window.until(lambda: dialog.government.count() > 5)
    window.keys("iets afspreken")
    dialog.government.setCurrentIndex(5)
    dialog.government.activated.emit(5)
    chosen = dialog.government.currentText()
    put_away(window, dialog)
    again = open_form(window, government=False)
    window.until(lambda: again.government.currentText() == chosen)
    assert again.typed("what") == "iets afspreken"
    put_away(window, again)


def test_a_draft_of_a_record_that_changed_since_is_offered_not_filled_in(
    window: WindowPage, workspace: Workspace
) -> None:
    context = window.application.context
    assert context is not None
    line = workspace.query(list_agreements)[0]
    AgreementDialog(context, line.government_id, window.dossier.screen, line).open()
    dialog = window.dialog(AgreementDialog)
    window.keys(" met meer")
    dialog.put_away()
    window.closed()
    AgreementDialog(context, line.government_id, window.dossier.screen, line).open()
    dialog = window.dialog(AgreementDialog)
    assert dialog.typed("what").endswith("met meer")
    dialog.put_away()
    window.closed()
    other = dataclasses.replace(line, what="Iets heel anders")
    AgreementDialog(context, line.government_id, window.dossier.screen, other).open()
    dialog = window.dialog(AgreementDialog)
    assert dialog.typed("what") == "Iets heel anders"
    assert dialog.drafts.isVisible()
    dialog.put_away()
    window.closed()


def test_the_caret_of_a_long_text_stands_at_its_end(window: WindowPage, workspace: Workspace) -> None:
    context = window.application.context
    assert context is not None
    for words, whole in (("een doel", "een doel"), (" en meer", "een doel en meer")):
        TrackDialog(context, None, window.dossier.screen, window.dossier.screen.government_id).open()
        dialog = window.dialog(TrackDialog)
        goal = next(field.editor for field in dialog.fields.values() if isinstance(field.editor, LongText))
        window.focus(goal)
        window.keys(words)
        assert goal.toPlainText() == whole
        dialog.put_away()
        window.closed()


def test_a_draft_of_the_version_before_stands_in_its_form(window: WindowPage, workspace: Workspace) -> None:
    older_draft(window)
    key = workspace.drafts()[0]
    content = dict(workspace.draft(key) or {})
    workspace.drop_draft(key)
    del content["first"]
    workspace.save_draft(key.rpartition(":")[0], content)
    dialog = open_form(window)
    assert dialog.typed("what") == "de zaal vragen"
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    assert workspace.drafts() == []
