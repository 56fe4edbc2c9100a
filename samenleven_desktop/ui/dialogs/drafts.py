"""Drafts of dialogs: what stands in their fields is kept while it is typed, and a form that was cut off opens again.

A form is opened by its constructor; the arguments of that call are kept with the words (as JSON, by their types), so
that the same form can be opened after a crash or a lock.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, get_type_hints

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from samenleven_desktop.ui.widgets.chips import ChipsEdit
from samenleven_desktop.ui.widgets.limited_text_edit import LongText

PREFIX = "form:"
_NOT_KEPT = ("self", "context", "owner")


def remembering(init: Callable[..., None]) -> Callable[..., None]:
    """A constructor that keeps the arguments of the outermost call, and begins the draft once all fields are there."""

    @wraps(init)
    def made(self: Any, *args: Any, **named: Any) -> None:
        if "opened_with" in self.__dict__:
            init(self, *args, **named)
            return
        bound = inspect.signature(init).bind(self, *args, **named)
        self.opened_with = {name: value for name, value in bound.arguments.items() if name not in _NOT_KEPT}
        init(self, *args, **named)
        self.begin_draft()

    return made


def encode_call(arguments: Mapping[str, object]) -> str:
    """The arguments of a constructor as JSON."""
    return msgspec.json.encode(dict(arguments)).decode()


def decode_call(form: type[object], text: str) -> dict[str, Any]:
    """The arguments back, as the types that the constructor names."""
    hints = get_type_hints(form.__init__)
    found = json.loads(text)
    return {name: msgspec.convert(value, hints[name], strict=False) for name, value in found.items()}


def draft_name(form: type[object], record: tuple[str, str] | None, call: str) -> str:
    """The same for the same form: by the record that it changes, else by what it was opened with."""
    anchor = record[1] if record is not None else hashlib.sha256(call.encode()).hexdigest()[:16]
    return f"{PREFIX}{form.__name__}:{anchor}"


def value_of(editor: QWidget) -> object:
    """What stands in an editor, as JSON can hold it; None for an editor without words of its own."""
    if isinstance(editor, QLineEdit):
        return editor.text()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    if isinstance(editor, ChipsEdit):
        return list(editor.chosen())
    if isinstance(editor, QComboBox):
        return str(editor.currentData()) if editor.count() else None
    return None


def put_value(editor: QWidget, value: Any) -> bool:
    """Puts a kept value back; gives False when the editor cannot show it (yet), such as a choice still to be asked."""
    if isinstance(editor, QLineEdit):
        editor.setText(str(value))
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(str(value))
    elif isinstance(editor, QCheckBox):
        editor.setChecked(bool(value))
    elif isinstance(editor, ChipsEdit):
        editor.set_chosen([str(one) for one in value])
    elif isinstance(editor, QComboBox):
        places = [place for place in range(editor.count()) if str(editor.itemData(place)) == value]
        if not places:
            return False
        editor.setCurrentIndex(places[0])
    return True


def on_edited(editor: QWidget, do: Callable[[], None]) -> None:
    """`do` is called when the person changes what stands in an editor, not when the program does."""
    if isinstance(editor, QLineEdit):
        editor.textEdited.connect(lambda _: do())
    elif isinstance(editor, LongText):
        editor.edited.connect(do)
    elif isinstance(editor, QCheckBox):
        editor.clicked.connect(lambda _: do())
    elif isinstance(editor, ChipsEdit):
        editor.chips_edited.connect(do)
    elif isinstance(editor, QComboBox):
        editor.activated.connect(lambda _: do())


def on_choices(editor: QWidget, do: Callable[[], None]) -> None:
    """`do` is called when an editor gets choices that it did not have."""
    if isinstance(editor, QComboBox):
        # After all rows are in, not at the first.
        editor.model().rowsInserted.connect(lambda *_: do(), Qt.ConnectionType.QueuedConnection)
