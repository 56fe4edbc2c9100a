"""Ctrl+Z in a text field is the field's own, word by word; elsewhere it takes back what was saved."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from samenleven_desktop.readmodels.core import SessionLine
from samenleven_desktop.ui.dialogs.agreement import AgreementDialog
from samenleven_desktop.ui.screens.dossier.screen import ACTIONS, FIRST_NUMBER
from samenleven_desktop.ui.widgets.cell_delegate import CellEditor
from tests.pages.window import CTRL, WindowPage

pytestmark = pytest.mark.gui
Z, Y = Qt.Key.Key_Z, Qt.Key.Key_Y


def saved_session(window: WindowPage, report: str = "Bewaard verslag") -> SessionLine:
    """A session that was registered a moment ago; its dossier is shown."""
    window.search("mechelen")
    page = window.dossier.register_session()
    page.fill(report=report)
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    window.dossier.sessions()
    return next(line for line in window.dossier.screen.ui.sessions_model.rows if line.report == report)


def is_saved(window: WindowPage, report: str = "Bewaard verslag") -> bool:
    return report in window.dossier.sessions()


def test_the_focus_is_on_the_page_after_saving_and_undo_takes_the_session_back(window: WindowPage) -> None:
    saved_session(window)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.dossier.screen.isAncestorOf(focus)
    window.press(Z, CTRL)
    assert not is_saved(window)
    window.answer_notice("Ongedaan gemaakt", "Opnieuw doen")
    assert is_saved(window)


def test_saving_with_the_mouse_leaves_the_focus_on_the_page(window: WindowPage) -> None:
    window.search("mechelen")
    page = window.dossier.register_session()
    page.fill(report="Met de muis")
    page.screen.ui.save.setFocus()
    QTest.mouseClick(page.screen.ui.save, Qt.MouseButton.LeftButton)
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.dossier.screen.isAncestorOf(focus)


def test_words_in_the_search_box_are_undone_there_and_nothing_else(window: WindowPage) -> None:
    saved_session(window)
    box = window.application.shell.search
    window.press(Qt.Key.Key_K, CTRL)
    window.keys("mechelen noord")
    window.settle()
    window.press(Z, CTRL)
    assert box.text() == "mechelen"
    for _ in range(4):
        window.press(Z, CTRL)
    assert box.text() == ""
    assert is_saved(window)
    window.focus(box)
    window.press(Y, CTRL)
    assert box.text() == "mechelen"
    assert is_saved(window)


def test_a_field_in_which_nothing_was_typed_passes_undo_on(window: WindowPage) -> None:
    saved_session(window)
    window.press(Qt.Key.Key_K, CTRL)
    window.press(Z, CTRL)
    assert not is_saved(window)
    window.press(Qt.Key.Key_K, CTRL)
    window.press(Y, CTRL)
    assert is_saved(window)


def test_the_search_box_forgets_what_was_searched_before(window: WindowPage) -> None:
    saved_session(window)
    window.search("mechelen")
    window.press(Qt.Key.Key_K, CTRL)
    window.press(Z, CTRL)
    assert window.application.shell.search.text() == ""
    assert not is_saved(window)


@pytest.mark.parametrize("field", ["report", "day", "travel"])
def test_fields_of_the_form_undo_and_redo_their_own(window: WindowPage, field: str) -> None:
    saved_session(window)
    page = window.dossier.register_session()
    editor = getattr(page.screen.ui, field)
    words: Callable[[], str] = editor.toPlainText if field == "report" else editor.text
    before = words()
    editor.setFocus()
    window.press(Qt.Key.Key_End)
    window.keys(" een twee")
    window.press(Z, CTRL)
    assert words() in (f"{before} een", f"{before} een ")
    for _ in range(5):
        window.press(Z, CTRL)
    assert words() == before
    window.press(Y, CTRL)
    window.press(Y, CTRL)
    window.press(Y, CTRL)
    assert words() == f"{before} een twee"
    assert is_saved(window)


def test_a_cell_that_is_open_undoes_its_own(window: WindowPage) -> None:
    saved_session(window)
    window.dossier.tab(ACTIONS + 1)
    table = window.dossier.screen.ui.targets
    table.select_cell(0, FIRST_NUMBER)
    table.setFocus()
    window.press(Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, CellEditor)
    before = editor.text()
    window.keys("12")
    window.press(Z, CTRL)
    assert editor.text() == before
    window.press(Z, CTRL)
    window.press(Qt.Key.Key_Escape)
    assert is_saved(window)


def test_a_field_of_a_dialog_undoes_its_own(window: WindowPage) -> None:
    saved_session(window)
    context = window.application.context
    assert context is not None
    AgreementDialog(context, window.dossier.screen.government_id, window.dossier.screen).open()
    dialog = window.dialog(AgreementDialog)
    window.keys("de zaal vragen")
    window.press(Z, CTRL)
    assert dialog.typed("what") == "de zaal"
    for _ in range(4):
        window.press(Z, CTRL)
    window.press(Qt.Key.Key_Escape)
    window.closed()
    assert is_saved(window)


def test_deleting_offers_its_undo_until_another_step_comes(window: WindowPage) -> None:
    line = saved_session(window)
    window.application.navigator.open_session(line.id, line.government_ids[0])
    window.settle()
    QTest.mouseClick(window.session.screen.ui.delete, Qt.MouseButton.LeftButton)
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.dossier.screen.isAncestorOf(focus)
    assert not is_saved(window)
    window.answer_notice("De sessie is verwijderd.", "Ongedaan maken")
    assert is_saved(window)
    assert not any("verwijderd." in one for one in window.notices())


# Undo of what stands in an open form


def changed_session(window: WindowPage) -> SessionLine:
    line = saved_session(window)
    window.application.navigator.open_session(line.id, line.government_ids[0])
    window.settle()
    window.session.fill(report="Gewijzigd verslag", start="13:30", end="16:00")
    window.session.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    return line


def test_changed_saved_left_and_undone_shows_the_same_in_list_and_form(window: WindowPage) -> None:
    line = changed_session(window)
    window.press(Z, CTRL)
    assert is_saved(window)
    window.application.navigator.open_session(line.id, line.government_ids[0])
    window.settle()
    assert window.session.report() == "Bewaard verslag"
    assert window.session.drafts() == []


def test_an_untouched_form_follows_an_undo(window: WindowPage) -> None:
    line = changed_session(window)
    window.application.navigator.open_session(line.id, line.government_ids[0])
    window.settle()
    assert window.session.report() == "Gewijzigd verslag"
    window.application.undoing.undo()
    window.until(lambda: window.session.report() == "Bewaard verslag")
    window.application.undoing.redo()
    window.until(lambda: window.session.report() == "Gewijzigd verslag")


def test_a_form_in_which_was_typed_tells_and_never_writes_an_undone_text_back(window: WindowPage) -> None:
    line = changed_session(window)
    window.application.navigator.open_session(line.id, line.government_ids[0])
    window.settle()
    page = window.session
    page.screen.ui.report.setFocus()
    window.keys(" met meer")
    window.application.undoing.undo()
    window.until(lambda: page.screen.ui.changed.isVisible())
    assert page.report() == "Gewijzigd verslag met meer"
    page.save()
    assert window.application.shell.current == "session"
    assert "Kies eerst met welke tekst je verder gaat: die van jou, of wat bewaard is." in window.notices()
    QTest.mouseClick(page.screen.ui.changed.see, Qt.MouseButton.LeftButton)
    window.until(lambda: page.report() == "Bewaard verslag")
    window.settle()
    page.answer_draft("met meer")
    assert page.report() == "Gewijzigd verslag met meer"
    window.until(lambda: page.screen.ui.changed.isVisible())
    QTest.mouseClick(page.screen.ui.changed.own, Qt.MouseButton.LeftButton)
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    assert is_saved(window, "Gewijzigd verslag met meer")


def test_a_session_that_is_undone_while_its_form_is_open_is_left_or_becomes_a_new_one(window: WindowPage) -> None:
    line = saved_session(window)
    window.application.navigator.open_session(line.id, line.government_ids[0])
    window.settle()
    window.application.undoing.undo()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    window.application.undoing.redo()
    window.settle()
    window.application.navigator.open_session(line.id, line.government_ids[0])
    window.settle()
    window.session.screen.ui.report.setFocus()
    window.keys(" en meer")
    window.application.undoing.undo()
    window.until(lambda: any("Wat hier staat" in one for one in window.notices()))
    assert window.session.report() == "Bewaard verslag en meer"
    window.session.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    assert is_saved(window, "Bewaard verslag en meer")
