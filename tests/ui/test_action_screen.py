"""The page of an action in the window: the ways to it, its forms by keys, and its sheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from samenleven_desktop.reports.pdf_text import pdf_text
from samenleven_desktop.services.actions.queries import action_page
from samenleven_desktop.ui.dialogs.mentor_and_example import ExampleDialog, MentorDialog
from samenleven_desktop.ui.screens.action.screen import ActionScreen
from samenleven_desktop.ui.screens.reports.screen import ReportsScreen
from samenleven_desktop.ui.widgets.list_card import ListCard
from tests.builders import action_ids
from tests.pages.screens import KpisPage
from tests.pages.window import CTRL, WindowPage

pytestmark = pytest.mark.gui
NINE, FIVE = action_ids(9)[0], action_ids(5)[0]


def page_of(window: WindowPage) -> ActionScreen:
    window.until(lambda: window.application.shell.current == "action")
    window.settle()
    return window.screen("action", ActionScreen)


def opened(window: WindowPage, action_id: str) -> ActionScreen:
    window.application.navigator.open_action(action_id)
    return page_of(window)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("actie 9", 9),
        ("wijkverbeteringscontracten", 3),
        ("preventie radicalisering", 1),
        ("anderstalige volwassene oefenkans", 5),
    ],
    ids=["number", "title", "earlier name", "definition"],
)
def test_the_search_box_opens_an_action(window: WindowPage, words: str, number: int) -> None:
    window.press(Qt.Key.Key_K, CTRL)
    window.keys(words)
    finding = window.application.palette
    window.until(lambda: not finding.timer.isActive() and window.application.runner.idle)
    window.press(Qt.Key.Key_Return)
    page = page_of(window)
    assert page.action_id == action_ids(number)[0]
    assert page.ui.header.title.text().startswith(f"{number} ")


def test_the_head_of_the_matrix_opens_its_action(window: WindowPage) -> None:
    page = KpisPage(window)
    window.until(lambda: page.ui.matrix_model.matrix is not None and bool(page.ui.matrix_model.matrix.actions))
    number = page.ui.matrix_model.matrix.actions[0][0]  # type: ignore[union-attr]
    page.ui.matrix.horizontalHeader().sectionClicked.emit(0)
    assert page_of(window).action_id == action_ids(number)[0]


def test_a_line_of_the_page_opens_the_dossier(window: WindowPage) -> None:
    page = opened(window, FIVE)
    period, line = page.ui.governments.model.rows[0]
    assert period
    page.ui.governments.table.row_activated.emit((period, line))
    window.until(lambda: window.application.shell.current == "dossier")


def test_what_the_plan_says_stands_on_the_page(window: WindowPage) -> None:
    page = opened(window, NINE)
    facts = dict(page.ui.facts.facts())
    assert facts["Doelstelling"] == "Werk"
    assert "4" in facts["Contactmomenten"]
    assert page.ui.terms.model.rows


def test_a_mentor_of_the_plan_is_not_changed_here_and_an_own_one_is(window: WindowPage) -> None:
    page = opened(window, NINE)
    assert not page.ui.change_mentor.isEnabled()
    page.ui.new_mentor.click()
    dialog = next(one for one in page.window().findChildren(MentorDialog) if one.isVisible())
    window.until(lambda: dialog.government.count() > 0)
    dialog.government.fill(dialog.government.itemData(0))
    dialog.fields["source"].editor.setText("intervisie")  # type: ignore[attr-defined]
    dialog.save()
    window.settle()
    own = [row for row, one in enumerate(page.ui.mentors.model.rows) if one.id]
    assert len(own) == 1
    page.ui.mentors.table.select_row(own[0])
    assert page.ui.change_mentor.isEnabled()
    page.ui.delete_mentor.click()
    window.settle()
    assert not [one for one in page.ui.mentors.model.rows if one.id]


def test_an_example_without_a_source_is_not_saved(window: WindowPage) -> None:
    page = opened(window, NINE)
    page.ui.new_example.click()
    dialog = next(one for one in page.window().findChildren(ExampleDialog) if one.isVisible())
    dialog.fields["title"].editor.setText("Babbelonië")  # type: ignore[attr-defined]
    dialog.save()
    window.settle()
    assert dialog.fields["source"].error.text() == "Zeg waar je dit vandaan hebt."
    dialog.fields["source"].editor.setText("eigen bezoek")  # type: ignore[attr-defined]
    dialog.save()
    window.settle()
    assert [one.title for one in page.ui.examples.model.rows if one.id] == ["Babbelonië"]


def test_the_sheet_of_the_action_is_in_the_report_builder(window: WindowPage) -> None:
    page = opened(window, NINE)
    page.ui.report.click()
    reports = window.screen("reports", ReportsScreen)
    window.until(lambda: window.application.runner.idle and not reports.timer.isActive() and bool(reports.pdf))
    words = pdf_text(reports.pdf)
    assert page.ui.header.title.text() in words
    assert "Wat telt" in words
    assert not reports.ui.form_field.isVisible()
    reports.ui.action.page.click()
    assert page_of(window).action_id == NINE


def test_no_list_of_the_page_scrolls_within_the_page_and_no_key_of_a_source_shows(window: WindowPage) -> None:
    page = opened(window, NINE)
    window.application.shell.resize(1280, 720)
    window.settle()
    governments = page.ui.governments
    assert len(governments.model.rows) < len(window.workspace.query(action_page, NINE).commitments)
    assert governments.more.isVisible()
    cards = page.findChildren(ListCard)
    window.until(lambda: not any(card.table.verticalScrollBar().maximum() for card in cards))
    window.focus(governments.more)
    window.press(Qt.Key.Key_Space)
    assert len(governments.model.rows) == len(window.workspace.query(action_page, NINE).commitments)
    assert not governments.more.isVisible()
    window.until(lambda: not any(card.table.verticalScrollBar().maximum() for card in cards))
    keys = {key for plan in page.context.plans for key in plan.sources}
    shown = {*page.ui.facts.facts()}
    assert ("Bron", "Vlaamse overheid: actie 9 begeleiding kansengroepen naar arbeidsmarkt") in shown
    for card in (page.ui.mentors, page.ui.examples):
        rows = range(card.model.rowCount())
        cells = {card.model.index(row, 2).data() for row in rows}
        assert not cells & keys


def test_published_figures_are_a_table_of_their_own(window: WindowPage) -> None:
    page = opened(window, FIVE)
    assert page.ui.published.isVisible()
    period, figure = page.ui.published.model.rows[0]
    assert period
    assert figure.governments is not None
    assert not any("Vlaanderen" in caption for caption, _ in page.ui.facts.facts())
