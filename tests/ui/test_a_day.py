"""A coach's day through the real window, by keys and clicks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog

from samenleven_desktop.ui.dialogs.form import FormDialog
from tests.pages.window import CTRL, WindowPage
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui


def test_start_shows_how_things_stand(window: WindowPage) -> None:
    words = window.texts()
    assert "Maandag 11 maart 2024" in words
    assert "23 besturen in jouw werkgebied" in words
    assert "Registratieformulier delen met de vrijwilligers" in words
    assert "Oefenbestand, verzonnen cijfers · 11 maart 2024" in words


def test_find_a_government_with_the_search_box(window: WindowPage) -> None:
    window.search("mech")
    assert window.dossier.title == "Mechelen"


def test_filter_the_list_and_open_a_dossier_with_enter(window: WindowPage) -> None:
    window.go(2)
    window.governments.filter("vil")
    assert window.governments.names() == ["Vilvoorde"]
    assert window.governments.open("Vilvoorde").title == "Vilvoorde"


def test_register_a_session_with_agreement_and_kpi_entry(window: WindowPage) -> None:
    window.search("mechelen")
    before = window.dossier.reached(5)
    page = window.dossier.register_session()
    page.fill(report="De bibliotheek start een tweede groep.")
    page.choose_action("5 Oef")
    page.agree("Contract bezorgen", "22-03-2024")
    page.count(str(before + 84))
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    assert window.dossier.reached(5) == before + 84
    assert "Contract bezorgen" in window.dossier.agreements()
    assert window.dossier.sessions()[0] == "De bibliotheek start een tweede groep."
    assert window.dossier.history()[0] == "Sessie van 11 maart 2024 geregistreerd"
    window.press(Qt.Key.Key_Z, CTRL)
    assert "De bibliotheek start een tweede groep." not in window.dossier.sessions()
    window.press(Qt.Key.Key_Y, CTRL)
    assert window.dossier.sessions()[0] == "De bibliotheek start een tweede groep."


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"day": "31-02-2024"}, "day", "Typ een datum als dag-maand-jaar, bijvoorbeeld 11-03-2024."),
        ({"day": "gisteren"}, "day", "Typ een datum als dag-maand-jaar, bijvoorbeeld 11-03-2024."),
        ({"start": "25:00"}, "times", "Typ een uur van 0:00 tot 24:00, bijvoorbeeld 13:30."),
        ({"start": "16:00", "end": "16:00"}, "times", "Het einde moet na het begin komen."),
        (
            {"start": "16:00", "end": "13:30"},
            "times",
            "Deze sessie duurt 21 uur, tot de volgende dag. Klopt dat, bewaar dan nog eens.",
        ),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(
    window: WindowPage, changes: dict[str, str], field: str, words: str
) -> None:
    window.search("mechelen")
    page = window.dossier.register_session()
    page.fill(**{"report": "Een lang verslag.", **changes})
    page.save()
    assert page.error_of(field) == words
    assert page.screen.ui.report.toPlainText() == "Een lang verslag."
    assert window.application.shell.current == "session"


def test_dates_with_slashes_are_read_as_day_and_month(window: WindowPage) -> None:
    window.search("mechelen")
    page = window.dossier.register_session()
    page.fill(day="3/2/2024", report="Kort overleg.")
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    days = [line.day for line in window.dossier.screen.ui.sessions_model.rows] if window.dossier.sessions() else []
    assert date(2024, 2, 3) in days


def test_a_draft_waits_when_the_form_is_left(window: WindowPage) -> None:
    window.search("mechelen")
    page = window.dossier.register_session()
    page.fill(report="Half verslag over de oefenkansen")
    window.go(2)
    window.settle()
    window.search("mechelen")
    page = window.dossier.register_session()
    page.answer_draft("Mechelen")
    assert page.screen.ui.report.toPlainText() == "Half verslag over de oefenkansen"
    assert page.screen.ui.start.text() == "13:30"


def test_a_draft_is_offered_at_the_next_start(open_window: Open, filled: Path) -> None:
    first = open_window(filled)
    first.search("mechelen")
    first.dossier.register_session().fill(report="Onderbroken verslag")
    first.go(1)
    first.settle()
    with first.bot.waitSignal(first.application.finished, timeout=20_000):
        first.application.shell.close()
    second = open_window(filled)
    second.until(lambda: "Je was een sessieverslag aan het schrijven." in second.notices())
    second.press(Qt.Key.Key_N, CTRL)
    second.session.answer_draft("Mechelen")
    assert second.session.screen.ui.report.toPlainText() == "Onderbroken verslag"


def test_an_agreement_by_keyboard_alone(window: WindowPage) -> None:
    window.search("mechelen")
    window.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    dialog = window.shell.findChild(FormDialog)
    assert isinstance(dialog, QDialog)
    QTest.keyClicks(dialog.fields["what"].editor, "Cijfers nakijken")
    QTest.keyClicks(dialog.fields["due"].editor, "geen dag")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.fields["due"].error.text() == "Typ een datum als dag-maand-jaar, bijvoorbeeld 11-03-2024."
    dialog.fields["due"].editor.clear()
    QTest.keyClicks(dialog.fields["due"].editor, "18-3")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    window.until(lambda: "Cijfers nakijken" in window.dossier.agreements())


def test_english_is_one_setting_away_and_survives_a_restart(open_window: Open, filled: Path) -> None:
    window = open_window(filled, language=None)
    window.open_page("settings")
    window.application.change_language("en")
    window.settle()
    assert "Settings" in window.texts()
    with window.bot.waitSignal(window.application.finished, timeout=20_000):
        window.application.shell.close()
    again = open_window(filled, language=None)
    assert "Attention for KPIs" in again.texts()


def test_the_model_of_the_lists_is_sound(window: WindowPage) -> None:
    window.go(2)
    tester = QAbstractItemModelTester(
        window.governments.screen.ui.model, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    window.governments.filter("e")
    window.governments.screen.ui.model.sort(3, Qt.SortOrder.DescendingOrder)
    tester.deleteLater()
