"""Asks apart whether what the file of a colleague erases is erased here too, by name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from samenleven_desktop.i18n.exchange_labels import KEPT_BEFORE, erasing_line
from samenleven_desktop.readmodels.exchange import PackPreview
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from samenleven_desktop.ui.widgets.basic import label


class ErasingDialog(AskDialog):
    """Lists what a pack erases; `then` takes the pack over."""

    def __init__(self, context: UiContext, found: PackPreview, owner: QWidget, then: Callable[[], None]) -> None:
        language = context.language
        title = language.plural("Erase {n} record for good?", "Erase {n} records for good?", len(found.erasing))
        super().__init__(context, owner, title, language.text("Take over and erase"), self._agree, danger=True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._then = then
        words = language.text(
            "{colleague} erased this for good. Taking the file over erases it here too, in the backups as well.",
            colleague=found.sender,
        )
        self.box.addWidget(label(words, wrap=True))
        for one in found.erasing:
            self.box.addWidget(label(erasing_line(language, one), wrap=True))
        self.box.addWidget(label(language.text(KEPT_BEFORE), "muted", wrap=True))

    def _agree(self) -> None:
        self.accept()
        self._then()
