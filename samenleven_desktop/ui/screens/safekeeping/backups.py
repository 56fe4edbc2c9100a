"""The part *Back-ups*: the existing backups, making one, the second location, and restoring one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.i18n.file_labels import BACKUP_REASONS
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.history import Comparison
from samenleven_desktop.services.safekeeping.backups import Backup, MadeBackup
from samenleven_desktop.services.safekeeping.keys import renew_backups
from samenleven_desktop.services.safekeeping.workspace_file import (
    back_up,
    choose_second_place,
    compare_with,
    let_backup_go,
    list_backups,
    second_place,
)
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from samenleven_desktop.ui.dialogs.file_dialogs import ask_folder
from samenleven_desktop.ui.dialogs.restore import RestoreDialog
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.basic import button, label
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import FlowArea, bare


def _until(language: Language, one: Backup) -> str:
    if one.kept_until is None:
        return ""
    return language.text("until {day}", day=language.day_short(one.kept_until.astimezone().date()))


class BackupsPanel(QWidget):
    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        box = bare(QVBoxLayout(self), 10)
        row = FlowArea(gap=8)
        self.make = button(text("Back up now"), self._on_make, kind="primary")
        self.put_back = button(text("Put back ..."), self._on_put_back)
        self.second = button(text("Second place ..."), self._on_second)
        self.no_second = button(text("No second place"), lambda: self.choose_second(None))
        self.renew = button(text("Make anew ..."), self._on_renew)
        self.let_go = button(text("Let go ..."), self._on_let_go)
        self.let_go.setToolTip(text("Removes the backup that still holds what a colleague's file erased"))
        for one in (self.make, self.put_back, self.let_go, self.second, self.no_second, self.renew):
            row.append(one)
        self.renew.hide()
        self.let_go.hide()
        box.addWidget(row)
        self.place = label("", "muted", wrap=True)
        box.addWidget(self.place)
        card = ListCard[Backup](
            context,
            text("Backups"),
            [
                kinds.text(
                    text("Made on"),
                    lambda one: f"{language.day(one.made_at.astimezone())}, {one.made_at.astimezone():%H:%M}",
                    stretch=3,
                    strong=True,
                    sort=lambda one: one.made_at,
                ),
                kinds.choice(text("Why"), BACKUP_REASONS, lambda one: one.reason, stretch=3),
                kinds.text(
                    text("Holds what was erased"),
                    lambda one: _until(language, one),
                    stretch=3,
                    sort=lambda one: one.kept_until or one.made_at,
                    tone=lambda one: "attention" if one.kept_until else None,
                ),
                kinds.text(
                    text("Opens with"),
                    lambda one: text("the passphrase of that day") if one.older_passphrase else text("your passphrase"),
                    stretch=3,
                ),
                kinds.text(
                    text("Size"),
                    lambda one: text("{n} kB", n=language.number(max(one.size // 1024, 1))),
                    110,
                    right=True,
                    sort=lambda one: one.size,
                ),
            ],
            empty=("info", text("There is no backup yet.")),
            title="",
        )
        self.model, self.table = card.model, card.table
        self.table.row_activated.connect(lambda _: self._on_put_back())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_let_go())
        box.addWidget(card, 1)

    def reload(self) -> None:
        self._context.runner.on_read(
            lambda file: (list_backups(file), second_place(file)), then=self._show, owner=self, latest="backups"
        )

    def _show(self, found: tuple[list[Backup], Path | None]) -> None:
        backups, second = found
        self.model.set_rows(backups)
        self.put_back.setEnabled(bool(backups))
        self.renew.setVisible(any(one.older_passphrase for one in backups))
        text = self._context.language.text
        self.no_second.setVisible(second is not None)
        place = (
            text("Each backup is checked after it is made and copied to {folder} too.", folder=str(second))
            if second is not None
            else text("Each backup is checked after it is made. Choose a second place, such as a stick, for a copy.")
        )
        kept = [one for one in backups if one.kept_until is not None]
        holds = self._context.language.plural(
            "{n} backup still holds what a colleague's file erased, until its day or until you let it go.",
            "{n} backups still hold what a colleague's file erased, until their day or until you let them go.",
            len(kept),
        )
        self.place.setText(f"{place} {holds}" if kept else place)
        self._show_let_go()

    def _show_let_go(self) -> None:
        chosen = self._current()
        self.let_go.setVisible(chosen is not None and chosen.kept_until is not None)

    def _current(self) -> Backup | None:
        index = self.table.currentIndex()
        return self.model.row(index) if index.isValid() else next(iter(self.model.rows), None)

    def _on_let_go(self) -> None:
        chosen, text, context = self._current(), self._context.language.text, self._context
        if chosen is None or chosen.kept_until is None:
            return
        path = chosen.path
        dialog = AskDialog(context, self, text("Let this backup go?"), text("Let go"), lambda: do(), danger=True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = text(
            "It was made just before a file of a colleague erased something, and still holds that. Once it is removed, "
            "also from the second place, nothing can bring it back."
        )
        dialog.box.addWidget(label(words, wrap=True))

        def done(_: None) -> None:
            dialog.accept()
            context.navigator.notify("good", text("The backup is removed."))
            self.reload()

        def do() -> None:
            context.runner.on_store(
                lambda file: let_backup_go(file, path), then=done, owner=self, failed=dialog.fail, noted=True
            )

        dialog.open()

    def _on_make(self) -> None:
        self.make.setEnabled(False)
        self._context.runner.on_store(back_up, then=self._made, owner=self, failed=self._failed, noted=True)

    def _made(self, made: MadeBackup) -> None:
        self.make.setEnabled(True)
        text, language = self._context.language.text, self._context.language
        self._context.navigator.notify("good", text("The backup is made and proven good."))
        if made.problem is not None:
            self._context.navigator.notify("attention", language.error(made.problem))
        self.reload()

    def _failed(self, error: SamenlevenError) -> None:
        self.make.setEnabled(True)
        self._context.navigator.notify("bad", self._context.language.error(error))

    def _on_put_back(self) -> None:
        chosen = self._current()
        if chosen is None:
            return
        path = chosen.path

        def show(found: Comparison) -> None:
            dialog = RestoreDialog(self._context, chosen, found, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

        self._context.runner.on_read(
            lambda file: compare_with(file, path), then=show, owner=self, failed=self._failed, latest="compare"
        )

    def _on_renew(self) -> None:
        text, context = self._context.language.text, self._context
        dialog = AskDialog(context, self, text("Make the backups anew"), text("Make anew"), lambda: do(), danger=False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words in (
            text("Backups of before the passphrase was changed still open with the passphrase of that day."),
            text(
                "Those within reach, also in the second place, then open with your passphrase only. They stay as old."
            ),
        ):
            dialog.box.addWidget(label(words, wrap=True))

        def done(renewed: int) -> None:
            dialog.accept()
            words = context.language.plural("{n} backup made anew.", "{n} backups made anew.", renewed)
            context.navigator.notify("good", words)
            self.reload()

        def do() -> None:
            context.runner.on_store(renew_backups, then=done, owner=self, failed=dialog.fail)

        dialog.open()

    def _on_second(self) -> None:
        title = self._context.language.text("Choose a second place for backups")
        ask_folder(self, title, self.choose_second, kind="backups")

    def choose_second(self, folder: Path | None) -> None:
        """Sets the second location from the next backup on; None removes it."""
        self._context.runner.on_store(
            lambda file: choose_second_place(file, folder),
            then=lambda _: self.reload(),
            owner=self,
            failed=self._failed,
            noted=True,
        )
