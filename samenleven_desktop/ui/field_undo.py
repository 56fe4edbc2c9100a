"""Text fields undo their own edits, word by word; a field without edits leaves the keys to the window.

Qt sends Ctrl+Z to every focused field, even if it has nothing to undo, but Ctrl+Y only on Windows; and a QLineEdit
undoes all typing in one step. This module makes them alike: docs/decisions/0010-undo-by-focus.md.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSignalBlocker
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from samenleven_desktop.ui.shared_keys import REDO_KEYS

Field = QLineEdit | QPlainTextEdit | QTextEdit
_REDO = [QKeySequence(keys) for keys in REDO_KEYS]


class FieldUndo(QObject):
    """Filters the events of the focused text field."""

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: QWidget | None = None
        application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = now if _field(now) is not None else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        field = _field(watched)
        if field is None:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._override(field, event)
        if event.type() == QEvent.Type.KeyPress:
            return self._press(field, event)
        return False

    @staticmethod
    def _override(field: Field, event: QKeyEvent) -> bool:
        """Decides who handles the key: the field if it has something to undo or redo, otherwise the window."""
        if not (is_undo(event) or is_redo(event)):
            return False
        event.setAccepted(_has_own(field))
        return True

    @staticmethod
    def _press(field: Field, event: QKeyEvent) -> bool:
        if is_undo(event) or is_redo(event):
            (field.undo if is_undo(event) else field.redo)()
            return True
        if isinstance(field, QLineEdit) and event.text().isspace() and not field.isReadOnly():
            _end_word(field)
        return False


def _field(widget: QWidget | None) -> Field | None:
    if isinstance(widget, QAbstractSpinBox):
        return widget.lineEdit()
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) and not widget.isReadOnly():
        return widget
    return None


def _has_own(field: Field) -> bool:
    """A field whose edits are all undone keeps the key too: one Ctrl+Z too many must not undo what was saved."""
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() or field.isRedoAvailable()
    return field.document().isUndoAvailable() or field.document().isRedoAvailable()


def _end_word(field: QLineEdit) -> None:
    """Ends the undo step of a QLineEdit, which only happens when the cursor moves."""
    place = field.cursorPosition()
    if place and not field.hasSelectedText():
        blocker = QSignalBlocker(field)
        field.setCursorPosition(place - 1)
        field.setCursorPosition(place)
        blocker.unblock()


def is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo)


def is_redo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Redo) or QKeySequence(event.keyCombination()) in _REDO
