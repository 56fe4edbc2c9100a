"""Importing and exporting through the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from python_calamine import CalamineWorkbook

from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.queries import list_commitments, list_entries
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.people.queries import list_contacts
from samenleven_desktop.services.sessions.entry_and_agreement_commands import DeleteAgreement
from samenleven_desktop.services.sessions.queries import list_agreements
from samenleven_desktop.ui.list_export import list_in_sight, save_list
from samenleven_desktop.ui.screens.importing.layout import remark
from samenleven_desktop.ui.screens.importing.screen import ImportScreen
from tests.pages.screens import ImportPage, SettingsPage
from tests.pages.window import CTRL, WindowPage

pytestmark = pytest.mark.gui
PEOPLE = """Bestuur;Naam;E-mail
Mechelen;Bert Tweede;dienst@voorbeeld.be
Mechelen;Ans Nieuwenaam;dienst@voorbeeld.be
"""
LINES = (
    "Gemeente;Actie;Datum;Aantal;Opmerking",
    "Mechelen;5;08/03/2024;12;uit het werkboek",
    "Mechlen;5;07/03/2024;4;bijna",
    "Duffel;99;07/03/2024;3;",
)


def notes(window: WindowPage) -> set[str | None]:
    workspace = window.workspace
    ids = [one.id for one in workspace.query(list_commitments, 2)]
    return {one.note for one in workspace.query(list_entries, ids)}


def test_a_table_is_looked_at_corrected_and_taken_over_in_one_step(window: WindowPage, tmp_path: Path) -> None:
    path = tmp_path / "metingen.csv"
    path.write_text("\n".join(LINES), encoding="utf-8")
    page = ImportPage(window, path).screen
    window.until(lambda: page.plan is not None)
    assert [row.state for row in page.ui.model.rows] == [RowState.NEW, RowState.REJECTED, RowState.REJECTED]
    assert page.ui.take_over.text() == "Overnemen (1)"
    page.ui.table.select_row(1)
    window.until(lambda: page.ui.accept.isVisible())
    assert page.ui.accept.text() == "Mechlen is Mechelen"
    QTest.mouseClick(page.ui.accept, Qt.MouseButton.LeftButton)
    window.until(lambda: page.ui.take_over.text() == "Overnemen (2)")
    page.save_rejected(tmp_path / "afgekeurd.xlsx")
    window.until(lambda: (tmp_path / "afgekeurd.xlsx").exists())
    QTest.mouseClick(page.ui.take_over, Qt.MouseButton.LeftButton)
    window.until(lambda: "2 gegevens overgenomen." in window.notices())
    assert {"uit het werkboek", "bijna"} <= notes(window)
    window.until(lambda: page.ui.take_over.text() == "Overnemen (0)")
    assert not page.ui.take_over.isEnabled()
    window.press(Qt.Key.Key_Z, CTRL)
    window.until(lambda: "uit het werkboek" not in notes(window))


def test_the_chosen_row_stays_chosen_when_the_file_is_planned_anew(window: WindowPage, tmp_path: Path) -> None:
    path = tmp_path / "metingen.csv"
    path.write_text("\n".join(LINES), encoding="utf-8")
    page = ImportPage(window, path).screen
    window.until(lambda: page.plan is not None)
    page.ui.table.select_row(1)
    window.until(lambda: page.ui.accept.isVisible())
    before = page.plan
    QTest.mouseClick(page.ui.accept, Qt.MouseButton.LeftButton)
    window.until(lambda: page.plan is not before)
    chosen = page.ui.model.row(page.ui.table.currentIndex())
    assert (chosen.number, chosen.state) == (3, RowState.NEW)


def test_columns_are_chosen_by_hand(window: WindowPage, tmp_path: Path) -> None:
    path = tmp_path / "vreemd.csv"
    path.write_text("Waar;A;Wanneer;Hoeveel\nMechelen;5;08/03/2024;12\n", encoding="utf-8")
    page = ImportPage(window, path).screen
    window.until(lambda: "niet wat erin staat" in page.ui.problem.text() or "Geen kolom" in page.ui.problem.text())
    for key, place in (("government", 0), ("action", 1), ("day", 2), ("units", 3)):
        page.maps[key].setCurrentIndex(page.maps[key].findData(place))
        page.maps[key].activated.emit(page.maps[key].currentIndex())
    window.until(lambda: page.plan is not None and len(page.plan.commands) == 1)


def test_a_file_that_is_no_table_is_a_sentence(window: WindowPage, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(b"%PDF-1.7 geen tabel")
    page = ImportPage(window, path).screen
    window.until(lambda: "brief.pdf is geen tabel" in page.ui.problem.text())


def test_a_list_goes_to_excel_as_it_stands_on_screen(window: WindowPage, tmp_path: Path) -> None:
    window.governments.filter("mechelen")
    window.open_page("governments")
    window.governments.filter("mechelen")
    shown = list_in_sight(window.shell)
    assert shown is not None
    save_list(window.application, shown, tmp_path / "besturen.xlsx")
    window.until(lambda: (tmp_path / "besturen.xlsx").exists())
    window.settle()
    book = CalamineWorkbook.from_path(str(tmp_path / "besturen.xlsx"))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + len(shown.rows_model.rows)
    assert "Mechelen" in rows[1]
    info = dict(book.get_sheet_by_index(1).to_python())
    assert info["Merk"] == "Oefenbestand, verzonnen cijfers"


def test_a_question_about_a_person_is_answered_on_the_page(window: WindowPage, tmp_path: Path) -> None:
    path = tmp_path / "contacten.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    mechelen = window.workspace.query(government_by_code, "12025").id
    window.run(AddContact(ContactContent("Ans Eerste", mechelen, email="dienst@voorbeeld.be", note="let op")))
    page = ImportPage(window, path).screen
    window.until(lambda: page.plan is not None)
    assert page.ui.undecided.text().startswith("2 rijen kunnen iemand zijn die er al is.")
    assert [row.state for row in page.ui.model.rows] == [RowState.NEW, RowState.NEW]
    for row, answer in ((0, page.ui.new_person), (1, page.ui.same_person)):
        page.ui.table.select_row(row)
        window.until(answer.isVisible)
        # The column is too narrow for a whole question.
        assert page.ui.row_remark.text() == remark(window.application.language, page.ui.model.rows[row])
        assert page.ui.row_remark.isVisible()
        before = page.plan
        QTest.mouseClick(answer, Qt.MouseButton.LeftButton)
        window.until(lambda before=before: page.plan is not before)
    assert not page.ui.undecided.isVisible()
    assert [row.state for row in page.ui.model.rows] == [RowState.NEW, RowState.CHANGED]
    remarks = [remark(window.application.language, row) for row in page.ui.model.rows]
    asked = "Ans Eerste · dienst@voorbeeld.be heeft hetzelfde mailadres. Is het dezelfde persoon?"
    assert remarks[0] == f"{asked} (een nieuwe persoon)"
    assert "(dezelfde persoon); naam: Ans Eerste → Ans Nieuwenaam" in remarks[1]
    QTest.mouseClick(page.ui.take_over, Qt.MouseButton.LeftButton)
    window.until(lambda: "2 gegevens overgenomen." in window.notices())
    people = {one.name: one.note for one in window.workspace.query(list_contacts)}
    assert (people["Bert Tweede"], people["Ans Nieuwenaam"]) == (None, "let op")
    window.until(lambda: page.ui.take_over.text() == "Overnemen (0)")


def test_the_kpi_document_goes_out_of_the_dossier_and_comes_back(window: WindowPage, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    from samenleven_desktop.interchange.kpi_document import COLUMNS
    from samenleven_desktop.ui.screens.dossier.document import save_document

    window.search("mechelen")
    page, context = window.dossier.screen, window.application.context
    assert context is not None
    assert page.government_id is not None
    save_document(page, context, page.government_id, 2, tmp_path / "kpi.xlsx")
    window.until(lambda: (tmp_path / "kpi.xlsx").exists())
    window.settle()
    book = load_workbook(tmp_path / "kpi.xlsx")
    sheet = book["KPI-rapport"]
    header = next(row for row in sheet.iter_rows() if row[0].value == COLUMNS["code"])
    place = next(cell.column for cell in header if cell.value == COLUMNS["motivation"])
    sheet.cell(header[0].row + 1, place).value = "ingevuld door het bestuur"
    book.save(tmp_path / "kpi.xlsx")
    screen = ImportPage(window, tmp_path / "kpi.xlsx").screen
    window.until(lambda: screen.plan is not None and len(screen.plan.commands) == 1)
    assert not screen.ui.how.isVisible()
    QTest.mouseClick(screen.ui.take_over, Qt.MouseButton.LeftButton)
    window.until(lambda: "1 gegeven overgenomen." in window.notices())
    workspace = window.workspace
    assert "ingevuld door het bestuur" in {one.motivation for one in workspace.query(list_commitments, 2)}


def test_all_data_goes_out_and_comes_back_through_the_window(window: WindowPage, tmp_path: Path) -> None:
    from samenleven_desktop.ui.dialogs.confirm import AskDialog

    SettingsPage(window).screen.export_to(tmp_path / "alles.json")
    window.until(lambda: (tmp_path / "alles.json").exists())
    window.settle()
    workspace = window.workspace
    gone = workspace.query(list_agreements)[0]
    workspace.run(DeleteAgreement(gone.id))
    ImportPage(window, tmp_path / "alles.json")
    dialog = window.dialog(AskDialog)
    said = [one.text() for one in dialog.findChildren(QLabel)]
    assert "0 gegevens komen erbij, 1 veranderen." in said
    QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    window.until(lambda: "0 gegevens toegevoegd, 1 gewijzigd." in window.notices())
    assert gone.id in {one.id for one in workspace.query(list_agreements)}
    window.closed()


def test_a_page_that_goes_while_rows_are_planned_is_no_fault(
    window: WindowPage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The page is rebuilt in the other language; what was under way on the worker reports its progress to nobody."""
    path = tmp_path / "veel.csv"
    rows = (f"Mechelen;5;08/03/2024;{number};rij {number}" for number in range(20_000))
    path.write_text("\n".join((LINES[0], *rows)), encoding="utf-8")
    application = window.application
    application.navigator.open_page("import")
    page = application.shell.page("import")
    assert isinstance(page, ImportScreen)
    page.open_file(path)
    window.until(page.ui.working.isVisible)
    application.change_language("en")
    window.settle()
    assert "RuntimeError" not in caplog.text
