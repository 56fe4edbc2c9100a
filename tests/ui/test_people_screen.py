"""Contacts and attachments in the dossier, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from samenleven_desktop.ui.attachment_viewer import Copies
from samenleven_desktop.ui.dialogs.contact import ContactDialog
from samenleven_desktop.ui.screens.dossier.screen import PEOPLE
from tests.pages.window import CTRL, WindowPage

pytestmark = pytest.mark.gui


def on_contacts(window: WindowPage) -> WindowPage:
    window.search("mechelen")
    window.dossier.tab(PEOPLE + 1)
    window.settle()
    return window


def test_a_contact_by_keys_and_a_wrong_address_loses_nothing(window: WindowPage) -> None:
    panel = on_contacts(window).dossier.screen.ui.people
    window.focus(panel.new_contact)
    window.press(Qt.Key.Key_Space)
    dialog = window.dialog(ContactDialog)
    window.keys("bibliothecaris")
    for _ in range(2):
        window.press(Qt.Key.Key_Tab)
    window.keys("dienst.bestuur.be")
    window.press(Qt.Key.Key_S, CTRL)
    assert "e-mailadres" in dialog.fields["email"].error.text()
    assert dialog.typed("name") == "bibliothecaris"
    window.press(Qt.Key.Key_A, CTRL)
    window.keys("dienst@bestuur.be")
    window.press(Qt.Key.Key_S, CTRL)
    window.until(lambda: "bibliothecaris" in [one.name for one in panel.contacts_model.rows])
    window.closed()
    window.focus(panel.contacts)
    count = len(panel.contacts_model.rows)
    window.press(Qt.Key.Key_Delete)
    window.until(lambda: len(panel.contacts_model.rows) == count - 1)
    window.press(Qt.Key.Key_Z, CTRL)
    window.until(lambda: len(panel.contacts_model.rows) == count)


def test_a_file_is_kept_opened_as_a_copy_and_the_copy_goes_with_the_window(window: WindowPage, tmp_path: Path) -> None:
    opened: list[Path] = []
    copies = tmp_path / "copies"
    copies.mkdir()
    window.application.navigator.copies = Copies(lambda path: not opened.append(path), copies)
    panel = on_contacts(window).dossier.screen.ui.people
    source = tmp_path / "overeenkomst.txt"
    source.write_text("tweede locatie")
    panel.add_files([source, tmp_path / "weg.txt"])
    window.until(lambda: [one.name for one in panel.files_model.rows] == ["overeenkomst.txt"])
    assert "weg.txt" in panel.problem.text()
    panel.files.setFocus()
    window.press(Qt.Key.Key_Return)
    window.until(lambda: bool(opened))
    assert opened[0].read_text() == "tweede locatie"
    saved = tmp_path / "bewaard.txt"
    panel.save_to(panel.files_model.rows[0], saved)
    window.until(saved.exists)
    window.settle()
    window.application.navigator.copies.close()
    assert list(copies.iterdir()) == []
