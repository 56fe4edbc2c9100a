"""A hint below the editor of a new passphrase: how to make it stronger. It rejects nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.passphrase import Strength, judge
from samenleven_desktop.i18n.language import Language

_HINTS = {
    Strength.COMMON: N_(
        "Many people choose this one. Three or four words of your own are better, and easy to remember."
    ),
    Strength.WEAK: N_("This one can be guessed. Make it longer: three or four words in a row are easy to remember."),
    Strength.FAIR: N_("A good passphrase. Still longer is better."),
    Strength.STRONG: N_("A strong passphrase."),
}


class PassphraseHint(QLabel):
    """Follows the input; hidden while there is nothing to assess."""

    def __init__(self, language: Language, editor: QLineEdit) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "small")
        self.setWordWrap(True)
        self._language = language
        self.hide()
        editor.textChanged.connect(self._show)

    def _show(self, words: str) -> None:
        hint = _HINTS.get(judge(words))
        self.setText("" if hint is None else self._language.text(hint))
        self.setVisible(hint is not None)
