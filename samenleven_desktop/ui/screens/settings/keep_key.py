"""Check box for keeping the key of the open file in the keyring of this computer, with the result below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.services.safekeeping.keys import kept_key
from samenleven_desktop.services.workfile.kept_key import KeptKey
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.keyring import SystemKeyring
from samenleven_desktop.ui.widgets.basic import label, restyle
from samenleven_desktop.ui.widgets.responsive import bare


class KeepKeyBox(QWidget):
    """Checked while the key is kept; a click stores or removes it."""

    def __init__(self, context: UiContext, keyring: SystemKeyring) -> None:
        super().__init__()
        self._context, self._keyring = context, keyring
        self._asking = False
        column = bare(QVBoxLayout(self), 4)
        text = context.language.text
        self.box = QCheckBox(text("Keep the key in this computer's keyring, so that the file opens by itself"))
        self.note = label("", "small", wrap=True)
        self.note.hide()
        column.addWidget(self.box)
        column.addWidget(self.note)
        self.box.clicked.connect(self._on_clicked)
        keyring.kept_changed.connect(self._show)
        self._show()

    def reload(self) -> None:
        """Queries the keyring only if opening the file did not show it already: the keyring may prompt the user."""
        if self._keyring.kept is None and not self._context.practice:
            self._context.runner.on_read(kept_key, then=self._keyring.look, owner=self)

    def _show(self) -> None:
        if not self._asking:
            self.box.setChecked(bool(self._keyring.kept))

    def _on_clicked(self, on: bool) -> None:
        self._asking = True
        self.box.setEnabled(False)
        self._show_note("small", self._context.language.text("The keyring is asked. It may show a window of its own."))
        self._context.runner.on_read(kept_key, then=lambda key: self._keep(key, on), owner=self)

    def _keep(self, key: KeptKey, on: bool) -> None:
        text = self._context.language.text
        words = text("The key is kept.") if on else text("The key is forgotten.")
        self._keyring.keep(key, on, owner=self, then=lambda: self._done("small", words), failed=self._failed)

    def _failed(self, error: EnvironmentFault) -> None:
        self._done("error", self._context.language.error(error))

    def _done(self, role: str, words: str) -> None:
        focus = self.box.window().focusWidget() is None
        self._asking = False
        self.box.setEnabled(True)
        self._show()
        self._show_note(role, words)
        if focus:
            # A disabled box loses the keyboard focus; restore it.
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_note(self, role: str, words: str) -> None:
        restyle(self.note, "role", role)
        self.note.setText(words)
        self.note.show()
