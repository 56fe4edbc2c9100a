"""What helps a person on: the list of keys of the place where it was asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from samenleven_desktop.ui.window_protocols import MainWindow


def show_keys(window: MainWindow, asked: QWidget) -> None:
    """Lists the keys of the page in sight, or of the dialog in which it was asked."""
    from samenleven_desktop.ui.dialogs.keys import KeysDialog, key_lines

    if isinstance(asked, KeysDialog):
        return
    shell, language = window.shell, window.language
    lines = key_lines(language, shell, asked if isinstance(asked, QDialog) else None)
    KeysDialog(language, window.theme, lines, asked).open()
