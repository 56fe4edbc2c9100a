"""What Qt itself says is Dutch in a Dutch window, English in an English one, and follows a change of language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QMessageBox, QWidget

from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui
BUTTON = QMessageBox.StandardButton


def words(widget: QWidget) -> str:
    found = [one.text() for kind in (QAbstractButton, QLabel) for one in widget.findChildren(kind)]
    return " ".join(found).replace("&", "")


def menu() -> str:
    edit = QLineEdit()
    made = edit.createStandardContextMenu()
    found = " ".join(action.text().split("\t")[0] for action in made.actions()).replace("&", "")
    made.deleteLater()
    edit.deleteLater()
    return found


def asked() -> str:
    """As Qt asks it before a file is written over."""
    return QCoreApplication.translate("QFileDialog", "%1 already exists.\nDo you want to replace it?")


def test_dialogs_and_menus_speak_dutch(window: WindowPage) -> None:
    assert menu().startswith("Ongedaan maken Opnieuw  Knippen Kopiëren Plakken Verwijderen")
    box = QMessageBox(QMessageBox.Icon.Question, "t", "?", BUTTON.Yes | BUTTON.No | BUTTON.Cancel, window.shell)
    assert {"Ja", "Nee", "Annuleren"} <= set(words(box).split())
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close | QDialogButtonBox.StandardButton.Save)
    assert {"Sluiten", "Opslaan"} == set(words(buttons).split())
    chooser = QFileDialog(window.shell)
    chooser.setOption(QFileDialog.Option.DontUseNativeDialog)
    chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    shown = words(chooser)
    assert "Zoeken in:" in shown
    assert "Soort bestand:" in shown
    assert "bestaat al" in asked()
    assert QLocale().formattedDataSize(9_216).startswith("9,00")
    for one in (box, buttons, chooser):
        one.deleteLater()


def test_they_follow_the_language_of_the_window(window: WindowPage) -> None:
    window.application.change_language("en")
    window.settle()
    assert menu().startswith("Undo Redo  Cut Copy Paste Delete")
    assert asked().startswith("%1 already exists")
    window.application.change_language("nl")
    window.settle()
    assert menu().startswith("Ongedaan maken")
