"""An editor for a folder: a line edit, and a button that opens a dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from samenleven_desktop.ui.dialogs.file_dialogs import ask_folder
from samenleven_desktop.ui.widgets.basic import button
from samenleven_desktop.ui.widgets.responsive import bare


class FolderEdit(QWidget):
    """A line edit for a folder, with a button to choose one."""

    def __init__(self, caption: str, choose: str) -> None:
        super().__init__()
        self._caption = caption
        line = bare(QHBoxLayout(self), 6)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(caption)
        self.choose = button(choose, self._on_choose)
        line.addWidget(self.edit, 1)
        line.addWidget(self.choose)
        self.setFocusProxy(self.edit)

    def set_path(self, path: Path) -> None:
        self.edit.setText(str(path))

    def _on_choose(self) -> None:
        ask_folder(self, self._caption, self.set_path, kind="folder", start=Path(self.edit.text() or "."))
