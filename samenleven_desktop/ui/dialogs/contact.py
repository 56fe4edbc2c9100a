"""Adds or changes a contact. The form states that this is personal data."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from samenleven_desktop.domain.fields import CONTACT
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
        self.add_fields(CONTACT, line, "name role", "email phone", "organisation", "note")
        self.box.addWidget(label(text("Personal data: keep only what you need."), "small", wrap=True))
        self.fields["name"].editor.setFocus()

    def command(self) -> AnyCommand:
        content = ContactContent(government_id=self._government_id, **self.read())
        return AddContact(content) if self._line is None else ChangeContact(self._line.id, content)
