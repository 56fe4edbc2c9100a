"""Restores a backup: shows what would change, and that the current state is saved first."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from samenleven_desktop.i18n.file_labels import RETURNS, comparison_sentences
from samenleven_desktop.i18n.labels import command_name
from samenleven_desktop.readmodels.history import Comparison
from samenleven_desktop.services.safekeeping.backups import Backup
from samenleven_desktop.services.safekeeping.workspace_file import put_back
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from samenleven_desktop.ui.widgets.basic import label

_MOST_STEPS = 8


class RestoreDialog(AskDialog):
    def __init__(self, context: UiContext, backup: Backup, found: Comparison, owner: QWidget) -> None:
        text, language = context.language.text, context.language
        made = backup.made_at.astimezone()
        title = text("Put the backup of {day} {time} back?", day=language.day(made), time=language.clock(made))
        super().__init__(context, owner, title, text("Put back"), self._put_back, danger=True)
        self._backup = backup
        for sentence in comparison_sentences(language, found):
            self.box.addWidget(label(sentence, wrap=True))
        if backup.kept_until is not None:
            self.box.addWidget(label(text(RETURNS), wrap=True))
        for line in found.steps_lost[:_MOST_STEPS]:
            words = command_name(language, line.name, line.details, line.kind)
            moment = line.made_at.astimezone()
            self.box.addWidget(
                label(f"· {language.day_short(moment)} {language.clock(moment)} {words}", "small", wrap=True)
            )
        rest = len(found.steps_lost) - _MOST_STEPS
        if rest > 0:
            self.box.addWidget(label(language.plural("and {n} more", "and {n} more", rest), "small"))
        self.box.addWidget(
            label(
                text("The work file as it is now is kept as a backup first: you can come back to it."),
                "muted",
                wrap=True,
            )
        )
        self.act.setEnabled(not found.is_same)

    def _put_back(self) -> None:
        path = self._backup.path
        self.context.runner.on_store(
            lambda file: put_back(file, path), then=lambda _: self._done(), owner=self, failed=self.fail
        )

    def _done(self) -> None:
        self.accept()
        self.context.navigator.file_replaced(self.context.language.text("The backup is put back."))
