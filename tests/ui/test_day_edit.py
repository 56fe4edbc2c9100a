"""A day is typed, said back in words and completed, or chosen from a calendar by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLineEdit
from pytestqt.qtbot import QtBot

from samenleven_desktop.domain.field_declaration import Toward
from samenleven_desktop.ui.widgets.day_edit import DayEdit
from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui


def edit(window: WindowPage, qtbot: QtBot, toward: Toward) -> DayEdit:
    """A field beside another one, in the practice file of 11 March 2024."""
    context = window.application.context
    assert context is not None
    made = DayEdit(context, toward)
    made.resize(QSize(260, 34))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("toward", "typed", "completed", "said"),
    [
        (Toward.PAST, "3/11", "03-11-2023", "Vrijdag 3 november 2023"),
        (Toward.FUTURE, "3/11", "03-11-2024", "Zondag 3 november 2024"),
        (Toward.PAST, "5 maart", "05-03-2024", "Dinsdag 5 maart 2024"),
        (Toward.PAST, "5 maart 2024", "5 maart 2024", "Dinsdag 5 maart 2024"),
        (Toward.PAST, "geen dag", "geen dag", ""),
        (Toward.PAST, "", "", ""),
    ],
)
def test_what_is_typed_is_said_back_and_gets_its_year(
    window: WindowPage, qtbot: QtBot, toward: Toward, typed: str, completed: str, said: str
) -> None:
    field, edits = edit(window, qtbot, toward), []
    QTest.keyClicks(field, typed)
    assert field.toolTip() == said
    field.textEdited.connect(edits.append)
    field.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))
    assert field.text() == completed
    assert edits == ([completed] if completed != typed else [])


def test_the_words_never_stand_over_what_is_typed(window: WindowPage, qtbot: QtBot) -> None:
    field = edit(window, qtbot, Toward.PAST)
    field.setText("11-03-2024")
    room = QFontMetrics(field.font())
    assert field._said(room.horizontalAdvance("ma 11 maart 2024") + 1) == "ma 11 maart 2024"
    assert field._said(room.horizontalAdvance("ma") + 1) == "ma"
    assert field._said(3) == ""


def test_a_day_is_chosen_from_the_calendar_by_keys(window: WindowPage, qtbot: QtBot) -> None:
    field, edits = edit(window, qtbot, Toward.PAST), []
    field.setText("5-3-2024")
    field.textEdited.connect(edits.append)
    QTest.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    (calendar,) = popup.findChildren(QCalendarWidget)
    assert calendar.selectedDate().toString(Qt.DateFormat.ISODate) == "2024-03-05"
    assert field.screen().availableGeometry().contains(popup.frameGeometry())
    calendar.activated.emit(calendar.selectedDate().addDays(2))
    assert field.text() == "07-03-2024"
    assert edits == ["07-03-2024"]


def test_every_day_field_of_a_form_is_one(window: WindowPage) -> None:
    """The session and its agreements; dialogs get theirs from the kind of the declared field."""
    window.application.navigator.open_session(None, None)
    window.settle()
    page = window.session.screen
    assert isinstance(page.ui.day, DayEdit)
    assert all(isinstance(row.due, DayEdit) for row in page.ui.agreements.rows)
    assert not isinstance(page.ui.start, DayEdit)
    assert isinstance(page.ui.start, QLineEdit)
