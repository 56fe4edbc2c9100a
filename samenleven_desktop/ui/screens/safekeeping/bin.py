"""The part *Prullenbak*: what was deleted in the last ninety days, by step, and restoring it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.i18n.file_labels import record_counts
from samenleven_desktop.i18n.labels import command_name
from samenleven_desktop.readmodels.history import BinLine
from samenleven_desktop.services.safekeeping.history import BIN_DAYS, list_bin
from samenleven_desktop.services.safekeeping.restore_commands import PutDeletedBack
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.basic import button, label
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import FlowArea, bare
from samenleven_desktop.ui.widgets.shortcuts import on_key


class BinPanel(QWidget):
    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        box = bare(QVBoxLayout(self), 10)
        row = FlowArea(gap=8)
        self.put_back = button(text("Put back"), self._on_put_back, kind="primary")
        row.append(self.put_back)
        box.addWidget(row)
        words = text(
            "What is deleted stays here for {n} days. After that, names and texts in it are erased.", n=BIN_DAYS
        )
        box.addWidget(label(words, "muted", wrap=True))
        card = ListCard[BinLine](
            context,
            text("Bin"),
            [
                kinds.moment(text("Deleted on"), lambda one: one.deleted_at),
                kinds.text(
                    text("What"),
                    lambda one: command_name(language, one.name, one.details),
                    stretch=3,
                    strong=True,
                    second=lambda one: one.words,
                    tip=lambda one: one.words,
                ),
                kinds.text(text("Comes back"), lambda one: record_counts(language, one.records), stretch=3),
                kinds.text(text("Government"), lambda one: ", ".join(one.governments) or "–", stretch=2),
                kinds.text(text("Who"), lambda one: one.officer, stretch=2),
            ],
            empty=("trash-2", text("The bin is empty.")),
            title="",
        )
        self.model, self.table = card.model, card.table
        self.empty = card.empty
        self.table.row_activated.connect(lambda _: self._on_put_back())
        on_key(self.table, "Ins", text("Put the chosen record back"), self._on_put_back)
        box.addWidget(card, 1)

    def reload(self) -> None:
        self._context.runner.on_read(
            lambda file: file.query(list_bin, file.now), then=self._show, owner=self, latest="bin"
        )

    def _show(self, lines: list[BinLine]) -> None:
        self.model.set_rows(lines)
        self.put_back.setEnabled(bool(lines))

    def _on_put_back(self) -> None:
        index = self.table.currentIndex()
        line = self.model.row(index) if index.isValid() else next(iter(self.model.rows), None)
        if line is not None:
            self._context.runner.run(
                PutDeletedBack(line.command_id), initiator=self, then=lambda _: self._done(), failed=self._failed
            )

    def _done(self) -> None:
        self._context.navigator.notify("good", self._context.language.text("It is back where it was."))
        self.reload()

    def _failed(self, error: SamenlevenError) -> None:
        self._context.navigator.notify("attention", self._context.language.error(error))
