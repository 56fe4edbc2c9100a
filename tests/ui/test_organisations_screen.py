"""Organisations in the window, by keys: made from *Besturen*, changed, opened, found by the search box."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.ui.dialogs.organisation import OrganisationDialog
from samenleven_desktop.ui.screens.dossier.screen import DossierScreen
from samenleven_desktop.ui.screens.governments.screen import ORGANISATIONS, GovernmentsScreen
from tests.pages.window import CTRL, WindowPage

pytestmark = pytest.mark.gui


def organisations(window: WindowPage) -> GovernmentsScreen:
    window.open_page("governments")
    page = window.governments.screen
    window.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.ui.tabs.currentIndex() == ORGANISATIONS
    window.until(lambda: bool(page.ui.organisations.model.rows))
    return page


def test_one_is_made_by_keys_and_stands_in_the_list_and_among_my_governments(window: WindowPage) -> None:
    page = organisations(window)
    window.focus(page.ui.new_organisation)
    window.press(Qt.Key.Key_Space)
    dialog = window.dialog(OrganisationDialog)
    window.keys("Taalhuis")
    window.press(Qt.Key.Key_S, CTRL)
    assert "korte code" in dialog.fields["code"].error.text()
    window.keys("taalhuis")
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    window.until(lambda: "Taalhuis" in [line.name for line in page.ui.organisations.model.rows])
    made = next(line for line in page.ui.organisations.model.rows if line.name == "Taalhuis")
    assert (made.code, made.organisation_kind, made.mine) == ("TAALHUIS", None, True)
    window.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    window.until(lambda: "Taalhuis" in window.governments.names())
    window.search("taalhuis")
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    shown = window.screen("dossier", DossierScreen)
    assert shown.ui.header.title.text() == "Taalhuis"
    assert "organisatie" in shown.ui.header.subtitle.text()


def test_one_is_changed_and_deleted_and_taken_back(window: WindowPage) -> None:
    page = organisations(window)
    card = page.ui.organisations
    window.focus(card.table)
    before = card.model.rows[0]
    assert card.current() == before
    window.focus(card.change)
    window.press(Qt.Key.Key_Space)
    window.dialog(OrganisationDialog)
    window.press(Qt.Key.Key_A, CTRL)
    window.keys("De Nieuwe Brug")
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    window.until(lambda: changed(page, before.id) == ["De Nieuwe Brug"])
    kept = next(line for line in card.model.rows if line.id == before.id)
    assert (kept.organisation_kind, kept.offers) == (before.organisation_kind, before.offers)
    card.table.select_row(card.model.rows.index(kept))
    window.focus(card.table)
    window.press(Qt.Key.Key_Delete)
    window.until(lambda: not changed(page, before.id))
    window.answer_notice("De Nieuwe Brug", "Ongedaan maken")
    window.until(lambda: changed(page, before.id) == ["De Nieuwe Brug"])


def changed(page: GovernmentsScreen, organisation_id: str) -> list[str]:
    return [line.name for line in page.ui.organisations.model.rows if line.id == organisation_id]


def test_work_that_hangs_on_one_keeps_it_and_says_so(window: WindowPage) -> None:
    page = organisations(window)
    window.run(AddContact(ContactContent("coördinator", page.ui.organisations.model.rows[0].id)))
    window.until(lambda: page.ui.organisations.model.rows[0].contacts == 1)
    window.focus(page.ui.organisations.table)
    window.press(Qt.Key.Key_Delete)
    window.until(lambda: any("Hogeschool in de buurt" in one for one in window.notices()))
    assert page.ui.organisations.model.rows
