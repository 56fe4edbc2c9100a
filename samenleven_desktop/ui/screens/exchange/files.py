"""The part *Inlezen*: files addressed to the officer in the shared folder, and the preview of a file before it is
applied."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.i18n.exchange_labels import FOLDER_STATES, FOLDER_TONES, moment_text, size_text
from samenleven_desktop.readmodels.exchange import FolderLine, FolderState
from samenleven_desktop.services.exchange.status import watch_folder
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.file_dialogs import ask_file, ask_folder
from samenleven_desktop.ui.folder_watcher import FolderWatch
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.screens.exchange.pack import PackView
from samenleven_desktop.ui.widgets.basic import button, label
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import bare, joined


class FilesPanel(QWidget):
    """Shows either the list of the folder, or one file."""

    undo_requested = Signal(str)
    decided_later = Signal()
    taken_over = Signal()

    def __init__(self, context: UiContext, watch: FolderWatch) -> None:
        super().__init__()
        self._context, self._watch = context, watch
        self.setMinimumHeight(300)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(self._list())
        watch.looked.connect(self._show)

    @cached_property
    def pack(self) -> PackView:
        """Creates the view at the first file."""
        made = PackView(self._context)
        made.closed.connect(self.show_list)
        made.taken_over.connect(self._watch.look)
        made.taken_over.connect(self.taken_over)
        made.undo_requested.connect(self.undo_requested)
        made.decided_later.connect(self.decided_later)
        self.stack.addWidget(made)
        return joined(made)

    def take_now(self) -> None:
        """Applies the visible file, by shortcut."""
        if self.stack.currentIndex() > 0:
            self.pack.take_now()

    def _list(self) -> QWidget:
        language, text = self._context.language, self._context.language.text
        kinds = ColumnKinds(language)
        page = QWidget()
        box = bare(QVBoxLayout(page), 12)
        self.folder = label("", "muted", wrap=True)
        card = ListCard[FolderLine](
            self._context,
            text("Files in the shared folder"),
            [
                kinds.text(text("File"), lambda one: one.path.name, stretch=5, strong=True, tip=self._why),
                kinds.text(text("From"), lambda one: one.sender, stretch=3),
                kinds.choice(
                    text("State"), FOLDER_STATES, lambda one: one.state, 150, tip=self._why, tones=FOLDER_TONES
                ),
                kinds.number(text("Changes"), lambda one: one.changes, dash_zero=True),
                kinds.text(
                    text("Put there"),
                    lambda one: moment_text(language, one.changed_at),
                    132,
                    sort=lambda one: one.changed_at,
                ),
                kinds.text(
                    text("Size"), lambda one: size_text(language, one.size), 86, right=True, sort=lambda one: one.size
                ),
            ],
            empty=("inbox", text("Nothing lies here. Drop a file of a colleague on the window, or choose it.")),
            title=text("Shared folder"),
            least=130,
        )
        card.add_above(self.folder)
        self.list, self.model, self.table = card, card.model, card.table
        self.table.row_activated.connect(self._on_activated)
        self.read_file = card.empty.add_action(text("Read a file ..."), self.choose_file)
        self.look = button(text("Look at this file"), lambda: self._on_activated(self.list.current()))
        self.choose_folder = button(text("Choose folder ..."), self._on_choose_folder)
        self.no_folder = button(text("Stop watching"), lambda: self.watch_folder(None))
        card.add_buttons(self.look, self.choose_folder, self.no_folder)
        card.need_rows(self.look)
        box.addWidget(card, 1)
        return page

    def _why(self, one: FolderLine) -> str:
        return one.path.name if one.problem is None else self._context.language.error(one.problem)

    # The list

    def reload(self) -> None:
        self._watch.look()
        self._show()

    def _show(self) -> None:
        text, watch = self._context.language.text, self._watch
        lines = [one for one in watch.lines if one.state is not FolderState.OTHERS]
        self.model.set_rows(lines)
        self.no_folder.setVisible(watch.folder is not None)
        if watch.fault is not None:
            self.folder.setText(self._context.language.error(watch.fault))
        elif watch.folder is None:
            self.folder.setText(
                text(
                    "Choose a folder that your team shares, or a stick: new files of colleagues then show here, "
                    "and your own files go there."
                )
            )
        else:
            self.folder.setText(text("{folder} is watched.", folder=str(watch.folder)))

    def _on_activated(self, one: FolderLine | None) -> None:
        if one is not None:
            self.open_file(one.path)

    def _on_choose_folder(self) -> None:
        text = self._context.language.text
        ask_folder(
            self, text("Choose the shared folder"), self.watch_folder, kind="shared folder", start=self._watch.folder
        )

    def watch_folder(self, folder: Path | None) -> None:
        """Watches a folder from now on; None stops watching."""
        self._context.runner.on_store(
            lambda file: watch_folder(file, folder),
            then=lambda _: self._watch.look(),
            noted=True,
            owner=self,
            failed=self._fail,
        )

    def _fail(self, error: SamenlevenError) -> None:
        self._context.navigator.notify("attention", self._context.language.error(error))

    # One file

    def choose_file(self) -> None:
        text = self._context.language.text
        filters = [text("Files of colleagues") + " (*.samenleven)", text("All files") + " (*)"]
        title, start = text("Read the file of a colleague"), self._watch.folder
        ask_file(self, title, filters, self.open_file, kind="pack", start=start)

    def open_file(self, path: Path) -> None:
        self.stack.setCurrentWidget(self.pack)
        self.pack.open_file(path)

    def show_list(self) -> None:
        self.stack.setCurrentIndex(0)
        self.reload()
        (self.table if self.table.isVisible() else self.read_file).setFocus()
