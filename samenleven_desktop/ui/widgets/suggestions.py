"""Names that are known already, offered below a line edit while typing; any other text stays possible."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

_MOST_ROWS = 8


def suggest(editor: QLineEdit, names: Sequence[str]) -> None:
    """Offers the names that contain what is typed. Nothing is filled in until the user chooses one."""
    known = QCompleter(list(names), editor)
    known.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    known.setFilterMode(Qt.MatchFlag.MatchContains)
    known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    known.setMaxVisibleItems(_MOST_ROWS)
    popup = known.popup()
    if popup is not None:
        popup.setObjectName("popup")
    # A chosen name is an edit of the user; Qt only says that the text changed.
    known.activated.connect(editor.textEdited)
    editor.setCompleter(known)
