"""A multi-line text editor with a maximum length, and undo by word.

A book pasted by mistake would block the window for minutes.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from samenleven_desktop.domain.field_declaration import LONGEST_TEXT
from samenleven_desktop.domain.typed_text import lines
from samenleven_desktop.ui.file_drops import local_files

_QT_LINE_ENDS = {0x2028: "\n", 0x2029: "\n"}


class LongText(QPlainTextEdit):
    """Rejects a paste that does not fit as a whole; `refused` reports the maximum number of characters."""

    refused = Signal(int)
    edited = Signal()
    """The user changed the text; not emitted by `setPlainText`."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._filling = False
        self.setTabChangesFocus(True)
        self.document().contentsChange.connect(self._on_contents_change)

    def toPlainText(self) -> str:
        """Returns the text as it was typed or pasted: Qt would return no-break spaces as plain ones."""
        return self.document().toRawText().translate(_QT_LINE_ENDS)

    def setPlainText(self, text: str) -> None:
        """Sets the text without an undo step, and the cursor at its end."""
        self._filling = True
        super().setPlainText(text)
        self._filling = False
        self.moveCursor(QTextCursor.MoveOperation.End)

    def place_caret(self, place: int | None) -> None:
        """Sets the cursor position; None is the end of the text."""
        cursor = self.textCursor()
        end = self.document().characterCount() - 1
        cursor.setPosition(end if place is None else min(place, end))
        self.setTextCursor(cursor)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Rejects dropped or pasted files: their paths would be inserted as text."""
        return not local_files(source) and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        pasted = len(source.text())
        if pasted + self.document().characterCount() > LONGEST_TEXT:
            self.refused.emit(LONGEST_TEXT)
            return
        self._end_step()
        readable = QMimeData()
        readable.setText(lines(source.text()))
        super().insertFromMimeData(readable)
        self._end_step()

    def _on_contents_change(self, place: int, _removed: int, added: int) -> None:
        if self._filling:
            return
        if added > 1 or (added and self._is_space(place)):
            self._end_step()
        self.edited.emit()

    def _is_space(self, place: int) -> bool:
        return not self.document().characterAt(place).strip("\N{PARAGRAPH SEPARATOR}\N{LINE SEPARATOR}\0 \t\xa0")

    def _end_step(self) -> None:
        """Ends the undo step: Qt merges input into the last step only while the document is modified."""
        self.document().setModified(False)
