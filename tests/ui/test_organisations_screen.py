"""Organisations in the window, by keys: made from *Besturen*, changed, opened, found by the search box."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.queries import list_commitments, list_entries
from samenleven_desktop.services.offers.queries import catalogue, list_offers
from samenleven_desktop.services.organisations.commands import AddService, ServiceContent
from samenleven_desktop.services.organisations.queries import list_organisations
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.ui.dialogs.kpi_entry import EntryDialog
from samenleven_desktop.ui.dialogs.offer import OfferDialog
from samenleven_desktop.ui.dialogs.organisation import OrganisationDialog, ServiceDialog, TieOfferDialog
from samenleven_desktop.ui.screens.dossier.screen import STIMULI, TOGETHER, DossierScreen
from samenleven_desktop.ui.screens.governments.screen import ORGANISATIONS, GovernmentsScreen
from samenleven_desktop.ui.screens.offers.screen import OffersScreen
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
    window.focus(page.ui.organisations.table)
    window.press(Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    dialog = window.dialog(OrganisationDialog)
    window.keys("Taalhuis")
    window.press(Qt.Key.Key_S, CTRL)
    assert "korte code" in dialog.fields["code"].error.text()
    window.keys("taalhuis")
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    window.until(lambda: "Taalhuis" in [line.name for line in page.ui.organisations.model.rows])
    assert page.ui.header.subtitle.text() == "4 organisaties"
    made = next(line for line in page.ui.organisations.model.rows if line.name == "Taalhuis")
    assert (made.code, made.organisation_kind, made.mine) == ("TAALHUIS", None, True)
    window.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    window.until(lambda: "Taalhuis" in window.governments.names())
    window.search("taalhuis")
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    shown = window.screen("dossier", DossierScreen)
    assert shown.ui.header.title.text() == "Taalhuis"
    assert "organisatie" in window.texts(shown.ui.header.chips)


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


def test_its_dossier_says_whom_it_serves_with_what_value_and_ties_an_offer(window: WindowPage) -> None:
    page = organisations(window)
    window.focus(page.ui.organisations.table)
    window.press(Qt.Key.Key_Return)
    window.until(lambda: window.application.shell.current == "dossier")
    shown = window.screen("dossier", DossierScreen)
    shown.ui.tabs.setCurrentIndex(TOGETHER)
    panel = shown.ui.together
    window.until(lambda: panel.offers.isVisible() and bool(panel.offers.model.rows))
    assert not panel.members_card.isVisible()
    assert not panel.threshold_part.isVisible()
    window.focus(panel.services.new)
    window.press(Qt.Key.Key_Space)
    dialog = window.dialog(ServiceDialog)
    dialog.other.setCurrentIndex(dialog.other.findText("Mechelen"))
    dialog.other.activated.emit(dialog.other.currentIndex())
    window.type_into(dialog.fields["target_value"].editor, "25")
    window.press(Qt.Key.Key_S, CTRL)
    assert "doelgroep" in dialog.fields["target_id"].error.text()
    dialog.target.setCurrentIndex(1)
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    window.until(lambda: [line.government_name for line in panel.services.model.rows] == ["Mechelen"])
    (line,) = panel.services.model.rows
    assert (line.target_value, line.reached, line.target_id) == (25, 0, dialog_target(window))
    window.focus(panel.offers.tie)
    window.press(Qt.Key.Key_Space)
    window.dialog(TieOfferDialog)
    before = len(panel.offers.model.rows)
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    window.until(lambda: len(panel.offers.model.rows) == before + 1)
    tied = next(one for one in panel.offers.model.rows if one.organisation_id)
    panel.offers.table.select_row(panel.offers.model.rows.index(tied))
    window.focus(panel.offers.untie)
    window.press(Qt.Key.Key_Space)
    window.until(lambda: len(panel.offers.model.rows) == before)
    window.focus(panel.services.table)
    window.press(Qt.Key.Key_Return)
    window.until(lambda: shown.ui.header.title.text() == "Mechelen")
    shown.ui.tabs.setCurrentIndex(TOGETHER)
    window.until(lambda: "Hogeschool in de buurt" in [one.organisation_name for one in panel.services.model.rows])
    window.until(panel.members_card.isVisible)


def dialog_target(window: WindowPage) -> str:
    context = window.application.context
    assert context is not None
    return context.target_choices()[0][0]


def test_an_entry_of_an_organisation_says_in_which_government(window: WindowPage) -> None:
    organisation = window.workspace.query(government_by_code, "VRIJWILLIG").id
    target = window.workspace.plan.action(5).targets[0].id
    made = window.run(AddCommitment(organisation, 2, target, confirmed=30))
    (line,) = [one for one in window.workspace.query(list_commitments, 2, [organisation]) if one.id == made]
    context = window.application.context
    assert context is not None
    dialog = EntryDialog(context, line, window.shell)
    dialog.open()
    window.until(lambda: dialog.member.count() == 3)
    assert not dialog.fields["member_id"].isVisible()
    dialog.kind.setCurrentIndex(1)
    window.until(dialog.fields["member_id"].isVisible)
    dialog.member.setCurrentIndex(dialog.member.findText("Lier"))
    dialog.fields["units"].editor.setText("6")  # type: ignore[attr-defined]
    dialog.save()
    window.closed()
    (entry,) = window.workspace.query(list_entries, [made])
    assert (entry.member_name, entry.units) == ("Lier", 6)


def test_an_offer_and_its_cost_lead_to_the_dossier_of_the_organisation(window: WindowPage) -> None:
    window.open_page("offers")
    offers = window.screen("offers", OffersScreen)
    window.until(lambda: bool(offers.ui.model.rows))
    place = next(at for at, line in enumerate(offers.ui.model.rows) if line.offer.organisation == "Sportregio")
    offers.ui.table.select_row(place)
    window.until(offers.ui.dossier.isVisible)
    window.focus(offers.ui.dossier)
    window.press(Qt.Key.Key_Space)
    window.until(lambda: window.application.shell.current == "dossier")
    shown = window.screen("dossier", DossierScreen)
    window.until(lambda: shown.ui.header.title.text() == "Sportregio")
    assert shown.ui.tabs.currentIndex() == TOGETHER
    window.settle()
    assert not shown.ui.tabs.isTabVisible(STIMULI)
    window.open_page("offers")
    nobody = next(at for at, line in enumerate(offers.ui.model.rows) if line.organisation_id is None)
    offers.ui.table.select_row(nobody)
    window.until(lambda: not offers.ui.dossier.isVisible())


def test_the_form_of_an_offer_suggests_organisations_and_fills_in_none_by_itself(window: WindowPage) -> None:
    window.open_page("offers")
    context = window.application.context
    assert context is not None
    OfferDialog(context, None, window.application.shell).open()
    dialog = window.dialog(OfferDialog)
    editor = dialog.fields["organisation"].editor
    assert isinstance(editor, QLineEdit)
    window.until(lambda: editor.completer() is not None)
    window.type_into(dialog.fields["title"].editor, "Oefenen op het veld")
    window.type_into(editor, "regio")
    popup = editor.completer().popup()
    window.until(popup.isVisible)
    assert (editor.text(), editor.completer().currentCompletion()) == ("regio", "Sportregio")
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    window.until(lambda: editor.text() == "Sportregio")
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    window.until(lambda: "Oefenen op het veld" in [one.title for one in window.workspace.query(list_offers)])
    line = next(one for one in window.workspace.query(catalogue) if one.offer.title == "Oefenen op het veld")
    assert line.organisation_id is not None, "the record of that name owns it"


def test_the_remark_of_a_served_government_is_found_and_opens_the_organisation(window: WindowPage) -> None:
    line = next(one for one in window.workspace.query(list_organisations) if one.name == "Sportregio")
    brugge = window.workspace.query(government_by_code, "31005").id
    content = ServiceContent(window.workspace.today, note="Traint op zondag in de zaal aan de Zennegat.")
    window.run(AddService(line.id, brugge, content))
    window.search("zenneg")
    window.until(lambda: window.application.shell.current == "dossier")
    shown = window.screen("dossier", DossierScreen)
    window.until(lambda: shown.ui.header.title.text() == "Sportregio")
    assert shown.ui.tabs.currentIndex() == TOGETHER
