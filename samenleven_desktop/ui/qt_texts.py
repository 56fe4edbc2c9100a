"""Translates Qt's own texts (buttons of dialogs, print and file dialogs, Undo, Cut, Paste).

They are English by default; Qt ships a catalogue for other languages. Texts missing there come from our own catalogue.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.i18n.language import Language

_NOT_IN_QT = (
    N_("&Look in:"),
    N_("Files of &type:"),
    N_("Drive"),
    N_("Folder"),
    N_("%1 bytes"),
    N_("%1 File"),
    N_("Page &Set:"),
    N_("Double Sided Printing"),
    N_("Off"),
    N_("Long side binding"),
    N_("Short side binding"),
)
"""Texts of the dialogs that we open, missing in the Dutch catalogue of Qt 6.12."""


class _OwnTranslations(QTranslator):
    """Translator for the texts missing in Qt's own catalogue."""

    def __init__(self, language: Language, parent: QObject) -> None:
        super().__init__(parent)
        self._texts = {source: language.text(source) for source in _NOT_IN_QT}

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return self._texts.get(source, "")


class QtTexts(QObject):
    """The translators of the whole program; `speak` changes their language."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translators: list[QTranslator] = []

    def speak(self, language: Language) -> None:
        """Changes the language; an open dialog keeps its texts."""
        self.silence()
        # For sizes and dates in Qt's own dialogs.
        QLocale.setDefault(QLocale("nl_BE" if language.code == "nl" else "en_GB"))
        if language.code == "en":
            return
        shipped = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if shipped.load(f"qtbase_{language.code}", folder):
            # Qt searches the translator installed last first.
            self._translators = [_OwnTranslations(language, self), shipped]
        for one in self._translators:
            QCoreApplication.installTranslator(one)

    def silence(self) -> None:
        """Restores Qt's English texts."""
        for one in self._translators:
            QCoreApplication.removeTranslator(one)
            one.deleteLater()
        self._translators = []
        QLocale.setDefault(QLocale.system())
