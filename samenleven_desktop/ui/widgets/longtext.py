"""A field for text of several lines that takes no more than is ever kept: a book pasted by mistake would hold up the
window for minutes."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QPlainTextEdit

from samenleven_desktop.services.commands.checks import LONGEST_TEXT
from samenleven_desktop.ui.dropping import exchanged


class LongText(QPlainTextEdit):
    """Refuses a paste that does not fit, whole, and says so by `refused` with how many characters fit."""

    refused = Signal(int)

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """The file of a colleague that is dropped here is the window's, no text to type."""
        return not exchanged(source) and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        pasted = len(source.text())
        if pasted + self.document().characterCount() > LONGEST_TEXT:
            self.refused.emit(LONGEST_TEXT)
            return
        super().insertFromMimeData(source)
