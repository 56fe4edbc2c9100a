"""Two texts side by side, with the words that differ underlined and highlighted."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTextEdit, QWidget

from samenleven_desktop.ui.theme import Theme, tokens
from samenleven_desktop.ui.widgets.basic import Field
from samenleven_desktop.ui.widgets.responsive import bare, folding, yielding

# Comparing longer texts by word would block the window; they are shown without highlighting.
_MOST_WORDS = 1500

Piece = tuple[str, bool]


def pieces(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Splits both texts into pieces, each with whether it differs."""
    first, second = _words(one), _words(other)
    if not one or not other or max(len(first), len(second)) > _MOST_WORDS:
        return [(one, False)], [(other, False)]
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, start, end, begin, stop in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        left.append(("".join(first[start:end]), kind != "equal"))
        right.append(("".join(second[begin:stop]), kind != "equal"))
    return [piece for piece in left if piece[0]], [piece for piece in right if piece[0]]


def _words(text: str) -> list[str]:
    """Splits a text into words, each with the space after it."""
    found: list[str] = []
    for line in text.splitlines(keepends=True):
        parts = line.split(" ")
        found += [f"{part} " for part in parts[:-1]] + [parts[-1]]
    return found


class TwoTexts(QWidget):
    """Read-only editors that can be navigated by keyboard; each with a caption that names its owner."""

    def __init__(self, theme: Theme, first_name: str, second_name: str) -> None:
        super().__init__()
        self._theme = theme
        self._heads = (first_name, second_name)
        line = folding(bare(QHBoxLayout(self), tokens.SPACE_3))
        self.first, self.second = self._box(), self._box()
        self.first_field, self.second_field = Field(first_name, self.first), Field(second_name, self.second)
        for field in (self.first_field, self.second_field):
            yielding(field.editor, 44)
            # Both halves have the same width, whatever the length of the captions.
            field.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        line.addWidget(self.first_field, 1)
        line.addWidget(self.second_field, 1)

    @staticmethod
    def _box() -> QTextEdit:
        made = QTextEdit()
        made.setReadOnly(True)
        made.setTabChangesFocus(True)
        made.setAcceptDrops(False)
        return made

    def show_texts(self, first: str, second: str, heads: tuple[str, str]) -> None:
        left, right = pieces(first, second)
        for box, found in ((self.first, left), (self.second, right)):
            self._fill(box, found)
        self._heads = heads
        self._show_heads()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_heads()

    def _show_heads(self) -> None:
        """Shows as much of each caption as fits; the whole text is in the tool tip and for screen readers."""
        for field, head in zip((self.first_field, self.second_field), self._heads, strict=True):
            caption, width = field.caption, field.width()
            caption.setText(caption.fontMetrics().elidedText(head, Qt.TextElideMode.ElideRight, width))
            caption.setToolTip(head if caption.text() != head else "")
            field.editor.setAccessibleName(head)

    def _fill(self, box: QTextEdit, found: Sequence[Piece]) -> None:
        box.clear()
        cursor = QTextCursor(box.document())
        plain, marked = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(self._theme.color("text"))
        marked.setForeground(self._theme.color("attention_text"))
        marked.setBackground(self._theme.color("attention_tint"))
        marked.setFontUnderline(True)
        for words, different in found:
            cursor.insertText(words, marked if different else plain)
        box.moveCursor(QTextCursor.MoveOperation.Start)
