"""A form as a list of rows: a declared field (domain/fields.py) or a part of its own, with its editor.

Filling, reading, what a draft keeps, errors beside their fields and the place of a field in the history follow from the
list. Where the rows stand is up to the dialog or the layout; what becomes of the values, to its command.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar, runtime_checkable

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from samenleven_desktop.domain.record_fields import RecordField
from samenleven_desktop.i18n.labels import CHOICES, typed_text
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.history import FieldPlace
from samenleven_desktop.ui.input_parsing import read_field
from samenleven_desktop.ui.widgets.basic import Field
from samenleven_desktop.ui.widgets.chips import ChipsEdit
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.limited_text_edit import LongText

E = TypeVar("E", bound=QWidget)


@runtime_checkable
class OwnContent(Protocol):
    """An editor of several values, or of one that its list does not hold yet: knows itself what a draft keeps of it."""

    @property
    def edited(self) -> Any:
        """Signal: the person changed what stands in it."""

    def content(self) -> Any: ...

    def fill(self, content: Any) -> None:
        """Shows what a draft kept; None empties it."""


@dataclass(frozen=True)
class FormRow:
    """`name` is its key in drafts; `where` is what errors call it, where that is another name."""

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
        """A declared field. Its box, with caption and error, stands in `box(name)`."""
        words = caption or self._language.text(field.caption)
        self._add(FormRow(name or field.key, editor, Field(words, editor), field, where))
        return editor

    def add(self, name: str, caption: str, editor: E) -> E:
        """A row that is no field of the record."""
        self._add(FormRow(name, editor, Field(caption, editor)))
        return editor

    def add_part(self, name: str, editor: E, where: str = "") -> E:
        """A part with captions and errors of its own (`show_problem`)."""
        self._add(FormRow(name, editor, None, None, where))
        return editor

    def _add(self, row: FormRow) -> None:
        self.rows.append(row)
        if isinstance(row.editor, LongText) and row.box is not None:
            row.editor.refused.connect(lambda most: self._say_too_long(row, most))

    def _say_too_long(self, row: FormRow, most: int) -> None:
        text, number = self._language.text, self._language.number
        show_error(row, text("This text is too long: at most {n} characters.", n=number(most)))

    @property
    def boxes(self) -> dict[str, Field]:
        return {row.name: row.box for row in self.rows if row.box is not None}

    def box(self, name: str) -> Field:
        """The box of a row, by the name of the row or of its errors."""
        return next(row.box for row in self.rows if row.box is not None and row.is_named(name))

    def connect(self, edited: Callable[[], None]) -> None:
        """`edited` is called when the person changed something, never when the form is filled."""
        for row in self.rows:
            on_edited(row.editor, edited)

    def content(self) -> dict[str, Any]:
        """Everything typed, as typed."""
        return {row.name: value_of(row.editor) for row in self.rows}

    def fill(self, content: Mapping[str, Any]) -> None:
        """Shows this; what `content` does not name is emptied."""
        for row in self.rows:
            put_value(row.editor, content.get(row.name))

    def read(self, today: date) -> dict[str, Any]:
        """The values of the declared fields, by their keys. Raises UserError naming the row."""
        return {
            row.field.key: read_row(row, today)
            for row in self.rows
            if row.field is not None and not isinstance(row.editor, ChipsEdit)
        }

    def place(self, focus: QWidget, table: str, record_id: str) -> FieldPlace | None:
        """Where the value of the focused field is kept; None for what is no column of the record."""
        for row in self.rows:
            if row.field is not None and (row.editor is focus or row.editor.isAncestorOf(focus)):
                return None if isinstance(row.editor, ChipsEdit) else FieldPlace(table, record_id, row.field.key)
        return None

    def clear_errors(self) -> None:
        for row in self.rows:
            show_error(row, "")

    def show_error(self, name: str | None, words: str) -> bool:
        """Shows an error beside the row that it names, and goes there; gives False where no row has that name."""
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
    """What stands in a row, as its declared kind. Raises UserError."""
    field, editor = row.field, row.editor
    assert field is not None
    if isinstance(editor, OwnContent):
        return editor.content()
    if isinstance(editor, QComboBox):
        return chosen_code(field, editor)
    return read_field(field, str(value_of(editor)), today, row.where)


def typed_line(language: Language, field: RecordField, value: object = None) -> QLineEdit:
    """A line with the value as it is typed."""
    return QLineEdit(typed_text(language, field, value))


def code_chooser(language: Language, field: RecordField, value: object = None, nothing: str = "") -> Chooser:
    """A chooser of the codes of a field; first `nothing`, where it may stay open."""
    box = Chooser()
    if nothing:
        box.addItem(nothing, None)
    for code, words in CHOICES[field.key].items():
        box.addItem(language.text(words), str(code))
    box.setCurrentIndex(max(box.findData(None if value is None else str(value)), 0))
    return box


def chosen_code(field: RecordField, box: QComboBox) -> Any:
    """As the enumeration that the words of the field are kept by; Qt gives plain text back."""
    data = box.currentData()
    return next((code for code in CHOICES.get(field.key, ()) if code == data), data)


def value_of(editor: QWidget) -> Any:
    """What stands in an editor, as JSON can hold it; None for an editor without words of its own."""
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
    """Puts a kept value back; None empties the editor."""
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
    """`do` is called when the person changes what stands in an editor, not when the program does."""
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
