"""The part *Gegeven en ontvangen*: every file sent or received, and undoing a received one."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.i18n.exchange_labels import PROFILES, authors_text, moment_text
from samenleven_desktop.readmodels.exchange import PackLine, PackUndo
from samenleven_desktop.services.exchange.received_packs import look_at_undo, pack_lines
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.undo_pack import UndoPackDialog
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.basic import button
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import bare
from samenleven_desktop.ui.widgets.shortcuts import on_key


class LogPanel(QWidget):
    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        box = bare(QVBoxLayout(self))
        card = ListCard[PackLine](
            context,
            text("Given and received"),
            [
                kinds.text(
                    text("When"), lambda one: moment_text(language, one.done_at), 136, sort=lambda one: one.done_at
                ),
                kinds.text(
                    text("Way"),
                    lambda one: text("received") if one.received else text("given"),
                    100,
                    tone=lambda one: "accent" if one.received else "neutral",
                ),
                kinds.text(
                    text("Colleague"),
                    lambda one: one.colleague,
                    stretch=3,
                    strong=True,
                    second=lambda one: authors_text(language, one.authors),
                ),
                kinds.number(text("Nr"), lambda one: one.number, 52),
                kinds.choice(text("What"), PROFILES, lambda one: one.profile, stretch=2),
                kinds.number(text("Changes"), lambda one: one.changes),
                kinds.text(text("File"), lambda one: one.file_name, stretch=4),
            ],
            empty=("arrow-right-left", text("No file came or went yet.")),
            least=130,
        )
        self.list, self.model, self.table = card, card.model, card.table
        self.undo = button(text("Take back ..."), self._on_undo)
        self.undo.setToolTip(text("Delete in the list"))
        on_key(self.table, "Delete", text("Take the chosen file back"), self._on_undo)
        card.add_buttons(self.undo)
        box.addWidget(card, 1)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_buttons())

    def reload(self) -> None:
        self._context.runner.on_read(pack_lines, then=self._show, owner=self, latest="packs")

    def _show(self, found: list[PackLine]) -> None:
        self.model.set_rows(found)
        self._show_buttons()

    def _show_buttons(self) -> None:
        one = self.list.current()
        self.undo.setVisible(one is not None and one.received)
        self.undo.setEnabled(one is not None and one.standing)

    def _on_undo(self) -> None:
        one = self.list.current()
        if one is not None and one.command_id is not None and one.standing:
            self.undo_step(one.command_id)

    def undo_pack(self, pack_id: str) -> None:
        """Undoes a pack by its id, as the screen has it right after applying it."""

        def found(packs: list[PackLine]) -> None:
            step = next((one.command_id for one in packs if one.pack_id == pack_id and one.received), None)
            if step is not None:
                self.undo_step(step)

        self._context.runner.on_read(pack_lines, then=found, owner=self)

    def undo_step(self, command_id: str) -> None:
        """Previews the effect of undoing first."""
        self._context.runner.on_store(
            lambda file: look_at_undo(file, command_id), then=self._confirm, owner=self, failed=self._fail
        )

    def _confirm(self, found: PackUndo) -> None:
        UndoPackDialog(self._context, found, self, self.reload).open()

    def _fail(self, error: SamenlevenError) -> None:
        self._context.navigator.notify("attention", self._context.language.error(error))
