"""The message of a second launch when the running window does not respond."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox

from samenleven_desktop.i18n.language import Language


def no_answer_box(language: Language, sentence: str) -> QMessageBox:
    """The button has a text of our catalogue: a launch that only shows this message does not load Qt's own texts."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Samenleven", sentence)
    box.addButton(language.text("Close"), QMessageBox.ButtonRole.RejectRole)
    return box


def tell_no_answer(language: Language, sentence: str) -> None:
    """Blocks until the message is closed; this launch shows nothing else."""
    no_answer_box(language, sentence).exec()
