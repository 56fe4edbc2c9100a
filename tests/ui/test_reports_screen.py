"""*Rapporten*: every kind is shown at once, kept as PDF or tables, one per government in a folder, and remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton

from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.reports.pdf_text import pdf_text
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.reports.handed_over import list_handed_over
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.ui.dialogs.handed_over import HandedOverDialog
from samenleven_desktop.ui.dialogs.print import PrintDialog
from samenleven_desktop.ui.screens.reports.layout import CHOSEN, EACH, MINE
from samenleven_desktop.ui.widgets.basic import Notice
from tests.pages.screens import ReportsPage, SettingsPage
from tests.pages.window import CTRL, WindowPage
from tests.ui.conftest import Open


@pytest.fixture
def reports(window: WindowPage) -> ReportsPage:
    return ReportsPage(window)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_is_shown_in_both_languages(open_window: Open, filled: Path, language: str) -> None:
    window = open_window(filled, language)
    reports, text = ReportsPage(window), window.application.language.text
    for kind in REPORT_KINDS:
        words = reports.choose(reports.ui.kind, kind)
        assert text(REPORT_KINDS[kind].title) in words, kind
        assert [part for part in reports.ui.parts if not reports.ui.parts[part].isHidden()] == sorted(
            REPORT_KINDS[kind].sections, key=list(reports.ui.parts).index
        )
        assert reports.ui.save.isEnabled()
        assert "PDF/UA" in reports.ui.note.text()


def test_a_part_left_out_personal_data_and_language(reports: ReportsPage) -> None:
    words = reports.shown()
    assert "Middelen" in words
    assert "Contacten" not in words, "names only where they are asked for"
    assert "Middelen" not in reports.click(reports.ui.parts["money"])
    assert "Contacten" in reports.click(reports.ui.parts["contacts"])
    assert "Contacten" not in reports.click(reports.ui.personal)
    assert "Coaching report" in reports.choose(reports.ui.language, "en")


def test_ctrl_p_prints_what_is_shown(window: WindowPage, reports: ReportsPage) -> None:
    window.open_page("reports")
    assert reports.shown()
    window.press(Qt.Key.Key_P, CTRL)
    dialog = window.dialog(PrintDialog)
    dialog.reject()
    window.closed()


def test_a_saved_file_is_opened_and_its_folder_shown(window: WindowPage, reports: ReportsPage, tmp_path: Path) -> None:
    opened: list[Path] = []

    def opener(path: Path) -> bool:
        opened.append(path)
        return path.suffix != ".xlsx"

    window.application.navigator.opener = opener
    assert reports.shown()
    for name in ("een.pdf", "een.pdf", "twee.xlsx"):
        reports.screen.save_to(tmp_path / name)
        said = f"Bewaard als {name}."
        window.until(lambda said=said: said in window.notices())  # type: ignore[misc]
        window.settle()
    assert window.notices() == ["Bewaard als een.pdf.", "Bewaard als twee.xlsx."], "an equal one is not shown twice"
    window.answer_notice("een.pdf", "Openen")
    window.answer_notice("een.pdf", "Map tonen")
    assert opened == [tmp_path / "een.pdf", tmp_path]
    window.answer_notice("twee.xlsx", "Openen")
    window.until(lambda: window.notices()[-1] == "Deze computer heeft geen programma voor twee.xlsx.")


def test_only_the_folder_is_offered_of_what_is_no_document(window: WindowPage, tmp_path: Path) -> None:
    window.application.navigator.saved(tmp_path / "alles.json")
    window.until(lambda: bool(window.notices()))
    notice = next(one for one in window.shell.findChildren(Notice) if one.isVisible())
    assert [one.text() for one in notice.findChildren(QPushButton) if one.text()] == ["Map tonen"]


def test_several_governments_and_a_whole_region(reports: ReportsPage) -> None:
    ui, screen = reports.ui, reports.screen
    mine = [one for one in screen.choices if one.mine]
    ui.governments.set_chosen([mine[0].id, mine[3].id])
    words = reports.shown()
    assert mine[0].name in words
    assert mine[3].name in words
    ui.governments.set_chosen(["region:Rivierenland"])
    reports.shown()
    chosen = {one.name for one in mine if one.id in ui.governments.chosen()}
    assert chosen == {one.name for one in mine if one.reference_region == "Rivierenland"}
    ui.governments.set_chosen([])
    assert reports.shown() == ""
    assert ui.empty.text()
    assert not ui.save.isEnabled()


def test_a_period_that_cannot_be(reports: ReportsPage) -> None:
    ui = reports.ui
    reports.window.focus(ui.last)
    ui.last.selectAll()
    reports.window.keys("31-02-2024")
    reports.shown()
    assert ui.period.last_field.error.text()
    assert not ui.print.isEnabled()
    ui.last.selectAll()
    reports.window.keys("01-01-2024")
    assert "1 januari 2024" in reports.shown()
    assert ui.year.currentText() == "eigen periode"
    assert not ui.period.last_field.error.text()


def test_the_file_is_the_very_pdf_that_is_shown_and_the_tables_are_its_own(
    reports: ReportsPage, tmp_path: Path
) -> None:
    reports.screen.save_to(tmp_path / "r.pdf")
    reports.shown()
    assert (tmp_path / "r.pdf").read_bytes() == reports.screen.pdf
    for ending, beginning in ((".xlsx", b"PK"), (".ods", b"PK"), (".csv", b"\xef\xbb\xbf")):
        reports.screen.save_to(tmp_path / f"r{ending}")
        reports.shown()
        assert (tmp_path / f"r{ending}").read_bytes().startswith(beginning)
    assert reports.screen.suggested_name().startswith("Coachingsrapport ")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rapporten").mkdir()
    return tmp_path / "rapporten"


def test_one_per_government_in_a_folder_while_the_window_answers(reports: ReportsPage, folder: Path) -> None:
    window, ui, screen = reports.window, reports.ui, reports.screen
    ui.scope.buttons[MINE].click()
    reports.choose(ui.form, EACH)
    assert "23 rapporten" in ui.note.text()
    screen.save_each(folder, ".pdf")
    window.until(lambda: len(list(folder.iterdir())) >= 2)
    assert ui.batch.isVisible()
    # Another page asks its own questions and has its answer before the batch is through.
    window.application.shell.show_page("governments")
    governments = window.governments
    window.until(lambda: len(governments.names()) > 0)
    assert screen.batch is not None
    window.application.shell.show_page("reports")
    ui.stop.click()
    window.until(lambda: screen.batch is None)
    window.settle()
    written = sorted(folder.iterdir())
    assert 2 <= len(written) < 23
    for one in written:
        assert one.name.removesuffix(".pdf") in pdf_text(one.read_bytes())
    window.until(lambda: any("Gestopt" in words for words in window.notices()))
    assert not ui.batch.isVisible()


def test_a_whole_batch_never_writes_over_a_file(reports: ReportsPage, folder: Path) -> None:
    ui, screen = reports.ui, reports.screen
    mine = [one for one in screen.choices if one.mine]
    ui.governments.set_chosen([mine[0].id, mine[1].id])
    reports.choose(ui.kind, "motivation")
    reports.choose(ui.form, EACH)
    for ending in (".csv", ".csv", ".xlsx"):
        screen.save_each(folder, ending)
        reports.window.until(lambda: screen.batch is None)
    names = [one.name for one in folder.iterdir()]
    assert len(names) == 6
    assert sum("(2)" in name for name in names) == 2
    screen.save_each(folder / "weg", ".pdf")
    reports.window.until(lambda: screen.batch is None)
    reports.window.until(lambda: any("weg" in words for words in reports.window.notices()))


def test_what_was_chosen_is_there_the_next_time(open_window: Open, filled: Path) -> None:
    reports = ReportsPage(open_window(filled))
    reports.choose(reports.ui.kind, "handover")
    reports.click(reports.ui.parts["tracks"])
    reports.click(reports.ui.personal)
    reports.choose(reports.ui.language, "en")
    chosen = reports.ui.governments.chosen()
    application = reports.window.application
    with reports.window.bot.waitSignal(application.finished):
        application.shell.close()
    again = ReportsPage(open_window(filled))
    ui = again.ui
    assert (ui.kind.currentData(), ui.language.currentData(), ui.scope.choice()) == ("handover", "en", CHOSEN)
    assert ui.governments.chosen() == chosen
    assert not ui.personal.isChecked()
    assert not ui.parts["tracks"].isChecked()
    assert ui.parts["sessions"].isChecked()


def test_a_session_report_from_elsewhere_and_by_choosing(reports: ReportsPage) -> None:
    ui, screen = reports.ui, reports.screen
    ui.scope.buttons[MINE].click()
    reports.choose(ui.kind, "session")
    wanted = ui.session.itemData(5)
    assert reports.choose(ui.session, wanted)
    assert ui.session.currentData() == wanted
    reports.window.application.navigator.open_report("session", ui.session.itemData(9))
    reports.shown()
    assert ui.session.currentIndex() == 9
    assert screen.suggested_name().startswith("Sessieverslag")


def test_every_control_has_a_name(reports: ReportsPage) -> None:
    ui = reports.ui
    controls = (ui.kind, ui.scope, ui.governments, ui.year, ui.first, ui.last, ui.session, ui.language, ui.form)
    for control in (*controls, ui.personal, *ui.parts.values(), ui.progress, ui.view, ui.save, ui.sheet, ui.print):
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface.text(QAccessible.Text.Name), control


def test_a_report_is_addressed_to_a_contact_of_its_government(reports: ReportsPage) -> None:
    reports.window.run(
        AddContact(ContactContent("Voorbeeld Schepen", reports.ui.governments.chosen()[0], role="schepen"))
    )
    reports.screen.mark_stale()
    reports.shown()
    chooser = reports.ui.addressee.chooser
    assert not reports.ui.addressee.isHidden()
    place = next(row for row in range(chooser.count()) if chooser.itemText(row) == "Voorbeeld Schepen, schepen")
    assert "Aan: Voorbeeld Schepen, schepen" in reports.choose(chooser, chooser.itemData(place))
    assert "Voorbeeld Schepen" not in reports.click(reports.ui.personal)
    assert reports.ui.addressee.isHidden()


def test_the_sender_typed_in_the_settings_stands_on_paper(window: WindowPage) -> None:
    card = SettingsPage(window).screen.sender_card
    window.focus(card.edits["name"])
    window.keys("Coach Rivierenland")
    window.focus(card.edits["email"])
    window.keys("geen adres")
    window.focus(card.edits["phone"])
    window.until(lambda: bool(card.fields["email"].error.text()))
    card.edits["email"].clear()
    window.focus(card.edits["name"])
    card.edits["phone"].editingFinished.emit()
    window.until(lambda: window.application.runner.idle)
    card.signature.click()
    window.until(lambda: window.application.runner.idle)
    assert not card.fields["email"].error.text()
    words = ReportsPage(window).shown()
    assert "Handtekening Coach Rivierenland" in words


def test_what_was_saved_is_found_again_and_compared(reports: ReportsPage, tmp_path: Path) -> None:
    window = reports.window
    reports.shown()
    pdf = reports.screen.pdf
    reports.screen.save_to(tmp_path / "verslag.pdf")
    window.until(lambda: bool(window.workspace.query(list_handed_over)))
    reports.shown()
    government = reports.ui.governments.chosen()[0]
    window.run(AddAgreement(government, Party.GOVERNMENT, "Zeldzaam woord", window.workspace.today))
    opened: list[tuple[str, bytes]] = []
    window.application.navigator.open_copy = lambda *found: opened.append(found)  # type: ignore[method-assign]
    reports.ui.kept.click()
    dialog = window.dialog(HandedOverDialog)
    window.until(lambda: len(dialog.model.rows) == 1)
    dialog.compare.click()
    window.until(lambda: not dialog.texts.isHidden())
    window.until(lambda: dialog.texts.visibleRegion().boundingRect().height() == dialog.texts.height())
    assert "Zeldzaam woord" in dialog.texts.second.toPlainText()
    assert "Zeldzaam woord" not in dialog.texts.first.toPlainText()
    dialog.act.click()
    window.until(lambda: bool(opened))
    assert opened[0][1] == pdf
    dialog.reject()
