"""Erases a person: first shows where the person is named, and which attachments are deleted too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget

from samenleven_desktop.i18n.labels import PLACES, TABLES
from samenleven_desktop.readmodels.history import MentionLine
from samenleven_desktop.readmodels.people import AttachmentLine
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.safekeeping.erasure import ErasePreview
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.widgets.basic import label
from samenleven_desktop.ui.widgets.table import DataTable


class EraseDialog(AskDialog):
    def __init__(self, context: UiContext, preview: ErasePreview, owner: QWidget, erased: Callable[[], object]) -> None:
        text, language = context.language.text, context.language
        title = text("Erase {name} for good?", name=preview.contact.name)
        super().__init__(context, owner, title, text("Erase for good"), self._erase, danger=True)
        self.setMinimumWidth(640)
        self._preview, self._erased, self._left = preview, erased, 0
        self.box.addWidget(
            label(
                text(
                    "Name, function, e-mail, phone and remark go, here and in the backups. This cannot be undone. "
                    "Colleagues' files follow with the next exchange."
                ),
                "muted",
                wrap=True,
            )
        )
        sessions = preview.contact.sessions
        if sessions:
            self.box.addWidget(
                label(
                    language.plural(
                        "{n} session keeps that someone was there, without saying who.",
                        "{n} sessions keep that someone was there, without saying who.",
                        sessions,
                    ),
                    wrap=True,
                )
            )
        self._add_mentions(preview.mentions)
        self._files = self._add_files(preview.attachments)
        self.probable = self._add_probable(preview.probable)
        self._files += self._add_boxes(preview.probable_attachments, chosen=False)
        self.box.addWidget(
            label(
                text("Pictures and PDF files are not read: look those through."),
                "small",
                wrap=True,
            )
        )

    def _add_mentions(self, mentions: tuple[MentionLine, ...]) -> None:
        text, language = self.context.language.text, self.context.language
        kinds = ColumnKinds(language)
        if not mentions:
            self.box.addWidget(label(text("No text names this person in full."), "muted"))
            return
        number = len(mentions)
        self.box.addWidget(
            label(language.plural("The name goes from {n} text:", "The name goes from {n} texts:", number))
        )
        model = RowsModel[MentionLine](
            [
                kinds.choice(text("Record"), TABLES, lambda one: one.table_name, 110),
                kinds.text(text("Government"), lambda one: one.government, 130),
                kinds.text(text("Words"), lambda one: one.words),
            ]
        )
        table = DataTable(self.context.theme, model, text("Texts that name this person"))
        model.set_rows(mentions)
        table.setFixedHeight(min(44 + 34 * number, 220))
        self.box.addWidget(table, 1)

    def _add_files(self, attachments: tuple[AttachmentLine, ...]) -> list[tuple[str, QCheckBox]]:
        text = self.context.language.text
        if attachments:
            self.box.addWidget(label(text("These attachments name the person. They go along, unless you keep them:")))
        return self._add_boxes(attachments, chosen=True)

    def _add_boxes(self, attachments: tuple[AttachmentLine, ...], *, chosen: bool) -> list[tuple[str, QCheckBox]]:
        found = []
        for one in attachments:
            box = QCheckBox(one.name)
            box.setChecked(chosen)
            self.box.addWidget(box)
            found.append((one.id, box))
        return found

    def _add_probable(self, places: tuple[MentionLine, ...]) -> QListWidget:
        """Lists the places that may name the person; what is ticked goes too."""
        text, language = self.context.language.text, self.context.language
        listed = QListWidget()
        listed.setAccessibleName(text("Places that may name this person"))
        if places or self._preview.probable_attachments:
            self.box.addWidget(
                label(
                    text(
                        "These places may name the person too, in another spelling or with a part of the name. "
                        "Tick what goes; the rest stays as it is."
                    ),
                    wrap=True,
                )
            )
        if places:
            self.box.addWidget(listed, 1)
        for one in places:
            day = None if one.day is None else language.day(one.day)
            words = " · ".join(filter(None, (text(PLACES[one.table_name]), one.government, day, one.words)))
            item = QListWidgetItem(words, listed)
            item.setToolTip(words)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        listed.setFixedHeight(min(20 + 30 * len(places), 200))
        return listed

    def _chosen_places(self) -> tuple[tuple[str, str, str], ...]:
        return tuple(
            (one.table_name, one.row_id, one.field)
            for row, one in enumerate(self._preview.probable)
            if self.probable.item(row).checkState() == Qt.CheckState.Checked
        )

    def _erase(self) -> None:
        chosen = tuple(id_ for id_, box in self._files if box.isChecked())
        command = EraseContact(self._preview.contact.id, chosen, self._chosen_places())
        self._left = len(self._files) - len(chosen) + len(self._preview.probable) - len(command.probable)
        self.context.runner.run(command, initiator=self, then=self._done, failed=self.fail)

    def _done(self, done: Done[int]) -> None:
        self.accept()
        # An opened attachment may name the person.
        self.context.navigator.close_copies()
        text = self.context.language.text
        self.context.navigator.notify("good", text("Erased for good."))
        if self._left:
            words = self.context.language.plural(
                "{n} place that names or may name this person was left as it is.",
                "{n} places that name or may name this person were left as they are.",
                self._left,
            )
            self.context.navigator.notify("attention", words)
        if done.problem is not None:
            words = text("The backups could not all be cleaned; that is tried again at the next start.")
            self.context.navigator.notify("attention", words)
        self._erased()
