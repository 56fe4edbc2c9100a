"""The file locks by itself, by key and with the system; what was typed is there again; wrong passphrases slow down."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.people.queries import list_contacts
from samenleven_desktop.services.safekeeping.passphrase_backoff import Attempts
from samenleven_desktop.services.safekeeping.workspace_file import back_up, put_back
from samenleven_desktop.services.workfile.opening import open_any
from samenleven_desktop.services.workfile.workspace import create_workspace
from samenleven_desktop.storage.keys import KeyCost
from samenleven_desktop.ui.auto_lock import Idle
from samenleven_desktop.ui.dialogs.agreement import AgreementDialog
from samenleven_desktop.ui.dialogs.contact import ContactDialog
from samenleven_desktop.ui.screens.dossier.screen import PEOPLE
from samenleven_desktop.ui.widgets.basic import Notice
from tests.builders import WorkFile
from tests.open_handles import open_handles
from tests.pages.screens import SettingsPage, UnlockPage
from tests.pages.window import CTRL, WindowPage
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui
PASSPHRASE = "een lange zin"
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A work file of a coach with one government."""
    path = tmp_path / "werk.samenlevendb"
    made = create_workspace(path, PASSPHRASE, Runtime(), KeyCost(1, 8, 1))
    officer = made.run(AddOfficer("coach")).result
    made.choose_officer(officer)
    made.run(ChooseGovernments(officer, (made.query(government_by_code, "12025").id,)))
    made.close()
    return path


@pytest.fixture
def window(open_window: Open, own: Path) -> WindowPage:
    return open_window(own, passphrase=PASSPHRASE)


def test_the_key_locks_and_the_passphrase_leads_back(window: WindowPage) -> None:
    window.search("mechelen")
    window.dossier.tab(PEOPLE + 1)
    window.press(Qt.Key.Key_L, CTRL | SHIFT)
    page = UnlockPage(window).screen
    assert window.application.runner.workspace is None
    assert "vergrendeld" in "\n".join(one.text() for one in page.findChildren(QLabel))
    UnlockPage(window).open_with(PASSPHRASE)
    window.until(lambda: window.application.shell.current == "dossier")
    assert window.dossier.title == "Mechelen"
    assert window.dossier.screen.ui.tabs.currentIndex() == PEOPLE


def test_what_stands_in_open_forms_is_there_again(window: WindowPage) -> None:
    window.search("mechelen")
    context = window.application.context
    assert context is not None
    AgreementDialog(context, window.dossier.screen.government_id, window.dossier.screen).open()
    dialog = window.dialog(AgreementDialog)
    dialog.what.setFocus()
    window.keys("de zaal vragen")
    window.application.lock()
    UnlockPage(window).open_with(PASSPHRASE)
    window.until(lambda: any("Je was bezig met: Nieuwe afspraak" in one for one in window.notices()))
    notice = next(one for one in window.shell.findChildren(Notice) if "bezig" in one.text_label.text())
    go_on = next(one for one in notice.findChildren(QPushButton) if one.text() == "Verder schrijven")
    QTest.mouseClick(go_on, Qt.MouseButton.LeftButton)
    again = window.dialog(AgreementDialog)
    window.until(lambda: again.typed("what") == "de zaal vragen")
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    workspace = window.workspace
    window.until(lambda: not workspace.drafts())


def test_a_session_that_was_being_written_is_there_again(window: WindowPage) -> None:
    window.search("mechelen")
    page = window.dossier.register_session().screen
    page.ui.report.setFocus()
    window.keys("een woord dat blijft")
    window.application.lock()
    UnlockPage(window).open_with(PASSPHRASE)
    window.until(lambda: window.application.shell.current == "session")
    window.until(lambda: "een woord dat blijft" in window.session.screen.ui.report.toPlainText())
    assert window.session.governments() == ["Mechelen"]
    window.settle()
    window.keys(" en verder gaat")
    assert window.session.report() == "een woord dat blijft en verder gaat"


def test_the_session_that_was_open_comes_back_and_not_another_draft(window: WindowPage) -> None:
    window.search("mechelen")
    window.dossier.register_session().screen.ui.report.setFocus()
    window.keys("de eerste")
    window.application.navigator.open_session(None, None)
    window.keys("de tweede")
    window.application.navigator.open_session(None, None)
    window.session.answer_draft("de eerste")
    window.application.lock()
    UnlockPage(window).open_with(PASSPHRASE)
    window.until(lambda: window.application.shell.current == "session")
    window.until(lambda: window.session.report() == "de eerste")
    window.settle()
    assert len(window.session.drafts()) == 1


def test_a_form_in_which_nothing_was_typed_is_as_fresh_after_a_lock(window: WindowPage) -> None:
    window.search("mechelen")
    window.dossier.register_session()
    window.application.lock()
    UnlockPage(window).open_with(PASSPHRASE)
    window.until(lambda: window.application.shell.current == "session")
    window.settle()
    assert window.session.governments() == ["Mechelen"]
    workspace = window.workspace
    assert workspace.drafts() == []


def test_a_form_put_away_on_purpose_leaves_no_draft(window: WindowPage) -> None:
    window.search("mechelen")
    context, workspace = window.application.context, window.application.runner.workspace
    assert context is not None
    assert workspace is not None
    ContactDialog(context, window.dossier.screen.government_id, None, window.dossier.screen).open()
    dialog = window.dialog(ContactDialog)
    window.keys("diensthoofd")
    dialog.keeper.keep()
    window.until(lambda: bool(workspace.drafts()))
    window.press(Qt.Key.Key_Escape)
    window.closed()
    window.until(lambda: not workspace.drafts())


def test_nobody_typing_locks_and_typing_does_not(window: WindowPage) -> None:
    passed: list[bool] = []
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    idle = Idle(application)
    idle.passed.connect(lambda: passed.append(True))
    idle.watch(0.02)
    for _ in range(8):
        QTest.qWait(300)
        QTest.keyClick(window.shell, Qt.Key.Key_Shift)
    assert passed == []
    window.until(lambda: passed == [True])
    idle.stop()
    idle.watch(0)
    assert not idle.timer.isActive()


def test_after_thirty_hurried_locks_a_backup_is_put_back(window: WindowPage, own: Path) -> None:
    """Each lock comes while pages and questions are still reading."""
    runner, owner = window.application.runner, window.application
    for _ in range(30):
        window.application.shell.show_page("support")
        window.application.shell.show_page("kpis")
        for _ in range(3):
            runner.query(list_contacts, then=lambda _: None, owner=owner)
        window.application.lock()
        UnlockPage(window).open_with(PASSPHRASE)
    window.application.lock()
    UnlockPage(window)
    window.until(lambda: not open_handles(own))
    UnlockPage(window).open_with(PASSPHRASE)
    done: list[object] = []
    runner.on_store(lambda file: put_back(file, back_up(file).backup.path), then=done.append, owner=owner)
    window.until(lambda: bool(done))
    assert window.notices() == []


def test_a_practice_file_does_not_lock(open_window: Open, filled: Path) -> None:
    window = open_window(filled)
    window.press(Qt.Key.Key_L, CTRL | SHIFT)
    assert window.application.runner.workspace is not None
    assert not window.application.idle.timer.isActive()


def test_minutes_are_chosen_and_the_passphrase_is_changed_with_the_present_one(window: WindowPage) -> None:
    settings = SettingsPage(window)
    page = settings.screen
    settings.lock_after(5)
    assert window.application.preferences.lock_minutes == 5
    assert window.application.idle.timer.interval() == 300_000
    settings.change_passphrase("niet de juiste zin", "een nieuwe lange zin")
    window.until(lambda: bool(page.key.present_field.error.text()))
    page.key.present.setText(PASSPHRASE)
    page.key.passphrase.setText("kort")
    page.key.change.click()
    window.until(lambda: "8" in page.key.passphrase_field.error.text())
    page.key.passphrase.setText("een nieuwe lange zin")
    page.key.change.click()
    window.until(lambda: page.key.present.text() == "")
    window.application.lock()
    UnlockPage(window).open_with("een nieuwe lange zin")


# Slowing down


def test_waiting_doubles_up_to_a_minute_and_ends_with_the_right_one(tmp_path: Path) -> None:
    moment = [datetime(2026, 1, 5, tzinfo=UTC)]
    kept, store = tmp_path / "attempts.json", tmp_path / "werk.samenlevendb"
    waits = []
    for _ in range(10):
        attempts = Attempts(kept, lambda: moment[0])
        attempts.wrong(store)
        waits.append(attempts.seconds_to_wait(store))
    assert waits == [0, 0, 2, 4, 8, 16, 32, 60, 60, 60]
    moment[0] += timedelta(seconds=59)
    assert Attempts(kept, lambda: moment[0]).seconds_to_wait(store) == 1
    assert Attempts(kept, lambda: moment[0]).seconds_to_wait(tmp_path / "ander.samenlevendb") == 0
    moment[0] += timedelta(days=-3)
    assert Attempts(kept, lambda: moment[0]).seconds_to_wait(store) == 0
    Attempts(kept, lambda: moment[0]).right(store)
    assert Attempts(kept).seconds_to_wait(store) == 0
    kept.write_text("[")
    assert Attempts(kept).seconds_to_wait(store) == 0


def test_the_file_stays_shut_while_it_is_too_soon_even_with_the_right_passphrase(own: Path, tmp_path: Path) -> None:
    moment = [datetime(2026, 1, 5, tzinfo=UTC)]
    attempts = Attempts(tmp_path / "attempts.json", lambda: moment[0])
    for _ in range(3):
        with pytest.raises(EnvironmentFault, match="does not fit"):
            open_any(own, Runtime(), "een andere zin", attempts=attempts)
    with pytest.raises(EnvironmentFault, match="2 seconds") as caught:
        open_any(own, Runtime(), PASSPHRASE, attempts=attempts)
    assert caught.value.field == "wait"
    moment[0] += timedelta(seconds=3)
    open_any(own, Runtime(), PASSPHRASE, attempts=attempts).close()
    assert attempts.seconds_to_wait(own) == 0


# A crash with a dialog open

TYPIST = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.first_window import Opening
from samenleven_desktop.ui.dialogs.contact import ContactDialog
from samenleven_desktop.ui.preferences import Preferences
qt = QApplication([])
qt.setQuitOnLastWindowClosed(False)
app = Application(Preferences(Path(sys.argv[2])), Opening(Path(sys.argv[1]), "nl", None, "een lange zin", "light"))
def begin():
    government = app.runner.workspace.query(
        __import__("samenleven_desktop.services.governments.queries", fromlist=["x"]).government_by_code, "12025").id
    app.navigator.open_dossier(government)
    dialog = ContactDialog(app.context, government, None, app.shell)
    dialog.open()
    QTest.keyClicks(dialog.fields["name"].editor, "bibliothecaris")
    QTimer.singleShot(2500, lambda: print("typed", flush=True))
app.ready.connect(begin)
app.start()
qt.exec()
"""


def test_a_dialog_that_was_open_at_a_crash_opens_as_it_was(open_window: Open, own: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    command = [sys.executable, "-c", TYPIST, str(own), str(tmp_path / "p.json")]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=root) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "typed\n"
        child.send_signal(signal.SIGKILL)
        child.wait()
    time.sleep(0.1)
    window = open_window(own, passphrase=PASSPHRASE)
    window.until(lambda: any("Je was bezig met: Nieuw contact" in one for one in window.notices()))
    notice = next(one for one in window.shell.findChildren(Notice) if "bezig" in one.text_label.text())
    QTest.mouseClick(
        next(one for one in notice.findChildren(QPushButton) if one.text() == "Verder schrijven"),
        Qt.MouseButton.LeftButton,
    )
    dialog = window.dialog(ContactDialog)
    window.until(lambda: dialog.typed("name") == "bibliothecaris")
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    workspace = window.workspace
    assert "bibliothecaris" in {one.name for one in workspace.query(list_contacts)}


def test_notices_belong_to_the_open_file(open_window: Open, work_file: WorkFile) -> None:
    """They stayed on the locked screen with buttons that did nothing, and stood there twice after unlocking."""
    window = open_window(work_file.path, passphrase=work_file.passphrase)
    shell = window.application.shell
    notice = shell.add_notice("info", "Je was een verslag aan het schrijven.")
    notice.add_action("Verder schrijven", lambda: None)
    window.application.lock()
    window.until(lambda: shell.current == "unlock")
    assert window.notices() == []
    window.until(lambda: not shell.findChildren(Notice))
