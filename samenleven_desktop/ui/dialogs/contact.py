"""Adds a contact, or changes one. Personal data: the form says so."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.readmodels.people import ContactLine
from samenleven_desktop.services.core.command import AnyCommand
from samenleven_desktop.services.people.commands import AddContact, ChangeContact, ContactContent
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.widgets.basic import label


class ContactDialog(FormDialog):
    def __init__(self, context: UiContext, government_id: str | None, line: ContactLine | None, owner: QWidget) -> None:
        text = context.language.text
        super().__init__(context, text("Change contact") if line else text("New contact"), owner)
        self.setMinimumWidth(520)
        self._government_id, self._line = (line.government_id if line else government_id), line
        self.record = ("contact", line.id) if line else None
        for name, caption, value, beside in (
            ("name", text("Name"), line.name if line else "", False),
            ("role", text("Function"), (line.role if line else "") or "", True),
            ("email", text("E-mail"), (line.email if line else "") or "", False),
            ("phone", text("Phone"), (line.phone if line else "") or "", True),
            ("organisation", text("Organisation"), (line.organisation if line else "") or "", False),
            ("note", text("Remark"), (line.note if line else "") or "", False),
        ):
            self.add(name, caption, QLineEdit(value), beside=beside)
        self.box.addWidget(label(text("Personal data: keep only what you need."), "small", wrap=True))
        self.fields["name"].editor.setFocus()

    def command(self) -> AnyCommand:
        content = ContactContent(
            name=self.typed("name"),
            government_id=self._government_id,
            organisation=self.typed("organisation"),
            role=self.typed("role"),
            email=self.typed("email"),
            phone=self.typed("phone"),
            note=self.typed("note"),
        )
        return AddContact(content) if self._line is None else ChangeContact(self._line.id, content)
