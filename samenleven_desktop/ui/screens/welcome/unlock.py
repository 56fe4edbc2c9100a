"""A work file that does not open by itself: type the passphrase, use the recovery code, or choose another file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.ui.widgets.basic import Card, Field, button, label

if TYPE_CHECKING:
    from samenleven_desktop.ui.app import Application


class UnlockScreen(QWidget):
    """Says in one sentence why the file is not open; asks for the passphrase only where that can help."""

    def __init__(self, application: Application, path: Path, error: SamenlevenError) -> None:
        super().__init__()
        self.setObjectName("page")
        self._application, self._path = application, path
        text = application.language.text
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        card = Card(path.name)
        card.setFixedWidth(440)
        sentence = label(application.language.error(error), "muted", wrap=True)
        card.body.addWidget(sentence)
        row = QHBoxLayout()
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.recovery = QCheckBox(text("I use the code of my recovery sheet"))
        self.open = button(text("Open"), self._open, kind="primary")
        self.field = Field(text("Passphrase"), self.secret)
        if error.field == "passphrase":
            card.body.addWidget(self.field)
            card.body.addWidget(self.recovery)
            row.addWidget(self.open)
            self.secret.returnPressed.connect(self._open)
            self.recovery.toggled.connect(self._on_recovery_toggled)
        else:
            row.addWidget(button(text("Try again"), lambda: application.open_file(path), kind="primary"))
        row.addWidget(button(text("Another file ..."), application.show_welcome))
        row.addStretch(1)
        card.body.addLayout(row)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.secret.setFocus()

    def _on_recovery_toggled(self, on: bool) -> None:
        text = self._application.language.text
        self.field.caption.setText(text("Recovery code") if on else text("Passphrase"))
        self.secret.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    def _open(self) -> None:
        if not self.secret.text():
            self.field.show_error(self._application.language.text("Type the passphrase."))
            return
        self.open.setEnabled(False)
        if self.recovery.isChecked():
            self._application.open_file(self._path, recovery_code=self.secret.text())
        else:
            self._application.open_file(self._path, passphrase=self.secret.text())
