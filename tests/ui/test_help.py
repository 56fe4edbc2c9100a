"""F1 everywhere: every page and dialog leads to a page of the handbook, which opens beside the work."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QDialog

from samenleven_desktop.services.core.handbook import Handbook, handbook
from samenleven_desktop.ui.dialogs.agreement import AgreementDialog
from samenleven_desktop.ui.dialogs.handbook import HandbookDialog
from samenleven_desktop.ui.dialogs.keys import key_lines
from samenleven_desktop.ui.help_places import OF_DIALOG, OF_PAGE, help_address
from samenleven_desktop.ui.keyboard import key_words
from tests.builders import WorkFile
from tests.pages.window import CTRL, WindowPage
from tests.ui.conftest import Open
from tests.ui.every_dialog import classes_of, dialogs

pytestmark = pytest.mark.gui
# It only asks whether something should be done: the page behind it tells about it.
ASKS_ONLY = "AskDialog"


@pytest.fixture
def window(open_window: Open, practice_file: WorkFile) -> WindowPage:
    return open_window(practice_file.path)


def exists(book: Handbook, address: str) -> bool:
    name, _, section = address.partition("#")
    page = book.page(name.removesuffix(".md"))
    return page is not None and (not section or page.section(section) is not None)


def opened(window: WindowPage) -> HandbookDialog:
    shell = window.shell
    window.until(lambda: any(one.isVisible() for one in shell.findChildren(HandbookDialog)))
    return next(one for one in shell.findChildren(HandbookDialog) if one.isVisible())


def test_every_page_leads_to_the_handbook(window: WindowPage) -> None:
    book = handbook("nl")
    keys = {*window.application.shell.factories, "welcome", "unlock", ""}
    assert set(OF_PAGE) == keys
    assert all(exists(book, address) for address in OF_PAGE.values())


def test_every_dialog_leads_to_the_handbook() -> None:
    book = handbook("nl")
    bases = {"FittingDialog", "FormDialog", "PackDialog", "_NumbersDialog"}
    names = {one.__name__ for one in classes_of(QDialog)} - bases
    assert {*OF_DIALOG, ASKS_ONLY} == names
    assert all(exists(book, address) for address in OF_DIALOG.values())
    assert help_address("kpis", "AskDialog") == "kpis.md"
    assert help_address("nowhere") == "first-steps.md"


def test_it_opens_at_the_page_in_sight_and_stays_open(window: WindowPage) -> None:
    window.go(5)
    window.press(Qt.Key.Key_F1)
    found = opened(window)
    assert found.address == "kpis.md"
    assert "Acties en KPI's" in found.page.toPlainText()
    window.application.shell.show_page("stimuli")
    window.application.shell.help_requested.emit(window.application.shell)
    assert opened(window) is found
    assert found.address == "stimuli.md"
    found.go_back()
    assert found.address == "kpis.md"
    found.accept()


def test_in_a_form_it_opens_above_the_form(window: WindowPage) -> None:
    dialog = dialogs(window)[AgreementDialog]()
    dialog.open()
    window.dialog(AgreementDialog)
    window.press(Qt.Key.Key_F1)
    window.until(lambda: bool(dialog.findChildren(HandbookDialog)))
    found = dialog.findChildren(HandbookDialog)[0]
    window.until(found.isVisible)
    assert found.address == "dossier.md#agreement"
    assert found.page.textCursor().block().text() == "Een afspraak"
    assert dialog.isVisible()
    found.accept()
    assert isinstance(dialog, AgreementDialog)
    dialog.put_away()
    window.settle()


def test_it_opens_before_a_work_file_is_open(open_window: Open, practice_file: WorkFile) -> None:
    window = open_window(practice_file.path)
    window.application.leave_file()
    window.until(lambda: window.application.shell.current == "welcome")
    window.press(Qt.Key.Key_F1)
    assert opened(window).address == "welcome.md"
    opened(window).accept()


def test_links_lead_on_and_nothing_leads_out(window: WindowPage) -> None:
    window.press(Qt.Key.Key_F1)
    found = opened(window)
    found.page.anchorClicked.emit(QUrl("kpis.md#entry"))
    assert found.address == "kpis.md#entry"
    found.page.anchorClicked.emit(QUrl("https://example.org/"))
    assert found.address == "kpis.md#entry"
    found.accept()


def test_it_is_searched(window: WindowPage) -> None:
    window.press(Qt.Key.Key_F1)
    found = opened(window)
    window.type_into(found.search, "herstelblad")
    assert found.contents.item(0).text().splitlines()[0] == "Het herstelblad afdrukken"
    window.press(Qt.Key.Key_Return)
    assert found.address == "first-steps.md#sheet"
    window.type_into(found.search, "qqqzzz")
    assert found.nothing.text() == "Niets gevonden voor 'qqqzzz'."
    found.accept()


def test_the_search_box_finds_pages_of_the_handbook(window: WindowPage) -> None:
    window.press(Qt.Key.Key_K, CTRL)
    window.keys("wachtzin vergeten")
    palette, box = window.application.palette, window.application.shell.search
    window.until(lambda: not palette.timer.isActive() and window.application.runner.idle)
    hits = [box.results.item(row).text() for row in range(box.results.count())]
    assert hits[0] == "Wachtzin vergeten"
    window.press(Qt.Key.Key_Return)
    assert opened(window).address == "welcome.md#forgotten"
    opened(window).accept()


def test_every_key_of_the_handbook_exists(window: WindowPage) -> None:
    app, told = window.application, set()
    for key in app.shell.factories:
        app.shell.show_page(key)
        window.settle()
        told |= {one.keys for one in key_lines(app.language, app.shell, None)}
    wrong = [
        f"{page.name}: {keys}"
        for page in handbook("nl").pages
        for keys in re.findall(r"`([^`]+)`", page.markdown)
        if key_words(app.language, keys) not in told
    ]
    assert not wrong
