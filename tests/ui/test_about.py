"""Over dit programma: from the menu, in both languages, by keyboard; the licence of each part can be read and saved."""

from __future__ import annotations

import json
import stat
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from samenleven_desktop import __version__
from samenleven_desktop.paths import log_file
from samenleven_desktop.technical_log import start_log, stop_log
from samenleven_desktop.ui.dialogs.about import AboutDialog
from tests.builders import PASSPHRASE, WorkFile
from tests.pages.window import WindowPage
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui


def open_about(window: WindowPage, caption: str) -> AboutDialog:
    menu = window.application.shell.menu.menu()
    (action,) = [one for one in menu.actions() if one.text() == caption]
    action.trigger()
    dialog = window.dialog(AboutDialog)
    window.until(lambda: bool(dialog.model.rows))
    return dialog


def test_every_part_is_told_with_its_licence(window: WindowPage) -> None:
    dialog = open_about(window, "Over dit programma")
    parts = {one.name: one for one in dialog.model.rows}
    assert parts["Inter"].licence == "OFL-1.1"
    assert "LGPL" in parts["PySide6_Essentials"].licence
    assert dialog.table.hasFocus()
    first = dialog.licence.toPlainText()
    assert first
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    window.until(lambda: dialog.licence.toPlainText() != first)
    dialog.copy.click()
    assert __version__ in QGuiApplication.clipboard().text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    window.closed()


def test_the_list_is_saved_and_a_folder_that_is_not_there_is_told(window: WindowPage, tmp_path: Path) -> None:
    dialog = open_about(window, "Over dit programma")
    dialog.save_list(tmp_path / "delen.json")
    window.until(lambda: dialog.caption.text() == "De lijst is opgeslagen.")
    assert len(json.loads((tmp_path / "delen.json").read_text())) == len(dialog.model.rows)
    dialog.save_list(tmp_path / "weg" / "delen.json")
    window.until(lambda: "bestaat niet" in dialog.caption.text())
    dialog.close()
    window.closed()


def test_the_support_file_holds_the_log_and_nothing_that_was_typed(
    open_window: Open, work_file: WorkFile, tmp_path: Path
) -> None:
    start_log()
    window = open_window(work_file.path, passphrase=PASSPHRASE)
    window.application.navigator.open_session(None, None)
    window.settle()
    window.session.fill(report="Niemand mag dit lezen")
    window.session.save()
    dialog = open_about(window, "Over dit programma")
    dialog.save_support(tmp_path / "hulp.zip")
    window.until(lambda: "hulpbestand" in dialog.caption.text())
    with zipfile.ZipFile(tmp_path / "hulp.zip") as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
        log = archive.read("samenleven.log").decode()
    assert json.loads(zipfile.ZipFile(tmp_path / "hulp.zip").read("versions.json"))["program"] == __version__
    assert "start: version" in log
    for secret in ("Niemand mag dit lezen", PASSPHRASE, "Mechelen", str(work_file.path)):
        assert secret.encode() not in whole
    assert stat.S_IMODE(log_file().stat().st_mode) == 0o600
    dialog.close()
    window.closed()
    stop_log()


def test_it_speaks_english_too(window: WindowPage) -> None:
    window.application.change_language("en")
    window.settle()
    dialog = open_about(window, "About this program")
    assert dialog.windowTitle() == "About this program"
    assert "parts made by others" in dialog.caption.text()
    dialog.close()
    window.closed()
