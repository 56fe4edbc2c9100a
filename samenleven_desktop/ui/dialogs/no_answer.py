"""The message of a second launch when the running window does not respond."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox


def tell_no_answer(sentence: str) -> None:
    """Blocks until the message is closed; this launch shows nothing else."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Samenleven", sentence, QMessageBox.StandardButton.Close)
    box.exec()
