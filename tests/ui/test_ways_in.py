"""What is typed or pasted in a form or a grid, and what a file or JSON holds: the same value, or the same sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.field_declaration import FieldKind, RecordField
from samenleven_desktop.domain.fields import COMMITMENT, ENTRY, RECORDS, SESSION, USE
from samenleven_desktop.domain.typed_values import WITHOUT_YEAR
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.tables.model import Cell
from samenleven_desktop.services.core.checks import check_value
from samenleven_desktop.services.importing.values import long_text, read_cell
from samenleven_desktop.ui.dialogs.contact import ContactDialog
from samenleven_desktop.ui.forms import FormRow, read_row
from samenleven_desktop.ui.models.clipboard import read_block, write_block
from samenleven_desktop.ui.models.column import Column, ValueKind
from samenleven_desktop.ui.models.editable_model import GridColumn, GridModel
from samenleven_desktop.ui.screens.dossier.screen import PEOPLE
from samenleven_desktop.ui.widgets.limited_text_edit import LongText
from tests.pages.screens import ImportPage
from tests.pages.window import CTRL, WindowPage
from tests.text_samples import TEXTS

pytestmark = pytest.mark.gui
TODAY = date(2024, 3, 11)
TEXT_FIELDS = {f"{record.table}.{key}": record[key] for record in RECORDS for key in record.texts}
# What is copied with a number, a day or an address; digits of other scripts.
_AROUND = st.text(st.sampled_from("\u202a\u202c\u202d\u200e\u200f\u200b\u2066\u2069\ufeff\u00ad\u00a0 \n"), max_size=3)
_SIGNS = st.text(st.sampled_from("0123456789:.,-/ u€+\u2011\u2212\u202f\u200e٣"), max_size=9)
VALUES = st.builds(
    lambda before, words, after: before + words + after,
    _AROUND,
    st.sampled_from(
        (
            *("24:00", "25:00", "0:00", "13u30", "22.15", "9", "13:30:00", "24:01"),
            *("11-03-2024", "11/3/24", "2024-03-11", "11-3", "01-03-2204", "01-03-1924", "31-02-2024", "29-2-2023"),
            *("1450", "1.450", "1 450", "-5", "-50000", "9999999", "10000000", "99999999999999999999", "3,0", "3,5"),
            *("€ 1.450,50", "1450 euro", "1,455", "1.000.000.000,01", "EUR 12"),
        )
    )
    | _SIGNS,
    _AROUND,
)
FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
MANY = settings(FEW, max_examples=5000)


@dataclass(frozen=True)
class Line:
    id: str
    value: object = None


def answer(way: Callable[[], object]) -> object:
    """Returns the value as stored, or the sentence of the refusal."""
    try:
        return way()
    except UserError as error:
        return str(error)


class Ways:
    """The editors of one field, each filled as by paste."""

    def __init__(self, qtbot: QtBot, field: RecordField) -> None:
        self.field = field
        self.editor = LongText() if field.kind is FieldKind.LONG_TEXT else QLineEdit()
        qtbot.addWidget(self.editor)
        self._model = GridModel[Line](
            [Column("", lambda line: line.id), self._column()], Language("nl"), row_id=lambda line: line.id
        )

    def _column(self) -> GridColumn[Line]:
        return GridColumn(
            "",
            lambda line: str(line.value),
            kind=ValueKind.TEXT,
            value=lambda line: object(),
            field=self.field.key,
            read=lambda words: read_cell_as_grid(self.field, words),
        )

    def form(self, words: str) -> object:
        # PySide takes U+FFFE at the start of a Python text for a byte order mark; a clipboard gives it as it is.
        words = words.lstrip("\ufffe")
        self.editor.clear()
        if isinstance(self.editor, QLineEdit):
            self.editor.insert(words)
        else:
            pasted = QMimeData()
            pasted.setText(words)
            self.editor.insertFromMimeData(pasted)
        return answer(lambda: check_value(self.field, read_row(FormRow("x", self.editor, None, self.field), TODAY)))

    def file(self, words: str) -> object:
        return answer(lambda: check_value(self.field, read_cell(self.field, words, TODAY)))

    def paste(self, words: str) -> object:
        """One cell of a block, as it was copied from a spreadsheet."""
        ((cell, _),) = read_block(write_block([[words, "x"]]))
        self._model.set_rows([Line("a")])
        edits: list[object] = []
        refused: list[str] = []
        self._model.edited.connect(lambda found: edits.extend(found))
        self._model.refused.connect(refused.append)
        self._model.type_cells([(self._model.index(0, 1), cell)])
        self._model.edited.disconnect()
        self._model.refused.disconnect()
        if refused:
            return refused[0]
        return answer(lambda: check_value(self.field, edits[0].value if edits else None))  # type: ignore[attr-defined]


def read_cell_as_grid(field: RecordField, words: str) -> object:
    from samenleven_desktop.domain.typed_values import read_field

    return read_field(field, words, TODAY)


def same_text(ways: Ways, words: str) -> None:
    # Outside Python the halves of a pair of surrogates are one character.
    words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    typed = ways.form(words)
    assert typed == ways.file(words) == answer(lambda: check_value(ways.field, words))
    assert typed == ways.paste(words) or not ways.field.tidy(words)
    if isinstance(typed, str) and typed == ways.field.tidy(words):
        assert ways.form(typed) == ways.file(typed) == typed


@pytest.mark.parametrize("name", ["contact.name", "contact.phone", "contact.email", "contact.note", "offer.source"])
@FEW
@given(words=TEXTS)
def test_a_text_is_the_same_by_every_way(qtbot: QtBot, name: str, words: str) -> None:
    same_text(Ways(qtbot, TEXT_FIELDS[name]), words)


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(TEXT_FIELDS))
@MANY
@given(words=TEXTS)
def test_a_text_of_any_field_is_the_same_by_every_way(qtbot: QtBot, name: str, words: str) -> None:
    same_text(Ways(qtbot, TEXT_FIELDS[name]), words)


VALUE_FIELDS = {
    "day": SESSION["day"],
    "due": USE["end"],
    "time": SESSION["start_minute"],
    "travel": SESSION["travel_minutes"],
    "units": ENTRY["units"],
    "confirmed": COMMITMENT["confirmed"],
    "cents": COMMITMENT["granted_cents"],
}


@pytest.mark.parametrize("name", sorted(VALUE_FIELDS))
@FEW
@given(words=VALUES)
def test_a_value_is_the_same_by_every_way(qtbot: QtBot, name: str, words: str) -> None:
    same_value(qtbot, VALUE_FIELDS[name], words)


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(VALUE_FIELDS))
@MANY
@given(words=VALUES | TEXTS)
def test_any_value_is_the_same_by_every_way(qtbot: QtBot, name: str, words: str) -> None:
    same_value(qtbot, VALUE_FIELDS[name], words)


def same_value(qtbot: QtBot, field: RecordField, words: str) -> None:
    ways = Ways(qtbot, field)
    if not field.tidy(words):
        return  # Nothing typed: whether the field may be empty is asked elsewhere.
    typed = ways.form(words)
    read = ways.file(words)
    # A file does not guess a year, where a form or a grid takes the nearest; and it may hold a day as Excel's number.
    needs_year = isinstance(typed, date) and read == WITHOUT_YEAR.format(example=f"{TODAY:%d-%m-%Y}")
    is_serial = field.kind is FieldKind.DAY and re.fullmatch(r"\d{5}([.,]0+)?", words.strip())
    assert needs_year or is_serial or typed == read
    if isinstance(typed, str):
        assert Language("nl").text(typed) == typed or ways.paste(words)
    else:
        assert ways.paste(words) == typed


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (1234567890123.0, "1234567890123"),
        (1.234567890123457e19, "12345678901234570000"),
        (3247012345678.0, "3247012345678"),
        (3.5, "3.5"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
    ],
)
def test_the_digits_of_a_number_cell_stay(cell: Cell, words: str) -> None:
    assert long_text(cell) == words


# Through the real window


def test_a_session_over_midnight_and_one_until_24_00(window: WindowPage) -> None:
    window.search("mechelen")
    page = window.dossier.register_session()
    page.fill(start="22:00", end="1:00", report="Ouderavond tot na middernacht.")
    assert page.screen.ui.night.text() == "Over middernacht: 3\u00a0u, tot 01:00 op 12 maart 2024."
    assert page.screen.ui.night.isVisible()
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    assert window.dossier.sessions()[0] == "Ouderavond tot na middernacht."
    line = window.dossier.screen.ui.sessions_model.rows[0]
    assert (line.start_minute, line.end_minute, line.minutes) == (1320, 1500, 180)
    page = window.dossier.register_session()
    page.fill(start="20:00", end="24:00", report="Tot middernacht.")
    assert not page.screen.ui.night.isVisible()
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    assert "Tot middernacht." in window.dossier.sessions()
    lines = {one.report: one for one in window.dossier.screen.ui.sessions_model.rows}
    assert lines["Tot middernacht."].minutes == 240
    window.application.navigator.open_session(lines["Tot middernacht."].id, lines["Tot middernacht."].government_ids[0])
    window.until(lambda: window.session.screen.ui.end.text() == "24:00")
    window.session.type_into(window.session.screen.ui.report, "Tot middernacht, en verder.")
    window.session.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    assert "Tot middernacht, en verder." in window.dossier.sessions()


def test_a_pasted_phone_number_and_mail_address_are_taken(window: WindowPage) -> None:
    window.search("mechelen")
    window.dossier.tab(PEOPLE + 1)
    window.settle()
    panel = window.dossier.screen.ui.people
    window.focus(panel.new_contact)
    window.press(Qt.Key.Key_Space)
    dialog = window.dialog(ContactDialog)
    pasted = {"name": "Zoe\u0308 D’Hondt", "email": "een@voorbeeld.be\u200b", "phone": "\u202a+32 470 12 34 56\u202c"}
    for name, words in pasted.items():
        QGuiApplication.clipboard().setText(words)
        window.focus(dialog.fields[name].editor)
        window.press(Qt.Key.Key_V, CTRL)
    window.press(Qt.Key.Key_S, CTRL)
    window.until(lambda: "+32 470 12 34 56" in [one.phone for one in panel.contacts_model.rows])
    (line,) = [one for one in panel.contacts_model.rows if one.phone == "+32 470 12 34 56"]
    assert (line.name, line.email) == ("Zoë D’Hondt", "een@voorbeeld.be")


def test_a_day_far_ahead_asks_once(window: WindowPage) -> None:
    window.search("mechelen")
    page = window.dossier.register_session()
    page.fill(day="11-03-2042", report="Ver vooruit.")
    page.save()
    asked = "11 maart 2042 ligt meer dan tien jaar vooruit. Klopt dat, bewaar dan nog eens."
    window.until(lambda: page.error_of("day") == asked)
    page.screen.ui.day.setText("11-03-2043")
    page.save()
    window.until(lambda: "2043" in page.error_of("day"))
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")


def test_a_file_with_a_day_far_ahead_asks_for_its_row(window: WindowPage, tmp_path: Path) -> None:
    path = tmp_path / "sessies.csv"
    rows = [
        "Gemeente;Datum;Van;Tot;Verslag",
        "Mechelen;01-03-2042;9:00;10:00;ver",
        "Mechelen;01-03-2024;22:00;1:00;nacht",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    page = ImportPage(window, path).screen
    window.until(lambda: page.plan is not None)
    assert page.ui.take_over.text() == "Overnemen (1)"
    page.ui.table.select_row(0)
    window.until(lambda: page.ui.accept.isVisible())
    assert page.ui.accept.text() == "Het klopt: neem het over"
    QTest.mouseClick(page.ui.accept, Qt.MouseButton.LeftButton)
    window.until(lambda: page.ui.take_over.text() == "Overnemen (2)")
