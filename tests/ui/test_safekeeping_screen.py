"""The past through the real window: undo by name, values and deleted records put back, backups, a person erased."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.governments.officer_commands import AddOfficer
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.people.commands import AddAttachment, AddContact, ContactContent
from samenleven_desktop.services.people.queries import list_contacts
from samenleven_desktop.services.safekeeping.backups import back_up_before_erasing
from samenleven_desktop.services.safekeeping.workspace_file import back_up
from samenleven_desktop.services.sessions.entry_and_agreement_commands import (
    AddAgreement,
    ChangeAgreement,
    DeleteAgreement,
)
from samenleven_desktop.services.sessions.queries import list_agreements
from samenleven_desktop.services.workfile.workspace import create_workspace
from samenleven_desktop.storage.backup import existing
from samenleven_desktop.storage.keys import KeyCost
from samenleven_desktop.ui.actions import REDO, UNDO
from samenleven_desktop.ui.attachment_viewer import Copies
from samenleven_desktop.ui.dialogs.agreement import AgreementDialog
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from samenleven_desktop.ui.dialogs.erase import EraseDialog
from samenleven_desktop.ui.dialogs.field_history import FieldHistoryDialog
from samenleven_desktop.ui.dialogs.restore import RestoreDialog
from samenleven_desktop.ui.navigator import SafekeepingPart
from samenleven_desktop.ui.screens.dossier.screen import HISTORY, PEOPLE
from samenleven_desktop.ui.screens.welcome.unlock_screen import UnlockScreen
from tests.pages.screens import KeepingPage
from tests.pages.window import CTRL, WindowPage
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui
NAME = "Kwetsbaar Persoontje"


def mechelen(window: WindowPage) -> str:
    return window.workspace.query(government_by_code, "12025").id


def test_the_menu_names_what_undo_and_redo_would_do(window: WindowPage) -> None:
    menu = window.application.menu
    window.until(lambda: menu.entry(UNDO).text() == "Niets om ongedaan te maken")
    assert not menu.entry(UNDO).isEnabled()
    window.run(AddAgreement(mechelen(window), Party.COACH, "zaal vragen", None))
    window.until(lambda: menu.entry(UNDO).text() == "Ongedaan maken: Afspraak toegevoegd\tCtrl+Z")
    menu.entry(UNDO).trigger()
    window.until(lambda: menu.entry(REDO).text() == "Opnieuw doen: Afspraak toegevoegd\tCtrl+Y")
    assert not menu.entry(UNDO).isEnabled()


def test_a_value_comes_back_through_the_key_in_a_form(window: WindowPage) -> None:
    window.run(AddAgreement(mechelen(window), Party.COACH, "eerste woorden", None))
    line = next(one for one in window.workspace.query(list_agreements) if one.what == "eerste woorden")
    window.search("mechelen")
    context = window.application.context
    assert context is not None
    for words in ("tweede woorden", "derde woorden"):
        AgreementDialog(context, line.government_id, window.dossier.screen, line).open()
        dialog = window.dialog(AgreementDialog)
        dialog.what.setFocus()
        window.press(Qt.Key.Key_A, CTRL)
        window.keys(words)
        window.press(Qt.Key.Key_S, CTRL)
        window.closed()
    AgreementDialog(context, line.government_id, window.dossier.screen, line).open()
    form = window.dialog(AgreementDialog)
    form.what.setFocus()
    window.press(Qt.Key.Key_H, CTRL | Qt.KeyboardModifier.ShiftModifier)
    history = next(one for one in window.shell.findChildren(FieldHistoryDialog))
    window.until(lambda: len(history.model.rows) == 3)
    assert [one.value for one in history.model.rows] == ["derde woorden", "tweede woorden", "eerste woorden"]
    window.press(Qt.Key.Key_Down)
    assert history.act.isEnabled()
    QTest.mouseClick(history.act, Qt.MouseButton.LeftButton)
    window.closed()
    assert "eerste woorden" in {one.what for one in window.workspace.query(list_agreements)}


def test_the_key_without_a_field_says_where_to_go(window: WindowPage) -> None:
    window.focus(window.application.shell.search)
    window.press(Qt.Key.Key_H, CTRL | Qt.KeyboardModifier.ShiftModifier)
    window.until(lambda: any("Ctrl+Shift+H" in one for one in window.notices()))


def test_what_was_deleted_comes_out_of_the_bin(window: WindowPage) -> None:
    made = window.run(AddAgreement(mechelen(window), Party.COACH, "zaal vragen", None))
    window.run(DeleteAgreement(made))
    page = KeepingPage(window, SafekeepingPart.BIN).screen
    window.until(lambda: [one.words for one in page.bin.model.rows] == ["zaal vragen"])
    window.focus(page.bin.table)
    window.press(Qt.Key.Key_Insert)
    window.until(lambda: page.bin.model.rows == [])
    assert "zaal vragen" in {one.what for one in window.workspace.query(list_agreements)}
    assert page.bin.empty.isVisible()


def test_a_backup_is_made_looked_at_and_put_back(window: WindowPage, tmp_path: Path) -> None:
    page = KeepingPage(window, SafekeepingPart.BACKUPS).screen
    stick = tmp_path / "stick"
    stick.mkdir()
    page.backups.choose_second(tmp_path)
    window.until(lambda: any("Kies een andere map" in one for one in window.notices()))
    page.backups.choose_second(stick)
    window.until(lambda: str(stick) in page.backups.place.text())
    QTest.mouseClick(page.backups.make, Qt.MouseButton.LeftButton)
    window.until(lambda: "De back-up is gemaakt en in orde bevonden." in window.notices())
    window.run(AddAgreement(mechelen(window), Party.COACH, "na de back-up", None))
    window.until(lambda: page.backups.model.rows[0].reason == "manual")
    page.backups.table.select_row(0)
    QTest.mouseClick(page.backups.put_back, Qt.MouseButton.LeftButton)
    dialog = window.dialog(RestoreDialog)
    words = "\n".join(one.text() for one in dialog.findChildren(QLabel))
    assert "Verdwijnt: 1 × afspraak." in words
    assert "Afspraak toegevoegd" in words
    # Enter leaves: what cannot be undone is not done by a stray key.
    window.press(Qt.Key.Key_Return)
    window.closed()
    QTest.mouseClick(page.backups.put_back, Qt.MouseButton.LeftButton)
    QTest.mouseClick(window.dialog(RestoreDialog).act, Qt.MouseButton.LeftButton)
    window.until(lambda: "De back-up is teruggezet." in window.notices())
    assert "na de back-up" not in {one.what for one in window.workspace.query(list_agreements)}
    assert window.application.shell.current == "start"
    window.run(AddAgreement(mechelen(window), Party.COACH, "op het teruggezette", None))
    assert existing(window.workspace.path)[0].reason == "restore"


def test_a_backup_that_holds_what_a_file_erased_is_let_go(window: WindowPage) -> None:
    back_up_before_erasing(window.workspace.store, [("contact", "x")])
    page = KeepingPage(window, SafekeepingPart.BACKUPS).screen
    window.until(lambda: [one.reason for one in page.backups.model.rows][:1] == ["erasing"])
    page.backups.table.select_row(0)
    window.until(page.backups.let_go.isVisible)
    assert "1 back-up houdt nog wat het bestand van een collega wiste" in page.backups.place.text()
    QTest.mouseClick(page.backups.put_back, Qt.MouseButton.LeftButton)
    dialog = window.dialog(RestoreDialog)
    assert any("komt terug" in one.text() for one in dialog.findChildren(QLabel))
    window.press(Qt.Key.Key_Escape)
    window.closed()
    QTest.mouseClick(page.backups.let_go, Qt.MouseButton.LeftButton)
    QTest.mouseClick(window.dialog(AskDialog).act, Qt.MouseButton.LeftButton)
    window.until(lambda: "De back-up is verwijderd." in window.notices())
    window.until(lambda: "erasing" not in [one.reason for one in page.backups.model.rows])
    assert not page.backups.let_go.isVisible()


def test_the_check_names_what_is_wrong_and_repairs_it(window: WindowPage) -> None:
    page = KeepingPage(window, SafekeepingPart.HEALTH).screen
    window.until(lambda: page.health.well.isVisible())
    with window.workspace.store.write_untracked() as connection:
        connection.exec_driver_sql("DELETE FROM search_row WHERE number % 2 = 0")
    QTest.mouseClick(page.health.again, Qt.MouseButton.LeftButton)
    window.until(lambda: [one.code for one in page.health.findings] == ["search"])
    from PySide6.QtWidgets import QPushButton

    (repair,) = [one for one in page.health.findChildren(QPushButton) if one.text() == "Herstellen"]
    QTest.mouseClick(repair, Qt.MouseButton.LeftButton)
    window.until(lambda: page.health.findings == [] and page.health.well.isVisible())


def test_what_was_kept_long_enough_is_chosen_and_erased(window: WindowPage, tmp_path: Path) -> None:
    window.application.navigator.copies = Copies(lambda _: True, tmp_path)
    window.application.navigator.open_copy("nota.txt", b"over iemand")
    page = KeepingPage(window, SafekeepingPart.RETENTION).screen
    window.until(lambda: page.retention.empty.isVisible())
    page.retention.months["report"].setValue(12)
    window.until(lambda: len(page.retention.model.rows) > 5)
    number = len(page.retention.model.rows)
    page.retention.table.select_row(0)
    QTest.mouseClick(page.retention.erase, Qt.MouseButton.LeftButton)
    dialog = window.dialog(AskDialog)
    assert "1 gegeven" in dialog.windowTitle()
    QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    window.until(lambda: len(page.retention.model.rows) == number - 1)
    window.until(lambda: "1 × sessie" in page.retention.said.text())
    window.until(lambda: "Laatst nagekeken op 11 maart 2024." in page.retention.said.text())
    assert list(tmp_path.rglob("nota.txt")) == []


def test_a_person_is_erased_after_a_look_at_where_the_name_stands(window: WindowPage, tmp_path: Path) -> None:
    government = mechelen(window)
    window.run(AddContact(ContactContent(NAME, government)))
    window.run(AddAgreement(government, Party.GOVERNMENT, f"{NAME} belt", None))
    window.run(AddAttachment(government, "nota.txt", f"Over {NAME}".encode()))
    window.search("mechelen")
    window.dossier.tab(PEOPLE + 1)
    panel = window.dossier.screen.ui.people
    window.until(lambda: NAME in [one.name for one in panel.contacts_model.rows])
    panel.contacts.select_row([one.name for one in panel.contacts_model.rows].index(NAME))
    panel.save_all_held(panel.contacts_model.rows[panel.contacts.currentIndex().row()].id, tmp_path / "alles.pdf")
    window.until(lambda: (tmp_path / "alles.pdf").exists())
    QTest.mouseClick(panel.erase_contact, Qt.MouseButton.LeftButton)
    dialog = window.dialog(EraseDialog)
    assert "De naam verdwijnt uit 1 tekst:" in [one.text() for one in dialog.findChildren(QLabel)]
    QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    window.until(lambda: NAME not in [one.name for one in panel.contacts_model.rows])
    window.closed()
    assert NAME not in {one.name for one in window.workspace.query(list_contacts)}
    assert "[gewist] belt" in {one.what for one in window.workspace.query(list_agreements)}
    assert panel.files_model.rows == []


def test_a_place_that_may_name_the_person_goes_when_it_is_ticked(window: WindowPage, tmp_path: Path) -> None:
    government = mechelen(window)
    navigator = window.application.navigator
    navigator.copies = Copies(lambda _: True, tmp_path)
    navigator.open_copy("nota.txt", f"Over {NAME}".encode())
    assert list(tmp_path.rglob("nota.txt"))
    first = NAME.split()[0]
    window.run(AddContact(ContactContent(NAME, government)))
    window.run(AddAgreement(government, Party.GOVERNMENT, f"{first} belt", None))
    window.run(AddAgreement(government, Party.GOVERNMENT, f"{first} mailt", None))
    window.search("mechelen")
    window.dossier.tab(PEOPLE + 1)
    panel = window.dossier.screen.ui.people
    window.until(lambda: NAME in [one.name for one in panel.contacts_model.rows])
    panel.contacts.select_row([one.name for one in panel.contacts_model.rows].index(NAME))
    QTest.mouseClick(panel.erase_contact, Qt.MouseButton.LeftButton)
    dialog = window.dialog(EraseDialog)
    items = [dialog.probable.item(row) for row in range(dialog.probable.count())]
    assert [item.checkState() for item in items] == [Qt.CheckState.Unchecked] * 2
    dialog.probable.setFocus()
    dialog.probable.setCurrentItem(next(item for item in items if "belt" in item.text()))
    QTest.keyClick(dialog.probable, Qt.Key.Key_Space)
    QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    window.until(lambda: NAME not in [one.name for one in panel.contacts_model.rows])
    window.closed()
    texts = {one.what for one in window.workspace.query(list_agreements)}
    assert texts >= {"[gewist] belt", f"{first} mailt"}
    assert any("1 plaats" in one for one in window.notices())
    assert list(tmp_path.rglob("nota.txt")) == []


def test_a_damaged_file_offers_its_newest_backup(open_window: Open, tmp_path: Path) -> None:
    path = tmp_path / "werk.samenlevendb"
    made = create_workspace(path, "een lange zin", Runtime(), KeyCost(1, 8, 1))
    made.choose_officer(made.run(AddOfficer("coach")).result)
    back_up(made)
    made.close()
    path.write_bytes(path.read_bytes()[:-4096])
    window = open_window(path, ready=False)
    window.until(lambda: window.application.shell.current == "unlock")
    page = window.screen("unlock", UnlockScreen)
    # The keyring does not know the key: first the passphrase is asked, then the damage shows.
    if page.rescue is None:
        page.secret.setText("een lange zin")
        QTest.mouseClick(page.open, Qt.MouseButton.LeftButton)
        window.until(lambda: getattr(window.application.shell.page("unlock"), "rescue", None) is not None)
        page = window.screen("unlock", UnlockScreen)
    page.secret.setText("een lange zin")
    with window.bot.waitSignal(window.application.ready, timeout=20_000):
        assert page.rescue is not None
        QTest.mouseClick(page.rescue, Qt.MouseButton.LeftButton)
    window.settle()
    assert list(tmp_path.glob("werk.samenlevendb.damaged-*"))
    assert any("staat terug" in one for one in window.notices())


def test_a_step_of_the_dossier_opens_the_history_of_what_it_changed(window: WindowPage) -> None:
    made = window.run(AddAgreement(mechelen(window), Party.COACH, "eerste woorden", None))
    window.run(ChangeAgreement(made, Party.COACH, "tweede woorden", None))
    window.search("mechelen")
    window.dossier.tab(HISTORY + 1)
    table = window.dossier.screen.ui.history
    window.until(lambda: window.dossier.screen.ui.history_model.rows[0].name == ChangeAgreement.name)
    table.select_row(0)
    window.focus(table)
    window.press(Qt.Key.Key_Return)
    dialog = window.dialog(FieldHistoryDialog)
    window.until(lambda: [one.value for one in dialog.model.rows] == ["tweede woorden", "eerste woorden"])
    QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    window.closed()
    assert "eerste woorden" in {one.what for one in window.workspace.query(list_agreements)}


def test_what_was_erased_goes_on_paper(window: WindowPage, tmp_path: Path) -> None:
    page = KeepingPage(window, SafekeepingPart.RETENTION).screen
    page.retention.save_report(tmp_path / "gewist.pdf")
    window.until(lambda: (tmp_path / "gewist.pdf").exists())
    assert (tmp_path / "gewist.pdf").read_bytes().startswith(b"%PDF")
