"""What a second start says when the window that is open does not answer."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox

from samenleven_desktop.language import Language


def no_answer_box(language: Language, sentence: str) -> QMessageBox:
    """Its button has our word: Qt's own texts are not loaded in a start that only tells this."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Samenleven", sentence)
    box.addButton(language.text("Close"), QMessageBox.ButtonRole.RejectRole)
    return box


def tell_no_answer(language: Language, sentence: str) -> None:
    """Stays until it is closed; nothing else of this start is on the screen."""
    no_answer_box(language, sentence).exec()
