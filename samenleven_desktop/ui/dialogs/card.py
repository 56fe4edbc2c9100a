"""Cards: the officer's own card to share, and the fingerprint words of a colleague's card, to compare before trust."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.readmodels.exchange import ColleagueLine
from samenleven_desktop.services.core.output_files import write_file
from samenleven_desktop.services.exchange.colleagues import revoke, trust
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from samenleven_desktop.ui.dialogs.file_dialogs import PNG, ask_save
from samenleven_desktop.ui.dialogs.fit_to_screen import FittingDialog
from samenleven_desktop.ui.widgets.basic import button, label
from samenleven_desktop.ui.widgets.fingerprint_words import SixWords, print_words, words_png

if TYPE_CHECKING:
    from samenleven_desktop.sync.card import Card

CARD_ENDING = "samenlevenkaart"


@dataclass(frozen=True)
class CardWords:
    """A card with its fingerprint words, computed on a worker thread: that takes a tenth of a second."""

    card: Card
    words: tuple[str, ...]

    @classmethod
    def of(cls, card: Card) -> CardWords:
        return cls(card, card.words)

    @property
    def label(self) -> str:
        return self.card.label


class OwnWordsDialog(FittingDialog):
    """The officer's own six words in large type; as an image or on paper if calling is not possible."""

    def __init__(self, context: UiContext, card: CardWords, owner: QWidget) -> None:
        super().__init__(owner.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._card = context, card
        text = context.language.text
        self.setWindowTitle(text("Your six words"))
        self.setMinimumWidth(560)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 18)
        box.setSpacing(12)
        self._title = text("Words of {label}", label=card.label)
        self._explained = text(
            "These words belong to this card. Who sees the same words on the other computer has the real card."
        )
        box.addWidget(label(self._title, "card-title", wrap=True))
        self.words = SixWords(card.words)
        box.addWidget(self.words)
        box.addWidget(
            label(
                text(
                    "Read them to your colleague by phone or side by side, never by the same e-mail as the card. "
                    "When all six are the same, the card is really yours."
                ),
                "muted",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.addStretch(1)
        self.save = button(text("Save as picture ..."), self._on_save)
        self.print = button(text("Print ..."), self._on_print)
        self.leave = button(text("Close"), self.accept, kind="primary")
        for one in (self.save, self.print, self.leave):
            row.addWidget(one)
        box.addLayout(row)
        self.leave.setFocus()

    def _on_save(self) -> None:
        text = self._context.language.text
        name = text("Six words of {label}", label=self._card.label)
        ask_save(self, text("Save as picture"), name, (PNG,), self.save_to, kind="card")

    def save_to(self, path: Path) -> None:
        picture = words_png(self._title, self._card.words, self._explained)
        self._context.runner.free(
            lambda: write_file(path, picture, for_others=True),
            then=lambda _: self._context.navigator.saved(path),
            owner=self.parent() or self,
        )

    def _on_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: print_words(printer, self._title, self._card.words, self._explained))
        dialog.show()


class CompareWordsDialog(AskDialog):
    """Trusts a colleague; shown before that, because the words must be compared with the colleague first."""

    def __init__(self, context: UiContext, card: CardWords, owner: QWidget, then: Callable[[], None]) -> None:
        text = context.language.text
        title = text("Compare words with {label}", label=card.label)
        super().__init__(context, owner, title, text("The six words are the same"), self._trust, danger=False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(580)
        self._card, self._then = card, then
        self.box.addWidget(
            label(
                text(
                    "Call {label}, or sit together. Let your colleague read the words under 'Your card' aloud, and "
                    "compare them with these:",
                    label=card.label,
                ),
                wrap=True,
            )
        )
        self.words = SixWords(card.words)
        self.box.addWidget(self.words)
        self.box.addWidget(
            label(
                text(
                    "When one word differs, this card is not from your colleague: choose Cancel and throw it away. "
                    "From now on files of this colleague are good, and you can make files for this colleague."
                ),
                "muted",
                wrap=True,
            )
        )

    def _trust(self) -> None:
        card = self._card.card
        self.context.runner.on_store(
            lambda file: trust(file, card),
            then=lambda _: self._done(),
            owner=self,
            failed=self.fail,
            noted=True,
        )

    def _done(self) -> None:
        self.accept()
        self._then()


class TheirWordsDialog(FittingDialog):
    """The words of a trusted colleague, to compare them again."""

    def __init__(self, context: UiContext, line: ColleagueLine, owner: QWidget) -> None:
        super().__init__(owner.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        language, text = context.language, context.language.text
        self.setWindowTitle(text("Words of {label}", label=line.label))
        self.setMinimumWidth(560)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 18)
        box.setSpacing(12)
        box.addWidget(label(text("Words of {label}", label=line.label), "card-title", wrap=True))
        self.words = SixWords(line.words)
        box.addWidget(self.words)
        day = language.day(line.trusted_at.astimezone())
        box.addWidget(label(text("You compared these words on {day}.", day=day), "muted", wrap=True))
        row = QHBoxLayout()
        row.addStretch(1)
        self.leave = button(text("Close"), self.accept, kind="primary")
        row.addWidget(self.leave)
        box.addLayout(row)
        self.leave.setFocus()


class RevokeDialog(AskDialog):
    def __init__(self, context: UiContext, line: ColleagueLine, owner: QWidget, then: Callable[[], None]) -> None:
        text = context.language.text
        title = text("No longer trust {label}?", label=line.label)
        super().__init__(context, owner, title, text("No longer trust"), self._revoke, danger=True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._line, self._then = line, then
        self.box.addWidget(
            label(
                text(
                    "From now on you make no files for this colleague and take none over. What you have already stays. "
                    "Do this when a laptop is lost or somebody leaves; a new card starts anew."
                ),
                wrap=True,
            )
        )

    def _revoke(self) -> None:
        fingerprint = self._line.fingerprint
        self.context.runner.on_store(
            lambda file: revoke(file, fingerprint),
            then=lambda _: self._done(),
            owner=self,
            failed=self.fail,
            noted=True,
        )

    def _done(self) -> None:
        self.accept()
        self._then()
