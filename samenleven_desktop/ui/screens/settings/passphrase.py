"""New passphrase and new recovery sheet: both change the key of the file, so both ask for the current passphrase."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import EnvironmentFault, SamenlevenError
from samenleven_desktop.services.safekeeping.backups import NewKey
from samenleven_desktop.services.safekeeping.keys import change_passphrase, kept_key, new_recovery_code
from samenleven_desktop.services.safekeeping.workspace_file import FileFacts
from samenleven_desktop.services.workfile.kept_key import KeptKey
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.recovery import RecoveryDialog
from samenleven_desktop.ui.keyring import SystemKeyring
from samenleven_desktop.ui.progress import ProgressRelay
from samenleven_desktop.ui.widgets.basic import Field, button, label
from samenleven_desktop.ui.widgets.passphrase_hint import PassphraseHint
from samenleven_desktop.ui.widgets.responsive import bare


class PassphrasePart(QWidget):
    """`changed` is called after a change of key: information about the file shown elsewhere is then outdated."""

    changed = Signal()

    def __init__(self, context: UiContext, keyring: SystemKeyring) -> None:
        super().__init__()
        self._context, self._keyring = context, keyring
        text = context.language.text
        box = bare(QVBoxLayout(self))
        self.present, self.passphrase = QLineEdit(), QLineEdit()
        for edit in (self.present, self.passphrase):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.present_field = Field(text("Present passphrase"), self.present)
        self.passphrase_field = Field(text("New passphrase"), self.passphrase)
        self.hint = PassphraseHint(context.language, self.passphrase)
        row = QHBoxLayout()
        row.addWidget(self.present_field, 1)
        row.addWidget(self.passphrase_field, 1)
        self.change = button(text("Change passphrase"), self._on_change)
        row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignBottom)
        box.addLayout(row)
        box.addWidget(self.hint)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(text("The file gets another key."))
        self.progress.hide()
        box.addWidget(self.progress)
        self.recovery = button(text("New recovery sheet ..."), self._on_recovery)
        self.note = label("", "small", wrap=True)
        box.addWidget(self.recovery, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.note)
        if context.practice:
            self.setEnabled(False)
            self.note.setText(text("The passphrase of a practice file is public: nothing in it counts."))

    def show_facts(self, facts: FileFacts) -> None:
        if not self._context.practice:
            text = self._context.language.text
            self.note.setText(
                text("A recovery sheet was made. A new one replaces it; that asks for the present passphrase.")
                if facts.has_recovery
                else text("No recovery sheet yet. Without one, a forgotten passphrase means that all work is lost.")
            )

    def _on_change(self) -> None:
        present, words, progress = self.present.text(), self.passphrase.text(), self._work()
        self._run(lambda file: change_passphrase(file, present, words, progress), self._on_changed)

    def _on_recovery(self) -> None:
        if not self.present.text():
            self.present_field.show_error(self._context.language.text("Type the present passphrase first."))
            self.present.setFocus()
            return
        present, progress = self.present.text(), self._work()
        self._run(lambda file: new_recovery_code(file, present, progress), self._show_sheet)

    def _run(self, work: Callable[[Workspace], NewKey], then: Callable[[NewKey], None]) -> None:
        for field in (self.present_field, self.passphrase_field):
            field.show_error("")
        self._busy(True)
        self._context.runner.on_store(work, then=then, owner=self, failed=self._refused)

    def _refused(self, error: SamenlevenError) -> None:
        self._busy(False)
        if isinstance(error, EnvironmentFault) and error.field != "passphrase":
            self._notify("bad", self._context.language.error(error))
            return
        wrong = self.present_field if isinstance(error, EnvironmentFault) else self.passphrase_field
        wrong.show_error(self._context.language.error(error))
        wrong.editor.setFocus()

    def _on_changed(self, made: NewKey) -> None:
        text = self._context.language.text
        self._notify("good", text("The passphrase is changed. Backups of before still open with the old one."))
        self._show_sheet(made)

    def _show_sheet(self, made: NewKey) -> None:
        self._busy(False)
        self.present.clear()
        self.passphrase.clear()
        self.changed.emit()
        context = self._context
        if made.problem is not None:
            self._notify("attention", context.language.error(made.problem))
        if self._keyring.kept:
            # The keyring still has the old key, which no longer opens the file.
            context.runner.on_read(kept_key, then=self._keep, owner=self)
        code = made.code
        if code is not None:
            context.runner.on_read(
                lambda file: file.path.name,
                then=lambda name: RecoveryDialog(context, code, name, self).open(),
                owner=self,
            )

    def _keep(self, key: KeptKey) -> None:
        self._keyring.keep(
            key,
            True,
            owner=self,
            then=lambda: None,
            failed=lambda error: self._notify("attention", self._context.language.error(error)),
        )

    def _work(self) -> Callable[[int, int], None]:
        """Returns the progress callback, which is called on the worker thread."""
        return ProgressRelay(self._on_progress).report

    def _on_progress(self, values: tuple[int, int]) -> None:
        done, whole = values
        self.progress.setRange(0, whole)
        self.progress.setValue(done)

    def _busy(self, busy: bool) -> None:
        self.progress.setRange(0, 0)
        self.progress.setVisible(busy)
        for part in (self.change, self.recovery):
            part.setEnabled(not busy)

    def _notify(self, tone: str, words: str) -> None:
        self._context.navigator.notify(tone, words)
