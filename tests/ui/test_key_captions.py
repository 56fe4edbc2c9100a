"""The list of keys: every key of the window, of each page and of each dialog stands in it, in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QTabBar

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.dialogs.contact import ContactDialog
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.dialogs.keys import KeysDialog, key_lines
from samenleven_desktop.ui.keyboard import key_words
from samenleven_desktop.ui.screens.plans.screen import PlansScreen
from tests.builders import WorkFile
from tests.pages.window import CTRL, WindowPage
from tests.ui.conftest import Open
from tests.ui.every_dialog import dialogs

pytestmark = pytest.mark.gui
CODE = Path(__file__).parents[2] / "samenleven_desktop"


@pytest.fixture
def window(open_window: Open, practice_file: WorkFile) -> WindowPage:
    return open_window(practice_file.path)


def open_every_page(window: WindowPage) -> None:
    """Builds every page with all its parts."""
    app = window.application
    for key in app.shell.factories:
        page = app.shell.show_page(key)
        window.settle()
        for tabs in page.findChildren(QTabBar):
            for part in range(tabs.count()):
                tabs.setCurrentIndex(part)
                window.settle()
    window.screen("plans", PlansScreen)


def test_every_key_of_every_page_and_dialog_says_what_it_does(window: WindowPage) -> None:
    open_every_page(window)
    shell = window.application.shell
    for make in dialogs(window).values():
        dialog = make()
        silent = [one.key().toString() for one in dialog.findChildren(QShortcut) if not one.whatsThis()]
        assert not silent, dialog
        if isinstance(dialog, FormDialog):
            dialog.put_away()
        dialog.deleteLater()
        window.settle()
    found = shell.findChildren(QShortcut)
    assert len(found) > 60
    assert not [f"{one.key().toString()} of {type(one.parent()).__name__}" for one in found if not one.whatsThis()]


def test_keys_are_bound_in_one_place() -> None:
    """A `QShortcut` made elsewhere would have no caption."""
    made = [path.name for path in CODE.rglob("*.py") if re.search(r"\bQShortcut\(", path.read_text("utf-8"))]
    assert made == ["shortcuts.py"]


def test_every_key_of_the_registry_is_in_the_list(window: WindowPage) -> None:
    app = window.application
    shown = {(one.keys, one.what) for one in key_lines(app.language, app.shell, None)}
    from samenleven_desktop.ui.actions import window_actions

    for action in window_actions(app, app.navigator, app.undoing, app.lock):
        for keys in action.keys if action.bound else ():
            assert (key_words(app.language, keys), action.caption.rstrip(" .…\u00a0")) in shown


def test_the_page_in_sight_comes_first_and_others_are_left_out(window: WindowPage) -> None:
    app = window.application
    window.go(2)
    window.go(8)
    lines = key_lines(app.language, app.shell, None)
    assert lines[0].where == "Deze pagina"
    own = {one.keys: one.what for one in lines if one.where == "Deze pagina"}
    assert own["Ctrl + O"] == "Bestand inlezen"
    assert own["Alt + 2"] == "Te beslissen"
    assert "Ctrl + Shift + N" not in {one.keys for one in lines}


def test_it_opens_with_its_key_narrows_and_closes(window: WindowPage) -> None:
    window.press(Qt.Key.Key_Slash, CTRL)
    dialog = window.dialog(KeysDialog)
    window.keys("sessie")
    assert "Nieuwe sessie" in [one.what for one in dialog.model.rows]
    assert len(dialog.model.rows) < 8
    window.press(Qt.Key.Key_Escape)
    window.closed()


def test_in_a_dialog_it_lists_the_keys_of_that_dialog(window: WindowPage) -> None:
    app = window.application
    dialog = dialogs(window)[ContactDialog]()
    dialog.open()
    window.dialog(ContactDialog)
    window.press(Qt.Key.Key_Slash, CTRL)
    window.until(lambda: bool(dialog.findChildren(KeysDialog)))
    listed = dialog.findChildren(KeysDialog)[0]
    window.until(listed.isVisible)
    first = listed.model.rows[0]
    assert (first.keys, first.what) == ("Ctrl + S", "Bewaren")
    assert first.where == dialog.windowTitle()
    assert not [one for one in listed.model.rows if one.where == "Overal"]
    listed.accept()
    assert isinstance(dialog, FormDialog)
    dialog.put_away()
    window.until(lambda: not any(one.isVisible() for one in app.shell.findChildren(QDialog)))
    assert QApplication.activeModalWidget() is None


def test_keys_are_named_as_a_person_reads_them() -> None:
    dutch, english = Language("nl"), Language("en")
    assert key_words(dutch, "Alt+Down") == "Alt + pijl omlaag"
    assert key_words(dutch, "Ctrl++") == "Ctrl + plus"
    assert key_words(dutch, "Ctrl+-") == "Ctrl + min"
    assert key_words(dutch, "Del") == "Delete"
    assert key_words(english, "Ctrl+Space") == "Ctrl + space bar"
