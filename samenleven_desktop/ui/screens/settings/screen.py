"""*Instellingen*: language and appearance, the open file with its backups and health, the key, other files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop import __version__
from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.services.core.output_files import write_file
from samenleven_desktop.services.importing.open_data import export_all
from samenleven_desktop.services.safekeeping.workspace_file import FileFacts, back_up, file_facts
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from samenleven_desktop.ui.dialogs.file_dialogs import JSON, ask_save
from samenleven_desktop.ui.navigator import SafekeepingPart
from samenleven_desktop.ui.preferences import LOCK_CHOICES, ZOOMS
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.settings.keep_key import KeepKeyBox
from samenleven_desktop.ui.screens.settings.passphrase import PassphrasePart
from samenleven_desktop.ui.screens.settings.plan import PlanCard
from samenleven_desktop.ui.screens.settings.sender import SenderCard
from samenleven_desktop.ui.widgets.basic import CardFrame, Field, PageHeader, button, label, page_layout
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.responsive import FlowArea, folding

if TYPE_CHECKING:
    from samenleven_desktop.ui.window_protocols import SettingsOwner


class SettingsScreen(Screen):
    def __init__(self, context: UiContext, owner: SettingsOwner) -> None:
        super().__init__(context)
        self._owner = owner
        text = context.language.text
        box = page_layout(self)
        box.addWidget(PageHeader(text("Settings"), text("Samenleven {version}", version=__version__)))
        columns = folding(QHBoxLayout())
        columns.setSpacing(14)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(14)
            columns.addLayout(column, 1)
        left.addWidget(self._appearance_card())
        left.addWidget(self._officer_card())
        self.plan = PlanCard(context)
        self.sender_card = SenderCard(context)
        left.addWidget(self.sender_card)
        left.addWidget(self.plan)
        left.addStretch(1)
        right.addWidget(self._file())
        right.addWidget(self._key())
        right.addStretch(1)
        box.addLayout(columns, 1)

    def _appearance_card(self) -> QWidget:
        text = self.context.language.text
        card = CardFrame(text("Language and look"))
        self.language = Chooser()
        self.language.addItem("Nederlands", "nl")
        self.language.addItem("English", "en")
        self.language.setCurrentIndex(self.language.findData(self.context.language.code))
        self.theme = Chooser()
        for words, mode in (
            (text("As this computer"), "system"),
            (text("Light"), "light"),
            (text("Dark"), "dark"),
        ):
            self.theme.addItem(words, mode)
        self.theme.setCurrentIndex(self.theme.findData(self._owner.preferences.theme))
        self.zoom = Chooser()
        for percent in ZOOMS:
            self.zoom.addItem(text("{percent} %", percent=percent), percent)
        preferences = self._owner.preferences
        # Also changed by keys.
        self.context.theme.keep(self.zoom, lambda: self.zoom.setCurrentIndex(ZOOMS.index(preferences.zoom)))
        self.zoom.activated.connect(lambda _: self._owner.change_zoom(self.zoom.currentData()))
        row = QHBoxLayout()
        row.addWidget(Field(text("Language"), self.language), 1)
        row.addWidget(Field(text("Look"), self.theme), 1)
        row.addWidget(Field(text("Size of the text"), self.zoom), 1)
        card.body.addLayout(row)
        self.language.activated.connect(lambda _: self._owner.change_language(self.language.currentData()))
        self.theme.activated.connect(lambda _: self._owner.change_theme(self.theme.currentData()))
        return card

    def _officer_card(self) -> QWidget:
        text = self.context.language.text
        card = CardFrame(text("You and your governments"))
        card.body.addWidget(label(text("Who you are and which governments you support."), "muted", wrap=True))
        change = button(text("Change ..."), lambda: self.context.navigator.open_page("who"))
        card.body.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _file(self) -> QWidget:
        text = self.context.language.text
        card = CardFrame(text("Work file"))
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        self.facts = {}
        for row, (key, caption) in enumerate((("path", text("Place")), ("backup", text("Last backup")))):
            grid.addWidget(label(caption, "label"), row, 0)
            self.facts[key] = label("", wrap=True)
            grid.addWidget(self.facts[key], row, 1)
        card.body.addLayout(grid)
        row_of_buttons = FlowArea(gap=8)
        self.back_up = button(text("Back up now"), self._back_up)
        open_part = self.context.navigator.open_safekeeping
        self.check = button(text("Check file"), lambda: open_part(SafekeepingPart.HEALTH))
        self.keeping = button(text("Backups and bin ..."), lambda: open_part(SafekeepingPart.BACKUPS))
        other = button(text("Another file ..."), self._owner.leave_file)
        self.export = button(text("All data as a file ..."), self._on_export)
        for made in (self.back_up, self.check, self.keeping, self.export, other):
            row_of_buttons.append(made)
        card.body.addWidget(row_of_buttons)
        return card

    def _key(self) -> QWidget:
        text = self.context.language.text
        card = CardFrame(text("Key"))
        self.keyring = KeepKeyBox(self.context, self._owner.keyring)
        card.body.addWidget(self.keyring)
        self.lock = Chooser()
        for minutes in LOCK_CHOICES:
            words = text("after {n} minutes", n=minutes) if minutes else text("never")
            self.lock.addItem(words, minutes)
        self.lock.setCurrentIndex(self.lock.findData(self._owner.preferences.lock_minutes))
        self.lock.activated.connect(lambda _: self._owner.lock_after(self.lock.currentData()))
        locking = QHBoxLayout()
        locking.addWidget(Field(text("Lock when nobody types or clicks"), self.lock), 1)
        self.lock_now = button(text("Lock now"), self._owner.lock)
        self.lock_now.setToolTip("Ctrl+Shift+L")
        locking.addWidget(self.lock_now, 0, Qt.AlignmentFlag.AlignBottom)
        card.body.addLayout(locking)
        self.key = PassphrasePart(self.context, self._owner.keyring)
        self.key.changed.connect(self.reload)
        card.body.addWidget(self.key)
        if self.context.practice:
            for part in (self.keyring, self.lock, self.lock_now):
                part.setEnabled(False)
        return card

    def reload(self) -> None:
        self.plan.reload()
        self.sender_card.reload()
        self.keyring.reload()
        self.context.runner.on_read(file_facts, then=self._show, owner=self, latest="settings")

    def _show(self, facts: FileFacts) -> None:
        language, text = self.context.language, self.context.language.text
        self.facts["path"].setText(str(facts.path))
        made = facts.last_backup
        if made is None:
            self.facts["backup"].setText(text("none yet"))
        else:
            moment = made.made_at.astimezone()
            self.facts["backup"].setText(f"{language.day(moment)} {moment:%H:%M}")
        self.key.show_facts(facts)

    def _on_export(self) -> None:
        """Confirms first, with a warning: the exported file is readable by anyone."""
        text = self.context.language.text
        dialog = AskDialog(
            self.context, self, text("All data as a file"), text("Choose a place ..."), lambda: ask(), danger=False
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words in (
            text("Everything except the keys goes into one file that any program can read (JSON)."),
            text("It holds personal data and is not encrypted. Delete it when you no longer need it."),
        ):
            dialog.box.addWidget(label(words, wrap=True))

        def ask() -> None:
            dialog.accept()
            ask_save(self, text("Save all data"), "samenleven", (JSON,), self.export_to, kind="all data")

        dialog.open()

    def export_to(self, path: Path) -> None:
        self.context.runner.on_read(
            lambda file: write_file(path, export_all(file), file.path),
            then=lambda _: self.context.navigator.saved(path),
            owner=self,
            failed=self._failed,
        )

    def _back_up(self) -> None:
        self.back_up.setEnabled(False)
        self.context.runner.on_store(
            back_up, then=lambda _: self._backed_up(), owner=self, failed=self._failed, noted=True
        )

    def _backed_up(self) -> None:
        self.back_up.setEnabled(True)
        self.reload()
        self._notify("good", self.context.language.text("The backup is made and proven good."))

    def _failed(self, error: SamenlevenError) -> None:
        self.back_up.setEnabled(True)
        self._notify("bad", self.context.language.error(error))

    def _notify(self, tone: str, words: str) -> None:
        self.context.navigator.notify(tone, words)
