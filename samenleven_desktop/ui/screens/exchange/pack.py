"""One file of a colleague: preview, applying it, and undoing it afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import N_, SamenlevenError, UserError
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.i18n.exchange_labels import (
    PROFILES,
    brought_text,
    moment_text,
    preview_notes,
    since_text,
    size_text,
)
from samenleven_desktop.i18n.labels import TABLES
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.exchange import Choice, PackPreview
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.exchange.apply_pack import preview_pack
from samenleven_desktop.services.exchange.received_packs import take_pack_over
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.pack_authors import UnprovenDialog
from samenleven_desktop.ui.dialogs.pack_erasures import ErasingDialog
from samenleven_desktop.ui.keyboard import printed
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.progress import ProgressRelay
from samenleven_desktop.ui.screens.exchange.conflicts import ConflictsPanel
from samenleven_desktop.ui.shared_keys import TAKE_KEY
from samenleven_desktop.ui.widgets.basic import CardFrame, Tile, button, label, pill, restyle
from samenleven_desktop.ui.widgets.responsive import FlowArea, actions_area, bare, folding, yielding
from samenleven_desktop.ui.widgets.table import DataTable

STOPPED = N_("Stopped. Nothing was taken over.")

TableRow = tuple[str, int, int, int]


class PackView(QWidget):
    """Shows the preview of `path`; emits `closed` when the user closes it, and `undo_requested` with the id of the
    step."""

    closed = Signal()
    decided_later = Signal()
    undo_requested = Signal(str)
    taken_over = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._path: Path | None = None
        self._stopping = threading.Event()
        self.shown: PackPreview | None = None
        box = bare(QVBoxLayout(self), 12)
        box.addWidget(self._head())
        box.addWidget(self._progress_area())
        self.tiles_box = self._tiles()
        box.addWidget(self.tiles_box)
        self.notes = label("", "attention", wrap=True)
        self.notes.hide()
        box.addWidget(self.notes)
        columns = folding(QHBoxLayout())
        columns.setSpacing(14)
        columns.addWidget(self._kinds(), 3)
        columns.addWidget(self._both(), 10)
        columns.addWidget(self._dossiers_card(), 10)
        box.addLayout(columns, 1)
        self.rest = QWidget()
        box.addWidget(self.rest, 1)

    # Building

    def _head(self) -> QWidget:
        """Builds the header: the file on the left, its buttons on the right; always visible."""
        card = CardFrame()
        line = folding(QHBoxLayout())
        line.setSpacing(14)
        words = QVBoxLayout()
        words.setSpacing(6)
        first, second = FlowArea(gap=8), FlowArea(gap=8)
        self.name, self.from_whom, self.weight = label("", "strong"), label(""), label("", "muted")
        for part in (self.name, self.from_whom, self.weight):
            first.append(part)
        self.pills = [pill("", tone) for tone in ("good", "neutral", "neutral", "neutral")]
        for one in self.pills:
            second.append(one)
        self.note = label("", "small", wrap=True)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.pills_line = second
        words.addWidget(first)
        words.addWidget(second)
        words.addWidget(self.note)
        words.addWidget(self.problem)
        line.addLayout(words, 1)
        line.addWidget(self._buttons())
        card.body.addLayout(line)
        return card

    def _tiles(self) -> QWidget:
        text = self._context.language.text
        holder = QWidget()
        line = folding(bare(QHBoxLayout(holder), 14))
        self.tiles = {
            "new": Tile(text("New")),
            "changed": Tile(text("Changed")),
            "deleted": Tile(text("Deleted")),
            "known": Tile(text("Already known")),
            "both": Tile(text("Both changed")),
        }
        for tile in self.tiles.values():
            # Only a figure, so lower than a tile with a remark: the choices below stay visible.
            tile.setContentsMargins(0, -6, 0, -6)
        for group in (("new", "changed"), ("deleted", "known"), ("both",)):
            part = QHBoxLayout()
            part.setSpacing(14)
            for name in group:
                part.addWidget(self.tiles[name], 1)
            line.addLayout(part, len(group))
        return holder

    def _kinds(self) -> QWidget:
        language, text = self._context.language, self._context.language.text
        kinds = ColumnKinds(language)
        self.kinds_card = CardFrame(text("What comes"))
        self.kinds_model = RowsModel[TableRow](
            [
                kinds.text(
                    text("What"),
                    lambda row: text(TABLES.get(row[0], row[0])),
                    strong=True,
                    second=lambda row: _numbers(language, row),
                )
            ]
        )
        self.kinds = DataTable(self._context.theme, self.kinds_model, text("What comes"))
        self.kinds_card.body.addWidget(yielding(self.kinds, 110), 1)
        self.nothing = label(text("Nothing that is not here already."), "muted", wrap=True)
        self.kinds_card.body.addWidget(self.nothing)
        self.kinds_card.body.addStretch(0)
        return self.kinds_card

    def _both(self) -> QWidget:
        text = self._context.language.text
        hint = text("In the list: 1 yours, 2 your colleague's, 3 both.")
        self.both_card = CardFrame(text("Both changed · choose per field"), hint)
        self.conflicts = ConflictsPanel(self._context, where_choice=True)
        self.conflicts.chosen.connect(self._on_chosen)
        self.both_card.body.addWidget(self.conflicts, 1)
        return self.both_card

    def _dossiers_card(self) -> QWidget:
        """Builds the list of the dossiers concerned, where there is no choice to make."""
        self.where_card = CardFrame(self._context.language.text("Governments"))
        self.governments = label("", wrap=True)
        self.where_card.body.addWidget(self.governments)
        self.where_card.body.addStretch(1)
        return self.where_card

    def _progress_area(self) -> QWidget:
        self.working = QWidget()
        line = bare(QHBoxLayout(self.working))
        self.stage = label("", "muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(self._context.language.text("Taking over"))
        self.stop = button(self._context.language.text("Stop"), self._on_stop)
        line.addWidget(self.stage)
        line.addWidget(self.progress, 1)
        line.addWidget(self.stop)
        self.working.hide()
        return self.working

    def _buttons(self) -> QWidget:
        text = self._context.language.text
        row = actions_area()
        self.take = button(text("Take over"), self._on_take, kind="primary")
        self.take.setToolTip(printed(TAKE_KEY))
        self.back = button(text("Not now"), self.closed.emit)
        self.undo = button(text("Take back ..."), self._on_undo)
        self.decide = button("", self.decided_later.emit)
        self.done = button(text("Close"), self.closed.emit, kind="primary")
        for one in (self.back, self.take, self.decide, self.undo, self.done):
            row.append(one)
        return row

    # Preview

    def open_file(self, path: Path) -> None:
        """Reads, verifies and previews a file; nothing is written."""
        language = self._context.language
        self._path, self.shown = path, None
        self.name.setText(path.name)
        self.note.setText("")
        self.from_whom.setText(language.text("Reading ..."))
        for one in self.pills:
            one.hide()
        self.weight.setText("")
        self._show_problem("")
        self._show_parts(ready=False)
        self._context.runner.on_store(
            lambda file: preview_pack(file, path),
            then=self._show,
            owner=self,
            failed=self._refuse,
            latest="pack-preview",
        )

    def _show(self, found: PackPreview) -> None:
        self.shown = found
        language, text = self._context.language, self._context.language.text
        self._show_problem("")
        self.name.setText(found.file_name)
        made = moment_text(language, found.made_at)
        self.from_whom.setText(text("from {colleague}, made on {moment}", colleague=found.sender, moment=made))
        words = (
            text("signature valid"),
            text("encrypted for you"),
            text(PROFILES[found.profile]),
            since_text(language, found),
        )
        for one, said in zip(self.pills, words, strict=True):
            one.setText(said)
            one.show()
        self.pills[3].setVisible(found.profile is not Profile.NUMBERS)
        self.weight.setText(size_text(language, found.size))
        numbers = {
            "new": found.new,
            "changed": found.changed,
            "deleted": found.deleted,
            "known": found.known,
            "both": len(found.conflicts),
        }
        for name, tile in self.tiles.items():
            tile.show_values(language.number(numbers[name]))
        restyle(self.tiles["both"], "alert", bool(found.conflicts))
        restyle(self.tiles["both"].figure, "alert", bool(found.conflicts))
        notes = preview_notes(language, found)
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self.kinds_model.set_rows(found.by_table)
        self.governments.setText(language.listing(found.governments))
        self.conflicts.show_lines(found.conflicts)
        self._show_parts(ready=True)
        (self.conflicts.table if found.conflicts and not found.applied else self.take).setFocus()

    def _show_parts(self, *, ready: bool) -> None:
        """Shows the widgets of the current stage: reading, before applying, or after it."""
        found, language = self.shown, self._context.language
        numbers = found is not None and found.profile is Profile.NUMBERS
        applied = found is not None and found.applied
        self.working.hide()
        self.tiles_box.setVisible(ready and not numbers)
        kinds, both = bool(found and found.by_table), bool(found and found.conflicts) and not applied
        self.kinds_card.setVisible(ready and not numbers)
        self.kinds.setVisible(kinds)
        self.nothing.setVisible(not kinds)
        self.both_card.setVisible(ready and both)
        self.where_card.setVisible(ready and not both)
        self.pills_line.setVisible(ready)
        self.take.setVisible(ready and not applied)
        self.take.setEnabled(True)
        self.back.setVisible(not applied)
        self.back.setText(language.text("Not now") if ready else language.text("Back to the list"))
        self.rest.setVisible(not ready)
        self.done.setVisible(ready and applied)
        self.undo.setVisible(ready and applied and not numbers and self._has_step())
        left = len(found.conflicts) if found is not None else 0
        self.decide.setVisible(ready and applied and left > 0)
        self.decide.setText(language.plural("{n} to decide", "{n} to decide", left))
        self._show_note()

    def _has_step(self) -> bool:
        found = self.shown
        return found is not None and bool(found.changes or found.erased)

    def _show_note(self) -> None:
        found, text = self.shown, self._context.language.text
        if found is None or found.applied:
            self.note.setText("" if found is None else brought_text(self._context.language, found))
            return
        if found.profile is Profile.NUMBERS:
            self.note.setText(text("These numbers are only to look at: nothing of your own changes."))
            return
        words = text("A backup is made first; you can take this back afterwards.")
        open_ones = len(found.conflicts) - len(self.conflicts.choices())
        if found.conflicts and open_ones:
            rest = self._context.language.plural(
                "{n} choice is left: it waits under 'To decide'.",
                "{n} choices are left: they wait under 'To decide'.",
                open_ones,
            )
            words = f"{rest} {words}"
        self.note.setText(words)

    # Commands

    def _on_chosen(self, choices: dict[str, Choice]) -> None:
        self.conflicts.mark(choices)
        self._show_note()

    def take_now(self) -> None:
        """Applies the file, by shortcut."""
        if self.take.isVisible() and self.take.isEnabled():
            self._on_take()

    def _on_take(self) -> None:
        if self.shown is not None and self.shown.unproven:
            UnprovenDialog(self._context, self.shown, self, self._ask_erasing).open()
        else:
            self._ask_erasing()

    def _ask_erasing(self) -> None:
        if self.shown is not None and self.shown.erasing:
            ErasingDialog(self._context, self.shown, self, self._take_over).open()
        else:
            self._take_over()

    def _take_over(self) -> None:
        path, shown = self._path, self.shown
        if path is None or shown is None:
            return
        erase, unproven = bool(shown.erasing), bool(shown.unproven)
        choices = self.conflicts.choices()
        self._stopping.clear()
        self._show_problem("")
        self.take.setEnabled(False)
        self.back.setEnabled(False)
        self.stop.setEnabled(True)
        self.working.show()
        progress = self._progress()

        def work(file: Workspace) -> Done[PackPreview]:
            return take_pack_over(file, path, choices, progress, erase=erase, unproven=unproven)

        self._context.runner.write(work, initiator=self, then=self._taken, failed=self._fail)

    def _progress(self) -> Callable[[str], None]:
        """Returns a callback for the store worker; an exception raised there leaves the work file unchanged."""
        relay, runner, stopping = ProgressRelay(self._show_stage), self._context.runner, self._stopping
        shown = ""

        def progress(stage: str) -> None:
            nonlocal shown
            if stopping.is_set():
                raise UserError(STOPPED)
            if stage != shown:
                shown = stage
                relay.report_now(stage)
            runner.yield_to_gui()

        return progress

    def _show_stage(self, values: tuple[str]) -> None:
        self.stage.setText(self._context.language.text(values[0]))

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self._stopping.set()

    def _taken(self, done: Done[PackPreview]) -> None:
        said = self.conflicts.choices()
        self._free()
        self._show(done.result)
        if done.result.erased:
            self._context.navigator.close_copies()
        if said and self.shown is not None:
            left = tuple(one for one in done.result.conflicts if one.id not in said)
            self.decide.setVisible(bool(left))
            self.decide.setText(self._context.language.plural("{n} to decide", "{n} to decide", len(left)))
        if done.problem is not None:
            self._context.navigator.notify("attention", self._context.language.error(done.problem))
        self.done.setFocus()
        self.taken_over.emit()

    def _free(self) -> None:
        self.working.hide()
        self.back.setEnabled(True)
        self.take.setEnabled(True)

    def _fail(self, error: SamenlevenError) -> None:
        self._free()
        self._show_problem(self._context.language.error(error))

    def _refuse(self, error: SamenlevenError) -> None:
        """Shows only the message, for a file that cannot be read at all."""
        self.from_whom.setText("")
        self._show_problem(self._context.language.error(error))
        self.back.setFocus()

    def _show_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _on_undo(self) -> None:
        if self.shown is not None:
            self.undo_requested.emit(self.shown.pack_id)


def _numbers(language: Language, row: TableRow) -> str:
    """Returns 9 new · 3 changed: without the counts that are zero."""
    _, new, changed, deleted = row
    number = language.number
    parts = [
        language.text("{n} new", n=number(new)) if new else "",
        language.text("{n} changed", n=number(changed)) if changed else "",
        language.text("{n} deleted", n=number(deleted)) if deleted else "",
    ]
    return " · ".join(filter(None, parts))
