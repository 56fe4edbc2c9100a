"""Journeys over the whole content of the work, through the real window, by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from samenleven_desktop.domain.offer_use import UseWarning
from samenleven_desktop.services.governments.whole_lists import list_partnerships, list_uses
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.ui.dialogs.commitment import TakeUpDialog
from samenleven_desktop.ui.dialogs.offer_use import UseDialog
from samenleven_desktop.ui.dialogs.partnership import PartnershipDialog
from samenleven_desktop.ui.screens.dossier.screen import ACTIONS, OFFERS, TOGETHER
from samenleven_desktop.ui.screens.support.screen import AGREEMENTS, SupportScreen
from tests.pages.window import CTRL, WindowPage

pytestmark = pytest.mark.gui
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_partnership_with_a_commitment_and_an_offer_that_the_subsidy_may_not_pay(window: WindowPage) -> None:
    window.go(2)
    window.press(Qt.Key.Key_N, CTRL | SHIFT)
    made = window.dialog(PartnershipDialog)
    window.keys("Samen langs de Zenne")
    window.press(Qt.Key.Key_Tab)
    window.keys("sw-zen")
    window.choose_chip(made.members, "Beersel")
    window.choose_chip(made.members, "Drogenbos")
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    (partnership,) = [one for one in window.workspace.query(list_partnerships) if one.code == "SW-ZEN"]
    assert [member.government_name for member in partnership.members] == ["Beersel", "Drogenbos"]

    window.search("samen langs")
    window.until(lambda: window.dossier.title == "Samen langs de Zenne")
    window.dossier.tab(TOGETHER + 1)
    window.until(lambda: len(window.dossier.screen.ui.together.members_model.rows) == 2)
    assert window.dossier.screen.ui.together.finding.text() in ("gehaald", "niet gehaald", "onbekend")

    window.dossier.tab(ACTIONS + 1)
    window.press(Qt.Key.Key_T, CTRL)
    taken = window.dialog(TakeUpDialog)
    window.keys("12")
    assert taken.target.currentText().startswith("12 ")
    window.type_into(taken.fields["requested"].editor, "60")
    window.type_into(taken.fields["confirmed"].editor, "1.050")
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    grid = window.dossier.screen.ui.targets_model
    window.until(lambda: [line.confirmed for line in grid.rows] == [1050])
    table = window.dossier.screen.ui.targets
    window.focus(table)
    table.select_cell(0, 4)
    # The first sign opens the cell, the next goes into it.
    for sign in "55":
        window.keys(sign)
    window.press(Qt.Key.Key_Return)
    window.until(
        lambda: [line.confirmed for line in window.workspace.query(list_commitments, 2, [partnership.id])] == [55]
    )

    window.dossier.tab(OFFERS + 1)
    window.press(Qt.Key.Key_I, CTRL)
    used = window.dialog(UseDialog)
    window.until(lambda: used.target.count() > 1)
    window.type_into(used.price, "1.440,50")
    window.focus(used.fields["paid_from"].editor)
    window.keys("sub")
    window.until(lambda: not used.warning.isHidden())
    assert "financiert deze actie niet" in used.warning.text()
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    (use,) = window.workspace.query(list_uses, [partnership.id])
    assert (use.price_cents, use.warnings) == (144_050, (UseWarning.NOT_FINANCED,))
    model = window.dossier.screen.ui.offers_model
    window.until(lambda: len(model.rows) == 1)
    assert "niet gefinancierd" in {str(model.index(0, column).data()) for column in range(model.columnCount())}


def test_a_session_with_two_governments_and_two_agreements_and_one_is_done(window: WindowPage) -> None:
    window.press(Qt.Key.Key_N, CTRL)
    page = window.session
    window.choose_chip(page.screen.ui.governments, "Asse")
    window.choose_chip(page.screen.ui.governments, "Halle")
    page.fill(report="Twee besturen vergelijken hun aanpak.")
    rows = page.screen.ui.agreements
    page.agree("Draaiboek delen", "12-3")
    if len(rows.rows) < 2:
        window.focus(rows.more)
        window.press(Qt.Key.Key_Space)
    page.type_into(rows.rows[1].what, "Locatie bezoeken")
    page.type_into(rows.rows[1].due, "14/3/24")
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    assert {"Draaiboek delen", "Locatie bezoeken"} <= set(window.dossier.agreements())
    assert "Twee besturen vergelijken hun aanpak." in window.dossier.sessions()

    window.go(3)
    support = window.screen("support", SupportScreen)
    window.press(Qt.Key(int(Qt.Key.Key_1) + AGREEMENTS), Qt.KeyboardModifier.AltModifier)
    panel = support.agreements
    window.until(lambda: any(line.what == "Draaiboek delen" for line in panel.model.rows))
    window.focus(panel.table)
    place = next(row for row, line in enumerate(panel.model.rows) if line.what == "Draaiboek delen")
    window.press(Qt.Key.Key_Home, CTRL)
    for _ in range(place):
        window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Space)
    window.until(lambda: all(line.what != "Draaiboek delen" for line in panel.model.rows))
    window.press(Qt.Key.Key_Z, CTRL)
    window.until(lambda: any(line.what == "Draaiboek delen" for line in panel.model.rows))


@pytest.mark.parametrize(
    ("field", "words", "part"),
    [
        ("price_cents", "veel", "bedrag"),
        ("price_cents", "12,345", "bedrag"),
        ("price_cents", "-5", "0 of meer"),
        ("start", "3/13", "dag-maand-jaar"),
        ("end", "1-1-2020", "einde valt voor het begin"),
        ("expected_units", "-3", "0 of meer"),
        ("real_units", "tien", "geheel getal"),
    ],
)
def test_wrong_input_is_said_at_the_field_and_keeps_all_words(
    window: WindowPage, field: str, words: str, part: str
) -> None:
    window.search("mechelen")
    window.dossier.tab(OFFERS + 1)
    window.press(Qt.Key.Key_I, CTRL)
    dialog = window.dialog(UseDialog)
    window.until(lambda: dialog.target.count() > 1)
    before = len(window.workspace.query(list_uses, None))
    window.type_into(dialog.fields["evaluation"].editor, "loopt goed")
    window.type_into(dialog.fields[field].editor, words)
    window.press(Qt.Key.Key_S, CTRL)
    window.until(lambda: not dialog.fields[field].error.isHidden())
    assert part in dialog.fields[field].error.text()
    assert (dialog.typed(field), dialog.typed("evaluation")) == (words, "loopt goed")
    assert len(window.workspace.query(list_uses, None)) == before
    window.press(Qt.Key.Key_Escape)
    window.closed()


def test_ten_megabytes_of_pasted_text_get_a_sentence_and_lose_nothing(window: WindowPage) -> None:
    window.press(Qt.Key.Key_N, CTRL)
    page = window.session
    window.choose_chip(page.screen.ui.governments, "Asse")
    page.fill(report="kort verslag")
    QApplication.clipboard().setText("x" * 10_000_000)
    window.focus(page.screen.ui.report)
    window.press(Qt.Key.Key_End, CTRL)
    window.press(Qt.Key.Key_V, CTRL)
    window.until(lambda: "te lang" in page.error_of("report"))
    assert page.screen.ui.report.toPlainText() == "kort verslag"
    QApplication.clipboard().clear()


def test_an_unknown_code_says_what_to_type(window: WindowPage) -> None:
    from samenleven_desktop.domain.errors import UserError
    from samenleven_desktop.services.governments.queries import government_by_code

    with pytest.raises(UserError) as caught:
        window.workspace.query(government_by_code, "99999")
    assert "99999" in window.application.language.error(caught.value)


def test_what_is_deleted_in_a_dossier_goes_from_its_lists_at_once(window: WindowPage) -> None:
    window.search("mechelen")
    screen = window.dossier.screen
    window.dossier.tab(ACTIONS + 1)
    window.until(lambda: bool(screen.ui.targets_model.rows))
    count = len(screen.ui.targets_model.rows)
    window.focus(screen.ui.let_go)
    window.press(Qt.Key.Key_Space)
    window.until(lambda: len(screen.ui.targets_model.rows) == count - 1)
    window.press(Qt.Key.Key_Z, CTRL)
    window.until(lambda: len(screen.ui.targets_model.rows) == count)
    window.dossier.tab(OFFERS + 1)
    window.until(lambda: bool(screen.ui.offers_model.rows))
    used = len(screen.ui.offers_model.rows)
    window.focus(screen.ui.delete_use)
    window.press(Qt.Key.Key_Space)
    window.until(lambda: len(screen.ui.offers_model.rows) == used - 1)
