"""A work file that does not open by itself: enter the passphrase, use the recovery code, or select another file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.ui.widgets.basic import CardFrame, Field, button, label
from samenleven_desktop.ui.widgets.responsive import FlowArea

if TYPE_CHECKING:
    from samenleven_desktop.ui.main_window import WorkFileControl


class UnlockScreen(QWidget):
    """Shows why the file is not open; asks for the passphrase only if that can help."""

    def __init__(self, files: WorkFileControl, path: Path, error: SamenlevenError) -> None:
        super().__init__()
        self.setObjectName("page")
        self._files, self._path = files, path
        self.path = path.resolve()
        text = files.language.text
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        card = CardFrame(path.name)
        card.setFixedWidth(480)
        sentence = label(files.language.error(error), "muted", wrap=True)
        card.body.addWidget(sentence)
        row = FlowArea(gap=8)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.recovery = QCheckBox(text("I use the code of my recovery sheet"))
        self.open = button(text("Open"), self._open, kind="primary")
        self.field = Field(text("Passphrase"), self.secret)
        self.rescue: QPushButton | None = None
        self.waiting = label("", "muted")
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count_down)
        if error.field in ("passphrase", "wait"):
            card.body.addWidget(self.field)
            card.body.addWidget(self.recovery)
            row.append(self.open)
            self.secret.returnPressed.connect(self._open)
            self.recovery.toggled.connect(self._on_recovery_toggled)
        else:
            self._offer_rescue(card, row, error)
            kind = "" if self.rescue is not None else "primary"
            row.append(button(text("Try again"), lambda: files.open_file(path), kind=kind))
        row.append(button(text("Another file ..."), files.show_welcome))
        card.body.addWidget(self.waiting)
        card.body.addWidget(row)
        self._count_down()
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)

    def waits_for(self, path: Path) -> bool:
        """Returns whether the passphrase of this file is requested and not yet typed."""
        return path == self._path and self.open.isEnabled() and not self.secret.text()

    def _offer_rescue(self, card: CardFrame, row: FlowArea, error: SamenlevenError) -> None:
        """If the file itself is damaged and has a backup beside it: offers that backup, and the passphrase it needs."""
        from samenleven_desktop.services.safekeeping.backups import can_help, newest
        from samenleven_desktop.services.workfile.opening import practice_passphrase

        backup = newest(self._path)
        if backup is None or not can_help(error):
            return
        language = self._files.language
        made = backup.made_at.astimezone()
        words = language.text(
            "The newest backup is of {day} {time}. The file as it is now is kept beside it.",
            day=language.day(made),
            time=language.clock(made),
        )
        card.body.addWidget(label(words, wrap=True))
        if practice_passphrase(self._path) is None:
            card.body.addWidget(self.field)
            card.body.addWidget(self.recovery)
            self.recovery.toggled.connect(self._on_recovery_toggled)
            self.secret.returnPressed.connect(self._rescue)
        self.rescue = button(language.text("Put this backup back"), self._rescue, kind="primary")
        row.append(self.rescue)

    def _rescue(self) -> None:
        if self.rescue is None:
            return
        self.rescue.setEnabled(False)
        secret = self.secret.text() or None
        code = self.recovery.isChecked()
        self._files.rescue_file(self._path, None if code else secret, secret if code else None)

    def _count_down(self) -> None:
        """After several wrong passphrases the next attempt is delayed; shows the remaining time and ignores Enter
        meanwhile."""
        from samenleven_desktop.services.safekeeping.passphrase_backoff import Attempts

        left = Attempts().seconds_to_wait(self._path)
        self.open.setEnabled(not left)
        self.waiting.setVisible(bool(left))
        language = self._files.language
        self.waiting.setText(language.plural("Wait {n} second.", "Wait {n} seconds.", left))
        if left and not self._tick.isActive():
            self._tick.start()
        elif not left:
            self._tick.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.secret.setFocus()

    def _on_recovery_toggled(self, on: bool) -> None:
        text = self._files.language.text
        self.field.caption.setText(text("Recovery code") if on else text("Passphrase"))
        self.secret.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    def _open(self) -> None:
        if not self.open.isEnabled():
            return
        if not self.secret.text():
            self.field.show_error(self._files.language.text("Type the passphrase."))
            return
        self.open.setEnabled(False)
        if self.recovery.isChecked():
            self._files.open_file(self._path, recovery_code=self.secret.text())
        else:
            self._files.open_file(self._path, passphrase=self.secret.text())
