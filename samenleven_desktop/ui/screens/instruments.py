"""The card of other instruments, in a dossier and on the page of an action."""

from __future__ import annotations

from samenleven_desktop.i18n.labels import INSTRUMENT_STATES, INSTRUMENT_TONES
from samenleven_desktop.readmodels.instruments import InstrumentLine
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.instruments.commands import DeleteInstrument
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.instrument import InstrumentDialog
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.basic import button
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.shortcuts import on_key


class InstrumentsCard(ListCard[InstrumentLine]):
    """Which other subsidy pays, how much and until when: of one government, or (`governments`) for one action."""

    def __init__(self, context: UiContext, *, governments: bool, whole: int = 0) -> None:
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)

        def second(line: InstrumentLine) -> str:
            about = line.government_name if governments else f"{line.action} {line.action_title}".strip()
            via = "" if governments or line.government_id == self._government_id else line.government_name
            through = text("through {partnership}", partnership=via) if via else ""
            return " · ".join(filter(None, [through, about, line.giver]))

        super().__init__(
            context,
            text("Other instruments"),
            [
                kinds.text(
                    text("Instrument"),
                    lambda line: line.name,
                    stretch=5,
                    strong=True,
                    second=second,
                    tip=lambda line: " · ".join(filter(None, [line.name, second(line), line.document, line.note])),
                ),
                kinds.money(text("Amount"), lambda line: line.amount_cents, 88),
                kinds.choice(
                    text("State"), INSTRUMENT_STATES, lambda line: line.instrument_state, 112, tones=INSTRUMENT_TONES
                ),
                kinds.day(text("Deadline"), lambda line: line.deadline),
                kinds.day(text("Pays until"), lambda line: line.end),
            ],
            empty=("hand-helping", text("No other subsidy or call noted.")),
            whole=whole,
        )
        self._government_id: str | None = None
        self._action_id: str | None = None
        self.new = button(text("New ..."), self._on_new, kind="link")
        self.change = button(text("Change ..."), self._on_change, kind="link")
        self.delete = button(text("Delete"), self._on_delete, kind="link")
        for one in (self.delete, self.change, self.new):
            self.head.addWidget(one)
        self.need_rows(self.change, self.delete)
        self.table.row_activated.connect(lambda _: self._on_change())
        on_key(self.table, "Del", text("Delete the chosen other instrument"), self._on_delete)

    def show_lines(
        self, lines: tuple[InstrumentLine, ...], *, government_id: str | None = None, action_id: str | None = None
    ) -> None:
        """Shows the instruments; a new one is for this government or action at first."""
        self._government_id, self._action_id = government_id, action_id
        self.show_rows(lines)

    def _on_new(self) -> None:
        InstrumentDialog(self._context, self._government_id, None, self, action_id=self._action_id).open()

    def _on_change(self) -> None:
        line = self.current()
        if line is not None:
            InstrumentDialog(self._context, line.government_id, line, self).open()

    def _on_delete(self) -> None:
        line = self.current()
        if line is not None:
            words = self._context.language.text("{name} is deleted.", name=line.name)
            self._context.runner.run(
                DeleteInstrument(line.id), initiator=self, then=lambda done: self._deleted(words, done)
            )

    def _deleted(self, words: str, done: Done[None]) -> None:
        self._context.navigator.offer_undo(words, done.command_id)
