"""*Besturen* with filters: the ready ones, one of one's own that is there after a restart, and taking it away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from samenleven_desktop.ui.dialogs.save_filter import SaveFilterDialog
from samenleven_desktop.ui.screens.governments.layout import GovernmentsLayout
from samenleven_desktop.ui.widgets.filters import FilterPopup
from tests.pages.window import CTRL, WindowPage
from tests.ui.conftest import Open

pytestmark = [pytest.mark.gui, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def layout(window: WindowPage) -> GovernmentsLayout:
    return window.governments.screen.ui


def chips(window: WindowPage) -> dict[str, bool]:
    """The saved filters in sight, and whether each is in use."""
    return {chip.text(): chip.isChecked() for _, chip in layout(window).saved.chips}


def push(window: WindowPage, found: Callable[[QPushButton], bool]) -> None:
    chip = next(one for one in layout(window).saved.findChildren(QPushButton) if found(one) and not one.isHidden())
    chip.setFocus()
    window.press(Qt.Key.Key_Space)


def save_under(window: WindowPage, name: str) -> SaveFilterDialog | None:
    """Presses *Filter bewaren ...*, types a name and Enter; gives the dialog when it stays."""
    push(window, lambda one: one.text() == "Filter bewaren ...")
    window.until(lambda: isinstance(QApplication.activeWindow(), SaveFilterDialog))
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, SaveFilterDialog)
    QTest.keyClicks(dialog.name_edit, name)
    QTest.keyClick(dialog.name_edit, Qt.Key.Key_Return)
    window.settle()
    return dialog if shiboken6.isValid(dialog) and dialog.isVisible() else None


def test_the_ready_filters(window: WindowPage) -> None:
    window.go(2)
    everyone = window.governments.names()
    assert chips(window) == {"Loopt achter": False, "Geen contact in 60 dagen": False, "Open afspraken": False}
    push(window, lambda one: one.text() == "Loopt achter")
    behind = layout(window).model.rows
    assert 0 < len(behind) < len(everyone)
    assert all(line.states.behind or line.states.at_risk for line in behind)
    assert chips(window)["Loopt achter"]
    push(window, lambda one: one.text() == "Geen contact in 60 dagen")
    since = window.governments.screen.context.today - timedelta(days=60)
    quiet = layout(window).model.rows
    assert quiet
    assert all(line.last_contact is None or line.last_contact < since for line in quiet)
    assert not chips(window)["Loopt achter"]
    assert "van 23" in layout(window).header.subtitle.text()
    # The one in use, once more: everything is there again.
    push(window, lambda one: one.text() == "Geen contact in 60 dagen")
    assert window.governments.names() == everyone
    assert not layout(window).saved.save_button.isVisible()


def test_a_filter_of_ones_own_is_there_after_a_restart(open_window: Open, filled: Path) -> None:
    window = open_window(filled)
    window.go(2)
    window.governments.filter("e")
    layout(window).table.setFocus()
    window.press(Qt.Key.Key_L, CTRL)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, FilterPopup)
    popup.column.setCurrentIndex(1)
    QTest.keyClicks(popup.value_edit, "rivier")
    QTest.keyClick(popup.value_edit, Qt.Key.Key_Return)
    names = window.governments.names()
    assert names
    assert all(line.reference_region == "Rivierenland" for line in layout(window).model.rows)

    refused = save_under(window, "loopt achter")
    assert refused is not None
    assert refused.fields["name"].error.text().startswith("Er is al een filter loopt achter.")
    assert refused.name_edit.text() == "loopt achter"
    QTest.keyClick(refused, Qt.Key.Key_Escape)
    window.shell.activateWindow()
    window.until(window.shell.isActiveWindow)
    assert save_under(window, "Rivierenland met een e") is None
    assert chips(window)["Rivierenland met een e"]
    assert not layout(window).saved.save_button.isVisible()
    with window.bot.waitSignal(window.application.finished, timeout=20_000):
        window.application.shell.close()

    again = open_window(filled)
    again.go(2)
    again.settle()
    assert len(again.governments.names()) == 23
    push(again, lambda one: one.text() == "Rivierenland met een e")
    assert again.governments.names() == names
    assert layout(again).filter.text() == "e"
    push(again, lambda one: one.accessibleName() == "Filter Rivierenland met een e verwijderen")
    again.until(lambda: "Rivierenland met een e" not in chips(again))
    # What is shown stays; only the name went.
    assert again.governments.names() == names


def test_a_filter_with_a_region_and_colleagues(window: WindowPage) -> None:
    window.go(2)
    ui = layout(window)
    ui.region.setCurrentIndex(ui.region.findText("Rivierenland"))
    ui.everyone.setChecked(True)
    window.settle()
    names = window.governments.names()
    kept = window.governments.screen.present_filter()
    assert kept == {"region": "Rivierenland", "everyone": True}
    ui.saved.filter_chosen.emit({})
    window.settle()
    assert len(window.governments.names()) == 23
    ui.saved.filter_chosen.emit(kept)
    window.settle()
    assert window.governments.names() == names
    assert ui.region.currentText() == "Rivierenland"


def test_a_filter_that_fits_nothing_says_so_and_can_be_taken_away(window: WindowPage) -> None:
    window.go(2)
    ui = layout(window)
    ui.saved.filter_chosen.emit({"conditions": [{"column": "open_agreements", "how": "at_least", "value": 10**6}]})
    assert ui.nothing.isVisible()
    chip = next(one for one in ui.bar.shown if one is not ui.bar.add_button)
    chip.setFocus()
    window.press(Qt.Key.Key_Space)
    assert ui.table.isVisible()
    assert len(window.governments.names()) == 23
