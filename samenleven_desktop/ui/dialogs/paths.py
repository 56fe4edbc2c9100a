"""The dialogs of the system that ask for a file or a folder; `then` gets the path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

Then = Callable[[Path], object]


def ask_file(owner: QWidget, title: str, filters: Sequence[str], then: Then, start: str = "") -> None:
    """A file that is there."""
    dialog = QFileDialog(owner, title, start)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(list(filters))
    _open(dialog, then)


def ask_folder(owner: QWidget, title: str, then: Then, start: str = "") -> None:
    dialog = QFileDialog(owner, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    _open(dialog, then)


def ask_save(owner: QWidget, title: str, name: str, kind: str, then: Then) -> None:
    """A file to write; `kind` names its sort, its ending is that of `name`."""
    ending = name.rpartition(".")[2]
    dialog = QFileDialog(owner, title, name)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"{kind} (*.{ending})")
    dialog.setDefaultSuffix(ending)
    _open(dialog, then)


def _open(dialog: QFileDialog, then: Then) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()
