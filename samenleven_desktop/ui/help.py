"""What helps a person on: the page of the handbook and the list of keys of the place where they were asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from samenleven_desktop.ui.help_places import help_address
from samenleven_desktop.ui.window_protocols import MainWindow


def show_keys(window: MainWindow, asked: QWidget) -> None:
    """Lists the keys of the page in sight, or of the dialog in which it was asked."""
    from samenleven_desktop.ui.dialogs.keys import KeysDialog, key_lines

    if isinstance(asked, KeysDialog):
        return
    shell, language = window.shell, window.language
    lines = key_lines(language, shell, asked if isinstance(asked, QDialog) else None)
    KeysDialog(language, window.theme, lines, asked).open()


def show_help(window: MainWindow, asked: QWidget) -> None:
    """Opens the handbook at the page about the page in sight, or about the dialog in which it was asked."""
    dialog = type(asked).__name__ if isinstance(asked, QDialog) else ""
    show_handbook(window, asked, help_address(window.shell.current, dialog))


def show_handbook(window: MainWindow, asked: QWidget, address: str) -> None:
    """Opens the handbook, or shows another page in the one that is open.

    A window above a form belongs to the form: the form keeps all other windows from the keyboard.
    """
    from samenleven_desktop.services.core.handbook import handbook
    from samenleven_desktop.ui.dialogs.handbook import HandbookDialog

    if isinstance(asked, HandbookDialog):
        asked.show_address(address)
        return
    direct = (one for one in asked.children() if isinstance(one, HandbookDialog) and one.isVisible())
    dialog = next(direct, None)
    if dialog is None:
        dialog = HandbookDialog(window.language, window.theme, handbook(window.language.code), asked)
        dialog.show()
    dialog.show_address(address)
    dialog.raise_()
    dialog.activateWindow()
    dialog.page.setFocus()
