"""A file that is dropped: what the place says while it is there, what it does, and where nothing may be dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QLineEdit

from samenleven_desktop.ui.dialogs.ask import AskDialog
from samenleven_desktop.ui.screens.dossier.screen import PEOPLE
from tests.pages.dragging import Dragged
from tests.pages.screens import ImportPage
from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "verslag.pdf"
    path.write_bytes(b"%PDF-1.7")
    return path


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "van een collega.samenleven"
    path.write_bytes(b"geen pakket")
    return path


def test_a_file_is_no_text_for_a_report(window: WindowPage, pdf: Path) -> None:
    window.application.navigator.open_session(None, None)
    window.settle()
    for field in (window.session.screen.ui.report, window.session.screen.ui.start):
        before = window.session.screen.ui.start.text()
        dragged = Dragged(window.application.shell, pdf)
        assert not dragged.over(field)
        dragged.drop()
        assert window.session.screen.ui.report.toPlainText() == ""
        assert window.session.screen.ui.start.text() == before


def test_a_pack_on_a_text_goes_to_the_exchange(window: WindowPage, pack: Path) -> None:
    window.application.navigator.open_session(None, None)
    window.settle()
    dragged = Dragged(window.application.shell, pack)
    assert dragged.over(window.session.screen.ui.report)
    assert "collega" in window.application.shell.drop.shows
    dragged.drop()
    window.until(lambda: window.application.shell.current == "exchange")


def test_the_attachments_take_files_and_leave_packs_to_the_window(window: WindowPage, pdf: Path, pack: Path) -> None:
    window.open_page("governments")
    window.governments.open("Mechelen")
    window.dossier.screen.ui.tabs.setCurrentIndex(PEOPLE)
    window.settle()
    people = window.dossier.screen.ui.people
    number = len(people.files_model.rows)
    dragged = Dragged(window.application.shell, pdf)
    assert dragged.over(people.files_card)
    assert "bijlagen" in people.drop.shows
    dragged.leave()
    assert people.drop.shows == ""
    assert not dragged.over(people.contacts)
    assert dragged.over(people.files_card)
    dragged.drop()
    window.until(lambda: len(people.files_model.rows) == number + 1)
    assert people.drop.shows == ""

    brought = Dragged(window.application.shell, pack)
    assert brought.over(people.files_card)
    assert people.drop.shows == ""
    brought.drop()
    window.until(lambda: window.application.shell.current == "exchange")
    assert len(people.files_model.rows) == number + 1


def test_the_import_looks_at_a_table(window: WindowPage, tmp_path: Path) -> None:
    table = tmp_path / "sessies.csv"
    table.write_text("Bestuur;Datum\nMechelen;01-02-2024\n", encoding="utf-8")
    screen = ImportPage(window).screen
    dragged = Dragged(window.application.shell, table)
    assert dragged.over(QPointF(screen.mapTo(window.application.shell, screen.rect().center())))
    assert screen.drop.shows
    dragged.drop()
    window.settle()
    assert screen.file is not None
    assert screen.file.file == table.name


def test_nor_for_the_fields_of_a_dialog(window: WindowPage, pdf: Path) -> None:
    context = window.application.context
    assert context is not None
    dialog = AskDialog(context, window.shell, "Vraag", "Doen", lambda: None, danger=False)
    edit = QLineEdit()
    dialog.box.addWidget(edit)
    dialog.open()
    window.dialog(AskDialog)
    dragged = Dragged(dialog, pdf)
    assert not dragged.over(edit)
    dragged.drop()
    assert edit.text() == ""
    dialog.reject()
    window.closed()
