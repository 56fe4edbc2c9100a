"""Asks apart whether work is taken over that a colleague passes on without proof of who wrote it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from samenleven_desktop.i18n.exchange_labels import author_sentences
from samenleven_desktop.readmodels.exchange import PackPreview
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from samenleven_desktop.ui.widgets.basic import label


class UnprovenDialog(AskDialog):
    """Names whose work it may be; `then` goes on with taking the pack over."""

    def __init__(self, context: UiContext, found: PackPreview, owner: QWidget, then: Callable[[], None]) -> None:
        text = context.language.text
        title = text("Take over work that is not proven?")
        super().__init__(context, owner, title, text("Take over and mark"), self._agree, danger=False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._then = then
        words = text(
            "Nothing proves whose work this is: only {colleague} says so. Ask when in doubt.",
            colleague=found.sender,
        )
        self.box.addWidget(label(words, wrap=True))
        for sentence in author_sentences(context.language, found.unproven, found.sender):
            self.box.addWidget(label(sentence, wrap=True))

    def _agree(self) -> None:
        self.accept()
        self._then()
