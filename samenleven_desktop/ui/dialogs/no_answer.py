"""What a second start says when the window that is open does not answer."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox


def tell_no_answer(sentence: str) -> None:
    """Stays until it is closed; nothing else of this start is on the screen."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Samenleven", sentence, QMessageBox.StandardButton.Close)
    box.exec()
