"""Queries about contacts and attachments."""

from __future__ import annotations

from pathlib import Path

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.readmodels.people import AttachmentLine, ContactLine
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.people.commands import MOST_BYTES, check_size
from samenleven_desktop.storage.file_lock import os_faults
from samenleven_desktop.storage.queries import people as stored
from samenleven_desktop.storage.queries import reference


def list_contacts(context: QueryContext, government_ids: list[str] | None = None) -> list[ContactLine]:
    """Returns contacts by name: of these governments and of organisations without one; None: all."""
    return stored.contacts(context.view, government_ids)


def present(context: QueryContext, session_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the ids of contacts and colleagues who were at a session."""
    return stored.present(context.view, session_id)


def present_options(
    context: QueryContext, government_ids: list[str]
) -> tuple[list[ContactLine], list[tuple[str, str]]]:
    """Returns possible participants of a session, as contacts and colleagues (id, label).

    Contacts are those of these governments and of organisations.
    """
    colleagues = [(id_, label) for id_, label, _ in reference.officers(context.view) if id_ != context.officer_id]
    return stored.contacts(context.view, government_ids), colleagues


def list_attachments(context: QueryContext, government_id: str) -> list[AttachmentLine]:
    return stored.attachments(context.view, government_id)


def attachment_content(context: QueryContext, line: AttachmentLine) -> bytes:
    """Raises UserError if the content is missing (it may still be with a colleague)."""
    found = stored.content(context.view, line.sha256)
    if found is None:
        raise UserError(N_("The content of {name} is not in this work file."), name=line.name)
    return found


def read_file(path: Path) -> bytes:
    """Returns the content of a file to be attached, at most `MOST_BYTES`. Raises UserError or EnvironmentFault."""
    with os_faults(path):
        if not path.is_file():
            raise UserError(N_("{name} is not a file."), field="file", name=path.name)
        check_size(path.name, path.stat().st_size)
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    check_size(path.name, len(content))
    return content
