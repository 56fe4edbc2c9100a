"""The tab *Contacten* of a dossier: contacts, and the attachments of the government."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.attachment_kind import plain_file_name
from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.readmodels.people import AttachmentLine, ContactLine
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.core.output_files import write_file
from samenleven_desktop.services.people.access_request import person_bytes, person_file
from samenleven_desktop.services.people.commands import AddAttachment, DeleteAttachment, DeleteContact
from samenleven_desktop.services.people.queries import attachment_content, list_attachments, list_contacts, read_file
from samenleven_desktop.services.safekeeping.erasure import ErasePreview, erase_preview
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.contact import ContactDialog
from samenleven_desktop.ui.dialogs.erase import EraseDialog
from samenleven_desktop.ui.dialogs.file_dialogs import JSON, PDF, ask_files, ask_save
from samenleven_desktop.ui.file_drops import DropPlace
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.basic import button, label
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import bare, folding
from samenleven_desktop.ui.widgets.shortcuts import on_key

_KILO = 1024


class PeoplePanel(QWidget):
    """Shows one government; reloads when the screen asks. Files can be dropped on the attachments."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._government_id: str | None = None
        outer = bare(QVBoxLayout(self), 8)
        self.facts = label("", "muted", wrap=True)
        outer.addWidget(self.facts)
        columns = folding(bare(QHBoxLayout(), 14))
        outer.addLayout(columns, 1)
        columns.addWidget(self._contacts_card(), 7)
        self.files_card = self._files_card()
        columns.addWidget(self.files_card, 5)

    def _contacts_card(self) -> QWidget:
        context, language = self._context, self._context.language
        text = language.text
        kinds = ColumnKinds(language)
        card = ListCard[ContactLine](
            context,
            text("Contacts"),
            [
                kinds.text(
                    text("Name"),
                    lambda one: one.name,
                    stretch=3,
                    strong=True,
                    second=lambda one: " · ".join(filter(None, [one.role, one.organisation])),
                    tip=lambda one: one.note or "",
                ),
                kinds.text(text("E-mail"), lambda one: one.email, stretch=3),
                kinds.text(text("Phone"), lambda one: one.phone, 120),
                kinds.day(text("Last seen"), lambda one: one.last_seen),
            ],
            empty=("handshake", text("No contacts yet.")),
            note=text("personal data: keep only what you need"),
        )
        self.contacts_model, self.contacts = card.model, card.table
        self._contacts = card
        self.new_contact = button(text("New contact ..."), self._on_new_contact)
        self.change_contact = button(text("Change ..."), self._on_change_contact)
        self.delete_contact = button(text("Delete"), self._on_delete_contact)
        self.all_held = button(text("All that is held ..."), self._on_all_held)
        self.erase_contact = button(text("Erase for good ..."), self._on_erase_contact)
        of_one = (self.change_contact, self.delete_contact, self.all_held, self.erase_contact)
        card.add_buttons(self.new_contact, *of_one)
        card.need_rows(*of_one)
        self.contacts.row_activated.connect(lambda _: self._on_change_contact())
        on_key(self.contacts, "Del", text("Delete the chosen contact"), self._on_delete_contact)
        return card

    def _files_card(self) -> QWidget:
        context, language = self._context, self._context.language
        text = language.text
        kinds = ColumnKinds(language)
        card = ListCard[AttachmentLine](
            context,
            text("Attachments"),
            [
                kinds.text(text("File"), lambda one: plain_file_name(one.name), stretch=4, strong=True),
                kinds.text(
                    text("Size"),
                    lambda one: text("{n} kB", n=language.number(max(one.size // _KILO, 1))),
                    90,
                    right=True,
                    sort=lambda one: one.size,
                ),
                kinds.day(text("Added"), lambda one: one.added_on),
            ],
            empty=("file-text", text("No attachments. Drop a file here.")),
            note=text("kept encrypted in the work file"),
        )
        self.files_model, self.files = card.model, card.table
        self._files = card
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        card.body.addWidget(self.problem)
        self.add_file = button(text("Add file ..."), self._on_add_file)
        self.open_file = button(text("Open"), self._on_open_file)
        self.save_file = button(text("Save as ..."), self._on_save_file)
        self.delete_file = button(text("Delete"), self._on_delete_file)
        of_one = (self.open_file, self.save_file, self.delete_file)
        card.add_buttons(self.add_file, *of_one)
        card.need_rows(*of_one)
        self.files.row_activated.connect(lambda _: self._on_open_file())
        on_key(self.files, "Del", text("Delete the chosen attachment"), self._on_delete_file)
        self.drop = DropPlace(card, text("Let go to add it to the attachments"), self.add_files)
        return card

    def show_facts(self, facts: Sequence[str]) -> None:
        """Says what stays the same: code, region, inhabitants, members, applicant."""
        self.facts.setText(" · ".join(facts))

    def show_government(self, government_id: str) -> None:
        self._government_id = government_id
        self.reload()

    def reload(self) -> None:
        if self._government_id is None:
            return
        runner = self._context.runner
        runner.query(list_contacts, [self._government_id], then=self._show_contacts, owner=self, latest="contacts")
        runner.query(list_attachments, self._government_id, then=self._show_files, owner=self, latest="attachments")

    def _show_contacts(self, lines: list[ContactLine]) -> None:
        own = [line for line in lines if line.government_id is not None]
        self.contacts_model.set_rows(own)

    def _show_files(self, lines: list[AttachmentLine]) -> None:
        self.files_model.set_rows(lines)

    # Contacts

    def _on_new_contact(self) -> None:
        if self._government_id is not None:
            ContactDialog(self._context, self._government_id, None, self).open()

    def _on_change_contact(self) -> None:
        line = self._contacts.current()
        if line is not None:
            ContactDialog(self._context, self._government_id, line, self).open()

    def _on_delete_contact(self) -> None:
        line = self._contacts.current()
        if line is not None:
            self._context.runner.run(DeleteContact(line.id), initiator=self, then=self._deleted)

    def _on_erase_contact(self) -> None:
        line = self._contacts.current()
        if line is None:
            return

        def show(preview: ErasePreview) -> None:
            dialog = EraseDialog(self._context, preview, self, self.reload)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

        self._context.runner.query(erase_preview, line.id, then=show, owner=self, latest="erase-preview")

    def _on_all_held(self) -> None:
        """Saves all data about a contact, which that person may request, as PDF or JSON."""
        line = self._contacts.current()
        if line is None:
            return
        text = self._context.language.text
        name, line_id = text("What is held about a person"), line.id
        ask_save(
            self,
            text("Save all that is held"),
            name,
            (PDF, JSON),
            lambda path: self.save_all_held(line_id, path),
            kind="person",
        )

    def save_all_held(self, contact_id: str, path: Path) -> None:
        language = self._context.language
        self._context.runner.on_read(
            lambda file: write_file(
                path, person_bytes(file.query(person_file, contact_id), language, path.suffix.lower()), file.path
            ),
            then=lambda _: self._context.navigator.saved(path),
            owner=self,
            failed=self._failed,
        )

    def _deleted(self, done: Done[object]) -> None:
        self.reload()
        self._context.navigator.offer_undo(self._context.language.text("Deleted."), done.command_id)

    # Attachments

    def _on_add_file(self) -> None:
        ask_files(self, self._context.language.text("Add file"), self.add_files, kind="attachment")

    def add_files(self, paths: list[Path]) -> None:
        """Reads each file on the file worker and stores it as a separate undo step."""
        self.problem.hide()
        for path in paths:
            self._context.runner.free(partial(_read, path), then=self._keep, owner=self, failed=self._failed)

    def _keep(self, read: tuple[str, bytes]) -> None:
        if self._government_id is not None:
            command = AddAttachment(self._government_id, *read)
            self._context.runner.run(command, initiator=self, then=lambda _: self.reload(), failed=self._failed)

    def _failed(self, error: SamenlevenError) -> None:
        self.problem.setText(self._context.language.error(error))
        self.problem.show()

    def _on_open_file(self) -> None:
        line = self._files.current()
        if line is not None:
            self._context.runner.query(
                attachment_content,
                line,
                then=lambda content: self._context.navigator.open_copy(line.name, content),
                owner=self,
                failed=self._failed,
            )

    def _on_save_file(self) -> None:
        line = self._files.current()
        if line is None:
            return
        title = self._context.language.text("Save as")
        ask_save(self, title, line.name, (), lambda path: self.save_to(line, path), kind="attachment")

    def save_to(self, line: AttachmentLine, path: Path) -> None:
        self._context.runner.on_read(
            lambda file: write_file(path, file.query(attachment_content, line)),
            then=lambda _: self._context.navigator.saved(path),
            owner=self,
            failed=self._failed,
        )

    def _on_delete_file(self) -> None:
        line = self._files.current()
        if line is not None:
            self._context.runner.run(DeleteAttachment(line.id), initiator=self, then=self._deleted)


def _read(path: Path) -> tuple[str, bytes]:
    return path.name, read_file(path)
