"""Run by test_fits.py in a process of its own per screen: every window, popup and dialog lies inside that screen.

Not collected by itself: the screen of a process is chosen before it starts.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QDialog, QLabel, QMenu, QWidget

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from samenleven_desktop.ui.dialogs.fit_to_screen import FieldsArea, FittingDialog
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.widgets.chips import ChipsEdit, ChoicePopup
from samenleven_desktop.ui.widgets.day_edit import CalendarPopup
from samenleven_desktop.ui.widgets.filters import FilterBar, FilterPopup
from samenleven_desktop.ui.widgets.popup import Popup
from samenleven_desktop.ui.widgets.table import RowsTable
from tests.builders import WorkFile
from tests.pages.window import WindowPage
from tests.ui.conftest import Open
from tests.ui.every_dialog import LONG, classes_of, dialogs

BASES = {"FittingDialog", "FormDialog", "PackDialog", "_NumbersDialog"}
PAGES = ("start", "governments", "support", "offers", "kpis", "stimuli", "reports", "exchange", "settings", "dossier",
         "action", "session", "import", "keeping", "who", "plans", "plan_editor")  # fmt: skip


@pytest.fixture
def window(open_window: Open, practice_file: WorkFile) -> WindowPage:
    return open_window(practice_file.path)


def room(widget: QWidget) -> QRect:
    return widget.screen().availableGeometry()


def outside(widget: QWidget) -> str:
    """Empty when the whole window lies inside its screen, frame included."""
    frame = widget.frameGeometry()
    return "" if room(widget).contains(frame) else f"{type(widget).__name__}: {frame} in {room(widget)}"


def settle(window: WindowPage) -> None:
    window.settle()
    for _ in range(5):
        QApplication.processEvents()
    window.settle()


def cut(words: QLabel) -> str:
    """Empty when a label is seen whole, where it stands or after scrolling to it."""
    needed = words.heightForWidth(words.width()) if words.wordWrap() else words.sizeHint().height()
    if words.height() < needed:
        return f"{words.text()[:30]!r} needs {needed}, has {words.height()}"
    around = words.parentWidget()
    while around is not None and not isinstance(around, QAbstractScrollArea):
        place = QRect(words.mapTo(around, QPoint()), words.size())
        if not around.rect().contains(place) and not isinstance(around.parentWidget(), QAbstractScrollArea):
            viewport = around.parentWidget()
            if viewport is None or not isinstance(viewport.parentWidget(), QAbstractScrollArea):
                return f"{words.text()[:30]!r} at {place} is cut by {type(around).__name__} {around.rect()}"
        if around.isWindow() or isinstance(around.parentWidget(), QAbstractScrollArea):
            break
        around = around.parentWidget()
    return ""


def scrolls_too_early(dialog: QDialog) -> str:
    """Empty unless a dialog scrolls that could be higher."""
    left = room(dialog).height() - dialog.frameGeometry().height()
    for area in dialog.findChildren(FieldsArea):
        if area.verticalScrollBar().maximum() > 0 and left > 60:
            return f"scrolls {area.verticalScrollBar().maximum()} with {left} left"
    return ""


def test_the_window_lies_inside_the_screen(window: WindowPage) -> None:
    assert not outside(window.shell)


def test_every_dialog_is_in_the_list_and_has_the_base_that_fits(window: WindowPage) -> None:
    found = classes_of(QDialog)
    assert {one.__name__ for one in found} - BASES == {one.__name__ for one in dialogs(window)}
    assert all(issubclass(one, FittingDialog) for one in found)


def test_every_popup_has_the_base_that_fits() -> None:
    assert classes_of(Popup) == {CalendarPopup, ChoicePopup, FilterPopup}


def test_every_dialog_lies_inside_the_screen_and_shows_its_errors(window: WindowPage) -> None:
    wrong: list[str] = []
    for kind, make in dialogs(window).items():
        dialog = make()
        dialog.open()
        settle(window)
        wrong.append(outside(dialog))
        wrong += [f"{kind.__name__}: {one}" for one in errors(window, dialog)]
        wrong.append(outside(dialog))
        if isinstance(dialog, FormDialog):
            dialog.put_away()
        else:
            dialog.reject()
        dialog.deleteLater()
        settle(window)
    assert not sorted({one for one in wrong if one})


def errors(window: WindowPage, dialog: QDialog) -> list[str]:
    """What is cut or out of sight when a long error is shown, in each field by itself, in all, and below."""
    wrong: list[str] = []
    if isinstance(dialog, FormDialog):
        for name, field in dialog.fields.items():
            if field.isVisibleTo(dialog):
                dialog._show(UserError(LONG, field=name))
                settle(window)
                wrong.append(cut(field.error))
                wrong.append(in_sight(field.error, dialog))
        dialog._show(UserError(LONG))
    elif isinstance(dialog, AskDialog):
        dialog.fail(UserError(LONG))
    settle(window)
    shown = [one for one in dialog.findChildren(QLabel) if one.property("role") == "error" and one.isVisible()]
    wrong += [cut(one) for one in shown]
    wrong.append(scrolls_too_early(dialog))
    buttons = dialog.keep if isinstance(dialog, FormDialog) else None
    if buttons is not None and not dialog.rect().contains(QRect(buttons.mapTo(dialog, QPoint()), buttons.size())):
        wrong.append("the button is out of sight")
    return [one for one in wrong if one]


def in_sight(words: QLabel, dialog: QDialog) -> str:
    """The error of the field with the keyboard is seen without scrolling."""
    seen = words.visibleRegion().boundingRect()
    return "" if seen.height() >= min(words.height(), 30) else f"{words.text()[:30]!r} is out of sight: {seen}"


def test_every_list_of_chips_and_filters_opens_inside_the_screen(window: WindowPage) -> None:
    wrong: list[str] = []
    app = window.application
    for key in PAGES:
        if key == "dossier":
            app.navigator.open_dossier(window.application.shell.page("governments").ui.model.rows[0].id)  # type: ignore[attr-defined]
        elif key == "action":
            assert app.context is not None
            app.navigator.open_action(app.context.plan.actions[4].id)
        elif key == "session":
            app.navigator.open_session(None, None)
        else:
            app.shell.show_page(key)
        settle(window)
        wrong.append(outside(window.shell))
        page = app.shell.page(key)
        for chips in page.findChildren(ChipsEdit):
            if chips.isVisible():
                QTest.mouseClick(chips.add_button, Qt.MouseButton.LeftButton)
                wrong += popups(window, key)
        for bar in page.findChildren(FilterBar):
            if bar.isVisible():
                bar.ask()
                wrong += popups(window, key)
        for table in page.findChildren(RowsTable):
            if table.isVisible():
                QTest.keyClick(table, Qt.Key.Key_Menu)
                wrong += popups(window, key)
        for chooser in page.findChildren(QComboBox):
            if chooser.isVisible() and chooser.count():
                chooser.showPopup()
                settle(window)
                wrong.append(outside(chooser.view().window()))
                chooser.hidePopup()
    assert not sorted({one for one in wrong if one})


def popups(window: WindowPage, key: str) -> list[str]:
    """Every popup that is open now, with an error in it where it can have one; closed afterwards."""
    settle(window)
    found: list[str] = []
    while (popup := QApplication.activePopupWidget()) is not None:
        found.append(f"{key} {wrong}" if (wrong := outside(popup)) else "")
        if isinstance(popup, FilterPopup):
            popup.field.show_error(LONG)
            settle(window)
            found += [outside(popup), cut(popup.field.error)]
        popup.close()
        settle(window)
    return found


def test_the_menu_and_the_results_of_a_search_lie_inside_the_screen(window: WindowPage) -> None:
    shell = window.application.shell
    menu = shell.menu.menu()
    assert isinstance(menu, QMenu)
    menu.popup(shell.menu.mapToGlobal(QPoint(0, shell.menu.height())))
    settle(window)
    assert not outside(menu)
    menu.close()
    window.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    window.keys("e")
    box = shell.search
    window.until(lambda: box.popup is not None and box.popup.isVisible())
    settle(window)
    assert box.popup is not None
    assert shell.rect().contains(box.popup.geometry())
