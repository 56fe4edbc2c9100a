"""Undoes a colleague's file: shows what is reverted, and whether colleagues will notice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from samenleven_desktop.i18n.exchange_labels import stays_erased_text
from samenleven_desktop.i18n.file_labels import record_counts
from samenleven_desktop.readmodels.exchange import PackUndo
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.exchange.received_packs import take_back
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from samenleven_desktop.ui.widgets.basic import label


class UndoPackDialog(AskDialog):
    def __init__(self, context: UiContext, found: PackUndo, owner: QWidget, then: Callable[[], None]) -> None:
        text = context.language.text
        title = text("Take the file of {colleague} back?", colleague=found.colleague)
        super().__init__(context, owner, title, text("Take back"), self._undo, danger=False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._found, self._then = found, then
        records = record_counts(context.language, found.records)
        if records:
            self.box.addWidget(label(text("Becomes as it was: {what}.", what=records), wrap=True))
        if found.erases:
            self.box.addWidget(label(stays_erased_text(context.language, found), wrap=True))
        if found.built_upon:
            words = text(
                "You worked on with what this file brought. What you changed yourself since then stays; the rest goes "
                "back, and your colleagues get that as a change with your next file."
            )
        elif found.by_changes:
            words = text(
                "The rest goes back to what it was, and your colleagues get that as a change with your next file."
            )
        elif found.erases:
            words = text("The rest is as if the file had never come. You can take it over again later.")
        else:
            words = text(
                "Nothing was built on it: it is as if the file had never come. You can take it over again later."
            )
        self.box.addWidget(label(words, "muted", wrap=True))

    def _undo(self) -> None:
        id_ = self._found.command_id
        self.context.runner.write(lambda file: take_back(file, id_), initiator=self, then=self._done, failed=self.fail)

    def _done(self, done: Done[str]) -> None:
        self.accept()
        words = self.context.language.text("The file of {colleague} is taken back.", colleague=done.result)
        self.context.navigator.notify("good", words)
        self._then()
