"""Another passphrase and a new recovery sheet through the window, with what is said of it."""

from __future__ import annotations

import pytest

from samenleven_desktop.services.safekeeping.backups import MadeBackup
from samenleven_desktop.services.safekeeping.workspace_file import back_up
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from samenleven_desktop.ui.dialogs.recovery import RecoveryDialog
from samenleven_desktop.ui.navigator import SafekeepingPart
from tests.builders import PASSPHRASE, WorkFile
from tests.pages.screens import KeepingPage, SettingsPage, WelcomePage
from tests.pages.window import WindowPage
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui
NEW = "een nieuwe lange zin"


@pytest.fixture
def window(open_window: Open, work_file: WorkFile) -> WindowPage:
    return open_window(work_file.path, passphrase=work_file.passphrase)


def sheet(window: WindowPage) -> str:
    code = window.dialog(RecoveryDialog).code.text()
    window.shell.findChild(RecoveryDialog).accept()
    window.closed()
    return code


def test_a_sheet_asks_for_the_passphrase_and_another_passphrase_brings_a_new_sheet(window: WindowPage) -> None:
    key = SettingsPage(window).passphrase
    key.recovery.click()
    assert "huidige wachtzin" in key.present_field.error.text()
    key.present.setText("niet de juiste zin")
    key.recovery.click()
    window.until(lambda: "past niet" in key.present_field.error.text())
    key.present.setText(PASSPHRASE)
    key.recovery.click()
    first = sheet(window)
    window.until(lambda: "herstelblad gemaakt" in key.note.text())
    key.present.setText(PASSPHRASE)
    key.passphrase.setText(NEW)
    key.change.click()
    second = sheet(window)
    assert first != second
    assert any("De wachtzin is veranderd" in one for one in window.notices())
    assert (key.present.text(), key.passphrase.text()) == ("", "")


def test_backups_of_before_are_marked_and_made_anew_after_one_question(window: WindowPage) -> None:
    workspace = window.workspace
    made = back_up(workspace)
    assert isinstance(made, MadeBackup)
    SettingsPage(window).change_passphrase(PASSPHRASE, NEW)
    window.until(lambda: any("De wachtzin is veranderd" in one for one in window.notices()))
    panel = KeepingPage(window, SafekeepingPart.BACKUPS).screen.backups
    window.until(lambda: panel.renew.isVisible())
    assert {one.older_passphrase for one in panel.model.rows} == {True, False}
    panel.renew.click()
    window.dialog(AskDialog).act.click()
    window.until(lambda: not panel.renew.isVisible())
    assert {one.older_passphrase for one in panel.model.rows} == {False}


def test_a_hint_follows_what_is_typed_and_refuses_nothing(window: WindowPage) -> None:
    page = WelcomePage(window).screen
    for typed, words in (
        ("kort", ""),
        ("Wachtwoord1", "Veel mensen kiezen deze"),
        ("fietspad", "is te raden"),
        ("fietspad en koffie", "goede wachtzin"),
        ("de kat slaapt op het dak", "sterke wachtzin"),
    ):
        page.passphrase.setText(typed)
        assert words in page.hint.text()
        assert bool(page.hint.text()) == bool(words)
