"""A form as a list of rows: a field that is added once is filled, read, kept and refused like the others."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.field_declaration import FieldKind, RecordField, RecordFields
from samenleven_desktop.domain.fields import COMMITMENT, SESSION
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.shared_columns import listed_columns
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.readmodels.history import FieldPlace
from samenleven_desktop.ui.forms import FormRows, code_chooser
from samenleven_desktop.ui.widgets.choice import LateChooser

pytestmark = pytest.mark.gui

TODAY = date(2024, 3, 11)
PLACE = RecordField("place", "Date", "date", FieldKind.TEXT, listed=True)


def rows(qtbot: QtBot) -> FormRows:
    language = Language("nl")
    made = FormRows(language)
    made.add_field(SESSION["day"], QLineEdit())
    made.add_field(SESSION["start_minute"], QLineEdit(), name="start", where="times")
    made.add_field(SESSION["travel_minutes"], QLineEdit(), name="travel")
    made.add_field(SESSION["form"], code_chooser(language, SESSION["form"]))
    made.add_field(COMMITMENT["granted_cents"], QLineEdit())
    made.add_field(PLACE, QLineEdit())
    for box in made.boxes.values():
        qtbot.addWidget(box)
    return made


def test_what_a_draft_kept_stands_in_the_rows_and_is_read_by_kind(qtbot: QtBot) -> None:
    form = rows(qtbot)
    kept = {
        "day": "12-3",
        "start": "9u30",
        "travel": "",
        "form": "online",
        "granted_cents": "1.440,50",
        "place": " Zaal ",
    }
    form.fill(kept)
    assert form.content() == kept
    assert form.read(TODAY) == {
        "day": date(2024, 3, 12),
        "start_minute": 570,
        "travel_minutes": 0,
        "form": SessionMode.ONLINE,
        "granted_cents": 144_050,
        "place": "Zaal",
    }
    form.fill({"day": "1-1"})
    assert form.content() == {**dict.fromkeys(kept, ""), "day": "1-1", "form": "visit"}


def test_an_error_stands_beside_the_row_that_it_names_by_any_of_its_names(qtbot: QtBot) -> None:
    form = rows(qtbot)
    form.fill({"day": "1-1", "start": "later"})
    with pytest.raises(UserError) as found:
        form.read(TODAY)
    assert found.value.field == "times"
    for name in ("times", "start", "start_minute"):
        assert form.show_error(name, "fout")
        assert form.box("start").error.text() == "fout"
        form.clear_errors()
        assert form.box("start").error.text() == ""
    assert not form.show_error("elsewhere", "fout")
    assert not form.show_error(None, "fout")


def test_the_place_of_a_row_in_the_history_is_its_column(qtbot: QtBot) -> None:
    form = rows(qtbot)
    editor = form.box("travel").editor
    assert form.place(editor, "support_session", "id") == FieldPlace("support_session", "id", "travel_minutes")
    assert form.place(QLineEdit(), "support_session", "id") is None


def test_only_what_a_person_does_counts_as_edited(qtbot: QtBot) -> None:
    form, edits = rows(qtbot), []
    form.connect(lambda: edits.append(1))
    form.fill({"day": "1-1", "form": "phone"})
    assert edits == []
    editor = form.box("day").editor
    assert isinstance(editor, QLineEdit)
    editor.textEdited.emit("2-1")
    assert edits == [1]


def test_a_choice_waits_for_its_list_and_is_forgotten_where_the_list_lacks_it(qtbot: QtBot) -> None:
    box = LateChooser()
    qtbot.addWidget(box)
    box.fill("b")
    assert box.content() == "b"
    box.offer([(None, "geen")], keep=True)
    assert (box.content(), box.currentText()) == ("b", "geen")
    box.offer([("a", "A"), ("b", "B")])
    assert (box.content(), box.currentText()) == ("b", "B")
    box.offer([("a", "A"), ("", "geen")])
    assert (box.content(), box.currentText()) == ("a", "A")
    box.fill("None")
    assert (box.content(), box.currentText()) == ("", "geen")


def test_a_listed_field_is_a_column_of_its_record() -> None:
    (column,) = listed_columns(RecordFields("support_session", SESSION["day"], PLACE))
    assert (column.title, column.heading) == ("Date", "date")
