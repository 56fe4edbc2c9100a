"""The part *Collega's*: the officer's own card, trusted colleagues, and how much of this file each of them has."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.i18n.exchange_labels import colleague_state, moment_text
from samenleven_desktop.readmodels.exchange import ColleagueLine
from samenleven_desktop.services.exchange.colleagues import list_colleagues, look_at_card, own_card, save_card
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.card import (
    CARD_ENDING,
    CardWords,
    CompareWordsDialog,
    OwnWordsDialog,
    RevokeDialog,
    TheirWordsDialog,
)
from samenleven_desktop.ui.dialogs.file_dialogs import SaveAs, ask_file, ask_save
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.shared_keys import ADD_KEY
from samenleven_desktop.ui.widgets.basic import CardFrame, button, label
from samenleven_desktop.ui.widgets.fingerprint_words import SixWords
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import FlowArea, bare, folding
from samenleven_desktop.ui.widgets.shortcuts import on_key


class ColleaguesPanel(QWidget):
    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.card: CardWords | None = None
        line = folding(bare(QHBoxLayout(self), 14))
        left = QVBoxLayout()
        left.addWidget(self._own())
        left.addStretch(1)
        line.addLayout(left, 5)
        line.addWidget(self._others(), 10)

    def _own(self) -> QWidget:
        text = self._context.language.text
        card = CardFrame(text("Your card"))
        self.own_label = label("", "strong", wrap=True)
        card.body.addWidget(self.own_label)
        card.body.addWidget(
            label(
                text(
                    "Give this card to a colleague, by e-mail or on a stick, and read these six words aloud. "
                    "A card holds no secrets."
                ),
                "muted",
                wrap=True,
            )
        )
        self.own_words = SixWords(big=False)
        card.body.addWidget(self.own_words)
        row = FlowArea(gap=8)
        self.save_card = button(text("Save card ..."), self._on_save_card, kind="primary")
        self.show_words = button(text("Words big ..."), self._on_show_words)
        for one in (self.save_card, self.show_words):
            one.setEnabled(False)
            row.append(one)
        card.body.addWidget(row)
        return card

    def _others(self) -> QWidget:
        language, text = self._context.language, self._context.language.text
        kinds = ColumnKinds(language)
        card = ListCard[ColleagueLine](
            self._context,
            text("Colleagues"),
            [
                kinds.text(
                    text("Colleague"),
                    lambda one: one.label,
                    strong=True,
                    second=lambda one: colleague_state(language, one),
                    tip=lambda one: colleague_state(language, one),
                ),
                kinds.text(text("Last received"), lambda one: moment_text(language, one.last_received), 132),
                kinds.text(text("Last given"), lambda one: moment_text(language, one.last_sent), 132),
            ],
            empty=("users", text("No colleague yet. Ask for a card, add it here, and compare the six words.")),
            least=130,
        )
        self.list, self.model, self.table = card, card.model, card.table
        self.model.identity = lambda row: row.fingerprint  # type: ignore[method-assign]
        self.table.row_activated.connect(self._on_their_words)
        on_key(self.table, "Delete", text("Trust the chosen card no longer"), self._on_revoke)
        self.add = button(text("Add card ..."), self._on_add, kind="primary")
        self.add.setToolTip(ADD_KEY)
        self.their_words = button(text("Words ..."), self._on_their_words)
        self.revoke = button(text("No longer trust ..."), self._on_revoke)
        self.revoke.setToolTip(text("Delete in the list"))
        card.add_buttons(self.add, self.their_words, self.revoke)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_buttons())
        return card

    def reload(self) -> None:
        runner = self._context.runner
        # The keys of a file are created at their first use, so this is a write.
        runner.on_store(lambda file: CardWords.of(own_card(file)), then=self._show_own, owner=self, latest="own-card")
        runner.on_read(list_colleagues, then=self._show, owner=self, latest="colleagues")

    def _show_own(self, card: CardWords) -> None:
        self.card = card
        self.own_label.setText(self._context.language.text(card.label))
        self.own_words.show_words(card.words)
        self.save_card.setEnabled(True)
        self.show_words.setEnabled(True)

    def _show(self, found: list[ColleagueLine]) -> None:
        self.model.set_rows(found)
        self._show_buttons()

    def _show_buttons(self) -> None:
        one = self.list.current()
        self.their_words.setVisible(one is not None)
        self.revoke.setVisible(one is not None and not one.revoked)

    # The own card

    def _on_save_card(self) -> None:
        if self.card is None:
            return
        text = self._context.language.text
        kind = text("Card of Samenleven")
        ask_save(
            self, text("Save card"), self.card.label, (SaveAs(kind, f".{CARD_ENDING}"),), self.save_card_to, kind="card"
        )

    def save_card_to(self, path: Path) -> None:
        words = self._context.language.text("Your card is saved as {file}. Give it to your colleague.", file=path.name)
        self._context.runner.on_store(
            lambda file: save_card(file, path),
            then=lambda _: self._context.navigator.notify("good", words),
            owner=self,
        )

    def _on_show_words(self) -> None:
        if self.card is not None:
            OwnWordsDialog(self._context, self.card, self).open()

    # Colleagues

    def _on_add(self) -> None:
        text = self._context.language.text
        kind = text("Card of Samenleven")
        filters = [f"{kind} (*.{CARD_ENDING})", text("All files") + " (*)"]
        ask_file(self, text("Add the card of a colleague"), filters, self.add_card, kind="card")

    def add_card(self, path: Path) -> None:
        """Shows the fingerprint words of a card; it becomes trusted only after they are compared."""
        self._context.runner.on_store(
            lambda file: CardWords.of(look_at_card(file, path)),
            then=self._compare,
            owner=self,
            failed=self._fail,
        )

    def _compare(self, card: CardWords) -> None:
        CompareWordsDialog(self._context, card, self, self.reload).open()

    def _on_their_words(self, _row: object = None) -> None:
        one = self.list.current()
        if one is not None:
            TheirWordsDialog(self._context, one, self).open()

    def _on_revoke(self) -> None:
        one = self.list.current()
        if one is not None and not one.revoked:
            RevokeDialog(self._context, one, self, self.reload).open()

    def _fail(self, error: SamenlevenError) -> None:
        self._context.navigator.notify("attention", self._context.language.error(error))
