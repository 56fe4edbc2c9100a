"""Commands on contacts (personal data: only what is needed) and attachments."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import ClassVar

from samenleven_desktop.domain.attachment_kind import plain_file_name
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.fields import CONTACT
from samenleven_desktop.services.core.checks import check_about, record_values
from samenleven_desktop.services.core.command import UnitOfWork, WithoutDetails
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.repositories import people as rows
from samenleven_desktop.storage.view import View

MOST_BYTES = 20 * 1024 * 1024


def check_size(name: str, size: int) -> None:
    """Raises UserError for an empty file, or one that is too large for a work file."""
    if size == 0:
        raise UserError(N_("{name} is empty."), field="file", name=name)
    if size > MOST_BYTES:
        raise UserError(
            N_("{name} is {size} MB. At most {most} MB fit: make it smaller or keep it elsewhere."),
            field="file",
            name=name,
            size=-(-size // (1024 * 1024)),
            most=MOST_BYTES // (1024 * 1024),
        )


@dataclass(frozen=True)
class ContactContent:
    """A contact as entered: at a government, at an organisation, or both."""

    name: str
    government_id: str | None = None
    organisation: str | None = None
    role: str | None = None
    email: str | None = None
    phone: str | None = None
    note: str | None = None

    def checked(self) -> dict[str, object]:
        """Returns the values of the row. Raises UserError naming the field."""
        values = record_values(CONTACT, self)
        name = values["name"] or values["role"]
        if not name:
            raise UserError(N_("Type a name or a function."), field="name")
        if self.government_id is None and not values["organisation"]:
            raise UserError(N_("Choose a government or type an organisation."), field="organisation")
        return {**values, "government_id": self.government_id, "name": name}


@dataclass(frozen=True)
class AddContact(WithoutDetails):
    """Adds a contact; returns the id. The name of the step discloses nothing about the person."""

    content: ContactContent

    name: ClassVar[str] = N_("Contact added")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        return rows.add_contact(unit, **self.content.checked())


@dataclass(frozen=True)
class ChangeContact(WithoutDetails):
    contact_id: str
    content: ContactContent

    name: ClassVar[str] = N_("Contact changed")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        rows.change_contact(unit, self.contact_id, **self.content.checked())


@dataclass(frozen=True)
class DeleteContact(WithoutDetails):
    contact_id: str

    name: ClassVar[str] = N_("Contact deleted")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        rows.delete_contact(unit, self.contact_id)


@dataclass(frozen=True)
class AddAttachment(WithoutDetails):
    """Attaches a file to a dossier, or to one of its records; stores only its name, never its path. Returns the id."""

    government_id: str
    file_name: str
    content: bytes
    about_table: str | None = None
    about_id: str | None = None

    name: ClassVar[str] = N_("Attachment added")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        reference.government(View(unit.connection), self.government_id)
        name = plain_file_name(PurePath(self.file_name.replace("\\", "/")).name)
        check_size(name, len(self.content))
        return rows.add_attachment(
            unit,
            self.content,
            government_id=self.government_id,
            about_table=check_about(self.about_table),
            about_id=self.about_id,
            name=name,
            added_on=context.today,
        )


@dataclass(frozen=True)
class DeleteAttachment(WithoutDetails):
    attachment_id: str

    name: ClassVar[str] = N_("Attachment deleted")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        rows.delete_attachment(unit, self.attachment_id)
