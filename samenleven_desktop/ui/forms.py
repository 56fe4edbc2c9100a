"""A form as a list of rows; each row is a declared field (domain/fields.py) or a custom part, with its editor.

Filling, reading, the content of a draft, errors beside fields and the place of a field in the history are derived from
the list. The dialog or layout arranges the rows; the command decides what is done with the values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar, runtime_checkable

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from samenleven_desktop.domain.field_declaration import RecordField
from samenleven_desktop.domain.typed_values import read_field
from samenleven_desktop.i18n.labels import CHOICES, typed_text
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.history import FieldPlace
from samenleven_desktop.ui.widgets.basic import Field
from samenleven_desktop.ui.widgets.chips import ChipsEdit
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.limited_text_edit import LongText

E = TypeVar("E", bound=QWidget)


@runtime_checkable
class OwnContent(Protocol):
    """An editor with several values, or with one that its list does not contain yet; defines its own draft content."""

    @property
    def edited(self) -> Any:
        """Signal: the user changed the content."""

    def content(self) -> Any: ...

    def fill(self, content: Any) -> None:
        """Shows the content of a draft; None clears the editor."""


@dataclass(frozen=True)
class FormRow:
    """`name` is the key in drafts; `where` is the name used in errors, if it differs."""

    name: str
    editor: QWidget
    box: Field | None = None
    field: RecordField | None = None
    where: str = ""

    def is_named(self, name: str | None) -> bool:
        return name is not None and name in (self.name, self.where, self.field.key if self.field else None)


class FormRows:
    """The rows of one form, in the order in which they were added."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self.rows: list[FormRow] = []

    def add_field(self, field: RecordField, editor: E, *, name: str = "", caption: str = "", where: str = "") -> E:
        """Adds a declared field; `box(name)` returns its box, with caption and error."""
        words = caption or self._language.text(field.caption)
        self._add(FormRow(name or field.key, editor, Field(words, editor), field, where))
        return editor

    def add(self, name: str, caption: str, editor: E) -> E:
        """Adds a row that is not a field of the record."""
        self._add(FormRow(name, editor, Field(caption, editor)))
        return editor

    def add_part(self, name: str, editor: E, where: str = "") -> E:
        """Adds a part that shows its own captions and errors (`show_problem`)."""
        self._add(FormRow(name, editor, None, None, where))
        return editor

    def _add(self, row: FormRow) -> None:
        self.rows.append(row)
        if isinstance(row.editor, LongText) and row.box is not None:
            row.editor.refused.connect(lambda most: self._show_too_long(row, most))

    def _show_too_long(self, row: FormRow, most: int) -> None:
        text, number = self._language.text, self._language.number
        show_error(row, text("This text is too long: at most {n} characters.", n=number(most)))

    @property
    def boxes(self) -> dict[str, Field]:
        return {row.name: row.box for row in self.rows if row.box is not None}

    def box(self, name: str) -> Field:
        """Returns the box of a row, by the name of the row or the name used in errors."""
        return next(row.box for row in self.rows if row.box is not None and row.is_named(name))

    def connect(self, edited: Callable[[], None]) -> None:
        """Calls `edited` when the user changes something, never when the form is filled."""
        for row in self.rows:
            on_edited(row.editor, edited)

    def content(self) -> dict[str, Any]:
        """Returns the raw input of every row."""
        return {row.name: value_of(row.editor) for row in self.rows}

    def fill(self, content: Mapping[str, Any]) -> None:
        """Fills the rows; rows that `content` does not contain are cleared."""
        for row in self.rows:
            put_value(row.editor, content.get(row.name))

    def read(self, today: date) -> dict[str, Any]:
        """Returns the values of the declared fields by key. Raises UserError naming the row."""
        return {
            row.field.key: read_row(row, today)
            for row in self.rows
            if row.field is not None and not isinstance(row.editor, ChipsEdit)
        }

    def place(self, focus: QWidget, table: str, record_id: str) -> FieldPlace | None:
        """Returns the place in the history of the focused field; None if it is not a column of the record."""
        for row in self.rows:
            if row.field is not None and (row.editor is focus or row.editor.isAncestorOf(focus)):
                return None if isinstance(row.editor, ChipsEdit) else FieldPlace(table, record_id, row.field.key)
        return None

    def clear_errors(self) -> None:
        for row in self.rows:
            show_error(row, "")

    def show_error(self, name: str | None, words: str) -> bool:
        """Shows an error beside the row it names and focuses that row; returns False if no row has that name."""
        row = next((one for one in self.rows if one.is_named(name)), None)
        if row is None:
            return False
        show_error(row, words)
        if row.box is not None:
            row.editor.setFocus()
        return True


def show_error(row: FormRow, words: str) -> None:
    if row.box is not None:
        row.box.show_error(words)
    else:
        row.editor.show_problem(words)  # type: ignore[attr-defined]


def read_row(row: FormRow, today: date) -> Any:
    """Returns the value of a row, converted to the kind of its field. Raises UserError."""
    field, editor = row.field, row.editor
    assert field is not None
    if isinstance(editor, OwnContent):
        return editor.content()
    if isinstance(editor, QComboBox):
        return chosen_code(field, editor)
    return read_field(field, str(value_of(editor)), today, row.where)


def typed_line(language: Language, field: RecordField, value: object = None) -> QLineEdit:
    """Creates a line edit with the value as a user would type it."""
    return QLineEdit(typed_text(language, field, value))


def code_chooser(language: Language, field: RecordField, value: object = None, nothing: str = "") -> Chooser:
    """Creates a chooser of the codes of a field; `nothing` is the text of the empty choice, if it is allowed."""
    box = Chooser()
    if nothing:
        box.addItem(nothing, None)
    for code, words in CHOICES[field.key].items():
        box.addItem(language.text(words), str(code))
    box.setCurrentIndex(max(box.findData(None if value is None else str(value)), 0))
    return box


def chosen_code(field: RecordField, box: QComboBox) -> Any:
    """Returns the chosen code as the enumeration used in CHOICES; Qt converts it to plain text."""
    data = box.currentData()
    return next((code for code in CHOICES.get(field.key, ()) if code == data), data)


def value_of(editor: QWidget) -> Any:
    """Returns the content of an editor as JSON data; None for an editor without content of its own."""
    if isinstance(editor, OwnContent):
        return editor.content()
    if isinstance(editor, QLineEdit):
        return editor.text()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    if isinstance(editor, ChipsEdit):
        return list(editor.wanted())
    if isinstance(editor, QComboBox):
        return str(editor.currentData()) if editor.count() else None
    return None


def put_value(editor: QWidget, value: Any) -> None:
    """Restores a saved value; None clears the editor."""
    if isinstance(editor, OwnContent):
        editor.fill(value)
    elif isinstance(editor, QLineEdit):
        editor.setText(str(value or ""))
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(str(value or ""))
    elif isinstance(editor, QCheckBox):
        editor.setChecked(bool(value))
    elif isinstance(editor, ChipsEdit):
        editor.set_chosen([str(one) for one in value or ()])
    elif isinstance(editor, QComboBox):
        places = [place for place in range(editor.count()) if str(editor.itemData(place)) == value]
        editor.setCurrentIndex(places[0] if places else 0)


def on_edited(editor: QWidget, do: Callable[[], None]) -> None:
    """Calls `do` when the user changes the content of an editor, not when the program does."""
    if isinstance(editor, QLineEdit):
        editor.textEdited.connect(lambda _: do())
    elif isinstance(editor, OwnContent | LongText):
        editor.edited.connect(do)
    elif isinstance(editor, QCheckBox):
        editor.clicked.connect(lambda _: do())
    elif isinstance(editor, ChipsEdit):
        editor.chips_edited.connect(do)
    elif isinstance(editor, QComboBox):
        editor.activated.connect(lambda _: do())
